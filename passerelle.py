"""Where the command ``passerelle`` begins: Ctrl-C ends it in silence from the first moment on.

What it needs takes seconds to import, and nothing of it can catch Ctrl-C before it is there.
"""

from __future__ import annotations

import os
import signal


def main() -> int:
    """Import the command, run it and return its exit code."""
    caught = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if caught:  # whoever began it may want Ctrl-C to do something else, or nothing
        signal.signal(signal.SIGINT, _stop)
    from search.__main__ import main as run

    return run(caught=caught)


def _stop(number: int, frame: object) -> None:
    """End at once, with the exit code of what Ctrl-C ended: nothing was begun yet."""
    os._exit(130)
