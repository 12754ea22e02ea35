"""The command ``passerelle evaluate``: its options and what it prints."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser; it has none yet."""


def run(options: argparse.Namespace) -> int:
    """Say where the measuring is; exit code 2."""
    print("Measure with: python scripts/evaluate.py", file=sys.stderr)
    return 2
