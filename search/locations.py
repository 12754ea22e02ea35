"""Where things are: the corpus and the page that are shipped, the folder indexes go to, the address of a database."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

StrPath = str | os.PathLike[str]
"""A path as callers give it."""

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent

CORPUS_VARIABLE = "PASSERELLE_CORPUS"
"""Environment variable that says which libraries an index is made from when nothing is said, with what separates the
folders of PATH between them (``:``, on Windows ``;``)."""

INDEX_VARIABLE = "PASSERELLE_INDEX"
"""Environment variable that says where the index is."""

STORE_VARIABLE = "PASSERELLE_STORE"
"""Environment variable that says which PostgreSQL database answers instead of an index folder."""

TABLES_VARIABLE = "PASSERELLE_TABLES"
"""Environment variable that says which folder the tables go to that editors give to the page."""

UNMET_VARIABLE = "PASSERELLE_UNMET"
"""Environment variable that says which file the needs left by people go to."""

FEEDBACK_VARIABLE = "PASSERELLE_FEEDBACK"
"""Environment variable that says which file what people say of answers goes to."""

METRICS_VARIABLE = "PASSERELLE_METRICS"
"""Environment variable that says where a served page tells its health and its counts: a port of this computer, or
``address:port``; nowhere when it is not set."""

SHIPPED = "shipped"
"""What the shipped corpus is called in an index made from it, wherever it is installed."""

UNKNOWN = "an unknown library"
"""What an index was made from that does not say it."""

THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})
"""What a computer calls itself."""

_OPTIONS = (
    "--browser.gatherUsageStats=false",
    "--server.address=localhost",
    "--server.allowedHosts=localhost",
    "--server.allowedHosts=127.0.0.1",
    "--server.allowedHosts=::1",
    "--server.enableCORS=true",
    "--server.enableXsrfProtection=true",
    "--server.fileWatcherType=none",
    "--server.maxMessageSize=50",
    "--server.maxUploadSize=50",
    "--client.toolbarMode=minimal",
    "--client.showErrorDetails=none",
    "--client.showErrorLinks=false",
    '--theme.headingFontSizes=["2.1rem", "1.8rem", "1.25rem", "1.15rem", "1.1rem", "1rem"]',
    "--theme.light.primaryColor=#0b5e6b",
    "--theme.dark.primaryColor=#63c3d0",
    "--runner.fastReruns=false",
    "--runner.magicEnabled=false",
    "--runner.postScriptGC=false",
)


def serve_options() -> tuple[str, ...]:
    """Return the options for ``streamlit run``: those of ``.streamlit/config.toml``, which is read in a checkout only.

    One that an environment variable of Streamlit sets (``STREAMLIT_SERVER_ADDRESS``) is left to it.
    """
    return tuple(option for option in _OPTIONS if _variable(option) not in os.environ)


def _variable(option: str) -> str:
    """Name the environment variable that sets an option of Streamlit."""
    words = option.removeprefix("--").partition("=")[0].replace(".", "_")
    return f"STREAMLIT_{re.sub('(?<=[a-z])(?=[A-Z])', '_', words)}".upper()


def default_corpus() -> Path:
    """Return the shipped corpus: inside the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "corpus"
    return installed if installed.is_dir() else _CHECKOUT / "corpus"


def named_corpora() -> tuple[Path, ...]:
    """Return what CORPUS_VARIABLE names, the shipped corpus also by the name SHIPPED; nothing when it is not set."""
    return tuple(corpus_named(one) for one in os.environ.get(CORPUS_VARIABLE, "").split(os.pathsep) if one)


def default_corpora() -> tuple[Path, ...]:
    """Return what an index is made from when nothing is said: what CORPUS_VARIABLE names, else the shipped corpus."""
    return named_corpora() or (default_corpus(),)


def corpus_named(name: str) -> Path:
    """Return where a corpus is by what an index calls it: the shipped one for SHIPPED, unless there is such a file."""
    return default_corpus() if name == SHIPPED and not Path(name).exists() else Path(name)


def is_installed() -> bool:
    """Say whether the shipped corpus came in a wheel: it changes with the release, and with nothing else."""
    return (_PACKAGE / "corpus").is_dir()


def corpus_name(corpus: Path) -> str:
    """Name a corpus in an index made from it: SHIPPED, or where it is."""
    where = os.path.realpath(corpus)  # which, unlike Path.resolve, gives links that lead in a circle as they are
    return SHIPPED if where == os.path.realpath(default_corpus()) else where


def page_script() -> Path:
    """Return the script of the page that Streamlit runs: inside the installed package, or that of a checkout."""
    installed = _PACKAGE / "page" / "launcher" / "streamlit_app.py"
    return installed if installed.is_file() else _CHECKOUT / "streamlit_app.py"


def default_index() -> Path:
    """Return where the index goes when nothing is said.

    The folder INDEX_VARIABLE names; else ``.index`` in a checkout; else the user's cache folder.
    """
    if os.environ.get(INDEX_VARIABLE):
        return Path(os.environ[INDEX_VARIABLE])
    if _is_checkout():
        return _CHECKOUT / ".index"
    return Path(platformdirs.user_cache_dir("passerelle", appauthor=False)) / "index"


def default_store() -> str | None:
    """Return the address of the database that STORE_VARIABLE names; None when there is none."""
    return os.environ.get(STORE_VARIABLE) or None


