"""Time what a newcomer waits for: the first index, the first answer, the page; from nothing, and with an index there.

Seconds on the clock, and of the processors, which say more where others use the machine too. Each step is a new process
(the page: `passerelle serve`), with an index folder of its own. With ``--beside`` another checkout, of the version
before for instance, does each step in turn. ``--part`` does some of it: where a version encodes the library, minutes go
by for each of the four.

Example:
    python -m scripts.bench.first_run --times 3
    python -m scripts.bench.first_run --beside ../before --part index --times 1
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from .load import Visitor, questions, wait_for
from .measuring import free_port, make_parser

HERE = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 1200.0
"""Seconds a first start may take until its page listens."""

STEPS = {
    "Python alone": "pass",
    "search imported": "import search",
    "index opened": "import search; search.load()",
    "encoder loaded": "import search; search.SentenceEncoder().encode_query(['un lieu'])",
    "first answer": "import search; search.load().search('Nous cherchons un lieu avec la commune')",
}
"""What a new process does where the index is there; what one step adds to another is what it costs."""

Spent = tuple[float, float]
"""Seconds on the clock, and of the processors."""


@dataclass(frozen=True)
class Checkout:
    """A version of the project.

    Attributes:
        path: Where it is.
        index: Folder its index goes to.
    """

    path: Path
    index: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """Environment of its processes."""
        own = {"PYTHONPATH": str(self.path), "PASSERELLE_INDEX": str(self.index), "STREAMLIT_SERVER_HEADLESS": "true"}
        return {**os.environ, **own}

    def run(self, *arguments: str) -> Spent:
        """Run Python with some arguments."""
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, *arguments]
        subprocess.run(command, cwd=self.path, env=self.environment, check=True, capture_output=True)  # noqa: S603
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processors = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        return time.perf_counter() - start, processors

    def serve(self) -> dict[str, Spent]:
        """Start the page, see its box and ask: from the start to each, then from the question to the answer."""
        port, start = free_port(), time.perf_counter()
        with self._server(port) as server:

            def spent() -> Spent:
                used = server.cpu_times()
                return time.perf_counter() - start, used.user + used.system

            wait_for(port, SECONDS_TO_START)
            found = {"page: it listens": spent()}
            Visitor(port, ()).see_box()
            found["page: box drawn"] = spent()
            visitor = Visitor(port, questions())
            visitor.ask(0)
            found["page: first answer"] = spent()
            visitor.ask(1)
            found["page: second answer"] = spent()
        return found

    @contextmanager
    def _server(self, port: int) -> Iterator[psutil.Process]:
        command = [sys.executable, "-m", "search", "serve", "--port", str(port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        where = {"cwd": self.path, "env": self.environment}
        server = subprocess.Popen(command, **where, **quiet)  # type: ignore[call-overload]  # noqa: S603
        try:
            yield psutil.Process(server.pid)
        finally:
            server.terminate()
            server.wait(30)


def index_from_nothing(folder: Path, path: Path) -> dict[str, Spent]:
    """Build where there is no index yet."""
    return {"nothing there: index built": Checkout(path, folder).run("-m", "search", "build")}


def answer_from_nothing(folder: Path, path: Path) -> dict[str, Spent]:
    """Answer where there is no index yet."""
    return {"nothing there: first answer": Checkout(path, folder).run("-c", STEPS["first answer"])}


def page_from_nothing(folder: Path, path: Path) -> dict[str, Spent]:
    """Serve where there is no index yet."""
    return {f"nothing there, {name}": spent for name, spent in Checkout(path, folder).serve().items()}


def with_index(folder: Path, path: Path) -> dict[str, Spent]:
    """Do each step, and serve, where the index is there."""
    checkout = Checkout(path, folder)
    checkout.run("-m", "search", "build")
    found = {name: checkout.run("-c", code) for name, code in STEPS.items()}
    return found | checkout.serve()


PARTS = {"index": index_from_nothing, "answer": answer_from_nothing, "page": page_from_nothing, "there": with_index}
"""What is measured, each with an index folder of its own."""


def measured(path: Path, parts: Iterable[str]) -> dict[str, Spent]:
    """Measure some parts of a checkout, once."""
    found: dict[str, Spent] = {}
    for part in parts:
        with tempfile.TemporaryDirectory() as folder:
            spent = PARTS[part](Path(folder), path)
        print(f"{path.name}: {spent}", file=sys.stderr)  # a run of minutes that is cut short has said something
        found |= spent
    return found


def main() -> int:
    """Print a table: each step, each checkout, the median of the times."""
    parser = make_parser(__doc__)
    parser.add_argument("--times", type=int, default=3, help="how often each is run (default: %(default)s)")
    parser.add_argument("--beside", type=Path, action="append", default=[], help="another checkout; may be repeated")
    parser.add_argument("--part", choices=PARTS, action="append", help="some of it; may be repeated (default: all)")
    options = parser.parse_args()
    paths = [HERE, *(path.resolve() for path in options.beside)]
    runs: dict[Path, list[dict[str, Spent]]] = {path: [] for path in paths}
    for _ in range(options.times):
        for path in paths:
            runs[path].append(measured(path, options.part or PARTS))
    print("| seconds, of them of the processors |" + "".join(f" {path.name} |" for path in paths))
    print("|---|" + "---|" * len(paths))
    for name in runs[HERE][0]:
        print(f"| {name} |" + "".join(f" {_median(runs[path], name)} |" for path in paths))
    return 0


def _median(runs: list[dict[str, Spent]], name: str) -> str:
    clock, processors = (statistics.median(run[name][part] for run in runs) for part in (0, 1))
    return f"{clock:.1f}, {processors:.1f}"


if __name__ == "__main__":
    sys.exit(main())
