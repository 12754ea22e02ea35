"""Read the bilingual training files and decide how much of each is used."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_CHARACTERS = 240
"""A pair with a longer side is left out of the distillation: long texts cost most and come later, as paragraphs."""


@dataclass(frozen=True)
class Mix:
    """How one file of the training data is used.

    Attributes:
        pattern: Glob below the data folder.
        rows: At most this many rows (drawn with the run's seed); None means all.
        repeat: How often the rows come back, in another order.
        stage: 0 for general text, 1 for civic and public-service text, which is learned last.
    """

    pattern: str
    rows: int | None
    repeat: int
    stage: int


MIX = (
    Mix("parallel/tatoeba_anki.tsv.gz", 130_000, 1, 0),
    Mix("parallel/justice_acts.tsv.gz", 8_000, 1, 0),
    Mix("parallel/justice_regulations.tsv.gz", 4_000, 1, 0),
    Mix("parallel/justice_annual_statutes.tsv.gz", 3_000, 1, 0),
    Mix("parallel/php_docs.tsv.gz", 3_000, 1, 0),
    Mix("parallel/python_docs.tsv.gz", 8_000, 1, 0),
    Mix("parallel/tldr_pages.tsv.gz", None, 1, 0),
    Mix("parallel/udhr.tsv.gz", None, 1, 0),
    Mix("parallel/tico19_rest.tsv.gz", None, 1, 0),
    Mix("parallel/civic_gc_infobase_programs.tsv.gz", 5_000, 1, 0),
    Mix("parallel/civic_gc_infobase_finance_notes.tsv.gz", 500, 1, 0),
    Mix("parallel/civic_[!g]*.tsv.gz", None, 2, 1),
    Mix("parallel/civic_gc_[!i]*.tsv.gz", None, 2, 1),
    Mix("parallel/civic_gc_infobase_text.tsv.gz", None, 2, 1),
    Mix("parallel/civic_gcds_docs.tsv.gz", None, 2, 1),
    Mix("parallel/participedia_locales.tsv.gz", None, 3, 1),
    Mix("parallel/open_contracting_standard.tsv.gz", None, 2, 1),
    Mix("parallel/open_sdg_translations.tsv.gz", None, 2, 1),
    Mix("parallel/eea_cca_ui.tsv.gz", None, 2, 1),
    Mix("parallel/mon_entreprise_locales.tsv.gz", None, 2, 1),
    Mix("parallel/gc_a11y_pages.tsv.gz", None, 2, 1),
    Mix("parallel/cds_forms.tsv.gz", None, 2, 1),
)


def read_rows(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the columns of each line of a gzipped, tab separated file, empty columns excluded."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = tuple(column.strip() for column in line.rstrip("\n").split("\t"))
            if all(columns):
                yield columns


def mixed_pairs(data: Path, seed: int) -> dict[int, list[tuple[str, str]]]:
    """Draw the (English, French) pairs of each stage as MIX says.

    Args:
        data: The folder that holds ``parallel/``.
        seed: Fixes which rows are drawn.

    Returns:
        Stage number to its pairs, repeats included, not shuffled.

    Raises:
        FileNotFoundError: If a pattern of MIX matches no file.
    """
    chance = random.Random(seed)
    stages: dict[int, list[tuple[str, str]]] = {}
    for mix in MIX:
        paths = sorted(data.glob(mix.pattern))
        if not paths:
            raise FileNotFoundError(f"No file matches {mix.pattern} below {data}.")
        for path in paths:
            rows = [
                (row[0], row[1]) for row in read_rows(path) if len(row) == 2 and max(map(len, row)) <= MAX_CHARACTERS
            ]
            if mix.rows is not None and len(rows) > mix.rows:
                rows = chance.sample(rows, mix.rows)
            stages.setdefault(mix.stage, []).extend(rows * mix.repeat)
    return stages
