"""Build the index of a library: ``passerelle build``.

Example:
    python scripts/build_index.py --corpus corpus --output .index
"""

from __future__ import annotations

import sys

from search.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", *sys.argv[1:]]))
