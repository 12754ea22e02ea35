"""How the library in use looks: its name, for now."""

from __future__ import annotations

from .titles import NAME


def library_name() -> str:
    """Return what the library calls itself."""
    return NAME
