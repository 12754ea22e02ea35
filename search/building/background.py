"""One build in a thread of its own, that goes on when whoever began it looks elsewhere."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..encoding.encoder import Encoder
from ..errors import PasserelleError, Problem
from ..index.reading import read_manifest
from ..library.reader import Library
from ..library.tables.uploads import accepted
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
        table: Where the table, or the folder, lies, once the index is made.
        corpora: What the index is made from, as it calls them, once it is made.
        skipped: Problems of the rows that were left out.
        error: Why there is no index, when there is none; what is none of `PasserelleError` is in the log too.
    """

    name: str = ""
    done: int = 0
    total: int = 0
    running: bool = False
    entries: int = 0
    table: Path | None = None
    corpora: tuple[str, ...] = ()
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

    def start(
        self,
        draft: Path,
        tables: Path,
        column_map: str,
        output: Path,
        encoder: Encoder,
        *,
        beside: Sequence[Path] = (),
    ) -> bool:
        """Begin to build a table, unless a build is under way.

        Args:
            draft: The table (`search.library.tables.uploads.keep_draft`).
            tables: Folder of all tables.
            column_map: How its columns are read, as YAML.
            output: Index folder.
            encoder: For its texts.
            beside: Libraries it is to stand beside, in one index.

        Returns:
            Whether it was begun.
        """

        def work() -> Path:
            with accepted(draft, tables, column_map) as table:
                self._build((*beside, table), output, encoder)
            return table

        return self._begin(draft.name, output, work)

    def start_where_it_is(self, corpus: Path, output: Path, encoder: Encoder, *, beside: Sequence[Path] = ()) -> bool:
        """Begin to build a corpus folder or a table that stays where it is, unless a build is under way.

        Args:
            corpus: The folder or the table, with its column map beside it if it needs one.
            output: Index folder.
            encoder: For its texts.
            beside: As for `start`.

        Returns:
            Whether it was begun.
        """

        def work() -> Path:
            self._build((*beside, corpus), output, encoder)
            return corpus

        return self._begin(corpus.name, output, work)

    def forget(self) -> None:
        """Say nothing more of a build that is over."""
        with self._lock:
            if not self._state.running:
                self._state = BuildState()

    def _begin(self, name: str, output: Path, work: Callable[[], Path]) -> bool:
        with self._lock:
            if self._state.running:
                return False
            self._state = BuildState(name, running=True)
        threading.Thread(target=self._run, args=(output, work), name="build", daemon=True).start()
        return True

    def _build(self, corpora: Sequence[Path], output: Path, encoder: Encoder) -> None:
        build(corpora, output, encoder=encoder, progress=self._progress, on_read=self._read)

    def _run(self, output: Path, work: Callable[[], Path]) -> None:
        try:
            table, made = work(), read_manifest(output)
            self._change(running=False, table=table, entries=made.entries, corpora=made.corpora)
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
