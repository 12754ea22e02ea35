"""What the READMEs show works as it is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from search.locations import INDEX_VARIABLE

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.fr.md")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.model
@pytest.mark.parametrize("name", READMES)
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


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "corpus/README.md"])
def test_every_file_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    scripts = re.findall(r"scripts/[a-z_]+\.py", text)
    missing = [link for link in links if not ((ROOT / name).parent / link).exists()]
    assert missing + [script for script in scripts if not (ROOT / script).exists()] == []
