"""The package as its users get it: the wheel, its types, its extras, and the files that tell of it."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

import search
from page.address import VIEWS

ROOT = Path(__file__).resolve().parent.parent

PAGE = """\
from streamlit.testing.v1 import AppTest
import search, search.locations

def fail(**_):
    raise search.StoreError("postgresql://library/passerelle", "it is away", may_pass=True)

search.follow = fail
page = AppTest.from_file(str(search.locations.page_script()), default_timeout=60)
page.query_params["lang"] = "en"
print(len(page.run().exception), page.error[0].value)
"""

PROGRAM = """\
import search

results = search.load().search("trust", k=3)
reveal_type(results.hits[0].entry.title("fr"))
count: int = results.language
"""

QUICK = """\
[mypy]
strict = True

[mypy-torch.*,transformers.*,sentence_transformers.*,sklearn.*,scipy.*,psycopg.*,psycopg_pool.*,fpdf.*,openpyxl.*]
follow_imports = skip
"""
"""What the library is made with is not looked into: that would take a minute more."""


def project() -> dict[str, object]:
    tomllib = pytest.importorskip("tomllib", reason="comes with Python 3.11")
    read: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return read


def run(*command: str | Path, cwd: Path, status: int = 0) -> str:
    """Run a command in a folder, without the folders this process imports from; return what it printed."""
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "MYPYPATH"}}
    typed = list(map(str, command))
    done = subprocess.run(typed, capture_output=True, text=True, cwd=cwd, env=clean, check=False)  # noqa: S603
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what goes into it: a build leaves files beside its sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("search", "page", "corpus"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", cwd=folder)
    [made] = (folder / "dist").iterdir()
    return made


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel installed, and beside it what this Python has."""
    folder = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    with zipfile.ZipFile(wheel) as parts:
        parts.extractall(site)
    (site / "others.pth").write_text(str(Path(pytest.__file__).parent.parent), encoding="utf-8")
    return python


@pytest.mark.slow
def test_the_wheel_holds_the_page_the_model_the_library_and_the_mark_of_its_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as parts:
        names = set(parts.namelist())
    assert {name.split("/")[0] for name in names} == {"search", f"passerelle-{search.__version__}.dist-info"}
    assert {f"search/page/{view}.py" for view in ("app", *VIEWS)} <= names
    assert {"search/page/icon.png", "search/page/land.json", "search/page/launcher/streamlit_app.py"} <= names
    assert {"search/py.typed", "search/model/model.safetensors", "search/corpus/vocabulary.yaml"} <= names
    assert "search/corpus/glossary.yaml" in names
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "search").rglob("*.py")}
    assert modules - names == set()


@pytest.mark.slow
def test_an_installed_package_finds_its_page_its_library_and_its_version(python: Path, tmp_path: Path) -> None:
    code = (
        "import search, search.page.app, search.locations as where\n"
        "print(search.__version__, search.page.app.ICON, where.page_script(), where.default_corpus(), sep='\\n')"
    )
    version, *places = run(python, "-c", code, cwd=tmp_path).splitlines()
    assert version == project()["version"]
    installed = [Path(place).relative_to(python.parent.parent).as_posix() for place in places]
    assert [place.partition("site-packages/")[2] for place in installed] == [
        "search/page/icon.png",
        "search/page/launcher/streamlit_app.py",
        "search/corpus",
    ]
    assert all(Path(place).exists() for place in places)


@pytest.mark.slow
def test_the_page_of_an_installed_package_is_drawn_from_any_folder(python: Path, tmp_path: Path) -> None:
    said = run(python, "-W", "ignore", "-c", PAGE, cwd=tmp_path)
    assert said == "0 The library’s database does not answer. Try again in a moment.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_program_is_checked_against_the_types_of_the_installed_package(python: Path, tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="mypy is not installed: pip install -e '.[dev]'")
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text(QUICK, encoding="utf-8")
    command = (sys.executable, "-m", "mypy", "--no-error-summary", "--python-executable", python)
    said = run(*command, "program.py", cwd=tmp_path, status=1)
    assert said.splitlines() == [
        'program.py:4: note: Revealed type is "str"',
        "program.py:5: error: Incompatible types in assignment "
        '(expression has type "str | None", variable has type "int")  [assignment]',
    ]


def test_the_version_is_that_of_the_project() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == project()["version"]
    assert " AND ".join(cited["license"]) == project()["license"]


def test_a_copy_that_is_not_installed_does_not_pretend_to_know_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    spec = importlib.util.spec_from_file_location("copied", ROOT / "search" / "__init__.py")
    copied = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(importlib.metadata, "version", none)
    monkeypatch.setattr(copied, "__package__", "search")
    spec.loader.exec_module(copied)
    assert copied.__version__ == "0+unknown"


def test_searching_alone_brings_no_page_no_workbooks_no_pdf_no_metrics_and_no_database() -> None:
    extras = project()["optional-dependencies"]
    names = {extra: {re.split(r"[\[<>=; ]", line)[0] for line in lines} for extra, lines in extras.items()}
    core = {re.split(r"[\[<>=; ]", line)[0] for line in project()["dependencies"]}
    assert names["page"] == {"streamlit", "altair"}
    assert names["xlsx"] == {"openpyxl"}
    assert names["pdf"] == {"fpdf2", "font-source-sans-pro", "pymupdf-fonts", "uharfbuzz", "emoji"}
    assert names["docx"] == {"python-docx"}
    assert names["metrics"] == {"prometheus-client"}
    assert names["postgres"] == {"psycopg", "pgvector"}
    assert [extra for extra, packages in names.items() if packages & core] == []
    assert extras["dev"][0] == "passerelle[page,xlsx,pdf,docx,postgres,metrics,train]"


def test_what_runs_before_a_commit_is_what_make_check_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe
    commands = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe[1].splitlines()]
    [local] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [hook["entry"] for hook in local["hooks"]] == commands


def test_the_licence_names_the_libraries_under_lgpl() -> None:
    lesser = (ROOT / "LICENSE").read_text(encoding="utf-8").partition("GNU Lesser General Public License")[2]
    assert [name for name in ("fpdf2", "psycopg", "psycopg-binary", "psycopg-pool") if name not in lesser] == []
