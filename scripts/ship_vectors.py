"""Make the vectors and weights that come with the library those of its texts as they are: ``make vectors``.

Only what is missing is encoded; what no text has any more is taken out. To be run after entries, training queries,
judged queries or the encoder change, and its files committed.

Example:
    python scripts/ship_vectors.py
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from search.building.command import progress_bar
from search.building.shipping import ship
from search.encoding.shipped_vectors import SHIPPED_VECTORS


def main() -> int:
    """Write the files, and say what changed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--output", type=Path, default=SHIPPED_VECTORS.parent, help="folder (default: %(default)s)")
    folder = parser.parse_args().output
    with progress_bar() as progress:
        made = ship(folder, progress=progress)
    print(
        f"{folder}: {made.texts} texts, {made.encoded} encoded, {made.stale} taken out, "
        f"training queries {'learned from again' if made.learned else 'as they were'}, {made.size / 1e6:.1f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
