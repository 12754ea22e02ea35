"""What the library covers: counts of the tiny corpus worked out by hand, and the page of the real one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from search.curation.coverage import Coverage, Tally, coverage, report
from search.curation.source_counts import source_counts
from search.library.reader import read_library
from search.locations import default_corpus
from tests.fakes import TINY_CORPUS, Main, replace_text

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tiny() -> Coverage:
    return coverage(read_library(TINY_CORPUS))


def filled(tiny: Coverage, kind: str) -> dict[tuple[str, str], Tally]:
    return {cell: tally for cell, tally in tiny.grid[kind].items() if tally.total}


def test_kinds_are_counted_in_the_order_of_the_vocabulary(tiny: Coverage) -> None:
    expected = [("practice", 2), ("condition", 1), ("case", 2), ("resource", 1), ("insight", 0), ("phase", 0)]
    assert list(tiny.kinds.items()) == expected


def test_a_cell_is_stated_only_when_both_its_phase_and_its_condition_are(tiny: Coverage) -> None:
    assert filled(tiny, "practice") == {
        ("before", "commit-formally"): Tally(stated=1, inferred=0),
        ("launch", "commit-formally"): Tally(stated=0, inferred=1),  # the phase was inferred
        ("during", "co-build-projects"): Tally(stated=1, inferred=0),
    }
    assert filled(tiny, "case") == {
        ("launch", "gather-resources"): Tally(stated=1, inferred=0),
        ("during", "co-build-projects"): Tally(stated=0, inferred=1),  # the condition was inferred
    }


def test_empty_cells_are_on_the_grid(tiny: Coverage) -> None:
    assert len(tiny.grid["practice"]) == 4 * 4
    assert len(tiny.weak_cells("practice")) == 16  # no cell has three


def test_countries_with_most_cases_come_first(corpus: Path) -> None:
    replace_text(corpus / "cases/lille-barracks.yaml", "country: france", "country: belgium")
    assert list(coverage(read_library(corpus)).countries.items()) == [("belgium", 2)]


def test_a_case_without_a_country_or_a_start_is_counted_apart(corpus: Path) -> None:
    replace_text(corpus / "cases/lille-barracks.yaml", "country: france", "country: null")
    replace_text(corpus / "cases/lille-barracks.yaml", 'start: "2018"', "start: null")
    replace_text(corpus / "cases/brussels-budget.yaml", 'start: "2016-05"', 'start: "1999-12"')
    counts = coverage(read_library(corpus))
    assert counts.countries == {None: 1, "belgium": 1}
    assert list(counts.decades.items()) == [(1990, 1), (None, 1)]
    page = report(read_library(corpus))
    assert "| not given | 1 |\n| Belgium | 1 |\n" in page
    assert "| 1990s | 1 |\n| unknown | 1 |\n" in page


def test_starts_are_gathered_by_decade(tiny: Coverage) -> None:
    assert tiny.decades == {2010: 2}


def test_outcomes_nobody_tells_are_there(corpus: Path) -> None:
    replace_text(corpus / "cases/lille-barracks.yaml", "outcome: succeeded", "outcome: stalled")
    assert list(coverage(read_library(corpus)).outcomes.items()) == [("succeeded", 0), ("stalled", 2)]


@pytest.mark.parametrize(("stalled", "expected"), [(4, ("stalled",)), (5, ())])
def test_an_outcome_is_rare_below_one_case_in_twenty(tiny: Coverage, stalled: int, expected: tuple[str, ...]) -> None:
    outcomes = {"succeeded": 100 - stalled, "stalled": stalled, "unknown": 0}
    assert dataclasses.replace(tiny, outcomes=outcomes).rare_outcomes == expected


def test_only_cases_show_a_practice(corpus: Path) -> None:
    replace_text(
        corpus / "resources/garden-network.yaml",
        "country: france",
        "illustrates: [commitment-charter]\ncountry: france",
    )
    assert coverage(read_library(corpus)).cases_of == {
        "commitment-charter": ("lille-barracks",),
        "participatory-budget": ("brussels-budget",),
    }


def test_practices_are_ordered_by_their_cases(corpus: Path) -> None:
    illustrates = "illustrates: [participatory-budget]"
    replace_text(corpus / "cases/lille-barracks.yaml", "illustrates: [commitment-charter]", illustrates)
    counts = coverage(read_library(corpus))
    assert counts.most_shown == ("participatory-budget", "commitment-charter")
    assert [counts.shown_by(number) for number in range(3)] == [("commitment-charter",), (), ("participatory-budget",)]


def test_single_sources_and_single_languages_are_named(tiny: Coverage) -> None:
    assert tiny.one_source == {
        "case": ("brussels-budget", "lille-barracks"),
        "practice": ("commitment-charter", "participatory-budget"),
        "condition": ("trust-first",),
    }
    assert tiny.one_language == {"fr": ("garden-network",)}


def test_sources_are_counted_by_kind_and_entries_without_a_link_to_them_named(corpus: Path) -> None:
    url = '  url: "https://gazette.example/budget"\n'
    replace_text(corpus / "sources.yaml", url, f"{url.replace('https', 'http')}  self_published: true\n  party: true\n")
    counts = source_counts(read_library(corpus))
    assert list(counts.kinds.values()) == [2, 1, 1, 1, 1]  # the Herald is the stored copy
    assert counts.only_self_published == ("brussels-budget", "lille-barracks")
    assert counts.unlinked == ("brussels-budget", "garden-network", "lille-barracks")


def test_the_page_tells_what_is_thin_in_english() -> None:
    page = report(read_library(TINY_CORPUS))
    assert "| Phase | Know each other | Gather resources | Commit formally | Co-build projects |" in page
    assert "| Before | 0 + 0 | 0 + 0 | 1 + 0 | 0 + 0 |\n| Launch | 0 + 0 | 0 + 0 | 0 + 1 | 0 + 0 |" in page
    assert "| 1 | The commitment charter | `commitment-charter` |" in page
    assert "**Cells with fewer than 3 practices: 16.** Before / Know each other (0), " in page
    assert "**Practices with fewer than 2 cases: 2.** `commitment-charter` (1), `participatory-budget` (1)\n" in page
    assert "**Countries with one case: 2.** Belgium, France\n" in page
    assert "**Outcomes told by fewer than 5% of the cases: 0.**\n" in page
    assert "**Entries with a single source, case: 2.** `brussels-budget`, `lille-barracks`\n" in page
    assert "**Entries in French only: 1.** `garden-network`\n" in page


def test_a_bar_in_a_title_does_not_break_a_table(corpus: Path) -> None:
    replace_text(corpus / "practices/commitment-charter.yaml", '"The commitment charter"', '"A | B"')
    assert "| 1 | A \\| B | `commitment-charter` |" in report(read_library(corpus))


def test_the_page_in_docs_is_what_the_command_prints(main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("coverage", "--corpus", default_corpus()) == 0
    page = (ROOT / "docs/coverage.md").read_text(encoding="utf-8")
    again = "passerelle coverage --output docs/coverage.md"
    assert capsys.readouterr().out == page, f"docs/coverage.md is old; make it again: {again}"


def test_the_command_writes_the_page_to_a_file(main: Main, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    assert main("coverage", "--corpus", TINY_CORPUS, "--output", file) == 0
    assert capsys.readouterr().out == f"{file}\n"
    assert file.read_text(encoding="utf-8") == report(read_library(TINY_CORPUS))


def test_the_command_says_what_it_cannot_read_or_write(
    main: Main, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main("coverage", "--corpus", tmp_path / "nowhere") == 2
    assert "is not there" in capsys.readouterr().err
    assert main("coverage", "--corpus", TINY_CORPUS, "--output", tmp_path / "no/page.md") == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path}/no: there is no such file or folder.")
