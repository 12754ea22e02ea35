"""Draw what scripts/bench/speed.py measured: how times and memory grow with the library.

Example:
    python -m scripts.bench.speed --sizes 10000 100000 --json small.json
    python -m scripts.bench.speed --sizes 1000000 --json large.json
    python -m scripts.bench.draw small.json large.json --output docs
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "passerelle"  # the same figures give the same file
mpl.rcParams["svg.fonttype"] = "none"  # words stay words
mpl.rcParams["font.size"] = 11

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from .measuring import make_parser

Figures = Mapping[int, Mapping[str, Mapping[str, float]]]
"""Passages to engine to figure to value."""

QUERY = {"Passerelle": "-o", "FAISS flat": "--s", "bm25s": "--^", "txtai hybrid": "-D", "Chroma": "-v"}
OURS = {"build": "build, s", "load": "load, s", "memory": "memory to answer, MB"}


def read(files: list[Path]) -> Figures:
    """Put the figures of several files together, by size."""
    found: dict[int, Mapping[str, Mapping[str, float]]] = {}
    for file in files:
        found |= {int(size): engines for size, engines in json.loads(file.read_text(encoding="utf-8")).items()}
    return dict(sorted(found.items()))


def line(axes: Axes, figures: Figures, engine: str, name: str, *, style: str, label: str) -> None:
    """Draw one figure of one engine over the sizes it was measured at."""
    points = [(size, engines[engine][name]) for size, engines in figures.items() if name in engines.get(engine, {})]
    if points:
        axes.plot(*zip(*points, strict=True), style, label=label)


def finish(axes: Axes, title: str, path: Path) -> None:
    """Give the axes their scales and words, and write the picture."""
    axes.set(xscale="log", yscale="log", xlabel="passages", title=title)
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    plt.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close()


def main() -> int:
    """Draw the two pictures."""
    parser = make_parser(__doc__)
    parser.add_argument("figures", type=Path, nargs="+", help="JSON files that scripts/bench/speed.py wrote")
    parser.add_argument("--output", type=Path, default=Path("docs"), help="folder (default: %(default)s)")
    options = parser.parse_args()
    figures = read(options.figures)
    _, axes = plt.subplots(figsize=(7, 4.2))
    for engine, style in QUERY.items():
        line(axes, figures, engine, "p50", style=style, label=engine)
    finish(axes, "One query after encoding, p50 in milliseconds", options.output / "performance-query.svg")
    _, axes = plt.subplots(figsize=(7, 4.2))
    for name, label in OURS.items():
        line(axes, figures, "Passerelle", name, style="-o", label=label)
    finish(axes, "Passerelle: building, loading, memory", options.output / "performance-growth.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
