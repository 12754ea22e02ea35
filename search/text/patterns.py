"""Regular expressions written as lists of words and phrases, and joined here."""

from __future__ import annotations


def any_of(*lists: str) -> str:
    """Return the pattern of one of several; the first that fits is taken.

    Args:
        lists: Patterns, several of them with " | " in between.
    """
    return f"(?:{'|'.join(' | '.join(lists).split(' | '))})"


def maybe(*lists: str) -> str:
    """Return the pattern of one of several with a space behind it, or of nothing.

    Args:
        lists: As `any_of` takes them.
    """
    return f"(?:{any_of(*lists)} )?"


def then_maybe(*lists: str) -> str:
    """Return the pattern of one of several with a space before it, or of nothing.

    Args:
        lists: As `any_of` takes them.
    """
    return f"(?: {any_of(*lists)})?"


def spread(pattern: str) -> str:
    """Let any white space stand where a pattern has a space."""
    return pattern.replace(" ", r"\s+")
