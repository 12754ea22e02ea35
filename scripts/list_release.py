"""List what the wheel and the source distribution of a folder hold, by top folder, and say what is missing or amiss.

Example:
    python -m scripts.list_release dist
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

KEPT_OUT = re.compile(r"(^|/)(\.(git|index|venv|tables|unmet|feedback|env)|__pycache__)|\.(pyc|sqlite|key|pem)$")
"""What no release holds: caches, indexes, secrets, and what people left."""

IN_WHEEL = {"search/": "search/", "page/": "search/page/", "corpus/": "search/corpus/"}
"""Folders of the repository, and where the wheel has them."""


def names_of(release: Path) -> set[str]:
    """Return the files of a wheel or of a source distribution, without the folder it puts all in."""
    if release.suffix == ".whl":
        with zipfile.ZipFile(release) as parts:
            return {name for name in parts.namelist() if not name.endswith("/")}
    with tarfile.open(release) as parts:
        return {member.name.partition("/")[2] for member in parts if member.isfile()}


def tracked() -> set[str]:
    """Return the files of the repository."""
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return set(listed.stdout.split("\0")) - {""}


def missing(names: Iterable[str], files: Iterable[str], *, wheel: bool) -> list[str]:
    """Return what a release should hold and does not: of a wheel code and content, of a source distribution all."""
    wanted = set(files)
    if wheel:
        code = (".py", ".js", ".yaml", ".jsonl", ".typed", ".safetensors")
        wanted = {
            there + name.removeprefix(here)
            for name in wanted
            for here, there in IN_WHEEL.items()
            if name.startswith(here) and name.endswith(code)
        }
    else:
        wanted = {name for name in wanted if not name.startswith((".ci/", ".gitignore"))}
    return sorted(wanted - set(names))


def amiss(names: Iterable[str]) -> list[str]:
    """Return what no release should hold."""
    return sorted(name for name in names if KEPT_OUT.search(name))


def main() -> int:
    """Print the lists; 1 when a release lacks or holds what it should not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="holds the releases")
    wrong = 0
    for release in sorted(parser.parse_args().folder.glob("passerelle-*")):
        names = names_of(release)
        parts = Counter("/".join(name.split("/")[:-1][:2]) or "." for name in names)
        print(f"{release.name}: {len(names)} files, {release.stat().st_size / 1e6:.1f} MB")
        print("\n".join(f"  {count:5} {part}" for part, count in sorted(parts.items())))
        lacks, has = missing(names, tracked(), wheel=release.suffix == ".whl"), amiss(names)
        print("\n".join([f"  lacks {name}" for name in lacks] + [f"  must not hold {name}" for name in has]))
        wrong += len(lacks) + len(has)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
