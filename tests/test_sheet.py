"""The sheet for the meeting, as Markdown, CSV and PDF, over the tiny corpus."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from pypdf import PdfReader

from search.output.markdown import to_markdown
from search.output.pdf import to_pdf
from search.output.sheet import Sheet, make_sheet
from search.output.spreadsheet import COLUMNS, to_csv
from search.output.wording import WORDS
from search.retrieval.searcher import Searcher

ON = date(2026, 3, 5)
CHOSEN = ("garden-network", "brussels-budget", "commitment-charter", "lille-barracks")


def sheet_of(searcher: Searcher, language: str = "en", **options: object) -> Sheet:
    entries = [searcher.entry(name) for name in CHOSEN]
    notes = {"lille-barracks": "Ask *Léa*\nabout <the> keys"}
    return make_sheet("Our meeting", entries, searcher.vocabulary, language=language, notes=notes, on=ON, **options)


def pdf_text(made: Sheet) -> str:
    reader = PdfReader(io.BytesIO(to_pdf(made)))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_entries_come_in_the_order_of_the_phases_then_as_chosen(searcher: Searcher) -> None:
    phases = [(label, [item.entry.id for item in items]) for label, items in sheet_of(searcher).phases()]
    assert phases == [
        ("Before", ["commitment-charter"]),
        ("Launch", ["lille-barracks"]),
        ("During", ["brussels-budget"]),
        ("Upkeep", ["garden-network"]),
    ]


def test_an_entry_that_is_chosen_twice_counts_once(searcher: Searcher) -> None:
    twice = [searcher.entry("lille-barracks")] * 2
    assert len(make_sheet("", twice, searcher.vocabulary, language="fr").items) == 1


def test_a_language_it_does_not_speak_is_refused(searcher: Searcher) -> None:
    with pytest.raises(ValueError, match="language must be one of fr, en"):
        make_sheet("", [], searcher.vocabulary, language="de")


def test_markdown_tells_facts_texts_notes_and_sources(searcher: Searcher) -> None:
    lines = to_markdown(sheet_of(searcher)).splitlines()
    assert lines[:5] == ["# Our meeting", "", "5 March 2026", "", "## Before"]
    assert "### The commitment charter" in lines
    assert "Case · Lille, France · 2018 – 30 September 2020 · Succeeded" in lines
    assert "> Ask \\*Léa\\*" in lines
    assert "> about \\<the\\> keys" in lines
    assert "- The Herald, A charter at last, read in October 2026, <https://herald.example/charter>" in lines
    assert "**First steps**" in lines
    assert "- Write a single page." in lines


def test_no_break_spaces_stay_and_other_spaces_are_one(searcher: Searcher) -> None:
    made = make_sheet("Pourquoi\u00a0?  Oui\n!", [searcher.entry("trust-first")], searcher.vocabulary, language="fr")
    assert to_markdown(made).splitlines()[0] == "# Pourquoi\u00a0? Oui !"


def test_an_entry_in_the_other_language_says_so(searcher: Searcher) -> None:
    text = to_markdown(sheet_of(searcher))
    assert "This text exists only in French." in text
    assert "Le réseau des potagers" in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_id_and_source_is_kept_whatever_the_language_and_the_file(searcher: Searcher, language: str) -> None:
    made = sheet_of(searcher, language)
    for text in (to_markdown(made), to_csv(made), pdf_text(made)):
        for name in CHOSEN:
            assert name in text
            for source in searcher.entry(name).sources:
                assert source.url in text


def test_csv_has_one_line_an_entry_and_nothing_a_spreadsheet_runs(searcher: Searcher) -> None:
    entry = searcher.entry("brussels-budget")
    made = make_sheet("", [entry], searcher.vocabulary, language="en", notes={entry.id: "=1+1"})
    head, row = csv.reader(io.StringIO(to_csv(made)))
    assert head == [WORDS["en"][name] for name in COLUMNS]
    told = dict(zip(COLUMNS, row, strict=True))
    assert (told["kind"], told["address"]) == ("Case", "?entry=brussels-budget")
    assert (told["phase"], told["outcome"], told["country"], told["note"]) == ("During", "Stalled", "Belgium", "'=1+1")
    assert told["conditions"] == "Co-build projects"


def test_a_french_sheet_has_semicolons_and_an_english_one_commas(searcher: Searcher) -> None:
    entry = searcher.entry("brussels-budget")
    note = "10,5 euros; =1+1"
    for language, delimiter in (("fr", ";"), ("en", ",")):
        made = make_sheet("", [entry], searcher.vocabulary, language=language, notes={entry.id: note})
        lines = to_csv(made).splitlines()
        assert lines[0].split(delimiter)[:3] == [WORDS[language][name] for name in ("phase", "kind", "title")]
        [_, row] = csv.reader(lines, delimiter=delimiter)
        assert row[COLUMNS.index("note")] == "10,5 euros;' =1+1"


def test_the_pdf_keeps_accents_and_names_its_language(searcher: Searcher) -> None:
    entry = searcher.entry("garden-network")
    made = make_sheet("Réunion à Gdańsk, œuvre", [entry], searcher.vocabulary, language="fr", notes={entry.id: "Łódź"})
    assert "Réunion à Gdańsk, œuvre" in pdf_text(made)
    assert "Łódź" in pdf_text(made)
    reader = PdfReader(io.BytesIO(to_pdf(made)))
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.metadata is not None
    assert reader.metadata.title == "Réunion à Gdańsk, œuvre"


def test_a_long_sheet_goes_on_to_further_pages(searcher: Searcher) -> None:
    notes = dict.fromkeys(CHOSEN, "A long note. " * 200)
    entries = [searcher.entry(name) for name in CHOSEN]
    made = make_sheet("", entries, searcher.vocabulary, language="en", notes=notes)
    assert len(PdfReader(io.BytesIO(to_pdf(made))).pages) > 2
