"""Tell what the library covers and where it is thin: ``passerelle coverage``.

Example:
    python scripts/report_coverage.py --output docs/coverage.md
"""

from __future__ import annotations

import sys

from search.cli import main

if __name__ == "__main__":
    sys.exit(main(["coverage", *sys.argv[1:]]))
