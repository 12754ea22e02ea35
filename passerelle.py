"""Where the command ``passerelle`` begins: Ctrl-C ends it in silence from the first moment on.

What it needs takes seconds to import, and nothing of it can catch Ctrl-C before it is there.
"""

from __future__ import annotations

import os
import signal

STOPPED = 130
"""Exit code of what Ctrl-C ended, as shells have it."""


def main() -> int:
    """Import the command, run it and return its exit code."""
    usual = signal.getsignal(signal.SIGINT)
    if usual is not signal.default_int_handler:  # whoever began it wants Ctrl-C to do something else, or nothing
        from search.cli import main as run

        return run()
    signal.signal(signal.SIGINT, _stop)
    from search.cli import main as run

    signal.signal(signal.SIGINT, usual)
    try:
        return run()
    except KeyboardInterrupt:  # before anything was begun
        return STOPPED
    finally:
        signal.signal(signal.SIGINT, _stop)


def _stop(number: int, frame: object) -> None:
    """End at once: nothing was begun yet, or all is done."""
    os._exit(STOPPED)
