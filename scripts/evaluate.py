"""Measure the search on the judged queries of the corpus.

Example:
    python scripts/evaluate.py --half report --json report.json
    python scripts/evaluate.py --half report --beside PATH_OR_NAME
    python scripts/evaluate.py --half report --model PATH_OR_NAME

Another model gets an index of its own beside the usual one, made when missing.
"""

from __future__ import annotations

import argparse
import sys

import search
from search.evaluation.command import add_arguments, run


def main() -> int:
    """Print the tables; exit code 2 when something cannot be read or measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    return run(parser.parse_args(), search.load)


if __name__ == "__main__":
    sys.exit(main())
