"""Check a library: ``passerelle check``.

Example:
    python scripts/check_corpus.py --facts FACTS.jsonl --seed ARTICLES.txt
"""

from __future__ import annotations

import sys

from search.cli import main

if __name__ == "__main__":
    sys.exit(main(["check", *sys.argv[1:]]))
