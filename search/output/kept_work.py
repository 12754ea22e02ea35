"""What a person's browser keeps for them, as one text: the sheet and what else should outlive a closed tab."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..entries import LANGUAGES
from ..errors import SavedSheetError
from .saved_sheet import SavedSheet, as_data, from_data, parsed, sayable

FORMAT = 1
"""Of the text that is written; one of another format is set aside by who keeps it."""

Value = str | list[str]


@dataclass(frozen=True)
class KeptWork:
    """What is kept.

    Attributes:
        sheet: The sheet.
        before: The sheet that another one took the place of, to go back to; None when there is none.
        compared: Ids of the entries that stand side by side.
        language: The language that was chosen; empty when none was.
        draft: Of the form of a new entry: place to what is filled in there.
    """

    sheet: SavedSheet = field(default_factory=SavedSheet)
    before: SavedSheet | None = None
    compared: tuple[str, ...] = ()
    language: str = ""
    draft: Mapping[str, Value] = field(default_factory=dict)


def write_kept(work: KeptWork) -> str:
    """Write what is kept; the same work gives the same text."""
    data = {
        "format": FORMAT,
        "sheet": as_data(work.sheet),
        "before": as_data(work.before) if work.before else None,
        "compared": list(work.compared),
        "language": work.language,
        "draft": {place: value for place, value in sorted(work.draft.items()) if value},
    }
    return json.dumps(data, ensure_ascii=False)


def read_kept(text: str) -> KeptWork:
    """Read what was kept; an empty text is nothing.

    Raises:
        SavedSheetError: It was written by another format or is damaged.
    """
    if not text:
        return KeptWork()
    data = parsed(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise SavedSheetError("not_sheet")
    before, language = data.get("before"), data.get("language")
    return KeptWork(
        from_data(data.get("sheet")),
        from_data(before) if before else None,
        tuple(_texts(data.get("compared"), "compared")),
        language if language in LANGUAGES else "",
        _draft(data.get("draft")),
    )


def _draft(data: Any) -> dict[str, Value]:
    if not isinstance(data, dict):
        raise SavedSheetError("field", found="draft")
    return {
        sayable(place): sayable(value) if isinstance(value, str) else _texts(value, "draft")
        for place, value in data.items()
    }


def _texts(data: Any, name: str) -> list[str]:
    if not isinstance(data, list) or not all(isinstance(one, str) for one in data):
        raise SavedSheetError("field", found=name)
    return [sayable(one) for one in data]
