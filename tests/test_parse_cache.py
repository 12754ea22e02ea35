"""Parsed YAML kept on disk: the same library is read, faster, and a damaged file harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import CorpusError
from search.library import reader, yaml_files
from search.library.parse_cache import ParseCache
from search.library.reader import read_library
from tests.fakes import replace_text


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the texts that are parsed: one item each."""
    counted: list[int] = []

    class Counting(yaml_files.YamlLoader):
        def __init__(self, text: str) -> None:
            counted.append(len(text))
            super().__init__(text)

    monkeypatch.setattr(yaml_files, "YamlLoader", Counting)
    return counted


def read(corpus: Path, file: Path) -> reader.Library:
    """Read a corpus with a cache, and keep the cache."""
    cache = ParseCache(file)
    try:
        return read_library(corpus, cache)
    finally:
        cache.save()


def test_only_what_changed_is_parsed_and_the_library_is_the_same(
    corpus: Path, tmp_path: Path, parsed: list[int]
) -> None:
    first, file = read(corpus, tmp_path / "parse-cache.sqlite"), tmp_path / "parse-cache.sqlite"
    assert len(parsed) == 8  # six entries, vocabulary and sources
    parsed.clear()
    again = read(corpus, file)
    assert parsed == []
    assert (again.entries, again.vocabulary, again.lines) == (first.entries, first.vocabulary, first.lines)
    replace_text(corpus / "practices/participatory-budget.yaml", "Garantir l’argent.", "Prêter une salle.")
    changed = read(corpus, file)
    assert len(parsed) == 1
    assert changed.entries == read_library(corpus).entries != first.entries


def test_problems_are_told_with_their_line_from_the_cache_too(corpus: Path, tmp_path: Path) -> None:
    replace_text(corpus / "practices/participatory-budget.yaml", "kind: practice", "kind: case")
    with pytest.raises(CorpusError) as plain:
        read_library(corpus)
    for _ in range(2):
        with pytest.raises(CorpusError) as cached:
            read(corpus, tmp_path / "parse-cache.sqlite")
        assert cached.value.problems == plain.value.problems


def test_what_is_wrong_as_yaml_is_never_kept(corpus: Path, tmp_path: Path) -> None:
    (corpus / "practices/participatory-budget.yaml").write_text("id: one\nid: two\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CorpusError) as caught:
            read(corpus, tmp_path / "parse-cache.sqlite")
        assert any("given twice" in problem.message for problem in caught.value.problems)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 50])
def test_a_damaged_file_only_means_parsing_again(
    corpus: Path, tmp_path: Path, parsed: list[int], content: bytes
) -> None:
    file = tmp_path / "parse-cache.sqlite"
    first = read(corpus, file)
    file.write_bytes(content)
    parsed.clear()
    assert read(corpus, file).entries == first.entries
    assert len(parsed) == 8
    read(corpus, file)  # sets the damaged file aside where it could not be written
    parsed.clear()
    read(corpus, file)
    assert parsed == []


def test_a_file_that_left_the_corpus_is_forgotten(corpus: Path, tmp_path: Path, parsed: list[int]) -> None:
    file = tmp_path / "parse-cache.sqlite"
    text = (corpus / "vocabulary.yaml").read_text(encoding="utf-8")
    read(corpus, file)
    cache = ParseCache(file)
    assert cache.get(text)
    cache.save()  # nothing else was asked for
    parsed.clear()
    read(corpus, file)
    assert len(parsed) == 7
