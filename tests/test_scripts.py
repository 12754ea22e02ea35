"""The command lines: what they print and how they end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from runpy import run_path

import pytest

import search
from search import cli
from search.index.reading import load_index
from search.retrieval.searcher import Searcher
from tests.fakes import (
    CLEAN_FILE,
    CountingEncoder,
    Main,
    replace_text,
    tiny_index,
    write_clean_corpus,
    write_corpus,
    write_training_queries,
)

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("words alone", "vectors alone", "vectors and words", "with training queries", "everything")
JUDGED = [
    {"id": "trust", "category": "short", "fr": "confiance", "en": "trust", "judgements": {"trust-first": 3}},
    {"id": "garden", "category": "situation", "fr": "jardin", "en": "garden", "judgements": {"garden-network": 2}},
    {"id": "zeppelin", "category": "out-of-scope", "fr": "ballon", "en": "balloon", "judgements": {}},
]


def run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a script as a person would, from another folder than the project's."""
    command = [sys.executable, str(ROOT / "scripts" / f"{script}.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT.parent, check=False)  # noqa: S603


@pytest.fixture
def judged(corpus: Path) -> Path:
    """The tiny corpus with judged queries, as evaluate.py wants it."""
    (corpus / "evaluation").mkdir()
    lines = "".join(json.dumps(row | {"voice": "other"}) + "\n" for row in JUDGED)
    (corpus / "evaluation/report.jsonl").write_text(lines, encoding="utf-8")
    return corpus


COMMANDS = {
    "build_index": "build",
    "check_corpus": "check",
    "evaluate": "evaluate",
    "export_corpus": "export",
    "new_entry": "new-entry",
    "report_coverage": "coverage",
}


@pytest.mark.parametrize("script", COMMANDS)
def test_a_script_of_old_is_a_command_of_now(
    script: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [f"{script}.py", "--help"])
    with pytest.raises(SystemExit) as caught:
        run_path(str(ROOT / "scripts" / f"{script}.py"), run_name="__main__")
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: passerelle {COMMANDS[script]} ")


@pytest.mark.model
def test_help_of_the_training_script() -> None:
    pytest.importorskip("datasets", reason="needs the extra named train")
    done = run("train_model", "--help")
    assert (done.returncode, done.stdout[:21]) == (0, "usage: train_model.py")


def test_check_corpus_ends_well_on_a_clean_corpus(tmp_path: Path) -> None:
    done = run("check_corpus", write_clean_corpus(tmp_path / "corpus"))
    assert (done.returncode, done.stdout) == (0, "1 entry, 2 texts, no problem: 1 insight.\n")


def test_check_corpus_prints_a_planted_fault_with_file_and_line(tmp_path: Path) -> None:
    corpus = write_clean_corpus(tmp_path / "corpus")
    replace_text(corpus / CLEAN_FILE, "phases: {during: stated}", "phases: {avant: stated}")
    done = run("check_corpus", corpus)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"{CLEAN_FILE}:3 phases 'avant' is not one of before, launch, during, upkeep",
        "1 problem in 1 file.",
    ]


def test_check_corpus_prints_faults_of_writing_and_of_the_evaluation_set(
    tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_clean_corpus(tmp_path / "corpus")
    replace_text(corpus / CLEAN_FILE, "30 neighbours", "31 neighbours")
    (corpus / "evaluation").mkdir()
    (corpus / "evaluation/tune.jsonl").write_text(json.dumps(JUDGED[0] | {"voice": "other"}), encoding="utf-8")
    assert main("check", corpus) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{CLEAN_FILE}:18 fr and en do not carry the same numbers: 30, 31",
        "evaluation/tune.jsonl:1 'trust' judges 'trust-first', and no entry has this id",
        "2 problems in 2 files.",
    ]


def test_check_corpus_reads_facts_and_seed(tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    corpus, seed = write_clean_corpus(tmp_path / "corpus"), tmp_path / "seed.txt"
    seed.write_text("Elle dit : le jardin servait le matin, la salle servait le soir.", encoding="utf-8")
    facts = tmp_path / "facts.jsonl"
    facts.write_text('{"id": "another"}\n', encoding="utf-8")
    assert main("check", corpus, "--facts", facts, "--seed", seed) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{CLEAN_FILE}:13 fr.description copies 8 words: 'le jardin servait le matin la salle servait'",
        "1 problem in 1 file.",
    ]


def test_check_corpus_says_which_folder_or_file_is_not_there(
    tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("check", tmp_path / "nowhere", "--lang", "en") == 2
    assert f"{tmp_path / 'nowhere'} is not there" in capsys.readouterr().err
    corpus = write_clean_corpus(tmp_path / "corpus")
    assert main("check", corpus, "--facts", tmp_path / "none.jsonl") == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'none.jsonl'}: there is no such file or folder.")


@pytest.mark.parametrize(
    ("line", "fault"),
    [("{", "ends too soon"), ("[]", "must hold names and values"), ('{"name": "no id"}', "has no id")],
)
def test_check_corpus_says_when_facts_cannot_be_read(
    line: str, fault: str, tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, facts = write_clean_corpus(tmp_path / "corpus"), tmp_path / "facts.jsonl"
    facts.write_text('{"id": "one"}\n' + line, encoding="utf-8")
    assert main("check", corpus, "--facts", facts) == 2
    assert f"facts.jsonl:2 {fault}" in capsys.readouterr().err


def test_build_index_says_what_it_made_and_check_agrees(
    corpus: Path, tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--corpus", corpus, "--output", tmp_path / "index")
    assert main("build", "--check", *where) == 1
    assert capsys.readouterr().out == f"{tmp_path / 'index'} is not up to date.\n"
    assert main("build", *where) == 0
    out = capsys.readouterr().out
    made = r"6 entries, 60 passages \(flat, recall 1\.000\), counting@1, in \d+\.\d s: .*/index/[0-9a-f]{16}-\w{8}\n"
    assert re.fullmatch(made, out)
    assert main("build", "--check", *where) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'index'} is up to date.\n"
    assert main("build", "--check", "--index-type", "fp16", *where) == 1
    assert main("build", "--index-type", "fp16", *where) == 0
    assert "60 passages (fp16, recall 1.000)" in capsys.readouterr().out


def test_build_index_says_why_it_cannot(
    corpus: Path, tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_text(corpus / "cases/brussels-budget.yaml", "outcome: stalled", "outcome: failed")
    assert main("build", "--corpus", corpus, "--output", tmp_path / "index") == 2
    assert "1 problem. cases/brussels-budget.yaml:14 outcome 'failed'" in capsys.readouterr().err


def test_build_index_says_when_the_model_is_not_there(tmp_path: Path) -> None:
    done = run("build_index", "--model", tmp_path / "none", "--output", tmp_path / "index")
    assert done.returncode == 2
    assert done.stderr.startswith(f"The model {tmp_path / 'none'} could not be loaded (there is no such folder).")
    assert "Traceback" not in done.stderr


def test_evaluate_prints_its_tables_and_writes_every_figure(
    judged: Path,
    main: Main,
    abstaining_searcher: Searcher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = judged.parent / "report.json"
    monkeypatch.setattr(cli, "load", lambda *_, **__: abstaining_searcher)
    assert main("evaluate", "--corpus", judged, "--k", "3", "--json", report) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "2 situations in scope and 1 out of scope (report half), each in French and in English, "
        "over 6 entries; model counting@1."
    )
    assert (
        lines[2] == "| nDCG@3 | words alone | vectors alone | vectors and words | with training queries | everything |"
    )
    # "garden" says no word of the French garden network; by meaning it is first, and trust-first third
    assert "| only resource | 0.500 | 1.000 | 1.000 | 1.000 | 1.000 |" in lines
    assert "| category situation | 0.500 | 1.000 | 1.000 | 1.000 | 1.000 |" in lines
    [short] = [line for line in lines if line.startswith("| category short |")]
    assert short.split(" | ")[2] == "0.500"
    assert (
        "No answer to 100.0% of the out-of-scope queries (goal: all) and to 0.0% of those in scope (goal: none)."
    ) in lines
    assert lines[-1].startswith("| nDCG@3 | ")
    assert lines[-1].split(" | ")[3] == "+0.000 (+0.000 to +0.000)"  # there are no training queries
    figures = json.loads(report.read_text(encoding="utf-8"))
    assert list(figures) == ["words alone", "vectors alone", "vectors and words", "with training queries", "everything"]
    assert figures["vectors alone"]["mean"] == pytest.approx(
        {"ndcg@3": 0.75, "recall@3": 1.0, "mrr@3": (1 / 3 + 1) / 2}
    )


def write_sets(corpus: Path) -> None:
    """Add one of each: a need, a letter and what has no answer."""
    concern = {"words": "trust", "judgements": {"trust-first": 3}}
    sets: dict[str, dict[str, object]] = {
        "plain": {"id": "p", "voice": "old", "fr": "confiance", "en": "trust", "judgements": {"trust-first": 3}},
        "letters": {"id": "l", "language": "en", "voice": "old", "text": "No trust.", "concerns": [concern]},
        "search-box": {"id": "b", "fr": "confiance", "en": "trust", "judgements": {"trust-first": 3}},
        "off-topic": {"id": "o", "category": "word", "fr": "parapluie", "en": "umbrella"},
    }
    for name, row in sets.items():
        (corpus / "evaluation" / name).mkdir()
        (corpus / "evaluation" / name / "report.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")


def test_evaluate_prints_one_judged_set_or_all(
    judged: Path,
    main: Main,
    abstaining_searcher: Searcher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_sets(judged)
    monkeypatch.setattr(cli, "load", lambda *_, **__: abstaining_searcher)
    assert main("evaluate", "--corpus", judged, "--set", "letters", "--json", judged / "letters.json") == 0
    columns = "words alone | vectors alone | vectors and words | with training queries | everything |"
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"| letters: 1 letters, 1 concerns (report half) | {columns}"
    assert "| concerns met among the first 10 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |" in lines
    assert lines[-1].split(" | ")[-1] == "+0.000 (+0.000 to +0.000) |"
    figures = json.loads((judged / "letters.json").read_text(encoding="utf-8"))
    assert figures["letters"]["everything"]["concerns met among the first 10, en"] == 1.0
    assert main("evaluate", "--corpus", judged, "--set", "all") == 0
    printed = capsys.readouterr().out
    sets = ("| plain: 1 needs", "| letters: 1 letters", "| search-box: 1 terms", "| off-topic: 1 lines")
    heads = ("2 situations in scope and 1 out", *sets)
    assert [printed.find(head) for head in heads] == sorted(printed.find(head) for head in heads)
    assert "| no answer where there is none | 1.000 |" in printed
    assert "| answered where there is an answer, fr | 1.000 |" in printed
    assert "-1" not in [str(printed.find(head)) for head in heads]


def test_evaluate_says_which_set_is_not_there(judged: Path, main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("evaluate", "--corpus", judged, "--set", "plain") == 2
    assert f"{judged / 'evaluation/plain/report.jsonl'}" in capsys.readouterr().err


def test_evaluate_prints_what_fewer_training_queries_give(
    judged: Path, main: Main, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_training_queries(
        judged, *({"entries": ["trust-first"], "fr": f"Un jardin {n}.", "en": f"Garden {n}."} for n in range(8))
    )
    searcher = Searcher(tiny_index(judged.parent, corpus=judged), CountingEncoder())
    monkeypatch.setattr(cli, "load", lambda *_, **__: searcher)
    assert main("evaluate", "--corpus", judged, "--curve") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "| training queries | nDCG@10 | shared by both tellings |"
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| 2 (25%)", "| 4 (50%)", "| 6 (75%)", "| 8 (100%)"]


def test_evaluate_says_when_the_index_has_learned_from_other_training_queries(
    judged: Path, main: Main, searcher: Searcher, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_training_queries(judged, {"entries": ["trust-first"], "fr": "Un jardin.", "en": "A garden."})
    monkeypatch.setattr(cli, "load", lambda *_, **__: searcher)  # made before they were written
    assert main("evaluate", "--corpus", judged, "--curve") == 2
    assert capsys.readouterr().err == (
        "The index has learned from other training queries than the corpus has. Make the index again: "
        "passerelle build\n"
    )
    assert main("evaluate", "--corpus", judged) == 0  # nothing else reads them


def test_evaluate_says_what_it_cannot_read(corpus: Path, main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("evaluate", "--corpus", corpus) == 2
    assert f"{corpus / 'evaluation/report.jsonl'} is not there" in capsys.readouterr().err
    (corpus / "evaluation").mkdir()
    (corpus / "evaluation/tune.jsonl").write_text("no\n", encoding="utf-8")
    assert main("evaluate", "--corpus", corpus, "--half", "tune") == 2
    assert capsys.readouterr().err.startswith("1 problem. evaluation/tune.jsonl:1 cannot be read from “no” on: ")


def test_evaluate_knows_two_halves(main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main("evaluate", "--half", "third")
    assert caught.value.code == 2
    assert "invalid choice: 'third'" in capsys.readouterr().err


def test_evaluate_says_when_the_index_lacks_a_judged_entry(
    judged: Path,
    main: Main,
    searcher: Searcher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    replace_text(judged / "evaluation/report.jsonl", "garden-network", "a-new-entry")
    monkeypatch.setattr(cli, "load", lambda *_, **__: searcher)
    assert main("evaluate", "--corpus", judged) == 2
    assert capsys.readouterr().err == (
        "The index lacks entries that are judged: a-new-entry. If the corpus has them, make the index again: "
        "passerelle build\n"
    )


def test_evaluate_says_when_nothing_is_in_scope(
    judged: Path,
    main: Main,
    searcher: Searcher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (judged / "evaluation/report.jsonl").write_text(json.dumps(JUDGED[2] | {"voice": "other"}), encoding="utf-8")
    monkeypatch.setattr(cli, "load", lambda *_, **__: searcher)
    assert main("evaluate", "--corpus", judged) == 2
    assert capsys.readouterr().err == "There is nothing to measure: no situation is in scope.\n"


@pytest.mark.parametrize("k", ["0", "-1", "ten", "1.5"])
def test_evaluate_refuses_what_is_no_number_of_ranks(
    k: str, judged: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main("evaluate", "--corpus", judged, f"--k={k}")
    assert caught.value.code == 2
    assert f"argument --k: must be a whole number, 1 or more (got '{k}')" in capsys.readouterr().err


@pytest.mark.model
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system where a process can be killed outright")
def test_build_index_killed_at_ten_moments_leaves_the_old_index_answering(corpus: Path, tmp_path: Path) -> None:
    output, encoder = tmp_path / "index", search.SentenceEncoder()
    other = write_corpus(tmp_path / "other")
    replace_text(other / "conditions/trust-first.yaml", "The trust comes first.", "Trust has to come first.")

    def answer() -> search.Results:
        return Searcher(load_index(output, encoder), encoder).search("Ils ne nous font plus confiance")

    def command(folder: Path) -> list[str]:
        script = ROOT / "scripts" / "build_index.py"
        return [sys.executable, str(script), "--corpus", str(folder), "--output", str(output)]

    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    start = time.perf_counter()
    subprocess.run(command(corpus), check=True, **quiet)  # noqa: S603
    whole = time.perf_counter() - start
    old, answers = answer(), []
    for moment in range(10):
        (output / "embeddings.sqlite").unlink(missing_ok=True)
        process = subprocess.Popen(command(other), **quiet)  # noqa: S603
        try:
            process.wait(timeout=whole * (moment + 1) / 10)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        answers.append(answer())
    subprocess.run(command(other), check=True, **quiet)  # noqa: S603
    new = answer()
    assert new != old
    switch = next((n for n, one in enumerate(answers) if one == new), len(answers))
    assert answers == [old] * switch + [new] * (len(answers) - switch)
    assert switch > 0


# ---- A library that is not there -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--corpus", "gone", "--output", "made"),
        ("build", "--corpus", "gone", "--output", "made", "--check"),
        ("build", "--corpus", "gone", "--dry-run"),
        ("check", "gone"),
        ("check", "gone", "--json"),
        ("coverage", "--corpus", "gone"),
        ("export", "--corpus", "gone", "--output", "made"),
        ("new-entry", "case", "a-pool", "--corpus", "gone"),
        ("evaluate", "--corpus", "gone"),
    ],
)
def test_a_mistyped_library_is_said_to_be_missing_in_one_sentence_and_nothing_is_made(
    arguments: tuple[str, ...],
    main: Main,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for language, sentence in (
        ("en_GB.UTF-8", "1 problem. gone is not there: look at its name and its folder\n"),
        ("fr_FR.UTF-8", "1 problème. gone n’existe pas : vérifiez le nom et le dossier\n"),
    ):
        monkeypatch.setenv("LC_ALL", language)
        assert main(*arguments) == 2
        out, err = capsys.readouterr()
        assert (out, err.replace("\u00a0", " ")) == ("", sentence)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder_to_check(main: Main, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert main("check", tmp_path / "notes.txt", "--lang", "en") == 2
    assert capsys.readouterr().err == f"1 problem. {tmp_path / 'notes.txt'} is not a folder\n"
