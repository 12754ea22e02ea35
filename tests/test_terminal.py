"""The terminal a command speaks to: encodings that lack characters, closed outputs, Ctrl-C, what packages log."""

from __future__ import annotations

import io
import json
import logging
import sys
from pathlib import Path

import pytest

from search import cli
from search.output import terminal
from tests.fakes import Main

QUERY = "jardin … Łódź"
"""Holds characters that cp1252 has and ASCII has not, and some that neither has."""


@pytest.fixture
def index(main: Main, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An index of the tiny corpus."""
    assert main("build", "--corpus", corpus, "--output", tmp_path / "index") == 0
    capsys.readouterr()
    return tmp_path / "index"


def written(monkeypatch: pytest.MonkeyPatch, encoding: str, errors: str = "strict") -> io.BytesIO:
    """Put an output of some encoding in the place of the usual one, and return what its bytes go to."""
    file = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(file, encoding=encoding, errors=errors))
    return file


@pytest.mark.parametrize(
    ("encoding", "title"), [("utf-8", "Le réseau"), ("cp1252", "Le réseau"), ("ascii", "Le r?seau")]
)
def test_what_an_output_cannot_show_is_replaced(
    encoding: str, title: str, main: Main, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(monkeypatch, encoding)
    assert main("search", "jardin", "--index", index, "--k", "1") == 0
    assert file.getvalue().decode(encoding).splitlines()[0] == f"1: {title} des potagers (resource, garden-network)"


@pytest.mark.parametrize(("encoding", "errors"), [("utf-8", "strict"), ("cp1252", "strict"), ("ascii", "replace")])
def test_json_loses_nothing_whatever_the_output_can_show(
    encoding: str, errors: str, main: Main, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(monkeypatch, encoding, errors)
    assert main("search", QUERY, "--index", index, "--k", "1", "--json") == 0
    data = json.loads(file.getvalue().decode("utf-8"))  # as programs read it
    assert (data["query"], data["hits"][0]["title"]) == (QUERY, "Le réseau des potagers")


def test_how_the_user_wants_characters_replaced_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(monkeypatch, "ascii", "backslashreplace")
    terminal.ready_outputs()
    print("é", end="", flush=True)
    assert file.getvalue() == b"\\xe9"


def test_help_is_shown_where_its_quotation_marks_cannot_be(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(monkeypatch, "ascii")
    with pytest.raises(SystemExit) as caught:
        main("build", "--help")
    sys.stdout.flush()
    assert caught.value.code == 0
    assert b"?shipped?" in file.getvalue()


def test_a_closed_output_is_no_error(main: Main, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main("search", "jardin", "--index", index) == 0


@pytest.mark.parametrize("arguments", [("search", " "), ("search",)])
def test_a_closed_error_output_leaves_the_exit_code(
    arguments: tuple[str, ...], main: Main, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    try:
        code = main(*arguments, *(("--index", index) if arguments[1:] else ()))
    except SystemExit as error:  # of a command line that is not understood
        code = int(str(error.code))
    assert code == 2


def test_ctrl_c_ends_a_command_without_a_stack(
    main: Main, index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "load", stop)
    assert main("search", "jardin", "--index", index) == 130
    assert capsys.readouterr() == ("", "")


def test_what_a_package_tries_again_is_said_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(terminal, "POOL", "psycopg.pool.of-a-test")
    terminal.quiet_packages()
    for said in ("no answer", "no answer", "no answer", "wrong password"):
        logging.getLogger("psycopg.pool.of-a-test").warning("error connecting: %s", said)
    assert caplog.messages == ["error connecting: no answer", "error connecting: wrong password"]
