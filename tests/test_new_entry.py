"""The file of a new entry: the reader accepts it, the check lists what is left to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.curation.lint import check_library
from search.curation.templates import HINTS, WHAT, write_template
from search.entries import FIELDS
from search.errors import CorpusError
from search.library.corpus import read_corpus
from search.library.reader import FOLDERS, read_library
from search.library.side_by_side import join, read_libraries
from search.library.unfinished import PLACEHOLDER
from search.locations import default_corpus
from tests.fakes import Main, replace_text

NAME = "keep-the-keys"


@pytest.mark.parametrize("kind", FIELDS)
def test_the_reader_accepts_a_new_entry_of_each_kind(corpus: Path, kind: str) -> None:
    path = write_template(corpus, kind, NAME)
    entry = next(entry for entry in read_library(corpus).entries if entry.id == NAME)
    assert (FOLDERS[path.parent.name], path.name) == (kind, f"{NAME}.yaml")
    assert (entry.kind, entry.languages) == (kind, ("fr", "en"))
    assert {source.key for source in entry.sources} == {"gazette-1"}  # the first of the tiny corpus


@pytest.mark.parametrize("kind", FIELDS)
def test_every_placeholder_is_reported_with_its_line(corpus: Path, kind: str) -> None:
    path = write_template(corpus, kind, NAME)
    lines = path.read_text(encoding="utf-8").split("\n")
    marked = [number for number, line in enumerate(lines, 1) if PLACEHOLDER in line]
    file = f"{path.parent.name}/{NAME}.yaml"
    reported = [problem for problem in check_library(read_library(corpus)) if PLACEHOLDER in problem.message]
    assert [(problem.file, problem.line) for problem in reported] == [(file, number) for number in marked]
    assert len(marked) >= 2 * len(FIELDS[kind]) + 4  # the texts; phases, conditions, actors and sources


def test_a_placeholder_left_in_one_item_of_a_list_is_reported(corpus: Path) -> None:
    file = corpus / "practices/commitment-charter.yaml"
    replace_text(file, "Call everyone together.", f"Call {PLACEHOLDER}.")
    found = [str(problem) for problem in check_library(read_library(corpus)) if PLACEHOLDER in problem.message]
    assert found == [f"practices/commitment-charter.yaml:28 still holds {PLACEHOLDER}: write what is asked here"]


def test_an_entry_that_is_not_finished_is_left_out_of_what_is_built_and_named(corpus: Path) -> None:
    before = {entry.id for entry in read_corpus(corpus).entries}
    write_template(corpus, "case", NAME)
    library = read_corpus(corpus)
    assert {entry.id for entry in library.entries} == before
    assert [(note.file, note.kind) for note in library.notes] == [(f"cases/{NAME}.yaml", "unfinished")]
    assert NAME in {entry.id for entry in read_library(corpus).entries}  # the check goes on reading it


def test_an_example_of_a_source_that_is_still_marked_makes_an_entry_unfinished(corpus: Path) -> None:
    replace_text(corpus / "conditions/trust-first.yaml", "[herald-1]", f"[herald-1]  # {PLACEHOLDER}")
    library = read_corpus(corpus)
    assert "trust-first" not in {entry.id for entry in library.entries}
    assert not any("trust-first" in {*entry.related, *entry.illustrates} for entry in library.entries)


def test_a_language_that_is_not_finished_is_left_out_alone(
    corpus: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_text(corpus / "conditions/trust-first.yaml", "Nobody answers letters.", PLACEHOLDER)
    library = read_corpus(corpus)
    entry = next(entry for entry in library.entries if entry.id == "trust-first")
    assert (entry.languages, entry.translation) == (("fr",), {"first": "fr", "other": "none"})
    assert main("build", "--corpus", corpus, "--dry-run") == 0
    assert "conditions/trust-first.yaml:23 is not finished in en" in capsys.readouterr().err


def test_a_library_of_which_nothing_is_finished_is_told(tmp_path: Path, corpus: Path) -> None:
    for file in corpus.glob("*/*.yaml"):
        file.unlink()
    write_template(corpus, "insight", NAME)
    with pytest.raises(CorpusError, match=f"{NAME}.yaml.*is not finished"):
        read_corpus(corpus)


def test_a_link_of_another_library_to_an_unfinished_entry_goes_too(tmp_path: Path, corpus: Path) -> None:
    write_template(corpus, "practice", NAME)
    table = tmp_path / "mine.csv"
    table.write_text(f"id,title,context,related\na-pool,A pool,Neighbours run it together,{NAME}\n", encoding="utf-8")
    libraries = read_libraries([corpus, table])
    assert libraries[1].entries[0].related == ()
    assert len(join(libraries).library.entries) == 7


def test_the_closed_lists_of_the_corpus_are_shown(corpus: Path) -> None:
    text = write_template(corpus, "case", NAME).read_text(encoding="utf-8")
    flat = " ".join(text.replace("#", " ").split())  # long lists go on in the next line
    for keys in (
        "before, launch, during, upkeep",
        "know-each-other, gather-resources, commit-formally, co-build-projects",
        "citizens, public-authority, association",
        "belgium, france",
        "succeeded, stalled",
        "adapted, none",
    ):
        assert keys in flat


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_says_what_belongs_there(corpus: Path, kind: str) -> None:
    text = write_template(corpus, kind, NAME).read_text(encoding="utf-8")
    for field in FIELDS[kind]:
        assert text.count(f"  # {HINTS[kind][field]}\n  {field}:") == 2  # in French and in English


def test_the_readme_of_the_corpus_shows_the_same_lines() -> None:
    readme = (default_corpus() / "README.md").read_text(encoding="utf-8")
    assert list(HINTS) == list(WHAT) == list(FIELDS)
    for kind, fields in FIELDS.items():
        assert tuple(HINTS[kind]) == fields
        for field in fields:
            assert f"- `{field}`: {HINTS[kind][field]}\n" in readme


def problems_of(corpus: Path, kind: str, name: str) -> list[str]:
    before = sorted(corpus.rglob("*"))
    with pytest.raises(CorpusError) as caught:
        write_template(corpus, kind, name)
    assert sorted(corpus.rglob("*")) == before, "a file was made all the same"
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "name", ["", "Charter", "two words", "a--b", "-a", "a-", "a_b", "été", "../a", "a/b", "a.b", "a\n"]
)
def test_a_bad_id_is_refused(corpus: Path, name: str) -> None:
    assert problems_of(corpus, "case", name) == [
        f"{name!r} is not an id: lower-case words joined by hyphens, like neighbours-run-the-pool"
    ]


@pytest.mark.parametrize("kind", ["practice", "case"])
def test_an_id_that_is_taken_is_refused_whatever_its_kind(corpus: Path, kind: str) -> None:
    assert problems_of(corpus, kind, "commitment-charter") == [
        "practices/commitment-charter.yaml is there already: choose another id"
    ]


def test_everything_that_is_wrong_is_said_at_once(corpus: Path) -> None:
    assert problems_of(corpus, "cas", "Été") == [
        "'Été' is not an id: lower-case words joined by hyphens, like neighbours-run-the-pool",
        "cas is not a kind of entry: phase, condition, practice, insight, case, resource",
    ]


def test_a_corpus_without_sources_is_told_what_to_add(corpus: Path) -> None:
    (corpus / "sources.yaml").write_text("{}\n", encoding="utf-8")
    assert problems_of(corpus, "case", NAME) == [
        "sources.yaml has no source: add the one the entry is written from first"
    ]


def test_another_entry_that_is_broken_is_in_nobodys_way(corpus: Path) -> None:
    (corpus / "cases/half-written.yaml").write_text("id: [", encoding="utf-8")
    assert write_template(corpus, "case", NAME).exists()


def test_the_command_says_where_the_file_is_and_never_writes_over_it(
    main: Main, capsys: pytest.CaptureFixture[str], corpus: Path
) -> None:
    assert main("new-entry", "insight", NAME, "--corpus", corpus) == 0
    file = corpus / f"insights/{NAME}.yaml"
    assert capsys.readouterr().out == f"{file}\n"
    file.write_text("mine", encoding="utf-8")
    assert main("new-entry", "insight", NAME, "--corpus", corpus) == 2
    assert capsys.readouterr().err == f"1 problem. insights/{NAME}.yaml is there already: choose another id\n"
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_command_says_when_the_corpus_is_not_there(
    main: Main, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main("new-entry", "case", NAME, "--corpus", tmp_path / "nowhere") == 2
    assert f"{tmp_path / 'nowhere'} is not there" in capsys.readouterr().err
