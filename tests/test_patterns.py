"""Patterns that are written as lists."""

from __future__ import annotations

import re

from search.text.patterns import any_of, maybe, spread, then_maybe


def test_lists_are_tried_one_after_the_other() -> None:
    assert any_of("merci | mercis", "thank(?:s| you)") == "(?:merci|mercis|thank(?:s| you))"
    assert re.match(any_of("a | ab"), "ab")[0] == "a"


def test_what_may_be_there_has_its_space_with_it() -> None:
    assert maybe("many | my") + "thanks" == "(?:(?:many|my) )?thanks"
    assert "thanks" + then_maybe("a lot", "all") == "thanks(?: (?:a lot|all))?"


def test_any_white_space_stands_for_a_space() -> None:
    assert re.fullmatch(spread("au lieu de"), "au  lieu\nde")
