"""When a case was last known: read, held to be true, exported, filtered by, counted and told."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from search.curation.coverage import coverage, report
from search.curation.lint import check_library
from search.entries import Entry
from search.errors import CorpusError, UnknownFilterError
from search.index.metadata import Metadata
from search.library.export import export_library
from search.library.last_known import is_future, is_month, is_recent
from search.library.problems import saying
from search.library.reader import Library, read_library
from search.library.side_by_side import join
from search.library.tables.reading import read_table
from search.output.sheet import make_sheet
from search.output.standing import KNOWN_UNTIL, UNKNOWN_SINCE, Standing, outcome_on, standing
from search.retrieval.filters import select
from tests.fakes import TINY_CORPUS, replace_text, write_corpus

BUDGET, LILLE = "cases/brussels-budget.yaml", "cases/lille-barracks.yaml"
ON = date(2026, 11, 28)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


def said(corpus: Path, budget: str, lille: str = "null", outcome: str = "stalled") -> Path:
    """Say when both cases were last known; the closed list has ongoing and unknown, too."""
    more = "outcomes:\n  ongoing: {fr: En cours, en: Ongoing}\n  unknown: {fr: Issue inconnue, en: Unknown}\n"
    replace_text(corpus / "vocabulary.yaml", "outcomes:\n", more)
    replace_text(corpus / BUDGET, "outcome: stalled", f"outcome: {outcome}\nlast_known: {budget}")
    replace_text(corpus / LILLE, "outcome: succeeded", f"outcome: succeeded\nlast_known: {lille}")
    return corpus


def case(library: Library, name: str = "brussels-budget") -> Entry:
    return next(entry for entry in library.entries if entry.id == name)


@pytest.mark.parametrize("text", ["2016", "2016-05", "1999-12"])
def test_a_year_or_a_month_is_a_date(text: str) -> None:
    assert is_month(text)


@pytest.mark.parametrize("text", ["2016-13", "2016-5", "2016-05-01", "16", "in 2016", "", "0216", "2016\n"])
def test_anything_else_is_none(text: str) -> None:
    assert not is_month(text)


@pytest.mark.parametrize(
    ("text", "future"), [("2026", False), ("2026-11", False), ("2026-12", True), ("2027", True), ("2025-12", False)]
)
def test_the_month_and_the_year_of_a_day_are_not_in_its_future(text: str, future: bool) -> None:
    assert is_future(text, ON) is future


@pytest.mark.parametrize(
    ("text", "recent"), [("2023-11", True), ("2023-10", False), ("2023", True), ("2022", False), ("2026", True)]
)
def test_recent_is_three_years_and_a_year_may_mean_its_december(text: str, recent: bool) -> None:
    assert is_recent(text, ON) is recent


@pytest.mark.parametrize("written", ["2016", '"2016"'])
def test_it_is_read_with_and_without_quotes(corpus: Path, written: str) -> None:
    library = read_library(said(corpus, written, '"2020-09"'))
    assert (case(library).last_known, case(library, "lille-barracks").last_known) == ("2016", "2020-09")


def test_a_case_need_not_say_it() -> None:
    assert case(read_library(TINY_CORPUS)).last_known is None


NO_MONTH = (
    "last_known '{}' doit être l’année, ou l’année et le mois, du dernier fait connu : AAAA ou AAAA-MM",
    "last_known '{}' must be the year, or the year and month, of the latest known fact: YYYY or YYYY-MM",
)
NOT_YET = (
    "last_known '{}' est dans l’avenir : donnez la date du dernier fait connu",
    "last_known '{}' is in the future: give the date of the latest known fact",
)


@pytest.mark.parametrize(("written", "told"), [("soon", NO_MONTH), ("2016-05-03", NO_MONTH), ("2999", NOT_YET)])
def test_what_is_no_date_or_not_yet_is_told_at_its_line_in_both_languages(
    corpus: Path, written: str, told: tuple[str, str]
) -> None:
    with pytest.raises(CorpusError) as caught:
        read_library(said(corpus, f'"{written}"'))
    [problem] = caught.value.problems
    assert (problem.file, problem.line) == (BUDGET, 15)
    assert tuple(saying(problem, language) for language in ("fr", "en")) == tuple(one.format(written) for one in told)


def test_only_a_case_may_say_it(corpus: Path) -> None:
    replace_text(corpus / "practices/commitment-charter.yaml", "sources:", "last_known: 2016\nsources:")
    with pytest.raises(CorpusError, match="'last_known' is for cases"):
        read_library(corpus)


def test_it_goes_out_and_comes_back(corpus: Path, tmp_path: Path) -> None:
    library = read_library(said(corpus, "2016", "2020-09"))
    export_library(library, tmp_path / "made")
    for name in ("passerelle.jsonl", "passerelle.csv"):
        assert read_table(tmp_path / "made" / name).entries == library.entries
    assert "`last_known`" in (tmp_path / "made/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("column", "cell", "read"),
    [
        ("last_known", "2016-05", "2016-05"),
        ("last known", "13/05/2016", "2016-05"),
        ("Dernier fait connu", "mai 2016", "2016-05"),
        ("Dernières nouvelles", "2016", "2016"),
        ("last_known", "2015-2016", "2016"),
        ("last_known", "soon", None),
        ("last_known", "2099", None),
    ],
)
def test_a_table_says_it_as_people_write_dates(tmp_path: Path, column: str, cell: str, read: str | None) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"title,kind,language,context,{column}\nAn oven,case,en,It was rebuilt.,{cell}\n", encoding="utf-8")
    library = read_table(file)
    assert library.entries[0].last_known == read
    assert [(note.line, note.kind) for note in library.notes if note.column == column] == (
        [] if read else [(2, "date" if cell == "soon" else "entry_future")]
    )


def test_a_case_goes_on_only_with_a_fact_of_the_last_three_years(corpus: Path) -> None:
    library = read_library(said(corpus, "2023-10", outcome="ongoing"))
    told = [one for one in check_library(library, on=ON) if one.line == 15 or "ongoing" in one.message]
    assert [(one.file, one.line) for one in told] == [(BUDGET, 14)]
    assert told[0].message == (
        "last_known '2023-10': a case is ongoing only with a fact of the last 3 years; look for one, "
        "or write outcome: unknown"
    )
    assert saying(told[0], "fr").startswith("last_known '2023-10'")
    assert "des 3 dernières années" in saying(told[0], "fr")


@pytest.mark.parametrize(
    ("known", "outcome"), [("2023-11", "ongoing"), ("2023", "ongoing"), ("2001", "unknown"), ("2001", "stalled")]
)
def test_any_other_case_may_be_known_until_any_time(corpus: Path, known: str, outcome: str) -> None:
    library = read_library(said(corpus, known, outcome=outcome))
    assert [one for one in check_library(library, on=ON) if "ongoing" in one.message] == []


@pytest.mark.parametrize(
    ("budget", "outcome", "lacking"),
    [("2016", "stalled", []), ("null", "stalled", [BUDGET]), ("null", "unknown", []), ("2016", "unknown", [])],
)
def test_a_case_says_when_it_was_last_known_and_null_only_when_nothing_is(
    corpus: Path, budget: str, outcome: str, lacking: list[str]
) -> None:
    library = read_library(said(corpus, budget, "2020-09", outcome=outcome))
    assert [one.file for one in check_library(library, on=ON) if "last known" in one.message] == lacking


def test_a_case_without_the_key_is_told(corpus: Path) -> None:
    told = [one for one in check_library(read_library(corpus), on=ON) if "last known" in one.message]
    assert [(one.file, one.line) for one in told] == [(BUDGET, 14), (LILLE, 14)]
    assert saying(told[0], "fr").startswith("un cas doit dire quand on en a eu les dernières nouvelles")


def metadata_of(corpus: Path) -> tuple[Metadata, Library]:
    library = join([read_library(corpus)]).library
    return Metadata.of(library.entries, []), library


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"known_since": "2016"}, ["brussels-budget", "lille-barracks"]),
        ({"known_since": 2017}, ["lille-barracks"]),
        ({"known_since": "2021"}, []),
        ({"known_since": ["2019", "2011"]}, ["brussels-budget", "lille-barracks"]),
        ({"last_known": ["2016"]}, ["brussels-budget"]),
        ({"last_known": ["2016"], "known_since": 2017}, []),
        ({"known_since": None, "outcomes": "stalled"}, ["brussels-budget"]),
        ({"known_since": 2010, "outcomes": "stalled"}, ["brussels-budget"]),
    ],
    ids=str,
)
def test_cases_are_kept_that_are_known_since_a_year_or_in_some_years(
    corpus: Path, filters: dict[str, str], expected: list[str]
) -> None:
    metadata, library = metadata_of(said(corpus, "2016", "2020-09"))
    kept = select({"kinds": "case", **filters}, metadata, library.vocabulary).entries
    assert [name for name, one in zip(metadata.ids, kept, strict=True) if one] == expected


def test_a_practice_is_kept_when_a_case_that_shows_it_is_known_since_then(corpus: Path) -> None:
    metadata, library = metadata_of(said(corpus, "2016", "2020-09"))
    kept = select({"kinds": "practice", "last_known": ["2016"]}, metadata, library.vocabulary).entries
    assert [name for name, one in zip(metadata.ids, kept, strict=True) if one] == ["participatory-budget"]


@pytest.mark.parametrize("value", ["soon", "20", "2016-05", True, "２０１６"])
def test_what_is_no_year_is_refused_with_the_years_there_are(corpus: Path, value: str) -> None:
    metadata, library = metadata_of(said(corpus, "2016", "2020-09"))
    with pytest.raises(UnknownFilterError) as caught:
        select({"known_since": [value]}, metadata, library.vocabulary)
    assert (caught.value.field, tuple(caught.value.expected)) == ("known_since", ("2020", "2016"))


@pytest.mark.parametrize(
    ("outcome", "end", "known", "expected", "now"),
    [
        ("unknown", None, "2016", Standing(UNKNOWN_SINCE, "2016"), "unknown"),
        ("unknown", "2016", "2016", Standing(KNOWN_UNTIL, "2016"), "unknown"),
        ("ongoing", None, "2016-05", Standing(UNKNOWN_SINCE, "2016-05"), "unknown"),
        ("ongoing", None, "2025", Standing(KNOWN_UNTIL, "2025"), "ongoing"),
        ("stalled", None, "2016", Standing(KNOWN_UNTIL, "2016"), "stalled"),
        ("ongoing", None, None, None, "ongoing"),
    ],
)
def test_what_was_running_long_ago_is_not_known_since(
    outcome: str, end: str | None, known: str | None, expected: Standing | None, now: str
) -> None:
    entry = dataclasses.replace(case(read_library(TINY_CORPUS)), outcome=outcome, end=end, last_known=known)
    assert (standing(entry, ON), outcome_on(entry, ON)) == (expected, now)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Issue inconnue · en cours en 2016, pas de nouvelles depuis"),
        ("en", "Unknown · running in 2016, not known since"),
    ],
)
def test_a_sheet_says_until_when_a_case_is_known(corpus: Path, language: str, told: str) -> None:
    library = read_library(said(corpus, "2016", outcome="unknown"))
    made = make_sheet("", [case(library)], library.vocabulary, language=language)
    [facts] = [block.text for block in made.document().blocks if block.role == "facts"]
    assert facts.endswith(told)


def test_coverage_counts_outcomes_by_how_long_ago_they_were_known(corpus: Path) -> None:
    library = read_library(said(corpus, "2016", "2023-11"))  # the newest source was read in 2026-11
    assert coverage(library).last_known == {
        "ongoing": (0, 0, 0),
        "unknown": (0, 0, 0),
        "succeeded": (1, 0, 0),
        "stalled": (0, 1, 0),
    }
    assert "| Stalled | 1 | 0 | 1 | 0 |\n" in report(library)
    assert coverage(read_library(TINY_CORPUS)).last_known["stalled"] == (0, 0, 1)
