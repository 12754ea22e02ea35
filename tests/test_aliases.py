"""Old ids: they are read, told when they clash, and open, rank, judge and teach as the id that took their place."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from search.errors import CorpusError, UnknownEntryError
from search.evaluation.behaviour_checks import Check
from search.evaluation.evaluation import evaluate
from search.library.aliases import aliases_of, clashes, current_grades, current_ids
from search.library.judged_queries import JudgedQuery
from search.library.reader import read_library
from search.library.side_by_side import join, read_libraries, renamed_training
from search.library.tables.reading import read_table
from search.library.training_queries import TrainingQuery
from search.output.saved_sheet import SavedSheet, renamed
from search.retrieval.searcher import Searcher
from tests.fakes import SIGNALS, TINY_CORPUS, CountingEncoder, replace_text, tiny_index, write_corpus

CHARTER = "practices/commitment-charter.yaml"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The charter was called old-charter, and a pact was merged into it."""
    corpus = write_corpus(tmp_path / "corpus")
    replace_text(corpus / CHARTER, "kind: practice\n", "kind: practice\naliases: [old-charter, old-pact]\n")
    return corpus


def test_an_entry_is_read_with_its_old_ids(corpus: Path) -> None:
    assert aliases_of(read_library(corpus).entries) == {
        "old-charter": "commitment-charter",
        "old-pact": "commitment-charter",
    }


def test_links_to_an_old_id_are_links_to_the_entry_each_once(corpus: Path) -> None:
    file = corpus / "cases/lille-barracks.yaml"
    replace_text(file, "illustrates: [commitment-charter]", "illustrates: [old-pact, commitment-charter]")
    replace_text(file, "related: []", "related: [old-charter]")
    barracks = next(one for one in read_library(corpus).entries if one.id == "lille-barracks")
    assert (barracks.illustrates, barracks.related) == (("commitment-charter",), ("commitment-charter",))


@pytest.mark.parametrize("old", ["trust-first", "lille-barracks", "old-charter"])
def test_an_old_id_that_names_another_entry_is_told_with_its_line(corpus: Path, old: str) -> None:
    budget = "practices/participatory-budget.yaml"
    replace_text(corpus / budget, "kind: practice\n", f"kind: practice\naliases: [{old}]\n")
    other = "commitment-charter" if old == "old-charter" else old
    with pytest.raises(CorpusError) as caught:
        read_library(corpus)
    assert [str(one) for one in caught.value.problems] == [
        f"{budget}:3 aliases gives '{old}', which names an entry already ({other}): take it out of one of them"
    ]


def test_an_entry_that_gives_its_own_id_or_links_to_its_own_old_id_is_told() -> None:
    assert clashes({"a": ["a"], "b": ["old"]}, ["a", "b"]) == [("a", "a", "a")]
    assert clashes({"a": ["old"], "b": ["old"]}, ["a", "b"]) == [("b", "old", "a")]


def test_a_link_to_ones_own_old_id_is_told(corpus: Path) -> None:
    replace_text(corpus / CHARTER, "related: [trust-first]", "related: [old-pact]")
    with pytest.raises(CorpusError) as caught:
        read_library(corpus)
    assert [one.kind for one in caught.value.problems] == ["entry_itself"]


@pytest.fixture
def searcher(corpus: Path, tmp_path: Path) -> Searcher:
    return Searcher(tiny_index(tmp_path / "index", corpus=corpus), CountingEncoder(), signals=SIGNALS)


def test_an_old_id_opens_the_entry_its_cases_and_what_is_like_it(searcher: Searcher) -> None:
    assert searcher.entry("old-charter").id == "commitment-charter"
    assert searcher.illustrated_by("old-pact") == searcher.illustrated_by("commitment-charter") != ()
    assert searcher.similar("old-pact").hits == searcher.similar("commitment-charter").hits
    assert searcher.index.metadata.aliases["old-pact"] == "commitment-charter"
    with pytest.raises(UnknownEntryError):
        searcher.entry("older-charter")


def test_a_judgement_of_an_old_id_counts_for_the_entry_and_the_better_of_two_is_kept(searcher: Searcher) -> None:
    asked = JudgedQuery("one", "short", "a resident", {"fr": "confiance", "en": "trust"}, {"commitment-charter": 2})
    other = dataclasses.replace(asked, judgements={"old-pact": 2, "commitment-charter": 1})
    assert evaluate(searcher, [other]).mean == evaluate(searcher, [asked]).mean
    assert current_grades({"old": 3, "new": 1, "else": 2}, {"old": "new"}) == {"new": 3, "else": 2}


def test_a_check_and_a_training_query_name_the_entry_as_it_is_now() -> None:
    names = {"old": "new"}
    check = Check("one", "acronym", {"fr": "x", "en": "x"}, frozenset({"old"}), frozenset({"old", "else"}))
    assert check.renamed(names).expected == {"new"}
    assert check.renamed(names).excluded == {"new", "else"}
    (query,) = renamed_training([TrainingQuery(("old", "else", "new"), {"fr": "x", "en": "x"})], names)
    assert query.entries == ("new", "else")
    assert current_ids(["old", "new", "else"], names, but="else") == ("new",)


def test_among_several_libraries_an_old_id_is_known_to_all_and_to_what_was_judged(corpus: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text(
        '{"id": "pool", "kind": "case", "title": "Le bassin", "summary": "Un bassin.", "language": "fr", '
        '"illustrates": ["old-pact"]}\n',
        encoding="utf-8",
    )
    joined = join(read_libraries([corpus, mine]))
    pool = next(one for one in joined.library.entries if one.id == "pool")
    assert pool.illustrates == ("commitment-charter",)
    assert joined.renamed[0] == {"old-charter": "commitment-charter", "old-pact": "commitment-charter"}


def test_of_an_id_that_meets_the_old_one_leads_to_the_entry_of_its_own_library(corpus: Path) -> None:
    joined = join(read_libraries([TINY_CORPUS, corpus]))
    assert joined.renamed[1]["old-pact"] == joined.renamed[1]["commitment-charter"] == "corpus-commitment-charter"


def test_a_table_says_old_ids_and_one_that_clashes_is_set_aside(tmp_path: Path) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text(
        '{"id": "a", "title": "Une", "summary": "A.", "language": "fr", "aliases": ["old", "b"]}\n'
        '{"id": "b", "title": "Deux", "summary": "B.", "language": "fr", "related": ["old"]}\n',
        encoding="utf-8",
    )
    library = read_table(mine)
    assert [(one.id, one.aliases, one.related) for one in library.entries] == [("a", ("old",), ()), ("b", (), ("a",))]
    assert [str(note) for note in library.notes if note.kind == "alias_taken"] == [
        "mine.jsonl:1 aliases gives 'b', which names an entry already (b): take it out of one of them; the cell is set "
        "aside"
    ]


def test_a_sheet_goes_on_under_the_new_ids_with_the_notes_of_both() -> None:
    saved = SavedSheet(
        "Réunion",
        ("old", "else", "new"),
        {"old": "Appeler Léa.", "new": "Salle 2."},
        {"old": {"fr": "Pacte"}},
        "La commune vend la caserne.",
    )
    assert renamed(saved, {"old": "new"}) == SavedSheet(
        "Réunion",
        ("new", "else"),
        {"new": "Appeler Léa.\n\nSalle 2."},
        {"new": {"fr": "Pacte"}},
        "La commune vend la caserne.",
    )
