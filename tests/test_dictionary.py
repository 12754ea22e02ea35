"""Words of the dictionaries of French and English."""

from __future__ import annotations

import pytest

from search.text.dictionary import in_dictionary


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("tracteur", True),
        ("tetue", True),
        ("pilates", True),
        ("skateboard", True),
        ("comunity", False),
        ("mairi", False),
    ],
)
def test_a_word_is_known_as_it_is_folded(word: str, known: bool) -> None:
    assert in_dictionary(word) is known
