"""What the READMEs and the pages they lead to show works as it is shown."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from search.cli import COMMANDS
from search.evaluation.variants import COLUMNS
from search.locations import INDEX_VARIABLE

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.fr.md")
PAGES = (
    *READMES,
    "CONTRIBUTING.md",
    "corpus/README.md",
    "search/model/README.md",
    *(file.relative_to(ROOT).as_posix() for file in sorted((ROOT / "docs").rglob("*.md"))),
)
MOST_WORDS = 900


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.model
@pytest.mark.parametrize("name", [*READMES, "docs/usage.md"])
def test_the_python_example_runs(
    name: str, real_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(INDEX_VARIABLE, str(real_index))
    names: dict[str, object] = {}
    for code in blocks(name, "python"):
        exec(code, names)  # noqa: S102 (our own README)
    first = capsys.readouterr().out.splitlines()[0]
    assert re.match(r"1 (strong|related|weak) ", first)
    assert re.search(r"https?://\S+$", first)


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert {"run", "test"} <= set(targets)
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("name", READMES)
def test_it_is_read_in_a_few_minutes(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").split()) <= MOST_WORDS


@pytest.mark.parametrize("name", PAGES)
def test_every_file_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) if not link.startswith("http")]
    files = re.findall(r"\b(?:search|page|scripts|tests)/[\w/]+\.py\b", text)
    missing = [link for link in links if not ((ROOT / name).parent / link).exists()]
    assert missing + [file for file in files if not (ROOT / file).exists()] == []


@cache
def known_tests() -> frozenset[str]:
    files = list((ROOT / "tests").glob("test_*.py"))
    return frozenset(
        {file.name for file in files}
        | {name for file in files for name in re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))}
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_test_that_is_named_exists(name: str) -> None:
    named = re.findall(r"\b(test_\w+(?:\.py)?)\b(?!\w*\*)", (ROOT / name).read_text(encoding="utf-8"))
    assert sorted(set(named) - known_tests()) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_module_that_is_run_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    run = set(re.findall(r"python -m (scripts\.[\w.]+\w)", text)) - {"scripts.bench.NAME"}
    commands = re.findall(r"`passerelle ([a-z][a-z-]+)|^passerelle ([a-z][a-z-]+)", text, re.MULTILINE)
    assert [one for one in run if not (ROOT / f"{one.replace('.', '/')}.py").exists()] == []
    assert {inline or alone for inline, alone in commands} <= set(COMMANDS)


def test_each_file_of_the_way_of_a_query_and_of_a_build_exists() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    files = re.findall(r"^ .*? (\w+/\w+\.py)\b", text, re.MULTILINE)
    assert len(files) > 15
    assert [file for file in files if not (ROOT / "search" / file).exists()] == []


def test_the_tables_have_the_columns_that_are_printed() -> None:
    text = (ROOT / "docs/evaluation.md").read_text(encoding="utf-8")
    [printed] = re.findall(r"<!-- passerelle evaluate --half report -->\n(.*?)<!-- end -->", text, re.DOTALL)
    for head in ("nDCG@10", "both languages", "checks passed"):
        assert f"\n| {head} | {' | '.join(COLUMNS)} |\n" in printed
