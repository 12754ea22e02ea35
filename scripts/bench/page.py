"""Measure how long the page takes to draw itself again after the first answer, without a browser.

Example:
    python -m scripts.bench.page --times 20

Each line is one thing a person does; its times are those of the whole script of the page, search and encoder included.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from page.messages import MESSAGES
from search.locations import page_script

from .measuring import make_parser

SITUATIONS = ("citizen_1", "citizen_2", "citizen_3", "officer_1", "officer_2", "elected_1")

LETTER = 4
"""Situations that are put together to a letter."""


def main() -> int:
    """Print a table of times."""
    parser = make_parser(__doc__)
    parser.add_argument("--times", type=int, default=20, help="how often each is done (default: %(default)s)")
    times = parser.parse_args().times
    page = AppTest.from_file(str(page_script()), default_timeout=600)
    page.query_params["lang"] = "en"
    page.run()

    def situation(number: int) -> None:
        language = "fr" if number % 2 else "en"
        page.text_area(key="q").set_value(MESSAGES[language][SITUATIONS[number % len(SITUATIONS)]])
        page.button(key="ask_button").click()

    def letter(number: int) -> None:
        language = "fr" if number % 2 else "en"
        turned = [SITUATIONS[(number + place) % len(SITUATIONS)] for place in range(LETTER)]
        page.text_area(key="q").set_value("\n\n".join(MESSAGES[language][key] for key in turned))
        page.button(key="ask_button").click()

    def one_filter(number: int) -> None:
        page.pills(key="kinds").set_value(["case"] if number % 2 else [])

    def on_the_sheet(_: int) -> None:
        next(one for one in page.button if str(one.key).startswith("keep ")).click()

    situation(0)
    page.run()  # the first answer
    print("| what a person does | p50 | p95 |\n|---|---|---|")
    for label, act in (
        ("ask another situation", situation),
        ("ask a letter", letter),
        ("tick a filter", one_filter),
        ("put an answer on the sheet", on_the_sheet),
    ):
        print(row(label, [timed(page, act, number) for number in range(times)]))
    return 0


def timed(page: AppTest, act: Callable[[int], None], number: int) -> float:
    """Do something and draw the page; return the milliseconds it took."""
    act(number)
    start = time.perf_counter()
    page.run()
    if page.exception:
        raise RuntimeError(page.exception[0].message)
    return (time.perf_counter() - start) * 1000


def row(label: str, times: list[float]) -> str:
    """Write the median and the 95th percentile."""
    ordered = sorted(times)
    return f"| {label} | {statistics.median(ordered):.0f} ms | {ordered[int(0.95 * (len(ordered) - 1))]:.0f} ms |"


if __name__ == "__main__":
    sys.exit(main())
