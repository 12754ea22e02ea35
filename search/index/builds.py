"""The builds an index folder keeps: the newest of each library, to go back to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import SearchIndexError
from ..locations import SHIPPED
from .index import Manifest
from .reading import manifest_of, whole_builds

MOST_KEPT = 4
"""Libraries whose newest build is kept beside the shipped one; of those used less lately the table is there still."""


@dataclass(frozen=True)
class KeptBuild:
    """A build that can be switched to.

    Attributes:
        name: Of its folder.
        corpora: What it was made from.
        entries: How many it holds.
    """

    name: str
    corpora: tuple[str, ...]
    entries: int

    @property
    def is_shipped(self) -> bool:
        """Whether it is of the shipped library and of nothing else."""
        return self.corpora == (SHIPPED,)


def kept_builds(folder: Path) -> tuple[KeptBuild, ...]:
    """Return the newest build of each library in an index folder, the newest first.

    Args:
        folder: Of the index.

    Returns:
        That of the shipped library, and MOST_KEPT others; those whose manifest cannot be read are none.
    """
    found: dict[tuple[str, ...], KeptBuild] = {}
    for path in sorted(whole_builds(folder), key=lambda path: path.stat().st_mtime, reverse=True):
        with suppress(SearchIndexError):
            manifest = manifest_of(folder, path.name)
            found.setdefault(manifest.corpora, _kept(path, manifest))
    others = [build for build in found.values() if not build.is_shipped][:MOST_KEPT]
    return tuple(build for build in found.values() if build.is_shipped or build in others)


def _kept(path: Path, manifest: Manifest) -> KeptBuild:
    return KeptBuild(path.name, manifest.corpora, manifest.entries)
