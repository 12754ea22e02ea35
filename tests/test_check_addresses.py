"""Addresses of sources, each wrong on purpose in one way."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.curation.check_addresses import check_addresses
from search.library.reader import read_library
from search.locations import default_corpus
from tests.fakes import replace_text, write_corpus

URL = "https://gazette.example/budget"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


def kinds(corpus: Path, url: str, *, also: str = "") -> list[str]:
    """Return the kinds of problem of a source with another address, all told at its own lines."""
    replace_text(corpus / "sources.yaml", f'  url: "{URL}"\n', f'  url: "{url}"\n{also}')
    found = check_addresses(read_library(corpus))
    assert {one.value for one in found} <= {"gazette-1"}
    return [one.kind for one in found]


def test_the_pages_of_publishers_pass_in_the_shipped_library_too(corpus: Path) -> None:
    assert check_addresses(read_library(corpus)) == []
    assert [str(one) for one in check_addresses(read_library(default_corpus()))] == []


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://issuu.com./x/docs/y", "source_host"),
        ("https://melakarnets.com/proxy/index.php?q=https%3A%2F%2Fexample.org", "source_proxy"),
        ("https://www.zlibrary.cc/dl/guide", "source_proxy"),
        ("https://docslib.org/doc/1/report", "source_copy"),
        ("https://fr.readkong.com/page/x-1", "source_copy"),
        ("http://doczz.fr/doc/1/x", "source_copy"),
        ("https://forest-staging.party.example/x", "source_test"),
        ("https://preprod.journal.example/x", "source_test"),
        ("https://town.test029.host.example/pages/x", "source_test"),
        ("https://paper.example/tag/park", "source_list"),
        ("https://paper.example/category/news/page/3/", "source_list"),
        ("https://paper.example/fr/news?page=870", "source_list"),
        ("https://paper.example/nl/search?query=park", "source_list"),
        ("https://paper.example/taxonomy/term/242", "source_list"),
        ("http://www.lesoir.be/1/article/x", "source_http"),
        ("http://herald.example/other", "source_http"),
        ("https://somebody.wordpress.com/2013/07/17/x", "source_unmarked"),
    ],
)
def test_an_address_that_is_not_the_publishers_own_page_is_told(corpus: Path, url: str, kind: str) -> None:
    assert kinds(corpus, url) == [kind]


def test_a_partys_site_must_be_marked(corpus: Path) -> None:
    assert kinds(corpus, "https://uccle.ecolo.be/x") == ["source_party"]


@pytest.mark.parametrize(
    ("url", "also"),
    [
        ("https://docslib.org/doc/1/report", '  copy: "copy on docslib"\n'),
        ("https://paper.example/tag/park", '  copy: "on the page of a tag"\n'),
        ("https://preprod.journal.example/x", '  copy: "pre-release version"\n'),
        ("https://somebody.wordpress.com/2013/07/17/x", "  self_published: true\n"),
        ("https://uccle.ecolo.be/x", "  self_published: true\n  party: true\n"),
        ("http://small.example/x", ""),
        ("https://paper.example/categories/news/the-park-opens/", ""),
        ("https://paper.example/article?id=12", ""),
        ("https://attest.example/x", ""),
        ("https://solon.example/page/95r6pLSO", ""),
    ],
)
def test_what_says_what_it_is_passes_and_so_does_what_only_looks_alike(corpus: Path, url: str, also: str) -> None:
    assert kinds(corpus, url, also=also) == []


def test_no_note_makes_a_proxy_a_source(corpus: Path) -> None:
    assert kinds(corpus, "https://profilbaru.com/article/x", also='  copy: "copy"\n') == ["source_proxy"]


def test_a_problem_says_the_line_the_source_and_the_address(corpus: Path) -> None:
    kinds(corpus, "https://docslib.org/doc/1/report")
    assert [str(one) for one in check_addresses(read_library(corpus))] == [
        "sources.yaml:4 'gazette-1': https://docslib.org/doc/1/report is a copy: cite the page itself, or say in copy "
        "which copy it is"
    ]
