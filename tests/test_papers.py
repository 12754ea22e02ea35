"""What is taken away of an entry, an answer and a sheet: one model, and each file written of it."""

from __future__ import annotations

import dataclasses
import io
from datetime import date
from urllib.parse import unquote, urlencode

import docx
import pytest
from pypdf import PdfReader

from search.entries import Source
from search.errors import ExtraMissingError
from search.learning.situation_model import Reading, Situation
from search.output.blocks import PageAddress
from search.output.dates import date_in_words
from search.output.document import Block, Document, file_stem, make_document
from search.output.docx import HYPERLINK, can_write_docx, to_docx
from search.output.facts import copy_told, facts, when
from search.output.glyphs import drawable
from search.output.html import to_html
from search.output.mail import LONGEST, to_mailto
from search.output.markdown import to_markdown
from search.output.papers import MOST_TAKEN, answer_document, entry_document
from search.output.pdf import to_pdf
from search.output.sheet import make_sheet
from search.output.spreadsheet import to_csv
from search.retrieval.results import Results
from search.retrieval.searcher import Searcher

ON = date(2026, 11, 29)
PLACE = PageAddress("https://town.example/", "Town")
TYPED = "C’est <b>trop</b> 😡 → مرحبا 你好\nDeux lignes\x0b."


def texts(made: Document, role: str) -> list[str]:
    return [block.text for block in made.blocks if block.role == role]


def paper(*blocks: Block, language: str = "fr", title: str = "Titre") -> Document:
    return make_document(language, title, blocks)


def in_word(made: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(made)))


def pdf_text(made: Document) -> str:
    pages = PdfReader(io.BytesIO(to_pdf(made))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def answered(searcher: Searcher) -> Results:
    """An answer with a situation that was read."""
    results = searcher.search("garden budget barracks charter", k=20)
    assert results.hits
    lacking = (Reading("commit-formally", "", 0.9), Reading("co-build-projects", "", 0.8))
    read = Situation((Reading("launch", "we begin", 0.9),), lacking)
    return dataclasses.replace(results, situation=read)


# ---- Dates and facts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ("2026-11", "novembre 2026", "November 2026"),
        ("2024-03-01", "1er mars 2024", "1 March 2024"),
        ("2024-08-15", "15 août 2024", "15 August 2024"),
        ("1998", "1998", "1998"),
        ("2024-13", "2024-13", "2024-13"),
        ("soon", "soon", "soon"),
        (date(2026, 11, 29), "29 novembre 2026", "29 November 2026"),
    ],
)
def test_dates_are_put_in_words(written: str | date, french: str, english: str) -> None:
    assert (date_in_words(written, "fr"), date_in_words(written, "en")) == (french, english)


def test_a_case_says_when_it_was_without_an_elision_that_fails(searcher: Searcher) -> None:
    entry = dataclasses.replace(searcher.entry("lille-barracks"), start="2018-04", end="2020-08")
    assert when(entry, "fr") == "avril 2018 – août 2020"
    assert when(dataclasses.replace(entry, end=None, outcome="ongoing"), "fr") == "depuis avril 2018"
    assert when(dataclasses.replace(entry, start=None), "fr") == ""


def test_what_ran_long_ago_is_not_said_to_run(searcher: Searcher) -> None:
    entry = dataclasses.replace(
        searcher.entry("lille-barracks"), outcome="ongoing", end=None, start="2010", last_known="2012-05"
    )
    told = facts(entry, searcher.vocabulary, "en", ON)
    assert told == "Case · Lille, France · since 2010 · unknown · running in May 2012, not known since"


# ---- An answer, an entry -------------------------------------------------------------------------------------


def test_an_answer_tells_the_day_the_situation_where_it_stands_and_leads_back(searcher: Searcher) -> None:
    made = answer_document(
        answered(searcher), searcher.vocabulary, language="en", situation=TYPED, address="https://a.example/?q=x", on=ON
    )
    assert made.title == "What can help"
    assert texts(made, "day") == ["29 November 2026"]
    assert texts(made, "situation") == [TYPED.replace("\x0b", "")]
    assert texts(made, "facts")[:2] == [
        "Where it stands: Launch",
        "What seems to be missing: Commit formally and Co-build projects",
    ]
    assert Block("link", "Open this answer in the library", "https://a.example/?q=x") in made.blocks


