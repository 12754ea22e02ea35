"""One build in a thread of its own, that goes on when whoever began it looks elsewhere."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..encoding.encoder import Encoder
from ..errors import PasserelleError, Problem
from ..index.reading import read_manifest
from ..library.reader import Library
from ..library.uploads import accepted
from .builder import build

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BuildState:
    """How far a build is.

    Attributes:
        name: Of the table.
        done, total: Texts that are encoded, and how many there are; 0 of 0 before that is known.
        running: It is not over.
        entries: How many the index holds, once it is made.
        table: Where the table lies, once the index is made.
        skipped: Problems of the rows that were left out.
        error: Why there is no index, when there is none; what is none of `PasserelleError` is in the log too.
    """

    name: str = ""
    done: int = 0
    total: int = 0
    running: bool = False
    entries: int = 0
    table: Path | None = None
    skipped: Sequence[Problem] = ()
    error: Exception | None = None

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1; what is encoded already is not counted one by one."""
        if self.table:
            return 1.0
        return min(self.done / self.total, 1.0) if self.total else 0.0


class BackgroundBuild:
    """Builds the tables that editors give to the page, one at a time. Safe to share between threads."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._lock = threading.Lock()
        self._state = BuildState()

    @property
    def state(self) -> BuildState:
        """How far the build is that was begun last."""
        return self._state

    def start(self, draft: Path, tables: Path, column_map: str, output: Path, encoder: Encoder) -> bool:
        """Begin to build a table, unless a build is under way.

        Args:
            draft: The table (`search.library.uploads.keep_draft`).
            tables: Folder of all tables.
            column_map: How its columns are read, as YAML.
            output: Index folder.
            encoder: For its texts.

        Returns:
            Whether it was begun.
        """
        with self._lock:
            if self._state.running:
                return False
            self._state = BuildState(draft.name, running=True)
        work = (draft, tables, column_map, output, encoder)
        threading.Thread(target=self._run, args=work, name="build", daemon=True).start()
        return True

    def forget(self) -> None:
        """Say nothing more of a build that is over."""
        with self._lock:
            if not self._state.running:
                self._state = BuildState()

    def _run(self, draft: Path, tables: Path, column_map: str, output: Path, encoder: Encoder) -> None:
        try:
            with accepted(draft, tables, column_map) as table:
                build(table, output, encoder=encoder, progress=self._progress, on_read=self._read)
            self._change(running=False, table=table, entries=read_manifest(output).entries)
        except Exception as error:  # whatever it is, whoever waits is told that it is over
            if not isinstance(error, PasserelleError):
                _log.exception("the build of a table ended")
            self._change(running=False, error=error)

    def _progress(self, done: int, total: int) -> None:
        self._change(done=done, total=total)

    def _read(self, library: Library) -> None:
        self._change(skipped=library.skipped)

    def _change(self, **parts: object) -> None:
        with self._lock:
            self._state = replace(self._state, **parts)  # type: ignore[arg-type]