def default_unmet() -> Path:
    """Return the file that needs left by people go to.

    The one UNMET_VARIABLE names; else ``.unmet.jsonl`` in a checkout; else one in the user's data folder, which no
    cleaning of caches empties.
    """
    if os.environ.get(UNMET_VARIABLE):
        return Path(os.environ[UNMET_VARIABLE])
    if _is_checkout():
        return _CHECKOUT / ".unmet.jsonl"
    return Path(platformdirs.user_data_dir("passerelle", appauthor=False)) / "unmet.jsonl"


def default_feedback() -> Path:
    """Return the file for what people say of answers: the one FEEDBACK_VARIABLE names, else one beside the needs."""
    if os.environ.get(FEEDBACK_VARIABLE):
        return Path(os.environ[FEEDBACK_VARIABLE])
    unmet = default_unmet()
    return unmet.with_name(unmet.name.replace("unmet", "feedback") if "unmet" in unmet.name else "feedback.jsonl")


def default_tables() -> Path:
    """Return the folder that tables go to which editors give to the page.

    The one TABLES_VARIABLE names; else ``.tables`` in a checkout; else one in the user's data folder.
    """
    if os.environ.get(TABLES_VARIABLE):
        return Path(os.environ[TABLES_VARIABLE])
    if _is_checkout():
        return _CHECKOUT / ".tables"
    return Path(platformdirs.user_data_dir("passerelle", appauthor=False)) / "tables"


def metrics_place() -> tuple[str, int] | None:
    """Return the address and the port METRICS_VARIABLE names; None when it names none that can be."""
    address, _, port = os.environ.get(METRICS_VARIABLE, "").strip().rpartition(":")
    if not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65_536:
        return None
    return address.strip("[]") or "127.0.0.1", int(port)


def _is_checkout() -> bool:
    return (_CHECKOUT / "pyproject.toml").exists() and (_CHECKOUT / "corpus").is_dir()


# ---- The address of a database -------------------------------------------------------------------------------

HIDDEN_ADDRESS = "postgresql://…"
"""What is shown of an address that cannot be read with certainty."""


@dataclass(frozen=True)
class DatabaseAddress:
    """What an address of a database says, as the PostgreSQL client understands it.

    Attributes:
        values: Name to value of what is not secret.
        secrets: The values that are.
    """

    values: Mapping[str, str]
    secrets: frozenset[str]

    @classmethod
    def of(cls, url: str) -> DatabaseAddress:
        """Read a libpq address, in the form of a URL or of names and values.

        Raises:
            ValueError: It is none, or a part of a password may be taken for something else; nothing of it is said.
            ImportError: There is no PostgreSQL client to read it.
        """
        from psycopg import Error
        from psycopg.pq import Conninfo

        try:
            options = Conninfo.parse(url.encode())
        except (Error, UnicodeError):
            raise ValueError("not the address of a database") from None
        given = {option.keyword.decode(): option for option in options if option.val is not None}
        values = {name: (option.val or b"").decode(errors="replace") for name, option in given.items()}
        secret = {name for name, option in given.items() if option.dispchar == b"*"}
        address = cls(
            {name: value for name, value in values.items() if name not in secret},
            frozenset(values[name] for name in secret if values[name]),
        )
        if "\0" in url or not address._is_clear() or _has_loose_at(url):
            raise ValueError("not clear")
        return address

    def _is_clear(self) -> bool:
        """Say whether no value looks like a piece of a password, or like an address of its own."""
        hosts = [host for host in self._list("host") if not host.startswith(("/", "@"))]
        name = self.values.get("dbname", "")
        return (
            all(port.isdecimal() or not port for port in self._list("port"))
            and not any("@" in host for host in hosts)
            and not any(sign in name for sign in "@=:")
        )

    def _list(self, name: str) -> list[str]:
        return self.values.get(name, "").split(",")

    def __str__(self) -> str:
        """Return it as a URL of what says which database is meant, and nothing else."""
        hosts, ports = self._list("host"), self._list("port")
        sockets = [host for host in hosts if host.startswith(("/", "@"))]
        ports = ports if len(ports) == len(hosts) else ports[:1] * len(hosts)
        hosts = [f"[{host}]" if ":" in host else percent_encoded(host) for host in hosts] if not sockets else []
        where = ",".join(f"{host}:{port}" if port else host for host, port in zip(hosts, ports, strict=False))
        user = f"{percent_encoded(self.values['user'])}@" if self.values.get("user") else ""
        kept = {"host": ",".join(sockets), "target_session_attrs": self.values.get("target_session_attrs", "")}
        query = "&".join(f"{name}={percent_encoded(value)}" for name, value in kept.items() if value)
        name = percent_encoded(self.values.get("dbname", ""))
        return f"postgresql://{user}{where}/{name}" + (f"?{query}" if query else "")

    def hide_secrets(self, text: str) -> str:
        """Return a text without the secrets of this address, as they are or percent-encoded."""
        forms = {form for secret in self.secrets for form in (secret, percent_encoded(secret))}
        for form in sorted(forms, key=len, reverse=True):
            text = text.replace(form, "…")
        return text


def percent_encoded(text: str) -> str:
    """Write what may have a meaning in a URL as ``%`` and the numbers of its bytes."""
    return re.sub(r"[^\w.~-]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), text, flags=re.ASCII)


def _has_loose_at(url: str) -> bool:
    """Say whether a URL has an unencoded ``@`` after its host began: the one that ends a password is then not known."""
    scheme, _, rest = url.partition("://")
    if scheme not in {"postgresql", "postgres"}:
        return False
    start, at, more = rest.partition("@")
    after = more if at and "/" not in start else rest
    return "@" in after.partition("?")[0]
