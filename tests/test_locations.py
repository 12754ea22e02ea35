"""Where the corpus and the index are."""

from __future__ import annotations

import json
from pathlib import Path

import platformdirs
import pytest

import search.locations
from search.locations import (
    INDEX_VARIABLE,
    UNMET_VARIABLE,
    default_corpus,
    default_index,
    default_unmet,
    page_script,
    serve_options,
)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(INDEX_VARIABLE, raising=False)
    monkeypatch.delenv(UNMET_VARIABLE, raising=False)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend the package is installed, and return its folder."""
    package = tmp_path / "site-packages" / "search"
    package.mkdir(parents=True)
    monkeypatch.setattr(search.locations, "_PACKAGE", package)
    monkeypatch.setattr(search.locations, "_CHECKOUT", package.parent)
    return package


def test_in_a_checkout_the_corpus_and_the_index_are_beside_the_package() -> None:
    assert default_corpus() == ROOT / "corpus"
    assert default_index() == ROOT / ".index"


def test_the_variable_says_where_the_index_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PASSERELLE_INDEX", str(tmp_path / "mine"))
    assert default_index() == tmp_path / "mine"


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(INDEX_VARIABLE, "")
    assert default_index() == ROOT / ".index"


def test_an_installed_package_brings_its_corpus(installed: Path) -> None:
    (installed / "corpus").mkdir()
    assert default_corpus() == installed / "corpus"


def test_an_installed_package_keeps_its_index_in_the_users_cache(installed: Path) -> None:
    (installed / "corpus").mkdir()
    assert default_index() == Path(platformdirs.user_cache_dir("passerelle", appauthor=False)) / "index"


def test_a_project_file_without_a_corpus_beside_it_is_no_checkout(installed: Path) -> None:
    (installed.parent / "pyproject.toml").touch()
    assert default_index() == Path(platformdirs.user_cache_dir("passerelle", appauthor=False)) / "index"


def test_needs_left_by_people_are_beside_the_package_in_a_checkout() -> None:
    assert default_unmet() == ROOT / ".unmet.jsonl"


def test_needs_left_by_people_are_in_the_users_data_folder_when_installed(installed: Path) -> None:
    assert default_unmet() == Path(platformdirs.user_data_dir("passerelle", appauthor=False)) / "unmet.jsonl"


def test_a_variable_says_where_needs_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PASSERELLE_UNMET", str(tmp_path / "needs.jsonl"))
    assert default_unmet() == tmp_path / "needs.jsonl"


def test_in_a_checkout_the_page_is_the_script_beside_the_package() -> None:
    assert page_script() == ROOT / "streamlit_app.py"
    assert page_script().is_file()


def test_an_installed_package_brings_the_script_of_its_page(installed: Path) -> None:
    launcher = installed / "page" / "launcher" / "streamlit_app.py"
    launcher.parent.mkdir(parents=True)
    launcher.touch()
    assert page_script() == launcher


def test_an_installed_page_is_served_with_the_options_of_the_checkout() -> None:
    tomllib = pytest.importorskip("tomllib", reason="comes with Python 3.11")
    written = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    hosts = written["server"].pop("allowedHosts")
    colours = {f"theme.{name}": written["theme"].pop(name) for name in ("light", "dark")}
    expected = [
        f"--{section}.{name}={value if isinstance(value, str) else json.dumps(value)}"
        for section, options in (written | colours).items()
        for name, value in options.items()
    ]
    expected += [f"--server.allowedHosts={host}" for host in hosts]  # once for each: a list is taken for one name
    assert sorted(serve_options()) == sorted(expected)


def test_what_the_environment_says_of_serving_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = set(serve_options())
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")  # noqa: S104
    monkeypatch.setenv("STREAMLIT_SERVER_ALLOWED_HOSTS", "library.example localhost")
    monkeypatch.setenv("STREAMLIT_RUNNER_POST_SCRIPT_GC", "true")
    assert usual - set(serve_options()) == {
        "--server.address=localhost",
        "--server.allowedHosts=localhost",
        "--server.allowedHosts=127.0.0.1",
        "--server.allowedHosts=::1",
        "--runner.postScriptGC=false",
    }


def test_the_options_are_those_streamlit_knows() -> None:
    config = pytest.importorskip("streamlit.config")
    known = set(config.get_config_options())
    assert {option.removeprefix("--").split("=")[0] for option in serve_options()} <= known
