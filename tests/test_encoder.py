"""The encoder around a model, without the model's weights."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import search.encoding.encoder
from search.encoding.encoder import SentenceEncoder, model_name
from search.errors import ModelMissingError


class FakeModel:
    """Stands for a SentenceTransformer; its vectors are not of unit length."""

    def __init__(self, prompts: dict[str, str] | None = None) -> None:
        self.prompts = prompts or {}
        self.modules: list[object] = []

    def __iter__(self) -> Iterator[object]:
        return iter(self.modules)

    def get_embedding_dimension(self) -> int:
        return 2

    def encode_query(self, texts: Sequence[str], **_: object) -> np.ndarray:
        return np.array([[3.0, 4.0]] * len(texts), dtype=np.float64)

    def encode_document(self, texts: Sequence[str], **_: object) -> np.ndarray:
        return np.array([[0.0, 2.0]] * (len(texts) - 1) + [[0.0, 0.0]])


def with_model(monkeypatch: pytest.MonkeyPatch, name: str, model: FakeModel) -> SentenceEncoder:
    monkeypatch.setattr(search.encoding.encoder, "_load", lambda *_: model)
    return SentenceEncoder(name)


def test_vectors_get_unit_length_and_a_zero_stays_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = with_model(monkeypatch, "maker/model", FakeModel())
    queries = encoder.encode_query(["a", "b"])
    assert queries.tolist() == [pytest.approx([0.6, 0.8]), pytest.approx([0.6, 0.8])]
    assert queries.dtype == np.float32
    assert encoder.encode_document(["a", "b"]).tolist() == [[0.0, 1.0], [0.0, 0.0]]
    assert (encoder.name, encoder.dim) == ("maker/model", 2)


@pytest.mark.parametrize("name", ["intfloat/multilingual-e5-small", "/models/multilingual-e5-small/"])
def test_models_known_to_need_prompts_get_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = FakeModel()
    with_model(monkeypatch, name, model)
    assert model.prompts == {"query": "query: ", "document": "passage: "}


def test_a_models_own_prompts_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    model = FakeModel({"query": "ask: ", "document": ""})
    with_model(monkeypatch, "intfloat/multilingual-e5-small", model)
    assert model.prompts == {"query": "ask: ", "document": "passage: "}
    other = FakeModel()
    with_model(monkeypatch, "maker/model", other)
    assert other.prompts == {}


def test_a_public_name_is_its_own_name() -> None:
    assert model_name("intfloat/multilingual-e5-small") == "intfloat/multilingual-e5-small"


def test_other_weights_or_settings_in_a_folder_mean_another_name(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "1_Pooling" / "config.json").write_text("{}")
    first = model_name(folder)
    assert first.startswith("model@")
    assert len(first) == len("model@") + 12
    (folder / "README.md").write_text("a card")
    assert model_name(folder) == first == model_name(str(folder))
    (folder / "1_Pooling" / "config.json").write_text('{"mean": true}')
    second = model_name(folder)
    (folder / "model.safetensors").write_bytes(b"others!")
    assert len({first, second, model_name(folder)}) == 3


def test_the_name_of_a_folder_does_not_depend_on_where_it_is(tmp_path: Path) -> None:
    names = []
    for place in ("here", "there"):
        folder = tmp_path / place / "model"
        folder.mkdir(parents=True)
        (folder / "model.safetensors").write_bytes(b"weights")
        names.append(model_name(folder))
    assert names[0] == names[1]


@pytest.mark.parametrize("model", ["./nowhere", "/nowhere", Path("nowhere")])
def test_a_folder_that_is_not_there_is_told(model: str | Path) -> None:
    with pytest.raises(ModelMissingError, match="there is no such folder") as caught:
        SentenceEncoder(model)
    assert caught.value.name == str(model)


def test_a_vector_has_at_least_one_number() -> None:
    with pytest.raises(ValueError, match="dim must be at least 1"):
        SentenceEncoder("maker/model", dim=0)


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"the folder has no modules\.json"):
        SentenceEncoder(tmp_path)


class Router:
    """Stands for the module of that name, which sets queries and documents apart."""


@pytest.mark.parametrize(
    ("prompts", "modules", "alike"),
    [
        (None, [], True),
        ({"query": "", "document": ""}, [object()], True),
        ({"query": "ask: "}, [], False),
        ({"query": "", "document": "say: "}, [], False),
        (None, [object(), Router()], False),
    ],
)
def test_a_model_reads_queries_as_documents_when_nothing_sets_them_apart(
    prompts: dict[str, str] | None, modules: list[object], alike: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = FakeModel(prompts)
    model.modules = modules
    encoder = with_model(monkeypatch, "maker/model", model)
    assert encoder.alike is alike
    assert encoder.prompts == {"query": "", "document": "", **(prompts or {})}


def test_a_folder_is_loaded_without_a_hub_and_a_name_asks_it_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool]] = []

    def load(name: str, *, local_files_only: bool, **_: object) -> FakeModel:
        asked.append((name, local_files_only))
        return FakeModel()

    monkeypatch.setitem(sys.modules, "sentence_transformers", SimpleNamespace(SentenceTransformer=load))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    (tmp_path / "modules.json").write_text("[]")
    SentenceEncoder(tmp_path)
    SentenceEncoder("maker/model")
    assert asked == [(str(tmp_path), True), ("maker/model", False)]
    assert "HF_HUB_OFFLINE" not in os.environ
