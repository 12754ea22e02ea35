"""Write the file of a new entry: ``passerelle new-entry``.

Example:
    python scripts/new_entry.py case neighbours-run-the-pool
"""

from __future__ import annotations

import sys

from search.cli import main

if __name__ == "__main__":
    sys.exit(main(["new-entry", *sys.argv[1:]]))
