"""Write the library as JSONL, CSV and a data card, for anyone to use.

Example:
    python scripts/export_corpus.py --output build/export
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import search
from search.library.export import export_library


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--corpus", type=Path, default=search.default_corpus(), help="corpus folder (default: the shipped one)"
    )
    parser.add_argument("--output", type=Path, required=True, help="folder to write to; made when it is not there")
    return parser.parse_args()


def main() -> int:
    """Write, and print the files; exit code 0, or 2 when the corpus cannot be read or a file not written."""
    options = arguments()
    try:
        files = export_library(search.read_library(options.corpus), options.output)
    except search.CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    for file in files:
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
