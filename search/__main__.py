"""``python -m search``: the command ``passerelle``."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
