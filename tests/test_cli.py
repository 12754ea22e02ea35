"""The command: what is asked in a terminal, what is printed, and how it ends. Curators' commands: test_scripts.py."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search import cli
from search.entries import Source, Vocabulary
from search.errors import ModelMissingError
from search.learning.situation_model import NOT_READ, Reading, Situation
from search.locations import STORE_VARIABLE, page_script
from search.output.listing import list_results, list_situation
from search.output.situation import told_situation
from search.retrieval.searcher import Searcher
from tests.fakes import Main

ROOT = Path(__file__).resolve().parent.parent
GARDEN = """\
1 : Le réseau des potagers (ressource, garden-network)
    Un jardin par quartier.
    La Gazette, Le budget de Bruxelles : https://gazette.example/budget (et 1 autre)
"""


@pytest.fixture
def index(main: Main, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An index of the tiny corpus."""
    assert main("build", "--corpus", corpus, "--output", tmp_path / "index") == 0
    assert capsys.readouterr().err == ""  # no bar where there is no terminal
    return tmp_path / "index"


def test_the_command_and_the_package_are_one() -> None:
    code = "import sys; from search.cli import main; sys.argv = ['passerelle', '--help']; main()"
    wanted = [["-m", "search", "--help"], ["-c", code]]
    done = [
        subprocess.run([sys.executable, *one], capture_output=True, text=True, cwd=ROOT, check=True)  # noqa: S603
        for one in wanted
    ]
    assert done[0].stdout == done[1].stdout
    assert done[0].stdout.startswith("usage: passerelle [-h] COMMAND ...")
    assert [one.stderr for one in done] == ["", ""]


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_says_what_it_does_and_shows_an_example(
    command: str, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(command, "--help")
    assert caught.value.code == 0
    out = capsys.readouterr().out
    does = cli.COMMANDS[command].does
    assert f"{does[0].upper()}{does[1:]}." in " ".join(out.split())
    assert f"Example: passerelle {command}" in out


def test_an_example_is_a_command_line_that_is_understood() -> None:
    for name, command in cli.COMMANDS.items():
        words = [one.strip('"') for one in re.findall(r'"[^"]*"|\S+', command.example)]
        assert cli.make_parser().parse_args([name, *words]).run is command.run


@pytest.mark.parametrize("arguments", [(), ("find",), ("search",), ("search", "jardin", "--k", "0")])
def test_what_is_not_understood_ends_with_2(
    arguments: tuple[str, ...], main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(*arguments)
    assert caught.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_an_answer_has_strength_title_sentence_and_source(
    main: Main, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("search", "jardin", "--lang", "fr", "--index", index, "--k", "1") == 0
    out, err = capsys.readouterr()
    assert (out, err) == (GARDEN, "")


def test_filters_and_the_reader_s_language_are_options(
    main: Main, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main("search", "argent", "--index", index, "--kinds", "case, practice", "--outcomes=stalled", "--lang=en") == 0
    )
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 6  # one case stalled, and the practice that it shows
    assert out[0].endswith(": Participatory budgeting (practice, participatory-budget)")
    assert out[3].endswith(": The Brussels vote (case, brussels-budget)")
    assert out[4] == "    The city hands money to its districts."


def test_json_holds_what_a_program_needs(main: Main, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("search", "jardin", "--index", index, "--k", "1", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["query"], data["total"], data["near_misses"]) == ("jardin", 6, [])
    assert data["situation"] == {"phases": [], "conditions": []}
    [hit] = data["hits"]
    assert (hit["rank"], hit["id"], hit["sentence"]) == (1, "garden-network", "Un jardin par quartier.")
    assert [source["url"] for source in hit["sources"]] == [
        "https://gazette.example/budget",
        "https://herald.example/charter",
    ]


def test_what_comes_nearest_is_told_apart_from_answers(abstaining_searcher: Searcher) -> None:
    lines = list_results(abstaining_searcher.search("ballon"), "en").splitlines()
    assert lines[0] == "Nothing in the library is close enough to this; what comes nearest:"
    assert lines[1] == "1 weak: The Brussels vote (case, brussels-budget)"


def test_what_comes_nearest_is_told_in_french_too(abstaining_searcher: Searcher) -> None:
    vocabulary = Vocabulary({"kinds": {"case": {"fr": "Cas", "en": "Case"}}})
    lines = list_results(abstaining_searcher.search("ballon"), "fr", vocabulary).splitlines()
    assert lines[0] == "Rien dans la bibliothèque n’est assez proche ; ce qui s’en approche le plus :"
    assert lines[1] == "1 lien faible : Le vote de Bruxelles (cas, brussels-budget)"


@pytest.mark.parametrize(
    ("source", "language", "line"),
    [
        (Source("https://a.fr", "", "", "https://a.fr", ""), "en", "https://a.fr"),
        (Source("Rapport", "", "Rapport", "", ""), "en", "Rapport"),
        (Source("r", "", "Rapport", "https://a.fr", ""), "en", "Rapport: https://a.fr"),
        (Source("r", "Ville", "Rapport", "https://a.fr", ""), "fr", "Ville, Rapport : https://a.fr"),
        (Source("entretien", "", "", "", ""), "fr", "entretien"),
    ],
)
def test_of_a_source_what_is_known_is_printed(
    source: Source, language: str, line: str, abstaining_searcher: Searcher
) -> None:
    results = abstaining_searcher.search("ballon")
    first = results.near_misses[0]
    hit = dataclasses.replace(first, entry=dataclasses.replace(first.entry, sources=(source,)))
    shown = list_results(dataclasses.replace(results, near_misses=(hit,)), language).splitlines()
    assert shown[-1] == f"    {line}"


def test_where_nothing_is_left_to_answer_nothing_is_said_to_come_nearest(searcher: Searcher) -> None:
    results = searcher.search("jardin", kinds=["resource"], outcomes=["stalled"])
    assert list_results(results, "en") == "No entry passes these filters: take one away, or widen it."
    assert list_results(results, "fr") == "Aucune fiche ne passe ces filtres : retirez-en un, ou élargissez-le."


def test_nothing_is_read_of_a_text_that_nothing_answers(
    main: Main,
    abstaining_searcher: Searcher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    read = Situation((Reading("launch", "", 0.9),), (Reading("gather-resources", "argent", 0.8),))
    monkeypatch.setattr("search.retrieval.searcher.situation_of", lambda *_, **__: read)
    monkeypatch.setattr(cli, "load", lambda *_, **__: abstaining_searcher)
    for command in (("situate", "ballon", "--json"), ("search", "ballon", "--json")):
        assert main(*command) == 0
        data = json.loads(capsys.readouterr().out)
        assert data.get("situation", data) == {"phases": [], "conditions": []}
    assert main("situate", "argent", "--json") == 0
    assert [one["key"] for one in json.loads(capsys.readouterr().out)["phases"]] == ["launch"]
    assert abstaining_searcher.situate("ballon") == read  # in Python any text is read


def test_what_the_person_said_is_told_though_nothing_answers(abstaining_searcher: Searcher) -> None:
    results = abstaining_searcher.search("ballon", phases=["launch"])
    assert results.hits == ()
    assert told_situation(results) == Situation((Reading("launch", "", 1.0),))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("search", "  "), "The query is empty. Describe a situation in one to three sentences."),
        (("search", "jardin", "--phases", "avant"), "phases: avant is not one of before, launch, during, upkeep."),
        (("situate", "a" * 10_001), "The query has 10,001 characters; at most 5,000 are read."),
    ],
)
def test_why_it_cannot_be_asked_is_one_sentence_on_the_error_output(
    arguments: tuple[str, ...], sentence: str, main: Main, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(*arguments, "--index", index) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(sentence)


def test_an_index_that_is_not_there_is_made_first(
    main: Main, tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("search.building.builder", "search.locations"):
        monkeypatch.setattr(f"{module}.default_corpus", lambda: corpus)
    assert main("situate", "jardin", "--lang", "fr", "--index", tmp_path / "new") == 0
    assert capsys.readouterr().out == (
        "Le texte ne parle clairement d’aucune phase, ni d’aucune condition qui manque.\n"
    )
    assert main("situate", "jardin", "--index", tmp_path / "new", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"phases": [], "conditions": []}


def test_a_situation_is_told_with_labels_and_the_words_that_say_so() -> None:
    lists = {"phases": {"before": {"fr": "Avant", "en": "Before"}}, "conditions": {"trust": {"en": "Trust first"}}}
    read = Situation((Reading("before", "on commence", 0.9),), (Reading("trust", "ils mentent", 0.8),))
    assert list_situation(read, Vocabulary(lists), "en").splitlines() == [
        "phase: Before (“on commence”)",
        "weak condition: Trust first (“ils mentent”)",
    ]
    assert list_situation(read, Vocabulary(lists), "fr").splitlines()[0] == "phase : Avant (“on commence”)"
    assert list_situation(NOT_READ, Vocabulary(lists), "en") == (
        "It speaks clearly of no phase and of no condition that lacks."
    )


def test_the_check_lists_problems_as_json(main: Main, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "near-duplicates.yaml").write_text("- [gone, lille-barracks]\n", encoding="utf-8")
    assert main("check", corpus, "--json") == 1
    problems = json.loads(capsys.readouterr().out)
    assert {
        "file": "near-duplicates.yaml",
        "line": 1,
        "message": "no entry has the id 'gone': mend it, or take the pair out",
    } in problems


def test_a_reader_who_has_read_enough_is_no_error() -> None:
    code = "import sys; from search.cli import main; sys.exit(main(['coverage']))"
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


# ---- The page ------------------------------------------------------------------------------------------------


Served = list[tuple[list[str], dict[str, str]]]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Served:
    """What the process would have become, and its environment; the index is in ``tmp_path``."""
    seen: Served = []

    def become(command: list[str], environment: dict[str, str]) -> int:
        seen.append((command, environment))
        return 0

    monkeypatch.setattr(cli, "_become", become)
    monkeypatch.setenv("PASSERELLE_INDEX", str(tmp_path / "index"))
    return seen


def test_serve_brings_the_index_up_to_date_and_becomes_the_page(
    main: Main, served: Served, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("serve", "--corpus", corpus, "--port", "8600") == 0
    assert "6 entries, 60 passages" in capsys.readouterr().out
    [(command, environment)] = served
    assert command[:5] == [sys.executable, "-m", "streamlit", "run", str(page_script())]
    assert command[-1] == "--server.port=8600"
    assert STORE_VARIABLE not in environment
    assert main("serve", "--corpus", corpus) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'index'} is up to date.\n"
    assert not any("--server.port" in word for word in served[1][0])


def test_what_was_built_is_told_in_the_language_that_is_asked_for(
    main: Main, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = ("build", "--corpus", corpus, "--output", tmp_path / "index", "--lang", "fr")
    assert main(*build) == 0
    assert "6 fiches, 60 passages (flat, rappel 1.000)" in capsys.readouterr().out
    assert main(*build) == main(*build, "--check") == 0
    assert capsys.readouterr().out == 2 * f"{tmp_path / 'index'} est à jour.\n"


def test_serve_goes_on_with_the_library_the_index_in_use_was_made_from(
    main: Main, served: Served, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("build", "--corpus", corpus, "--output", tmp_path / "index") == 0
    (corpus / "resources" / "garden-network.yaml").unlink()
    capsys.readouterr()
    assert main("serve") == 0
    assert "5 entries, 56 passages" in capsys.readouterr().out
    shutil.rmtree(corpus)
    assert main("serve") == 0
    said = f"{corpus}: not there any more; the index that was made from it answers.\n"
    assert capsys.readouterr().out == said
    assert len(served) == 2
    (tmp_path / "index" / "current").write_bytes(b"")
    assert main("serve") == 2
    assert f"--corpus {corpus} --output {tmp_path / 'index'}" in capsys.readouterr().err
    assert len(served) == 2


def test_serve_begins_with_the_shipped_library(
    main: Main, served: Served, corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("search.building.builder", "search.locations"):
        monkeypatch.setattr(f"{module}.default_corpus", lambda: corpus)
    for said in ("6 entries", "is up to date"):
        assert main("serve") == 0
        assert said in capsys.readouterr().out
    assert len(served) == 2


def test_serve_makes_no_index_when_a_database_answers(main: Main, served: Served, tmp_path: Path) -> None:
    assert main("serve", "--store", "postgresql://me@host/library") == 0
    assert served[0][1][STORE_VARIABLE] == "postgresql://me@host/library"
    assert not (tmp_path / "index").exists()


def test_serve_says_when_streamlit_is_not_installed(
    main: Main, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert main("serve") == 2
    assert capsys.readouterr().err == (
        "This needs a package that is not installed (streamlit). Install it with: pip install 'passerelle[page]'\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the page is a process of its own")
def test_another_program_takes_the_place_of_this_one() -> None:
    then = "import os, sys; print(os.getpid(), os.environ['A']); sys.exit(3)"
    code = (
        "import os, sys; from search.cli import _become; print(os.getpid()); "
        f"_become([sys.executable, '-c', {then!r}], {{**os.environ, 'A': 'x'}})"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)  # noqa: S603
    first, second = done.stdout.splitlines()
    assert (second, done.returncode) == (f"{first} x", 3)


# ---- What is typed -------------------------------------------------------------------------------------------


def test_a_short_question_is_answered_in_the_language_of_the_computer(
    main: Main, index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, title in (("en_GB.UTF-8", "Participatory budgeting"), ("fr_BE.UTF-8", "Le budget participatif")):
        monkeypatch.setenv("LC_ALL", language)
        assert main("search", "budget", "--index", index, "--kinds", "practice", "--k", "1") == 0
        assert title in capsys.readouterr().out
        assert main("search", "Nous cherchons de l'argent", "--index", index, "--kinds", "practice", "--k", "1") == 0
        assert "Le budget participatif" in capsys.readouterr().out  # its language is clear


PORT = "must be a whole number from 1 to 65535", "doit être un nombre entier de 1 à 65535"
COUNT = "must be a whole number, 1 or more", "doit être un nombre entier, 1 ou plus"
PATH = "give the name of a file or folder", "donnez un nom de fichier ou de dossier"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("serve", "--port", "65536"), PORT),
        (("serve", "--port", "0"), PORT),
        (("evaluate", "--dim", "-1"), COUNT),
        (("search", "jardin", "--k", "0"), COUNT),
        (("search", "jardin", "--index", ""), PATH),
        (("health", "--index", " "), PATH),
        (("build", "--output", ""), PATH),
        (("build", "--corpus", ""), PATH),
        (("serve", "--corpus", ""), PATH),
        (("coverage", "--corpus", ""), PATH),
        (("export", "--output", ""), PATH),
        (("evaluate", "--json", ""), PATH),
        (("check", ""), PATH),
        (("backup", ""), PATH),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_done_in_the_language_of_the_computer(
    arguments: tuple[str, ...],
    said: tuple[str, str],
    main: Main,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for language, sentence in zip(("en_GB.UTF-8", "fr_FR.UTF-8"), said, strict=True):
        monkeypatch.setenv("LC_ALL", language)
        with pytest.raises(SystemExit) as caught:
            main(*arguments)
        assert caught.value.code == 2
        assert sentence in capsys.readouterr().err


def test_the_last_port_is_one(main: Main, served: Served, corpus: Path) -> None:
    assert main("serve", "--corpus", corpus, "--port", "65535") == 0
    assert served[0][0][-1] == "--server.port=65535"


INTERRUPTED = """\
import os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell begins in the background ignores it
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "search.api":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
"""
"""Stands for Ctrl-C while something is imported."""

BY_NAME = "from passerelle import main\nsys.exit(main())\n"
BY_MODULE = "sys.argv[0] = '-m'\nrunpy._run_module_as_main('search')\n"
"""The command, as it is begun when it is installed and by ``python -m search``, which runs this function of runpy."""


def interrupted(program: str) -> tuple[int, str, str]:
    """Run a program that is interrupted; return its exit code and what it said."""
    command = [sys.executable, "-c", f"{INTERRUPTED}{program}", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("begun", [BY_NAME, BY_MODULE])
def test_ctrl_c_while_the_command_is_imported_ends_it_in_silence(begun: str) -> None:
    assert interrupted(begun) == (130, "", "")


def test_ctrl_c_is_what_it_was_to_a_program_that_imports_the_library() -> None:
    program = "try:\n    import search\nexcept KeyboardInterrupt:\n    print('caught')\n"
    assert interrupted(program) == (0, "caught\n", "")


def test_ctrl_c_that_becomes_another_error_while_something_is_imported_ends_a_command_in_silence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def importing(options: object) -> int:
        try:
            signal.raise_signal(signal.SIGINT)
            time.sleep(5)
        except KeyboardInterrupt as error:
            raise ModelMissingError("ours", "cannot import torch") from error
        return 0

    monkeypatch.setitem(cli.COMMANDS, "situate", cli.COMMANDS["situate"]._replace(run=importing))
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # what a shell begins in the background ignores it
    try:
        assert cli.main(["situate", "x"]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr() == ("", "")
