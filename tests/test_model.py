"""The encoder that is shipped."""

from __future__ import annotations

import socket

import numpy as np
import pytest

from search.encoding.encoder import SHIPPED_MODEL, SentenceEncoder

pytestmark = pytest.mark.model

PAIRS = [
    ("Les habitants entretiennent le jardin partagé.", "Residents look after the community garden."),
    ("La mairie refuse de prêter le bâtiment vide.", "The town hall refuses to lend the empty building."),
    ("Le budget participatif est voté chaque année.", "The participatory budget is voted on every year."),
    ("Personne ne répond à nos courriels.", "Nobody answers our emails."),
    ("Les élections ont changé la majorité au conseil.", "The elections changed the majority on the council."),
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_its_files_stay_under_sixty_megabytes() -> None:
    assert sum(file.stat().st_size for file in SHIPPED_MODEL.rglob("*") if file.is_file()) < 60_000_000


def test_its_vectors_have_384_numbers_and_unit_length(encoder: SentenceEncoder) -> None:
    assert encoder.dim == 384
    for encode in (encoder.encode_query, encoder.encode_document):
        vectors = encode([text for pair in PAIRS for text in pair] + ["", "?", "x" * 5000])
        assert vectors.shape == (13, 384)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(13), abs=1e-5)


def test_half_a_vector_is_the_first_half_at_unit_length(encoder: SentenceEncoder) -> None:
    half, whole = SentenceEncoder(dim=192), encoder.encode_query(["un jardin"])[0, :192]
    assert half.dim == 192
    assert half.name == f"{encoder.name}[:192]"
    assert half.encode_query(["un jardin"])[0] == pytest.approx(whole / np.linalg.norm(whole), abs=1e-5)


def test_a_sentence_is_nearer_to_its_translation_than_to_any_other(encoder: SentenceEncoder) -> None:
    french = encoder.encode_document([pair[0] for pair in PAIRS])
    english = encoder.encode_document([pair[1] for pair in PAIRS])
    cosines = french @ english.T
    own = np.diag(cosines)
    others = cosines[~np.eye(len(PAIRS), dtype=bool)]
    assert cosines.argmax(axis=0).tolist() == cosines.argmax(axis=1).tolist() == [0, 1, 2, 3, 4]
    assert own.min() > others.max()


def test_a_question_is_nearer_to_what_answers_it_in_either_language(encoder: SentenceEncoder) -> None:
    queries = encoder.encode_query(["On écrit à la ville, jamais de réponse", "who takes care of the shared garden"])
    for side in (0, 1):
        passages = encoder.encode_document([pair[side] for pair in PAIRS])
        assert (queries @ passages.T).argmax(axis=1).tolist() == [3, 0]


def test_the_same_text_gets_the_same_vector_alone_or_among_others(encoder: SentenceEncoder) -> None:
    text = PAIRS[0][0]
    alone = encoder.encode_document([text])[0]
    assert encoder.encode_document([text])[0].tolist() == alone.tolist()
    assert SentenceEncoder().encode_document([text])[0].tolist() == alone.tolist()
    among = encoder.encode_document([pair[1] * 5 for pair in PAIRS] + [text])[-1]
    assert among @ alone == pytest.approx(1.0, abs=1e-5)


def test_its_name_tells_its_weights(encoder: SentenceEncoder) -> None:
    name, _, fingerprint = encoder.name.partition("@")
    assert name == "model"
    assert len(fingerprint) == 12
    assert encoder.name == SentenceEncoder().name


def test_it_loads_and_answers_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something wanted the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert SentenceEncoder().encode_query(["jardin"]).shape == (1, 384)
