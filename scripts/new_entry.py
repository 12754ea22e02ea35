"""Write the file of a new entry, to be filled in: every key in place, comments that say what goes where.

Example:
    python scripts/new_entry.py case neighbours-run-the-pool
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import search
from search.curation.templates import write_template


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", help="practice, condition, case, resource, insight or phase")
    parser.add_argument("id", help="lower-case English words joined by hyphens; becomes the file's name")
    parser.add_argument(
        "--corpus", type=Path, default=search.default_corpus(), help="corpus folder (default: the shipped one)"
    )
    return parser.parse_args()


def main() -> int:
    """Write the file and print where; exit code 0, or 2 when it cannot be made."""
    options = arguments()
    try:
        path = write_template(options.corpus, options.kind, options.id)
    except search.CorpusError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
