"""From a corpus folder to a searcher, and again when something changed."""

from __future__ import annotations

import dataclasses
import gc
import json
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.api import load
from search.building.builder import build, is_current
from search.building.collecting import uncollected
from search.building.fit_calibration import calibrate
from search.building.inputs import TRIES
from search.errors import (
    CorpusError,
    IndexDamagedError,
    IndexMismatchError,
    ModelMissingError,
)
from search.index.reading import current_version, load_index, read_manifest
from search.library.corpus import read_corpus
from search.library.judged_queries import SEARCH_TERMS, JudgedQuery
from search.library.reader import Library
from search.retrieval.searcher import Searcher
from tests.fakes import (
    KNOWN_OUT_OF_SCOPE,
    CountingEncoder,
    evidence,
    replace_text,
    tiny_index,
    write_corpus,
    write_training_queries,
)

ROWS = (
    ("confiance", "trust", {"commitment-charter": 3, "trust-first": 2}),
    ("argent", "money", {"participatory-budget": 3}),
    ("jardin", "garden", {"garden-network": 3}),
    ("zeppelin", "balloon", {}),
    ("fusée", "rocket", {}),
)
JUDGED = tuple(
    JudgedQuery(
        id=en,
        category="short" if judgements else "out-of-scope",
        voice="other",
        texts={"fr": fr, "en": en},
        judgements=judgements,
    )
    for fr, en, judgements in ROWS
)


def write_judged(corpus: Path, judged: tuple[JudgedQuery, ...] = JUDGED) -> None:
    rows = [
        {"id": query.id, "category": query.category, "voice": query.voice}
        | dict(query.texts)
        | {"judgements": dict(query.judgements)}
        for query in judged
    ]
    (corpus / "evaluation").mkdir()
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (corpus / "evaluation/tune.jsonl").write_text(lines, encoding="utf-8")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "index"


def open_searcher(output: Path) -> Searcher:
    return Searcher(load_index(output, CountingEncoder()), CountingEncoder())


def test_a_build_gives_an_index_that_answers(corpus: Path, output: Path) -> None:
    path = build(corpus, output, encoder=CountingEncoder())
    assert path == output / str(current_version(output))
    assert read_manifest(output).entries == 6
    assert open_searcher(output).search("garden").hits[0].entry.id == "garden-network"


