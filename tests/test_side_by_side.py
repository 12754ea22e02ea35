"""Several libraries in one index: what meets is told, nothing is lost, each answers or is silent by itself."""

from __future__ import annotations

import dataclasses
import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

import search.library.fingerprint
import search.library.side_by_side
import search.locations
from search.building.builder import build, corpora_in_use, is_current
from search.errors import IndexDamagedError, UnknownFilterError
from search.index.reading import load_index, read_manifest
from search.index.writing import save_index
from search.library.side_by_side import in_order, join, library_names, read_libraries
from search.library.tables.reading import read_table
from search.locations import SHIPPED
from search.retrieval.beside import MeantBeside
from search.retrieval.fusion import ahead_of_best, meant_though_new
from search.retrieval.searcher import Searcher
from search.retrieval.signals import TrainingQueries
from tests.by_hand import features
from tests.fakes import CALIBRATION, TRAINING_QUERIES, CountingEncoder, Main, write_corpus, write_training_queries

NO = -np.inf


@pytest.fixture
def shipped(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the tiny corpus be the shipped one."""
    for module in (search.locations, search.library.side_by_side, search.library.fingerprint):
        monkeypatch.setattr(module, "default_corpus", lambda: corpus)
    monkeypatch.setattr("search.library.tables.reading.default_corpus", lambda: corpus)
    monkeypatch.setattr("search.building.carry_over.default_corpus", lambda: corpus)
    monkeypatch.setattr("search.building.builder.default_corpus", lambda: corpus)
    return corpus


def table(folder: Path, *rows: dict[str, object], name: str = "mine") -> Path:
    """Write a table of English rows."""
    file = folder / f"{name}.jsonl"
    text = "".join(json.dumps({"language": "en", "kind": "practice", **row}) + "\n" for row in rows)
    file.write_text(text, encoding="utf-8")
    return file


POOL = {"id": "pool", "title": "A pool", "summary": "Money for a garden."}
CHARTER = {"id": "commitment-charter", "title": "Our charter", "summary": "Trust.", "related": ["trust-first"]}


def searcher_of(folder: Path, *corpora: Path) -> Searcher:
    build(corpora, folder, encoder=CountingEncoder())
    return Searcher(load_index(folder, CountingEncoder()), CountingEncoder())


# ---- Names and ids -------------------------------------------------------------------------------------------


def test_the_shipped_library_comes_first_and_each_once(shipped: Path, tmp_path: Path) -> None:
    mine, other = table(tmp_path, POOL), table(tmp_path, POOL, name="other")
    assert in_order([mine, shipped, mine, other]) == (shipped, mine, other)


def test_libraries_are_named_by_their_files_each_otherwise(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    corpora = [shipped, table(tmp_path, POOL), table(tmp_path / "b", POOL), table(tmp_path, POOL, name="a, b")]
    assert library_names(corpora) == (SHIPPED, "mine", "mine-2", "a-b")
    assert library_names([table(tmp_path, POOL, name=SHIPPED)]) == ("shipped-2",)


def test_of_an_id_that_meets_the_first_keeps_it_and_both_entries_stay(shipped: Path, tmp_path: Path) -> None:
    mine = table(tmp_path, CHARTER, {**POOL, "related": ["commitment-charter"]})
    joined = join(read_libraries([shipped, mine]))
    by_id = {entry.id: entry for entry in joined.library.entries}
    assert joined.renamed == ({}, {"commitment-charter": "mine-commitment-charter"})
    assert by_id["commitment-charter"].library == SHIPPED
    assert by_id["mine-commitment-charter"].title("en") == "Our charter"
    assert by_id["pool"].related == ("mine-commitment-charter",)  # one's own before that of another
    assert [note.kind for note in joined.met] == ["id_meets"]
    assert str(joined.met[0]) == (
        "mine.jsonl:1 the entry “commitment-charter” is in “shipped” already: this one is called "
        "“mine-commitment-charter” here"
    )


def test_an_id_that_is_given_is_never_given_again(tmp_path: Path) -> None:
    first, second = table(tmp_path, POOL, name="a"), table(tmp_path, POOL, {**POOL, "id": "b-pool"}, name="b")
    assert join(read_libraries([first, second])).renamed == ({}, {"pool": "b-pool-2"})


def test_a_link_to_another_library_is_kept_and_in_a_table_alone_it_is_set_aside(shipped: Path, tmp_path: Path) -> None:
    mine = table(tmp_path, {**POOL, "related": ["trust-first"]})
    assert read_table(mine).entries[0].related == ()
    assert [entry.related for entry in read_libraries([shipped, mine])[1].entries] == [("trust-first",)]


def test_two_tables_may_link_to_each_other(tmp_path: Path) -> None:
    a = table(tmp_path, {**POOL, "id": "one", "related": ["two"]}, name="a")
    b = table(tmp_path, {**POOL, "id": "two", "illustrates": ["one"]}, name="b")
    first, second = read_libraries([a, b])
    assert (first.entries[0].related, second.entries[0].illustrates) == (("two",), ("one",))


def test_closed_lists_are_put_together_and_a_label_that_differs_is_told(shipped: Path, tmp_path: Path) -> None:
    mine = table(tmp_path, POOL)
    own = (shipped / "vocabulary.yaml").read_text(encoding="utf-8")
    own = own.replace("en: Practice}", "en: Way}").replace(
        "countries:\n", "countries:\n  spain: {fr: Espagne, en: Spain}\n"
    )
    (tmp_path / "mine.vocabulary.yaml").write_text(own, encoding="utf-8")
    joined = join(read_libraries([shipped, mine]))
    assert joined.library.vocabulary.label("kinds", "practice", "en") == "Practice"
    assert joined.library.vocabulary.label("countries", "spain", "en") == "Spain"
    assert joined.library.vocabulary.keys("libraries") == (SHIPPED, "mine")
    assert [note.kind for note in joined.met] == ["label_differs"]


# ---- One index -----------------------------------------------------------------------------------------------


def test_each_entry_says_which_library_it_is_from_and_a_filter_keeps_one(shipped: Path, tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path / "index", table(tmp_path, POOL), shipped)
    assert searcher.manifest.names == (SHIPPED, "mine")
    assert searcher.manifest.corpora == (SHIPPED, str(tmp_path / "mine.jsonl"))
    assert {hit.entry.library for hit in searcher.search("garden money", abstain=False)} == {SHIPPED, "mine"}
    assert [hit.entry.id for hit in searcher.search("garden", libraries={"mine"}, abstain=False)] == ["pool"]
    assert "pool" not in {entry.id for entry in searcher.matching(libraries={SHIPPED})}
    with pytest.raises(UnknownFilterError, match=r"libraries: theirs is not one of shipped, mine\."):
        searcher.search("garden", libraries={"theirs"})


def test_one_library_is_named_too(corpus: Path, tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path / "index", corpus)
    assert searcher.manifest.names == ("corpus",)
    assert {entry.library for entry in searcher.entries} == {"corpus"}
    assert searcher.index.taught.tolist() == [0.0] * len(searcher.entries)
    assert not searcher.index.untaught.any()  # there is none beside that training queries speak of


def test_an_entry_is_taught_by_the_training_queries_that_name_it(shipped: Path, tmp_path: Path) -> None:
    write_training_queries(shipped, *TRAINING_QUERIES)
    index = searcher_of(tmp_path / "index", shipped, table(tmp_path, POOL)).index
    taught = dict(zip(index.metadata.ids, index.taught.tolist(), strict=True))
    # both tellings of a training query count where there are few of them
    assert taught == {
        name: 2.0 * sum(name in (one.get("entries") or ()) for one in TRAINING_QUERIES) for name in taught
    }
    assert taught["pool"] == 0.0
    beside = {name for name, alone in zip(index.metadata.ids, index.untaught.tolist(), strict=True) if alone}
    assert beside == {"pool"}
    assert index.reads_what_was_said


def test_training_queries_name_the_entry_under_its_new_id(tmp_path: Path) -> None:
    first, second = write_corpus(tmp_path / "first"), write_corpus(tmp_path / "second")
    write_training_queries(second, *TRAINING_QUERIES)
    index = searcher_of(tmp_path / "index", first, second).index
    assert index.relevance.answers[0] == ("second-garden-network",)


def test_the_index_is_current_until_any_of_its_libraries_changes(shipped: Path, tmp_path: Path) -> None:
    mine, output, encoder = table(tmp_path, POOL), tmp_path / "index", CountingEncoder()
    build([shipped, mine], output, encoder=encoder)
    assert is_current([mine, shipped], output, encoder)
    assert not is_current(shipped, output, encoder)
    assert not is_current(mine, output, encoder)
    table(tmp_path, CHARTER)
    assert not is_current([shipped, mine], output, encoder)


@pytest.mark.parametrize("file", ["vocabulary.yaml", "training/out-of-scope.jsonl"])
def test_what_an_index_holds_of_the_shipped_library_counts(file: str, shipped: Path, tmp_path: Path) -> None:
    write_training_queries(shipped, *TRAINING_QUERIES)
    mine, output, encoder = table(tmp_path, POOL), tmp_path / "index", CountingEncoder()
    build(mine, output, encoder=encoder)
    assert is_current(mine, output, encoder)
    with (shipped / file).open("a", encoding="utf-8") as lent:
        lent.write("\n")
    assert not is_current(mine, output, encoder)


def test_what_an_index_was_made_from_is_all_its_libraries(shipped: Path, tmp_path: Path) -> None:
    mine, output = table(tmp_path, POOL), tmp_path / "index"
    build([shipped, mine], output, encoder=CountingEncoder())
    assert corpora_in_use(output) == (shipped, mine)
    (output / "current").unlink()
    with pytest.raises(
        IndexDamagedError, match=f"passerelle build --corpus shipped --corpus {mine} --output {output}$"
    ):
        read_manifest(output)


def test_the_command_builds_several_and_tells_what_met(
    main: Main, shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, output = table(tmp_path, CHARTER), tmp_path / "index"
    arguments = ("build", "--corpus", shipped, "--corpus", mine, "--output", output, "--lang", "en")
    assert main(*arguments) == 0
    assert "called “mine-commitment-charter” here" in capsys.readouterr().err
    assert main(*arguments) == 0
    assert capsys.readouterr().out == f"{output} is up to date.\n"


# ---- Ranking and silence -------------------------------------------------------------------------------------


def test_an_entry_is_likely_meant_as_far_as_it_stands_out() -> None:
    scores = np.array([0.5, 0.3, 0.1, NO])  # of the three that are found the mean is 0.3
    logits = [20 * (0.2 - 0.025), 20 * (0.0 - 0.025), 20 * (-0.2 - 0.025)]
    assert meant_though_new(scores, 0.0).tolist() == pytest.approx([*(1 / (1 + math.exp(-one)) for one in logits), 0.0])


def test_of_many_alike_none_stands_out() -> None:
    assert meant_though_new(np.array([0.5] * 10 + [0.1]), 0.0)[:10] == pytest.approx(1 / (1 + math.exp(0.5)))


def test_where_training_queries_see_no_answer_a_new_entry_is_likelier_meant() -> None:
    scores = np.array([0.325] + [0.3] * 10)  # 0.0225 before the mean of the ten best, 0.3025
    assert meant_though_new(scores, 0.3)[0] == pytest.approx(1 / (1 + math.exp(0.05 - 3.0)))


def test_a_new_entry_gains_a_share_of_what_the_likeliest_gains() -> None:
    found = features(training=[0.5, 0.25, 0.0], taught=[np.inf, np.inf, 0.0])
    scores = np.array([0.3, 0.3, 0.6])  # the third stands 0.2 before the mean, 0.4
    meant = 1 / (1 + math.exp(-20 * 0.175))
    gained = TrainingQueries(weight=1.0).on_entries(scores, found)
    assert gained.tolist() == pytest.approx([0.8, 0.55, 0.6 + 0.5 * meant])


MEANT = MeantBeside(intercept=-1.0, ahead=10.0, overlap=2.0, no_answer=4.0, more=0.4)


def test_how_far_an_entry_stands_before_the_best_is_told_from_those_that_are_found() -> None:
    assert ahead_of_best(np.array([0.5, 0.3, 0.1, NO])).tolist() == pytest.approx([0.2, 0.0, -0.2, NO])
    assert ahead_of_best(np.full(2, NO)).tolist() == [NO, NO]


def test_an_entry_beside_is_meant_by_what_was_said_its_rare_words_and_no_other_answer() -> None:
    found = features(
        said=[0.5, 0.4, 0.3, 0.1],  # of the three entries: 0.5, 0.3, 0.1; their mean is 0.3
        overlap=[0.0, 0.0, 0.0, 0.9, 0.5],
        rare=[0, 0, 0, 0, 1],  # what the second has are usual words
        no_answer=0.25,
    )
    logits = [10 * 0.2 - 1 + 4 * 0.25, -1 + 4 * 0.25, 10 * -0.2 + 2 * 0.5 - 1 + 4 * 0.25]
    assert MEANT.probability(found).tolist() == pytest.approx([1 / (1 + math.exp(-one)) for one in logits])


def test_an_entry_beside_gains_more_than_the_likeliest_when_it_is_surely_meant() -> None:
    found = features(training=[0.5, 0.25, 0.0], untaught=[False, False, True], said=[0.1, 0.1, 0.1, 0.1])
    surely = dataclasses.replace(MEANT, intercept=50.0)
    signal = TrainingQueries(weight=2.0, meant=surely)
    assert signal.on_entries(np.zeros(3), found).tolist() == pytest.approx([1.0, 0.5, 2 * (0.5 + 0.4)])
    half = dataclasses.replace(signal, beside=0.5)
    assert half.on_entries(np.zeros(3), found).tolist() == pytest.approx([1.0, 0.5, 0.9])


def test_an_entry_that_few_training_queries_name_comes_half_way() -> None:
    found = features(training=[0.5, 0.25, 0.1], taught=[np.inf, np.inf, 10.0])
    meant = 1 / (1 + math.exp(-20 * 0.175))
    gained = TrainingQueries(weight=1.0, few=10.0).on_entries(np.array([0.3, 0.3, 0.6]), found)
    assert gained.tolist() == pytest.approx([0.8, 0.55, 0.6 + (0.1 + 0.5 * meant) / 2])


def test_without_a_library_beside_training_queries_count_as_they_are() -> None:
    found = features(training=[0.5, 0.25, 0.0])
    assert TrainingQueries(weight=1.0).on_entries(np.zeros(3), found).tolist() == [0.5, 0.25, 0.0]


def test_a_variable_names_what_an_index_is_made_from(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = table(tmp_path, POOL)
    monkeypatch.setenv("PASSERELLE_CORPUS", os.pathsep.join([SHIPPED, str(mine)]))
    build(None, tmp_path / "index", encoder=CountingEncoder())
    assert read_manifest(tmp_path / "index").names == (SHIPPED, "mine")


def test_a_silent_library_is_left_out_of_what_another_answers(shipped: Path, tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path / "index", shipped, table(tmp_path, {**POOL, "summary": "A garden."}))
    beside = dataclasses.replace(CALIBRATION, abstain_below=0.0)
    never = dataclasses.replace(CALIBRATION, abstain_below=2.0)
    index = dataclasses.replace(searcher.index, calibration=never, beside={"mine": beside})
    assert [hit.entry.id for hit in Searcher(index, CountingEncoder()).search("money and a flower bed")] == ["pool"]
    index = dataclasses.replace(searcher.index, calibration=never, beside={"mine": never})
    assert Searcher(index, CountingEncoder()).search("money and a flower bed").hits == ()


def test_calibrations_beside_are_saved_with_the_index(shipped: Path, tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path / "index", shipped, table(tmp_path, POOL))
    index = dataclasses.replace(searcher.index, calibration=None, beside={"mine": CALIBRATION, "other": None})
    save_index(index, tmp_path / "again")
    found = load_index(tmp_path / "again", CountingEncoder())
    assert found.beside == {"mine": CALIBRATION, "other": None}
    assert (found.calibration_of("mine"), found.calibration_of(SHIPPED)) == (CALIBRATION, None)