def test_an_answer_takes_its_best_ten_in_their_order(searcher: Searcher) -> None:
    results = answered(searcher)
    made = answer_document(results, searcher.vocabulary, language="fr", place=PLACE, on=ON)
    wanted = [hit.entry for hit in results.hits[:MOST_TAKEN]]
    assert texts(made, "entry") == [entry.title("fr") for entry in wanted]
    leads = [block.url for block in made.blocks if block.text == "Fiche en ligne"]
    assert leads == [f"https://town.example/?entry={entry.id}" for entry in wanted]


def test_an_entry_is_taken_whole(searcher: Searcher) -> None:
    entry = searcher.entry("lille-barracks")
    made = entry_document(entry, searcher.vocabulary, language="en", place=PLACE, on=ON)
    assert made.title == entry.title("en")
    assert texts(made, "heading") == ["Context", "What happened", "Results", "Limits"]
    assert entry.text("limits", "en") in texts(made, "text")
    assert texts(made, "entry") == []


def test_without_a_source_nothing_is_called_sources(searcher: Searcher) -> None:
    entry = dataclasses.replace(searcher.entry("lille-barracks"), sources=())
    made = entry_document(entry, searcher.vocabulary, language="fr", on=ON)
    assert texts(made, "sources") == []
    assert texts(made, "source") == ["Nom de la fiche : lille-barracks"]


def test_with_an_address_no_text_holds_the_name_of_a_file(searcher: Searcher) -> None:
    made = make_sheet("", searcher.entries, searcher.vocabulary, language="fr", place=PLACE, on=ON).document()
    assert not [block for block in made.blocks for entry in searcher.entries if entry.id in block.text]
    assert {block.url for block in made.blocks} >= {PLACE.entry(entry.id) for entry in searcher.entries}


# ---- Files ---------------------------------------------------------------------------------------------------

SOURCE = Block("source", "The Herald, A charter", "https://herald.example/a?b=1&c=<2>")


def test_word_has_headings_language_and_links_a_click_follows() -> None:
    made = paper(
        Block("section", "Avant"), Block("entry", "La charte"), Block("item", "Un"), Block("text", TYPED), SOURCE
    )
    word = in_word(made)
    styles = [(one.style.name, one.text) for one in word.paragraphs]
    assert styles[:4] == [
        ("Title", "Titre"),
        ("Heading 1", "Avant"),
        ("Heading 2", "La charte"),
        ("List Bullet", "Un"),
    ]
    assert styles[4] == ("Normal", TYPED.replace("\x0b", ""))
    assert word.core_properties.language == "fr-FR"
    leads = [one.target_ref for one in word.part.rels.values() if one.reltype == HYPERLINK]
    assert leads == [SOURCE.url]
    assert word.paragraphs[5].hyperlinks[0].text == SOURCE.url


def test_word_needs_the_extra_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_write_docx()
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(ExtraMissingError) as caught:
        to_docx(paper())
    assert (caught.value.extra, caught.value.found) == ("docx", "docx")


def test_html_shows_markup_as_it_was_typed_and_leads_nowhere_dangerous() -> None:
    made = paper(Block("note", "<script>x</script>\n& co"), SOURCE, Block("source", "bad", "javascript:alert(1)"))
    written = to_html(made)
    assert '<p class="note">&lt;script&gt;x&lt;/script&gt;<br>&amp; co</p>' in written
    assert 'href="https://herald.example/a?b=1&amp;c=&lt;2&gt;"' in written
    assert 'href="javascript' not in written
    assert written.startswith('<article lang="fr"><h1>Titre</h1>')


def test_headings_go_down_one_step_at_a_time() -> None:
    alone, under = paper(Block("entry", "E")), paper(Block("section", "S"), Block("entry", "E"))
    assert '<h2 class="entry">E</h2>' in to_html(alone)
    assert '<h3 class="entry">E</h3>' in to_html(under)
    assert "\n## E\n" in to_markdown(alone)
    assert "\n### E\n" in to_markdown(under)


@pytest.mark.parametrize("typed", ["1. un", "- un", "+ un", "12) un"])
def test_what_looks_like_a_list_is_none_in_markdown(typed: str) -> None:
    line = to_markdown(paper(Block("text", typed), title="")).strip()
    assert line == typed.replace(".", "\\.").replace("-", "\\-").replace("+", "\\+").replace(")", "\\)")


