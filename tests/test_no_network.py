"""Once installed nothing asks the network: build, search and sheet, with every socket forbidden."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

import search
from search.curation.unmet_needs import leave_unmet, read_unmet
from tests.fakes import ENTRY_IDS


class ForbiddenError(Exception):
    """Somebody asked the network."""


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid every name that is looked up and every connection, to this computer too."""

    def refuse(*args: object, **_: object) -> None:
        raise ForbiddenError(args[-1])

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):  # it must not need to be told
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_no_network")
def test_the_net_catches_what_asks_the_network() -> None:
    with pytest.raises(ForbiddenError):
        socket.create_connection(("127.0.0.1", 9))
    with pytest.raises(ForbiddenError), socket.socket() as one:
        one.connect(("127.0.0.1", 9))


@pytest.mark.model
@pytest.mark.usefixtures("_no_network")
def test_a_library_is_built_searched_and_taken_along_without_the_network(corpus: Path, tmp_path: Path) -> None:
    encoder = search.SentenceEncoder()
    search.build(corpus, tmp_path / "index", encoder=encoder)
    searcher = search.load(tmp_path / "index", corpus=corpus)
    results = searcher.search("Un jardin partagé avec la commune", k=3)
    shown = results.hits or results.near_misses
    assert shown
    assert {hit.entry.id for hit in shown} <= set(ENTRY_IDS)
    assert searcher.situate("We start and nobody trusts the council") is not None
    sheet = search.make_sheet("Meeting", [shown[0].entry], searcher.vocabulary, language="fr")
    assert search.to_markdown(sheet)
    assert search.to_csv(sheet)
    assert search.to_pdf(sheet).startswith(b"%PDF")
    leave_unmet(tmp_path / "unmet.jsonl", "A bridge for toads", language="en")
    assert [need.text for need in read_unmet(tmp_path / "unmet.jsonl")] == ["A bridge for toads"]
