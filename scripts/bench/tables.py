"""Ten tables as people have them: what has to be done before each reads as meant and builds, and when it answers.

Each is written to a temporary folder and built there into an index of its own; no file is written by hand. In the page
a table is given and built; a round is what a person has to do between the two: correct a drop-down list, or leave out
the rows that cannot be read. On the command line, two commands are a dry run, which writes the column map it
understood, and the build; one is the build alone. Read right is the share of the texts that were written which an entry
has under their title, as the first reading proposes. The time is that of reading, building and the first answer, the
encoder loaded.

Example:
    python -m scripts.bench.tables
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from search.building.builder import build
from search.encoding.encoder import Encoder, SentenceEncoder
from search.entries import Entry
from search.index.reading import load_index
from search.library.tables.column_choices import written_map
from search.library.tables.paths import column_map_path
from search.library.tables.reading import preview_table
from search.retrieval.searcher import Searcher

from .made_tables import TEN, MadeTable
from .measuring import make_parser


@dataclass(frozen=True)
class Outcome:
    """What became of one table.

    Attributes:
        rounds: Things to do between giving it and building it; None when it takes a file written by hand.
        commands: Commands that build it; 0 when none does.
        done: What had to be done, or what is in the way.
        right: Share of the texts that read as they were written, in all languages of an entry.
        seconds: Until the first answer.
        answered: Whether that was the right one.
    """

    rounds: int | None
    commands: int
    done: str
    right: float
    seconds: float = 0.0
    answered: bool = False


def tried(table: MadeTable, folder: Path, encoder: Encoder | None) -> Outcome:
    """Write a table, bring it to an index, ask it; with no encoder, only read it."""
    file = folder / table.name
    table.write(file)
    start = time.perf_counter()
    preview = preview_table(file)
    right, alone = share_right(preview.entries, table), preview_table(file, suggestions=False)
    if not preview.can_be_built(skip_bad_rows=True):
        return Outcome(None, 0, "; ".join(str(problem) for problem in preview.problems[:3]), right)
    done = ["correct the columns"] * (right < 1) + ["leave out rows"] * (not preview.can_be_built(skip_bad_rows=False))
    same = alone.can_be_built(skip_bad_rows=False) and alone.entries == preview.entries
    column_map = written_map(preview, "en", skip_bad_rows=bool(preview.bad_rows))
    column_map_path(file).write_text(column_map, encoding="utf-8")
    answered = encoder is not None and answers(file, folder / "index", table, encoder)
    return Outcome(len(done), 1 if same else 2, "; ".join(done), right, time.perf_counter() - start, answered)


def share_right(entries: tuple[Entry, ...], table: MadeTable) -> float:
    """Return which share of the texts that were written are an entry's, under their title."""
    read = {
        str(texts.get("title")): " ".join(str(text) for name, text in texts.items() if name != "title")
        for entry in entries
        for texts in entry.texts.values()
        if len(entry.languages) == table.languages
    }
    return sum(text in read.get(title, "") for title, text in table.texts.items()) / len(table.texts)


def answers(file: Path, index: Path, table: MadeTable, encoder: Encoder) -> bool:
    """Build, ask, and say whether the right entry comes first."""
    build(file, index, encoder=encoder)
    query, title = table.query
    hits = Searcher(load_index(index, encoder), encoder).search(query, abstain=False, k=1).hits
    return bool(hits) and any(hits[0].entry.title(language).startswith(title) for language in ("fr", "en"))


def line(table: MadeTable, outcome: Outcome, *, asked: bool) -> str:
    """Write the line of one table."""
    rounds = "by hand" if outcome.rounds is None else str(outcome.rounds)
    told = ("yes" if outcome.answered else "no", f"{outcome.seconds / 60:.2f}") if asked else ("", "")
    count = len(table.texts) // table.languages
    parts = (table.shape, str(count), rounds, outcome.done, str(outcome.commands), f"{outcome.right:.2f}", *told)
    return f"| {' | '.join(parts)} |"


def main() -> int:
    """Print a line for each table."""
    parser = make_parser(__doc__)
    parser.add_argument("--read-only", action="store_true", help="build nothing: only rounds and what is read right")
    encoder = None if parser.parse_args().read_only else SentenceEncoder()
    print("| table | entries | rounds | to do | commands | read right | right answer first | minutes |")
    print("|---|---|---|---|---|---|---|---|")
    outcomes = []
    for make in TEN:
        table = make()
        with tempfile.TemporaryDirectory() as folder:
            outcomes.append(tried(table, Path(folder), encoder))
        print(line(table, outcomes[-1], asked=encoder is not None), flush=True)
    first = sum(outcome.rounds == 0 for outcome in outcomes)
    by_hand = sum(outcome.rounds is None for outcome in outcomes)
    print(f"\n{first} of {len(outcomes)} build at the first try; {by_hand} need a file written by hand.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
