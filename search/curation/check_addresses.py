"""Addresses of sources that are not the publisher's own page of just that: copies, proxies, tests, lists, http."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..entries import Source
from ..errors import Problem
from ..library.problems import problem_of
from ..library.reader import Library, read_sources
from ..library.yaml_files import CorpusReader

PROXIES = re.compile(
    r"(^|\.)(melakarnets\.com|zlibrary\.\w+|z-lib\.\w+|profilbaru\.com|wikizero\.\w+|oszar\.com)$|/proxy/"
)
"""Hosts and paths that hand on the pages of others without their leave: no address of a source."""

COPIES = re.compile(
    r"(^|\.)(docslib|[vf]?documents?|dokument|fdocumenti|pdfslide|doczz|studylib(fr)?|123dok|1?5dok|1library|readkong"
    r"|issuhub|slidelegend|docplayer|pdfhall|docsbay|yumpu|fichier-pdf|slideserve|dokumen|vdokument|kelnews)\.\w+$"
    r"|(^|\.)participedia\.xyz$|\.pages\.dev$"
)
"""Hosts that keep copies of documents."""

TESTS = re.compile(
    r"(^|[.-])(dev|test\d*|tests|staging|stage|preprod|preview|recette|demo|ftp\d*)[.-]|test\.goodbarber\.app$"
)
"""Versions of a site that are made to try it."""

LISTS = re.compile(
    r"/(tags?|author|category|categorie|taxonomy/term|search|recherche)/?[^/]*$|/page/\d+/?$"
    r"|/category/|/author/|/users/[^/]+$|[?&](page|s|query|tag|cat|user|start|paged)=[^&]+(&|$)|action=feed"
    r"|//search\."
)
"""Pages that list others: what they show changes."""

ONE_PAGE = re.compile(
    r"[?&](id|document|page_id|id_document)=|news_details|/page/\d+/[a-z]|/sites/|library\?|/widgets/"
)
"""What makes an address that looks like a list that of one page."""

PLAIN_HTTPS = frozenset(
    {
        "blogspot.com",
        "dhnet.be",
        "europa.eu",
        "issuu.com",
        "lalibre.be",
        "lapresse.ca",
        "lesoir.be",
        "levif.be",
        "medium.com",
        "paris.fr",
        "rtbf.be",
        "theguardian.com",
        "urbact.eu",
        "wikipedia.org",
        "wordpress.com",
        "youtube.com",
    }
)
"""Sites known to answer by https, with all that is below them."""

OLD_HOSTS = frozenset({"enrd.ec.europa.eu", "remakingthecity.urbact.eu"})
"""Hosts below one of PLAIN_HTTPS that were closed before they had https."""

OWN_SITES = re.compile(
    r"\.(blogspot|wordpress|substack|wixsite|tumblr|over-blog)\.\w+$|\.medium\.com$|\.blog\.tdg\.ch$"
)
"""Where people publish by themselves."""

PARTIES = re.compile(
    r"(^|[.-])(ecolo|ecoloj|eelv|pvda|vooruit|parti-socialiste[\w-]*|gruene[\w-]*|linksfraktion[\w-]*|lgalabour"
    r"|rennes-ecologie|lilleverte|objectifxl|sinistraecologialiberta)\."
)
"""Sites of political parties and of their groups."""


_PARTS = re.compile(r"(?P<scheme>[^:]*)://(?P<host>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?")


@dataclass(frozen=True)
class _Address:
    """The parts of an address; empty when it has none such."""

    scheme: str = ""
    host: str = ""
    path: str = ""
    query: str = ""

    @classmethod
    def of(cls, url: str) -> _Address:
        parts = _PARTS.match(url)
        return cls(**{name: text or "" for name, text in parts.groupdict().items()}) if parts else cls()


def check_addresses(library: Library) -> list[Problem]:
    """Say which sources of a corpus folder have an address that is not the publisher's own page, and do not say so.

    A proxy, and a host with a dot at its end, are never cited. A copy, a version made for tests and a page that lists
    others must say what they are in ``copy``. Plain http is told where the site has https: it is one of PLAIN_HTTPS or
    another source cites it so. Sites of one's own and of parties must say that they are.
    """
    reader = CorpusReader(library.path)
    sources, (_, lines) = read_sources(reader), reader.yaml("sources.yaml")
    https = {_bare(_Address.of(one.url)) for one in sources.values() if one.url.startswith("https://")}
    return sorted(
        problem_of(kind, "sources.yaml", lines.get((key, column), lines.get((key,), 0)), value=key, expected=source.url)
        for key, source in sources.items()
        for kind, column in _faults(source, https)
    )


def _faults(source: Source, https: Iterable[str]) -> list[tuple[str, str]]:
    """Return each kind of problem with a source, and the key it is told at."""
    address = _Address.of(source.url)
    found = [kind for kind, wrong in _RULES.items() if wrong(source, address)]
    if address.scheme == "http" and _has_https(_bare(address), https):
        found.append("source_http")
    return [(kind, "url") for kind in found]


def _is_list(address: _Address) -> bool:
    rest = f"//{address.host}{address.path}{f'?{address.query}' if address.query else ''}"
    return LISTS.search(rest) is not None and ONE_PAGE.search(rest) is None


_RULES: Mapping[str, Callable[[Source, _Address], bool]] = {
    "source_host": lambda _, address: address.host.endswith("."),
    "source_proxy": lambda _, address: bool(PROXIES.search(address.host) or PROXIES.search(address.path)),
    "source_copy": lambda source, address: not source.copy and bool(COPIES.search(address.host)),
    "source_test": lambda source, address: not source.copy and bool(TESTS.search(address.host)),
    "source_list": lambda source, address: not source.copy and _is_list(address),
    "source_unmarked": lambda source, address: (
        not (source.self_published or source.copy) and bool(OWN_SITES.search(address.host))
    ),
    "source_party": lambda source, address: not source.party and bool(PARTIES.search(address.host)),
}
"""Kind of problem to what makes it one."""


def _bare(address: _Address) -> str:
    return address.host.removeprefix("www.")


def _has_https(host: str, https: Iterable[str]) -> bool:
    known = host in https or any(host == one or host.endswith(f".{one}") for one in PLAIN_HTTPS)
    return known and host not in OLD_HOSTS
