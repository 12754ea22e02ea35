"""What a release says and holds: its version, its lists, its pinned versions, the links of its site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.docs_site import with_site_links
from scripts.list_release import amiss, missing

ROOT = Path(__file__).resolve().parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[str]]:
    """Return name to versions of a file of pinned versions."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", read(name), re.MULTILINE):
        found.setdefault(re.sub(r"[-_.]+", "-", package).lower(), set()).add(version)
    return found


def test_the_version_has_its_heading_its_container_and_no_other_place_with_an_older_one() -> None:
    tomllib = pytest.importorskip("tomllib", reason="comes with Python 3.11")
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", read("CHANGELOG.md"), re.MULTILINE)
    assert f"]=={version}" in read("deploy/Containerfile")


def test_what_is_locked_is_what_was_tested_and_every_file_has_a_hash() -> None:
    locked, tested = pins("requirements-locked.txt"), pins("constraints.txt")
    assert "torch" not in locked  # which build of it a machine needs is for its owner to say
    assert {"langdetect", "font-source-sans-pro", "streamlit", "prometheus-client"} <= set(locked)
    assert {name: tested[name] for name in tested if name in locked and not tested[name] <= locked[name]} == {}
    blocks = re.split(r"\n(?=[a-z0-9])", read("requirements-locked.txt"))
    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_a_release_that_lacks_a_module_or_holds_what_people_left_is_told() -> None:
    files = {"search/api.py", "page/app.py", "corpus/vocabulary.yaml", "docs/usage.md", ".ci/run"}
    wheel = {"search/api.py", "search/corpus/vocabulary.yaml"}
    assert missing(wheel, files, wheel=True) == ["search/page/app.py"]
    assert missing(wheel, files, wheel=False) == ["corpus/vocabulary.yaml", "docs/usage.md", "page/app.py"]
    assert amiss({"search/api.py", ".unmet.jsonl", "a/b.key", "search/__pycache__/api.pyc"}) == [
        ".unmet.jsonl",
        "a/b.key",
        "search/__pycache__/api.pyc",
    ]


@pytest.mark.parametrize(
    ("page", "written", "on_the_site"),
    [
        ("index.md", "[use](docs/usage.md#extras)", "[use](usage.md#extras)"),
        ("index.md", "![a](docs/images/a.png)", "![a](images/a.png)"),
        ("index.md", "[code](search/api.py)", "code (`search/api.py`)"),
        (
            "index.md",
            "[far](https://example.org/a.md) [here](#start)",
            "[far](https://example.org/a.md) [here](#start)",
        ),
        ("decisions/0001-encoder.md", "[card](../../search/model/README.md)", "[card](../model.md)"),
        ("architecture.md", "[words](../CONTRIBUTING.md#glossary)", "[words](contributing.md#glossary)"),
        ("usage.md", "[deploy](deploy.md)", "[deploy](deploy.md)"),
    ],
)
def test_links_lead_to_pages_of_the_site_and_files_are_named(page: str, written: str, on_the_site: str) -> None:
    assert with_site_links(written, page) == on_the_site


def test_nothing_in_the_unit_or_the_proxy_is_open_to_all() -> None:
    unit, proxy = read("deploy/passerelle.service"), read("deploy/nginx.conf")
    assert {"DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "UMask=0077"} <= set(unit.splitlines())
    assert "Environment=PASSERELLE_METRICS=127.0.0.1:9464" in unit
    # systemd: a value with a space needs its quotes around the whole assignment
    assert [line for line in unit.splitlines() if line.startswith("Environment=") and '="' in line[12:]] == []
    assert "$request_uri" not in proxy.partition("log_format")[2].partition(";")[0]
    sent = set(re.findall(r"add_header ([A-Za-z-]+) ", proxy))
    assert sent == {
        "Content-Security-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "X-Frame-Options",
    }
