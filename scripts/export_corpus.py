"""Write the library for anyone to use: ``passerelle export``.

Example:
    python scripts/export_corpus.py --output build/export
"""

from __future__ import annotations

import sys

from search.cli import main

if __name__ == "__main__":
    sys.exit(main(["export", *sys.argv[1:]]))
