"""Tell what the library covers and where it is thin, as a page of Markdown.

Example:
    python scripts/report_coverage.py --output docs/coverage.md
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import search
from search.curation.coverage import report


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--corpus", type=Path, default=search.default_corpus(), help="corpus folder (default: the shipped one)"
    )
    parser.add_argument("--output", type=Path, help="file to write (default: print the page)")
    return parser.parse_args()


def main() -> int:
    """Print or write the page; exit code 0, or 2 when the corpus cannot be read or the page not written."""
    options = arguments()
    try:
        page = report(search.read_library(options.corpus))
        if options.output:
            options.output.write_text(page, encoding="utf-8")
    except search.CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print(options.output or page, end="\n" if options.output else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
