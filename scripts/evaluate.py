"""Measure the search on the judged queries of a library: ``passerelle evaluate``.

Example:
    python scripts/evaluate.py --half report --json report.json
"""

from __future__ import annotations

import sys

from search.cli import main

if __name__ == "__main__":
    sys.exit(main(["evaluate", *sys.argv[1:]]))
