"""Where things are: the corpus and the page that are shipped, and the folder indexes go to."""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent

INDEX_VARIABLE = "PASSERELLE_INDEX"
"""Environment variable that says where the index is."""

STORE_VARIABLE = "PASSERELLE_STORE"
"""Environment variable that says which PostgreSQL database answers instead of an index folder."""

UNMET_VARIABLE = "PASSERELLE_UNMET"
"""Environment variable that says which file the needs left by people go to."""

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
    "--client.toolbarMode=minimal",
    "--client.showErrorDetails=none",
    "--theme.primaryColor=#0b5e6b",
    '--theme.headingFontSizes=["2.1rem", "1.8rem", "1.25rem", "1.15rem", "1.1rem", "1rem"]',
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


SERVE_OPTIONS = serve_options()
"""What `serve_options` says of the environment as it is."""


def default_corpus() -> Path:
    """Return the shipped corpus: inside the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "corpus"
    return installed if installed.is_dir() else _CHECKOUT / "corpus"


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


def _is_checkout() -> bool:
    return (_CHECKOUT / "pyproject.toml").exists() and (_CHECKOUT / "corpus").is_dir()
