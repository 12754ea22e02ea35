"""Time a process from its start to the first answer, beside one that only imports sentence-transformers and loads.

Each is a new Python process, run in turn; the first of each is not counted.

Example:
    python -m scripts.bench.start --times 7
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

import search
from search.encoding.encoder import SHIPPED_MODEL

from .measuring import make_parser

BARE = """
from sentence_transformers import SentenceTransformer
SentenceTransformer({model!r}, device="cpu")
"""
OURS = """
import search
from search.encoding.encoder import SHIPPED_MODEL
search.load().search("Nous cherchons un lieu avec la commune")
"""


def seconds(code: str) -> float:
    """Run code in a process of its own."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)  # noqa: S603
    return time.perf_counter() - start


def main() -> int:
    """Print both, side by side."""
    parser = make_parser(__doc__)
    parser.add_argument("--times", type=int, default=7, help="how often each is run (default: %(default)s)")
    times = parser.parse_args().times
    search.load()  # the index is there, and its files have been read once
    codes = {"bare": BARE.format(model=str(SHIPPED_MODEL)), "ours": OURS}
    spent: dict[str, list[float]] = {name: [] for name in codes}
    for number in range(times + 1):
        for name, code in codes.items():
            one = seconds(code)
            if number:
                spent[name].append(one)
    bare, ours = (statistics.median(some) for some in spent.values())
    print(f"sentence-transformers imported and the model loaded: {bare:.2f} s; Passerelle, first answer: {ours:.2f} s")
    print(f"{ours / bare:.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
