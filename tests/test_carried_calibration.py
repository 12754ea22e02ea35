"""A library without judged queries is silent all the same: scales by hand, and what building makes of it."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from search.building.builder import build
from search.building.carry_over import carry_over, measure, with_out_of_scope
from search.building.indexing import build_index
from search.building.inputs import Inputs
from search.encoding.embedding_cache import EmbeddingCache
from search.encoding.encoder import SentenceEncoder
from search.index.index import Index
from search.index.reading import load_index
from search.index.writing import save_index
from search.learning.calibration import UNRATED, HitEvidence, Logistic, QueryEvidence
from search.learning.carried_calibration import AS_SPREAD, CarriedCalibration, Scale, calibration_from
from search.learning.relevance_model import RelevanceModel, TrainingEvidence
from search.library.export import rows
from search.library.judged_queries import JudgedQuery
from search.library.reader import read_library
from search.library.tables.reading import read_table
from search.library.training_queries import TrainingQuery
from search.locations import default_corpus
from search.retrieval.searcher import Searcher
from tests.fakes import CALIBRATION, KNOWN_OUT_OF_SCOPE, CountingEncoder

SCALE = Scale(top=0.4, mean=0.1, spread=0.05, near=0.5)


def evidence(*, nearest: float = 0.0, out_of_scope: float = 0.0, mean: float = 0.0) -> QueryEvidence:
    """Evidence with nothing but what a carried calibration reads."""
    return QueryEvidence(
        leaning=None,
        answer=0,
        no_answer=0,
        overlap=0,
        top=0,
        gap=0,
        known=0,
        out_of_scope=out_of_scope,
        nearest=nearest,
        mean=mean,
    )


def test_a_scale_is_the_medians_of_what_out_of_scope_queries_find() -> None:
    asked = [evidence(nearest=nearest, mean=mean) for nearest, mean in ((0.3, 0.1), (0.4, 0.2), (0.9, 0.6))]
    # of 0.1, 0.2 and 0.6 the median is 0.2; they are 0.1, 0 and 0.4 from it
    assert Scale.of(asked, [0.5, 0.6, 0.1]) == Scale(top=0.4, mean=0.2, spread=pytest.approx(AS_SPREAD * 0.1), near=0.5)


def test_an_encoder_that_tells_nothing_apart_gives_no_scale() -> None:
    assert Scale.of([evidence(), evidence()], [0.0, 0.0]) is None
    assert Scale.of([evidence(mean=0.1), evidence(mean=0.1)], [0.5, 0.5]) is None


def test_a_query_is_measured_against_those_known_to_be_out_of_scope() -> None:
    # as it is: 0.6 - 0.3; told from what is usual: (0.6 - 0.4) - (0.3 - 0.5); their mean is 0.35, in lengths of 0.5
    assert SCALE.features(evidence(nearest=0.6, out_of_scope=0.3, mean=0.2)) == pytest.approx((0.7, 2.0))


def test_what_is_usual_out_of_scope_is_half_a_length_behind_or_at_nothing() -> None:
    # 0.4 - 0.5 as it is, 0 told from what is usual: -0.05 in lengths of 0.5
    assert SCALE.features(evidence(nearest=0.4, out_of_scope=0.5, mean=0.1)) == pytest.approx((-0.1, 0.0))


def test_an_encoder_with_cosines_half_as_large_gives_the_same_numbers() -> None:
    half = Scale(top=0.2, mean=0.05, spread=0.025, near=0.25)
    whole = SCALE.features(evidence(nearest=0.6, out_of_scope=0.3, mean=0.2))
    assert half.features(evidence(nearest=0.3, out_of_scope=0.15, mean=0.1)) == pytest.approx(whole)


@pytest.mark.parametrize(("below", "answered"), [(0.5, True), (0.9, False)])
def test_a_query_is_answered_from_the_cut_on(below: float, answered: bool) -> None:
    calibration = CarriedCalibration(SCALE, Logistic(-2.7, (1.0, 1.0)), abstain_below=below)
    # 0.7 + 2.0 - 2.7 = 0: a probability of one half
    assert calibration.is_answered(evidence(nearest=0.6, out_of_scope=0.3, mean=0.2)) is answered


def test_no_hit_is_rated_where_nobody_has_judged_queries() -> None:
    fitted = CarriedCalibration.fitted(SCALE)
    assert fitted.strength(HitEvidence(score=9.0, below_top=0.0, words=1.0, across=0.0)) == UNRATED


def test_what_is_shipped_was_fitted_to_answer_what_is_near_and_to_be_silent_on_the_usual_out_of_scope() -> None:
    fitted = CarriedCalibration.fitted(SCALE)
    assert fitted.is_answered(evidence(nearest=0.7, out_of_scope=0.3, mean=0.2))
    assert not fitted.is_answered(evidence(nearest=0.4, out_of_scope=0.5, mean=0.1))


@pytest.mark.parametrize("calibration", [CALIBRATION, CarriedCalibration.fitted(SCALE)])
def test_either_calibration_is_read_back_as_it_was_written(calibration: CarriedCalibration) -> None:
    assert calibration_from(json.loads(json.dumps(dataclasses.asdict(calibration)))) == calibration


# ---- Building ------------------------------------------------------------------------------------------------

JUDGED = (JudgedQuery("q", "short", "resident", {"fr": "confiance", "en": "trust"}, {"own-trust": 3}),)

TABLE = (
    {"id": "own-trust", "title": "Talk", "summary": "Trust grows slowly.", "language": "en"},
    {"id": "own-money", "title": "Pay", "summary": "Money comes late.", "language": "en"},
)


@pytest.fixture
def own_table(tmp_path: Path) -> Path:
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in TABLE), encoding="utf-8")
    return path


def out_of_scope(*pairs: tuple[str, str]) -> tuple[TrainingQuery, ...]:
    return tuple(TrainingQuery((), {"fr": french, "en": english}) for french, english in pairs)


@pytest.mark.all_lent
def test_a_table_learns_the_shipped_queries_that_are_out_of_scope(own_table: Path) -> None:
    queries = with_out_of_scope(Inputs.of(read_table(own_table))).queries
    assert 2 * len(queries) == KNOWN_OUT_OF_SCOPE
    assert all(query.entries == () for query in queries)


def test_a_corpus_with_judged_queries_learns_its_own_only(own_table: Path) -> None:
    inputs = dataclasses.replace(Inputs.of(read_table(own_table)), judged=JUDGED)
    assert with_out_of_scope(inputs) == inputs


def test_a_corpus_that_says_what_is_out_of_scope_is_believed(own_table: Path) -> None:
    inputs = dataclasses.replace(Inputs.of(read_table(own_table)), queries=out_of_scope(("le jardin", "the garden")))
    assert with_out_of_scope(inputs) == inputs


def own_index(table: Path, folder: Path, queries: Sequence[TrainingQuery] = ()) -> Index:
    inputs = dataclasses.replace(Inputs.of(read_table(table)), queries=queries)
    return build_index(inputs, CountingEncoder(), EmbeddingCache(folder / "embeddings.sqlite"))


def test_a_query_is_not_compared_with_itself_nor_with_its_other_telling(own_table: Path, tmp_path: Path) -> None:
    queries = out_of_scope(("jardin", "garden"), ("jardin argent", "garden money"), ("bâtiment", "building"))
    found, near = measure(own_index(own_table, tmp_path, queries), CountingEncoder(), queries)
    assert near == pytest.approx([math.sqrt(0.5)] * 4 + [0.0] * 2, abs=1e-3)
    # the summary on money is one of two passages of its entry (1 and half of 0, of 1.5), or one of one
    assert [one.nearest > 0 for one in found] == [False, False, True, True, False, False]


def test_without_a_query_out_of_scope_nothing_is_carried_over(own_table: Path, tmp_path: Path) -> None:
    assert carry_over(own_index(own_table, tmp_path), CountingEncoder(), ()) is None


def test_a_carried_calibration_is_saved_with_its_index(own_table: Path, tmp_path: Path) -> None:
    index = dataclasses.replace(own_index(own_table, tmp_path), calibration=CarriedCalibration.fitted(SCALE))
    save_index(index, tmp_path / "index")
    assert load_index(tmp_path / "index", CountingEncoder()).calibration == index.calibration


def test_a_query_that_is_near_nothing_but_what_is_out_of_scope_gets_no_answer(
    own_table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(own_table, tmp_path / "index", encoder=(encoder := CountingEncoder()))
    index = load_index(tmp_path / "index", encoder)
    # a scale as a real library has one: trust is in it, and gardens are known to be out of scope
    monkeypatch.setattr(RelevanceModel, "evidence", lambda _, text, vector: near_gardens(index, vector))
    searcher = Searcher(dataclasses.replace(index, calibration=CarriedCalibration.fitted(SCALE)), encoder)
    assert [hit.entry.id for hit in searcher.search("trust").hits][:1] == ["own-trust"]
    assert searcher.search("garden").hits == ()
    assert {hit.strength for hit in searcher.search("trust").hits} == {UNRATED}


def near_gardens(index: Index, vector: np.ndarray) -> TrainingEvidence:
    """Evidence of training queries that are all about gardens, and out of scope."""
    return TrainingEvidence(np.zeros(len(index.entries)), 0.0, 0.0, float(vector[3]))


@pytest.mark.model
def test_a_table_without_queries_is_silent_on_a_recipe_and_answers_a_situation(tmp_path: Path) -> None:
    some = list(rows(read_library(default_corpus())))[:300]
    table = tmp_path / "mine.jsonl"
    kept = ("id", "kind", "language", "title", "summary", "description", "context", "what_happened", "place", "country")
    table.write_text("".join(json.dumps({n: r[n] for n in kept if r[n]}) + "\n" for r in some), encoding="utf-8")
    build(table, tmp_path / "index", encoder=(encoder := SentenceEncoder()))
    searcher = Searcher(load_index(tmp_path / "index", encoder), encoder)
    for text in ("Par quoi remplacer le beurre dans un crumble aux pommes ?", "How long do I boil an egg?"):
        assert searcher.search(text).hits == ()
    for text in ("La commune nous écoute mais rien n'avance", "Residents want to run the empty building themselves"):
        hits = searcher.search(text).hits
        assert hits
        assert {hit.strength for hit in hits} == {UNRATED}