# ---- Every script and picture in the PDF ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "language", "shown"),
    [
        ("non 😡 !", "fr", "non [visage boudeur] !"),
        ("no 😡!", "en", "no [enraged face]!"),
        ("你好 là", "fr", "[2 signes en chinois] là"),
        ("한", "en", "[1 character in Korean]"),
        ("\u202eabc\u200d", "fr", "abc"),
        ("ﬁn", "fr", "fin"),
        ("a\u2003b", "fr", "a b"),
        ("\U0001f1e7\U0001f1ea", "fr", "[drapeau belgique]"),
        ("⟁", "en", "[white triangle containing small white triangle]"),
    ],
)
def test_what_no_font_has_is_told_in_words(typed: str, language: str, shown: str) -> None:
    assert drawable(typed, {ord(sign) for sign in "abcdefghijklmnopqrstuvwxyz àéB[]!\n\u00a0"}, language) == shown


def test_other_alphabets_and_arrows_are_drawn_in_the_pdf() -> None:
    shown = pdf_text(paper(Block("text", "Ici → là, Привет, שלום, ✓, 你好 😡 አ")))
    for text in ("Ici → là", "Привет", "שלום", "✓", "[2 signes en chinois]", "[visage boudeur]", "[1 signe en guèze]"):
        assert text in shown


def test_links_of_the_pdf_can_be_followed() -> None:
    page = PdfReader(io.BytesIO(to_pdf(paper(SOURCE)))).pages[0]
    assert {one.get_object()["/A"]["/URI"] for one in page["/Annots"]} == {SOURCE.url}


# ---- E-mail --------------------------------------------------------------------------------------------------


def test_a_mail_has_a_subject_the_address_and_the_entries(searcher: Searcher) -> None:
    made = entry_document(searcher.entry("lille-barracks"), searcher.vocabulary, language="en", place=PLACE, on=ON)
    subject, body = to_mailto(made, "https://town.example/?entry=lille-barracks").split("&body=")
    assert unquote(subject) == f"mailto:?subject={made.title}"
    lines = unquote(body).split("\r\n")
    assert lines[:2] == ["This is what I have found:", "https://town.example/?entry=lille-barracks"]
    assert "An empty building shared for two years." in lines


def test_a_mail_is_never_too_long_and_cuts_no_word_in_two() -> None:
    made = paper(*(Block("entry", "Été à l’école & co " * 4) for _ in range(40)))
    written = to_mailto(made, "https://town.example/")
    assert len(written) <= LONGEST
    assert unquote(written).rstrip().endswith("Été à l’école & co")


def test_a_mail_with_a_long_title_a_long_situation_and_a_long_address_still_names_what_was_found() -> None:
    situation = "La mairie ne répond plus à nos lettres. " * 40
    made = make_document("fr", "é" * 400, [Block("situation", situation), Block("entry", "Charte d’engagement")])
    written = to_mailto(made, f"https://town.example/?{urlencode({'q': situation})}")
    assert len(written) <= LONGEST
    subject, body = (unquote(part) for part in written.split("&body="))
    assert subject.startswith("mailto:?subject=ééé")
    assert subject.endswith("…")
    assert body.split("\r\n")[-2] == "Charte d’engagement"


@pytest.mark.parametrize("written", ["我们的市政府不回答" * 60, "é" * 900, "🌳 " * 300])
def test_a_mail_tells_the_beginning_of_a_situation_in_any_script(written: str) -> None:
    made = make_document("fr", "Titre", [Block("situation", written), Block("entry", "Charte d’engagement")])
    lines = unquote(to_mailto(made)).split("\r\n")
    assert lines[2].startswith(written[:20])
    assert lines[2].endswith("…")
    assert lines[-2] == "Charte d’engagement"


def test_the_subject_of_a_mail_is_one_line() -> None:
    made = make_document("fr", "Réunion\nBcc: all@town.example", [Block("entry", "Charte d’engagement")])
    assert to_mailto(made).startswith("mailto:?subject=R%C3%A9union%20Bcc")


def test_a_word_file_takes_a_title_of_any_length() -> None:
    word = docx.Document(io.BytesIO(to_docx(make_document("fr", "T" * 600, [Block("text", "x")]))))
    assert word.core_properties.title == "T" * 255
    assert word.paragraphs[0].text == "T" * 600


