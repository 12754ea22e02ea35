"""Ctrl-C while ``python -m search`` imports what it needs: from the first moment on it ends the process in silence.

Python imports the package before it runs `__main__`, so that Ctrl-C is caught as soon as this module is imported. As
long as Python looks for the module that ``-m`` names, ``-m`` stands for its path; in any other process that imports
the package, Ctrl-C is left as it is.
"""

from __future__ import annotations

import os
import signal
import sys

STOPPED = 130
"""Exit code of what Ctrl-C ended, as shells have it."""


def end_in_silence(number: int, frame: object) -> None:
    """End at once: nothing was begun yet, or all is done."""
    os._exit(STOPPED)


CAUGHT = getattr(sys, "argv", [])[:1] == ["-m"] and signal.getsignal(signal.SIGINT) is signal.default_int_handler
"""Whether Ctrl-C ends this process in silence since then; whoever wants it to do something else has their way."""

if CAUGHT:
    signal.signal(signal.SIGINT, end_in_silence)