def test_a_second_build_encodes_nothing_and_has_the_same_version(corpus: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    first, encoder = read_manifest(output).version, CountingEncoder()
    build(corpus, output, encoder=encoder)
    assert read_manifest(output).version == first
    assert encoder.encoded == []


def test_after_a_change_only_the_changed_texts_are_encoded(corpus: Path, output: Path) -> None:
    first = build(corpus, output, encoder=CountingEncoder())
    replace_text(corpus / "practices/participatory-budget.yaml", "Garantir l’argent.", "Prêter une salle.")
    encoder = CountingEncoder()
    assert build(corpus, output, encoder=encoder) != first
    assert sorted(encoder.encoded) == ["Le budget participatif. Prêter une salle.", "Prêter une salle."]


def test_after_a_new_training_query_only_its_texts_are_encoded(corpus: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    write_training_queries(corpus, {"entries": ["garden-network"], "fr": "Un potager à nous.", "en": "A plot of ours."})
    encoder = CountingEncoder()
    assert not is_current(corpus, output, encoder)
    build(corpus, output, encoder=encoder)
    assert set(encoder.encoded) == {"Un potager à nous.", "A plot of ours."}


def test_training_queries_are_encoded_as_queries(corpus: Path, output: Path) -> None:
    class Apart(CountingEncoder):
        alike = False

        def encode_document(self, texts: Sequence[str]) -> np.ndarray:
            super().encode_document(texts)
            return np.tile(np.float32([[0, 0, 0, 1]]), (len(texts), 1))

    write_training_queries(corpus, {"entries": ["garden-network"], "fr": "La confiance.", "en": "Some money."})
    encoder = Apart()
    build(corpus, output, encoder=encoder)
    found = load_index(output, encoder)
    named = [row for row, names in enumerate(found.relevance.answers) if names]
    assert found.relevance.vectors[named].tolist() == [[1, 0, 0, 0], [0, 1, 0, 0]]
    assert found.store.vectors(np.array([0])).tolist() == [[0, 0, 0, 1]]
    assert {"La confiance.", "Some money."}.isdisjoint(encoder.encoded)


def test_faulty_training_queries_leave_the_old_index_answering(corpus: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    before = open_searcher(output).search("trust")
    write_training_queries(corpus, {"entries": None, "fr": "Un.", "en": "One."})
    with pytest.raises(CorpusError, match=r"training/x\.jsonl:1 entries must be a list of ids"):
        build(corpus, output, encoder=CountingEncoder())
    assert open_searcher(output).search("trust") == before


class EditingEncoder(CountingEncoder):
    """Somebody edits the corpus while the first texts are encoded."""

    def __init__(self, edit: Callable[[], object]) -> None:
        super().__init__()
        self.edit = edit

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        if not self.encoded:
            self.edit()
        return super().encode_document(texts)


def test_what_is_edited_while_a_build_encodes_is_not_taken_for_what_was_read(corpus: Path, output: Path) -> None:
    file = corpus / "practices/participatory-budget.yaml"
    edit = partial(replace_text, file, "Garantir l’argent.", "Prêter une salle.")
    build(corpus, output, encoder=EditingEncoder(edit))
    assert "Garantir l’argent." in [passage.text for passage in load_index(output, CountingEncoder()).passages]
    assert not is_current(corpus, output, CountingEncoder())
    build(corpus, output, encoder=CountingEncoder())
    assert "Prêter une salle." in [passage.text for passage in load_index(output, CountingEncoder()).passages]
    assert is_current(corpus, output, CountingEncoder())


def test_training_queries_edited_while_a_build_encodes_belong_to_the_next_one(corpus: Path, output: Path) -> None:
    row = {"entries": ["garden-network"], "fr": "Un potager à nous.", "en": "A plot of ours."}
    build(corpus, output, encoder=EditingEncoder(partial(write_training_queries, corpus, row)))
    assert not any(load_index(output, CountingEncoder()).relevance.answers)
    assert not is_current(corpus, output, CountingEncoder())


@pytest.mark.parametrize(
    ("kept", "rest"), [(("Prêter une salle.",), True), (("Garantir l’argent.",), True), ((), False)],
    ids=["changed", "changed and changed back", "changed at every reading"],
)  # fmt: skip
def test_a_corpus_that_changes_while_it_is_read_is_read_again(
    kept: tuple[str, ...], rest: bool, corpus: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = corpus / "practices/participatory-budget.yaml"
    whole, texts = file.read_text(encoding="utf-8"), iter(kept or (f"Salle {n}." for n in range(99)))

    def read_and_edit(*arguments: Any, **options: Any) -> Library:
        library = read_corpus(*arguments, **options)
        with suppress(StopIteration):
            file.write_text(whole.replace("Garantir l’argent.", next(texts)), encoding="utf-8")
        return library

    monkeypatch.setattr("search.library.side_by_side.read_corpus", read_and_edit)
    build(corpus, output, encoder=CountingEncoder())
    said = [passage.text for passage in load_index(output, CountingEncoder()).passages]
    assert (kept or (f"Salle {TRIES - 2}.",))[0] in said  # read five times, edited after each
    assert is_current(corpus, output, CountingEncoder()) is rest


def test_an_entry_that_is_half_written_while_it_is_read_is_read_again(
    corpus: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = corpus / "practices/participatory-budget.yaml"
    whole = file.read_bytes()
    file.write_bytes(whole[:100])

    def read_and_finish(*arguments: Any, **options: Any) -> Library:
        try:
            return read_corpus(*arguments, **options)
        finally:
            file.write_bytes(whole)

    monkeypatch.setattr("search.library.side_by_side.read_corpus", read_and_finish)
    build(corpus, output, encoder=CountingEncoder())
    assert is_current(corpus, output, CountingEncoder())


def test_an_entry_that_is_gone_is_no_longer_found(corpus: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    (corpus / "resources/garden-network.yaml").unlink()
    build(corpus, output, encoder=CountingEncoder())
    assert "garden-network" not in [hit.entry.id for hit in open_searcher(output).search("garden").hits]


def test_a_second_encoder_has_its_own_version(corpus: Path, output: Path) -> None:
    first = build(corpus, output, encoder=CountingEncoder("a@1"))
    second = build(corpus, output, encoder=CountingEncoder("b@1"))
    assert first.name != second.name
    assert read_manifest(output).model == "b@1"


@pytest.mark.all_lent
def test_progress_ends_at_the_number_of_texts(corpus: Path, output: Path) -> None:
    told: list[tuple[int, int]] = []
    build(corpus, output, encoder=CountingEncoder(), progress=lambda done, total: told.append((done, total)))
    # 60 passages of one sentence, but for the charter's summary and both practices' first steps: two, in each language
    assert told[-1] == (60 + 60 + 6 + KNOWN_OUT_OF_SCOPE,) * 2
    assert told == sorted(told)


def test_an_index_is_current_until_corpus_or_encoder_change(corpus: Path, output: Path) -> None:
    encoder = CountingEncoder()
    assert not is_current(corpus, output, encoder)
    build(corpus, output, encoder=encoder)
    assert is_current(corpus, output, encoder)
    assert not is_current(corpus, output, CountingEncoder("other@2"))
    replace_text(corpus / "sources.yaml", "La Gazette", "La Gazette du soir")
    assert not is_current(corpus, output, encoder)


@pytest.mark.parametrize("harm", [b"\xff\xfe", b"nowhere\n", b"\n"])
def test_a_build_mends_an_index_whose_switch_is_harmed(harm: bytes, corpus: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    (output / "current").write_bytes(harm)
    assert not is_current(corpus, output, CountingEncoder())
    build(corpus, output, encoder=CountingEncoder())
    assert is_current(corpus, output, CountingEncoder())


def test_a_faulty_corpus_leaves_the_old_index_answering(corpus: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    before = open_searcher(output).search("trust")
    replace_text(corpus / "cases/brussels-budget.yaml", "outcome: stalled", "outcome: failed")
    encoder = CountingEncoder()
    with pytest.raises(CorpusError, match=r"cases/brussels-budget\.yaml:14"):
        build(corpus, output, encoder=encoder)
    assert encoder.encoded == []
    assert open_searcher(output).search("trust") == before


def test_faulty_judged_queries_leave_the_old_index_answering(corpus: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    before = open_searcher(output).search("trust")
    (corpus / "evaluation").mkdir()
    (corpus / "evaluation/tune.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"tune\.jsonl:1 ends too soon"):
        build(corpus, output, encoder=CountingEncoder())
    assert open_searcher(output).search("trust") == before


def test_an_encoder_that_dies_leaves_the_old_index_answering_and_its_work_is_kept(corpus: Path, output: Path) -> None:
    class Dying(CountingEncoder):
        def encode_document(self, texts: Sequence[str]) -> np.ndarray:
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode_document(texts)

    build(corpus, output, encoder=CountingEncoder())
    before = open_searcher(output).search("trust")
    dying = Dying("new@2")
    with pytest.raises(KeyboardInterrupt):
        build(corpus, output, encoder=dying)
    assert open_searcher(output).search("trust") == before
    encoder = CountingEncoder("new@2")
    build(corpus, output, encoder=encoder)
    assert set(encoder.encoded).isdisjoint(dying.encoded)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system where a process can be killed outright")
@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_a_whole_index(corpus: Path, output: Path, tmp_path: Path) -> None:
    other = write_corpus(tmp_path / "other")
    replace_text(other / "conditions/trust-first.yaml", "The trust comes first.", "The money comes first.")
    answers = []
    for folder in (other, corpus):
        build(folder, output, encoder=CountingEncoder())
        answers.append(open_searcher(output).search("trust"))
    assert answers[0] != answers[1]

    def build_for_ever() -> None:
        for folder in cycle((other, corpus)):
            build(folder, output, encoder=CountingEncoder())

    for moment in range(10):
        process = get_context("fork").Process(target=build_for_ever)
        process.start()
        process.join(0.05 + 0.037 * moment)  # a build takes about 0.1 s
        assert process.is_alive()
        process.kill()
        process.join()
        assert open_searcher(output).search("trust") in answers, moment
    previous = build(corpus, output, encoder=CountingEncoder()).name
    for path in output.iterdir():
        os.utime(path, (0, 0))  # long ago
    os.utime(output / previous, (1, 1))  # the newest build of its library, which is kept to go back to
    current = build(other, output, encoder=CountingEncoder()).name
    kept = {previous, current, "current", "embeddings.sqlite", "parse-cache.sqlite", "relevance.npz", "build.lock"}
    assert {path.name for path in output.iterdir()} == kept


def test_an_index_is_calibrated_on_the_judged_queries_of_its_corpus(corpus: Path, output: Path) -> None:
    write_judged(corpus)
    build(corpus, output, encoder=CountingEncoder())
    searcher = open_searcher(output)
    assert [hit.entry.id for hit in searcher.search("jardin").hits][:1] == ["garden-network"]
    assert searcher.search("dirigible").hits == ()
    best = searcher.search("money").hits[0]
    assert (best.entry.id, best.strength) == ("participatory-budget", "strong")
    assert searcher.search("money").hits[-1].strength == "weak"


def test_without_judged_queries_there_is_no_calibration(corpus: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    assert load_index(output, CountingEncoder()).calibration is None


def test_a_calibration_separates_what_the_library_answers_from_what_it_does_not(tmp_path: Path) -> None:
    index = tiny_index(tmp_path)
    calibration = calibrate(index, CountingEncoder(), JUDGED)
    assert calibration is not None
    searcher = Searcher(index, CountingEncoder())
    for query in JUDGED:
        for text in query.texts.values():
            found, _ = evidence(searcher, text)
            assert calibration.is_answered(found) is query.in_scope, text
    assert (calibration.strong, calibration.related) == (0.75, 0.45)
    assert calibration == calibrate(index, CountingEncoder(), JUDGED)


def test_words_for_a_search_box_say_what_is_answered_and_nothing_of_how_good_a_hit_is(tmp_path: Path) -> None:
    index = tiny_index(tmp_path)
    before = calibrate(index, CountingEncoder(), JUDGED)
    texts = {"fr": "confiance argent", "en": "trust money"}
    after = calibrate(
        index, CountingEncoder(), [*JUDGED, JudgedQuery("b", SEARCH_TERMS, "", texts, {"garden-network": 3})]
    )
    assert before is not None and after is not None
    assert (after.helpful, after.strong, after.related) == (before.helpful, before.strong, before.related)
    assert after.answerable != before.answerable


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `load` find the counting encoder whatever model it is asked for."""
    module = import_module("search.api")  # search.build is the function
    monkeypatch.setattr(module, "SentenceEncoder", lambda model, **_: CountingEncoder(f"{model}@1"))


@pytest.mark.all_lent
@pytest.mark.usefixtures("fake_model")
def test_load_builds_when_there_is_no_index_and_only_then(corpus: Path, output: Path) -> None:
    told: list[int] = []
    searcher = load(output, model="a", corpus=corpus, progress=lambda done, _: told.append(done))
    assert told[-1] == 126 + KNOWN_OUT_OF_SCOPE
    assert searcher.search("garden").hits[0].entry.id == "garden-network"
    told.clear()
    again = load(output, model="a", corpus=corpus / "nowhere", progress=lambda done, _: told.append(done))
    assert told == []
    assert again.search("garden") == searcher.search("garden")


@pytest.mark.usefixtures("fake_model")
def test_load_refuses_an_index_of_another_model(corpus: Path, output: Path) -> None:
    load(output, model="a", corpus=corpus)
    with pytest.raises(IndexMismatchError) as caught:
        load(output, model="b", corpus=corpus)
    assert (caught.value.expected, caught.value.found) == ("a@1 (4 dim)", "b@1 (4 dim)")


@pytest.mark.usefixtures("fake_model")
def test_load_reports_damage_and_does_not_mend_it_silently(corpus: Path, output: Path) -> None:
    load(output, model="a", corpus=corpus)
    (output / str(current_version(output)) / "vectors.faiss").write_bytes(b"")
    with pytest.raises(IndexDamagedError, match=r"vectors\.faiss"):
        load(output, model="a", corpus=corpus)


@pytest.mark.usefixtures("fake_model")
def test_load_reports_a_faulty_corpus_when_there_is_no_index(corpus: Path, output: Path) -> None:
    replace_text(corpus / "cases/brussels-budget.yaml", "outcome: stalled", "outcome: failed")
    with pytest.raises(CorpusError):
        load(output, model="a", corpus=corpus)
    assert current_version(output) is None


def test_load_reports_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="there is no such folder") as caught:
        load(tmp_path / "index", model=tmp_path / "no-model")
    assert caught.value.name == str(tmp_path / "no-model")


def test_load_reports_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"the folder has no modules\.json"):
        load(tmp_path / "index", model=tmp_path)


USELESS = tuple(dataclasses.replace(query, judgements=dict.fromkeys(query.judgements, 1)) for query in JUDGED)


@pytest.mark.parametrize(
    "kept", [JUDGED[:3], JUDGED[3:], USELESS], ids=["only in scope", "only out of scope", "nothing useful"]
)
def test_judged_queries_that_cannot_teach_a_calibration_give_none(
    kept: tuple[JudgedQuery, ...], corpus: Path, output: Path
) -> None:
    write_judged(corpus, kept)
    build(corpus, output, encoder=CountingEncoder())
    assert load_index(output, CountingEncoder()).calibration is None


def test_a_harmed_cache_of_vectors_is_set_aside_and_the_build_goes_on(corpus: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    (output / "embeddings.sqlite").write_bytes(b"not a cache" * 1000)
    encoder = CountingEncoder()
    build(corpus, output, encoder=encoder)
    assert open_searcher(output).search("garden").hits[0].entry.id == "garden-network"
    assert encoder.encoded != []
    assert (output / "embeddings.sqlite.damaged").read_bytes() == b"not a cache" * 1000


def test_a_build_leaves_the_collecting_of_garbage_to_its_process(corpus: Path, tmp_path: Path) -> None:
    seen: set[bool] = set()
    build(
        corpus,
        tmp_path / "index",
        encoder=CountingEncoder(),
        progress=lambda *_: seen.add(gc.isenabled()),
        on_read=lambda _: seen.add(gc.isenabled()),
    )
    assert seen == {True}


def test_a_process_looks_for_garbage_again_afterwards_if_it_did_before() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
