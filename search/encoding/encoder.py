"""Texts to vectors: what an encoder must offer, and the one made with sentence-transformers."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ..errors import ModelMissingError
from .encoder_traits import FullEncoder, Purpose, reads_alike
from .model_folder import ModelFacts, whole_words
from .unit_rows import unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


SHIPPED_MODEL = Path(__file__).parent.parent / "model"


QUERY_MAP = "query-map.npy"
"""Beside the weights of a model: a linear map of the vectors of its queries (`scripts.training.query_map`)."""


PROMPTS: dict[str, dict[str, str]] = {
    "multilingual-e5-small": {"query": "query: ", "document": "passage: "},
    "multilingual-e5-base": {"query": "query: ", "document": "passage: "},
    "multilingual-e5-large": {"query": "query: ", "document": "passage: "},
}
"""Prompts of models whose own files may not carry them, by the last part of their name.

Source: the model cards of intfloat/multilingual-e5-*.
"""


class Encoder(Protocol):
    """Gives texts vectors of unit length, so that an inner product is a cosine similarity.

    What else it may say of itself is in `search.encoding.encoder_traits`.

    Attributes:
        name: Says which model with which weights; two encoders of one name give the same vectors.
        dim: Length of a vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def dim(self) -> int: ...

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows, float32, shape (n_texts, dim), for texts people type."""
        ...

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows, float32, shape (n_texts, dim), for texts of the library."""
        ...


class SentenceEncoder(FullEncoder):
    """A sentence-transformers model, by folder or public name.

    A folder that says what its model is like is loaded with the first text only: to open an index, or to build one of
    which every vector is known, takes no model. Safe to share between threads.
    """

    def __init__(self, model: str | Path = SHIPPED_MODEL, *, batch_size: int = 32, dim: int | None = None) -> None:
        """Find a model.

        Args:
            model: A folder in sentence-transformers format, or a public name such as
                ``intfloat/multilingual-e5-small`` (fetched from its hub where that can be reached).
            batch_size: Texts encoded together.
            dim: Keep only so many numbers of each vector, the first (Matryoshka); all when None.

        Raises:
            ModelMissingError: The folder holds no model, or the name could not be fetched.
            ValueError: dim is below 1.
        """
        if dim is not None and dim < 1:
            raise ValueError(f"dim must be at least 1 (got {dim})")
        self._place, self._wanted_dim = model, dim
        self._name = model_name(model) + (f"[:{dim}]" if dim else "")
        self._batch_size = batch_size
        self._map = query_map(Path(model)) if not dim and Path(model).is_dir() else None
        self._loading = threading.Lock()
        self._loaded: SentenceTransformer | None = None
        self._facts = ModelFacts.read(Path(model)) if Path(model).is_dir() and not self._usual_prompts else None
        if not self._facts:
            self.load()

    def load(self) -> None:
        """Load the model now, unless it is loaded.

        Raises:
            ModelMissingError: It cannot be.
        """
        _ = self._model

    @property
    def _model(self) -> SentenceTransformer:
        """The model, loaded when it was not."""
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(self._place, self._wanted_dim)
                for kind, prompt in self._usual_prompts.items():
                    if not self._loaded.prompts.get(kind):
                        self._loaded.prompts[kind] = prompt
            return self._loaded

    @property
    def _usual_prompts(self) -> Mapping[str, str]:
        return PROMPTS.get(str(self._place).rstrip("/").rsplit("/", 1)[-1], {})

    @property
    def name(self) -> str:
        """Folder or public name, with a fingerprint of the weights where they are on disk."""
        return self._name

    @property
    def prompts(self) -> Mapping[str, str]:
        """What is written before a query and before a document."""
        said = self._facts.prompts if self._facts else self._model.prompts
        return {purpose: said.get(purpose) or "" for purpose in ("query", "document")}

    @property
    def alike(self) -> bool:
        """Whether a query is read as a document is: nothing is written before either, and no module sets them apart."""
        apart = not self._facts and any(type(module).__name__ == "Router" for module in self._model)
        return not apart and not any(self.prompts.values())

    def has_word(self, word: str) -> bool:
        """Say whether the model reads a word, in small letters without accents, in one piece: then it is a real one."""
        return word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        """The whole words of the model's vocabulary; none where its words are cut otherwise than into WordPieces."""
        if self._facts:
            return self._facts.words
        tokens = getattr(self._model, "tokenizer", None)
        return whole_words(tokens.get_vocab()) if tokens is not None and hasattr(tokens, "get_vocab") else frozenset()

    def towards_answers(self, vector: np.ndarray) -> np.ndarray:
        """Turn the unit vector of a query, shape (dim,), to where its answers are expected; as it is without a map."""
        if self._map is None:
            return vector
        turned = np.einsum("i,ij->j", vector, self._map)  # in one thread, as `inner_products`
        row: np.ndarray = _unit(turned[np.newaxis])[0]
        return row

    @property
    def dim(self) -> int:
        """Length of a vector."""
        if self._facts:
            return min(self._facts.dim, self._wanted_dim or self._facts.dim)
        return int(self._model.get_embedding_dimension() or 0)

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows, float32, shape (n_texts, dim), for texts people type."""
        return _unit(self._model.encode_query(list(texts), batch_size=self._batch_size, show_progress_bar=False))

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows, float32, shape (n_texts, dim), for texts of the library."""
        return _unit(self._model.encode_document(list(texts), batch_size=self._batch_size, show_progress_bar=False))


def _unit(vectors: np.ndarray) -> np.ndarray:
    return unit_rows(np.asarray(vectors, dtype=np.float32))


def encode(encoder: Encoder, purpose: Purpose, texts: Sequence[str]) -> np.ndarray:
    """Encode texts for a purpose; unit rows, float32, shape (n_texts, dim).

    Args:
        encoder: One that reads queries as documents is asked as for documents.
        purpose: What they are encoded as.
        texts: Any number.
    """
    as_query = purpose == "query" and not reads_alike(encoder)
    return encoder.encode_query(texts) if as_query else encoder.encode_document(texts)


def model_name(model: str | Path) -> str:
    """Name a model so that other weights mean another name: ``model@1a2b3c4d5e6f`` for a folder, else as given."""
    folder = Path(model)
    if not folder.is_dir():
        return str(model)
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".safetensors", ".bin", ".json", ".txt", ".model"}:
            digest.update(file.name.encode() + file.read_bytes())
    return f"{folder.resolve().name}@{digest.hexdigest()[:12]}"


def query_map(folder: Path) -> np.ndarray | None:
    """Return the map that turns vectors of queries, float32, shape (dim, dim); None where a model has none."""
    path = folder / QUERY_MAP
    return np.load(path).astype(np.float32) if path.is_file() else None


def _load(model: str | Path, dim: int | None) -> SentenceTransformer:
    folder = Path(model)
    if folder.is_dir():
        if not (folder / "modules.json").exists():
            raise ModelMissingError(str(model), "the folder has no modules.json")
    elif isinstance(model, Path) or str(model).startswith((".", "/", "~")):
        raise ModelMissingError(str(model), "there is no such folder")
    from sentence_transformers import SentenceTransformer  # heavy: only when a model is really wanted

    try:
        return SentenceTransformer(
            str(model),
            device="cpu",
            truncate_dim=dim,
            local_files_only=folder.is_dir(),  # a folder is complete: nothing to ask a hub for
            model_kwargs={"dtype": "float32"},
        )
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0] if folder.is_dir() else "the hub could not be reached or has no such model"
        raise ModelMissingError(str(model), reason) from error
