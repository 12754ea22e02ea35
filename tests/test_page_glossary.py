"""Words of the glossary on the page: where they stand in a text, and that no text does anything there."""

from __future__ import annotations

from pathlib import Path

import pytest

from page import glossary
from page.text import explained, highlight
from search.library.glossary import Glossary, GlossaryWord, read_glossary
from search.locations import default_corpus
from tests.page_helpers import FRENCH, Open

pytestmark = pytest.mark.usefixtures("fresh_page")

HOSTILE = '<b onclick="x"> & \''


def word(means: str, text: str) -> str:
    return f'<abbr tabindex="0" title="{means}">{text}</abbr>'


def test_a_word_is_explained_and_every_other_sign_is_shown_as_it_is() -> None:
    assert explained("The *alderman* said", [(5, 13, "a councillor")]) == (
        f"The \\*{word('a councillor', 'alderman')}\\* said"
    )
    assert explained("<b>a</b>", [(3, 4, HOSTILE)]) == (
        "\\<b\\>" + word("&lt;b onclick=&quot;x&quot;&gt; &amp; &#x27;", "a") + "\\<\\/b\\>"
    )
    assert explained("nothing") == "nothing"


def test_words_of_the_query_are_bold_in_and_beside_a_word_that_is_explained() -> None:
    assert explained("big town hall here", [(4, 13, "x")], [(0, 3), (9, 18)]) == (
        f"**big** {word('x', 'town **hall**')}** here**"
    )


def test_words_are_explained_before_in_and_after_the_sentence_that_is_marked() -> None:
    #        0123456789
    passage = "One a. Two b. Three c."
    words = [(4, 5, "A"), (11, 12, "B"), (20, 21, "C")]
    assert highlight(passage, "Two b.", [(0, 3)], words) == (
        f"One {word('A', 'a')}\\. :primary-background[**Two** {word('B', 'b')}\\.] Three {word('C', 'c')}\\."
    )
    assert highlight(passage, "Not there.", (), words[:1]) == f"One {word('A', 'a')}\\. Two b\\. Three c\\."


def test_texts_of_an_entry_explain_their_words_in_the_language_of_the_reader(
    monkeypatch: pytest.MonkeyPatch,
    open_page: Open,
) -> None:
    trust = GlossaryWord("trust", ("belgium",), {"fr": ("confiance",), "en": ("trust",)}, {"fr": "foi", "en": "faith"})
    monkeypatch.setattr(glossary, "read_glossary", lambda _: Glossary((trust,)))
    page = open_page(q=FRENCH, lang="fr")
    assert any(word("foi", "**confiance**") in one.value for one in page.markdown)
    page = open_page(entry="trust-first", lang="en")
    assert any(word("faith", "trust") in one.value and one.allow_html for one in page.markdown)


def test_a_glossary_that_cannot_be_read_explains_nothing(
    monkeypatch: pytest.MonkeyPatch,
    open_page: Open,
    tmp_path: Path,
) -> None:
    (tmp_path / "glossary.yaml").write_text("trust: [", encoding="utf-8")
    monkeypatch.setattr(glossary, "corpus_named", lambda _: tmp_path)
    page = open_page(entry="trust-first", lang="en")
    assert not any("<abbr" in one.value for one in page.markdown)


def test_the_shipped_library_explains_its_own_words() -> None:
    text = "L’échevine promet un subside à l’asbl."
    found = [text[one.start : one.end] for one in read_glossary(default_corpus()).words_in(text, "fr")]
    assert {"échevine", "asbl"} <= set(found)
