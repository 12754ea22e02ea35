"""Filters that somebody else fixed, such as the site that shows the page, beside those of the person who asks."""

from __future__ import annotations

from collections.abc import Collection

from .filters import KNOWN_SINCE, Filters, listed


def narrowed(fixed: Filters, own: Filters) -> dict[str, tuple[str, ...]]:
    """Put filters that are fixed and a person's own together: a part of what is fixed can be chosen, and no more.

    Args:
        fixed: Name of a filter to the values that were fixed.
        own: The same of what the person chose.

    Returns:
        Every filter that is in use. Of one that is fixed, the person's values that are let through by it, all that are
        fixed when none is; a year from which cases are known may be a later one. A filter that is not fixed is the
        person's.
    """
    kept = {name: values for name, values in listed(fixed).items() if values}
    found = {name: values for name, values in listed(own).items() if values}
    for name, values in kept.items():
        found[name] = tuple(one for one in found.get(name, ()) if is_within(name, one, values)) or values
    return found


def is_within(name: str, value: str, fixed: Collection[str]) -> bool:
    """Say whether a value lets through nothing but what is fixed."""
    return str(value) >= min(map(str, fixed)) if name == KNOWN_SINCE else value in fixed
