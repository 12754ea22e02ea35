"""``python -m search``: the command ``passerelle``."""

from __future__ import annotations

import signal
import sys

from .output.ctrl_c import CAUGHT, STOPPED, end_in_silence


def main(*, caught: bool) -> int:
    """Import the command, run it and return its exit code.

    Args:
        caught: Whether Ctrl-C ends this process in silence until the command is there, and again when it is done;
            in between it is for the command to say.
    """
    from .cli import main as run

    if not caught:
        return run()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return run()
    except KeyboardInterrupt:  # before anything was begun
        return STOPPED
    finally:
        signal.signal(signal.SIGINT, end_in_silence)


if __name__ == "__main__":
    sys.exit(main(caught=CAUGHT))