@pytest.mark.parametrize(
    ("note", "french", "english"),
    [
        ("whole article, on the page of a tag", "sur une page avec d’autres textes", None),
        ("copy on docslib", "lu dans une copie", None),
        ("pre-release version of the site", "version provisoire", None),
        (
            "Wayback Machine, 2019-03-02",
            "copie\u00a0: Wayback Machine, 2019-03-02",
            "copy: Wayback Machine, 2019-03-02",
        ),
    ],
)
def test_what_the_editors_noted_of_an_address_is_not_told_in_english_to_a_french_reader(
    note: str, french: str, english: str | None
) -> None:
    source = Source("gazette-1", "Gazette", "Un article", "https://gazette.example/tag/x", "2026-11", copy=note)
    assert copy_told(source, "fr") == french
    assert copy_told(source, "en") == (english or note)


HERE = PageAddress("http://localhost:8501/")


def test_a_sheet_without_a_title_says_what_it_is(searcher: Searcher) -> None:
    for language, title in (("fr", "Dossier pour la réunion"), ("en", "File for the meeting")):
        made = make_sheet(" ", searcher.entries, searcher.vocabulary, language=language, on=ON)
        assert made.document().title == title
        assert to_markdown(made).startswith(f"# {title}\n")


def test_what_is_taken_along_says_that_addresses_of_this_computer_open_on_it_only(searcher: Searcher) -> None:
    entry = searcher.entry("lille-barracks")
    for place, told in ((HERE, "Fiche, sur l’ordinateur où ceci a été fait"), (PLACE, "Fiche en ligne")):
        made = entry_document(entry, searcher.vocabulary, language="fr", place=place, on=ON)
        assert [block.text for block in made.blocks if block.url == place.entry(entry.id)] == [told]


def test_a_mail_holds_no_address_of_this_computer(searcher: Searcher) -> None:
    made = make_sheet("T", searcher.entries[:1], searcher.vocabulary, language="fr", place=HERE, on=ON)
    body = unquote(to_mailto(made, HERE.sheet([searcher.entries[0].id])))
    assert "localhost" not in body
    assert searcher.entries[0].title("fr") in body


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Réunion du 3 mars : l’école", "reunion-du-3-mars-l-ecole"),
        ("  ", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("mot " * 30, "-".join(["mot"] * 15)),
        ("اجتماع", "اجتماع"),
    ],
)
def test_a_file_is_named_by_its_title(title: str, stem: str) -> None:
    assert file_stem(title) == stem


# ---- What cannot be written ----------------------------------------------------------------------------------


def test_a_paper_says_nothing_of_where_a_text_stands_that_nothing_answers(abstaining_searcher: Searcher) -> None:
    read = Situation((Reading("launch", "", 0.9),))
    results = dataclasses.replace(abstaining_searcher.search("ballon"), situation=read)
    made = answer_document(results, abstaining_searcher.vocabulary, language="en", on=ON)
    assert texts(made, "facts") == []
    assert texts(made, "situation") == ["ballon"]


@pytest.mark.parametrize("language", ["de", "", None, ["fr"]])
def test_a_language_that_is_not_there_is_refused_with_those_that_are(searcher: Searcher, language: str) -> None:
    entry, vocabulary, told = (
        searcher.entry("trust-first"),
        searcher.vocabulary,
        r"language must be one of fr, en \(got",
    )
    with pytest.raises(ValueError, match=told):
        answer_document(searcher.search("trust"), vocabulary, language=language)
    with pytest.raises(ValueError, match=told):
        entry_document(entry, vocabulary, language=language)
    with pytest.raises(ValueError, match=told):
        make_sheet("Mine", [entry], vocabulary, language=language)


def test_what_no_file_can_be_written_of_is_said_with_what_can(searcher: Searcher) -> None:
    for write in (to_markdown, to_html, to_docx, to_pdf, to_mailto):
        with pytest.raises(TypeError, match=r"make_sheet, entry_document or answer_document returns \(got NoneType\)"):
            write(None)
    paper = entry_document(searcher.entry("trust-first"), searcher.vocabulary, language="en")
    with pytest.raises(TypeError, match=r"what make_sheet returns: one line an entry \(got Document\)"):
        to_csv(paper)


@pytest.mark.parametrize(("title", "situation", "wrong"), [(None, "", "title"), ("Mine", 3, "situation")])
def test_the_title_of_a_sheet_and_its_situation_are_texts(
    title: str, situation: str, wrong: str, searcher: Searcher
) -> None:
    with pytest.raises(ValueError, match=f"{wrong} must be a text"):
        make_sheet(title, [], searcher.vocabulary, language="fr", situation=situation)
