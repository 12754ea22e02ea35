"""Tables of strangers: nothing that somebody wrote is lost, or read as something else, in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.library.tables.cells import shown_text
from search.library.tables.preview import TablePreview
from search.library.tables.reading import preview_table


def read(folder: Path, text: str, name: str = "mine.csv", *, columns: str = "") -> TablePreview:
    file = folder / name
    file.write_bytes(text.encode())
    if columns:
        (folder / f"{file.stem}.columns.yaml").write_text(columns, encoding="utf-8")
    return preview_table(file)


def notes(preview: TablePreview, *kinds: str) -> list[tuple[int, str]]:
    return [(note.line, note.message) for note in preview.notes if not kinds or note.kind in kinds]


# ---- Characters --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("control", ["\v", "\f", "\x85", "\x1c", "\x1f", "_x000B_", "_x000C_"])
def test_a_control_between_words_leaves_a_space(control: str) -> None:
    assert shown_text(f"Les habitants{control}jardinent") == ("Les habitants jardinent", False)


def test_a_control_that_parts_nothing_is_taken_out_with_a_note() -> None:
    assert shown_text("jar\x07din_x000D_") == ("jardin", True)


def test_a_break_inside_a_cell_ends_no_row(tmp_path: Path) -> None:
    preview = read(tmp_path, "Titre,Description\nUn,Le jardin; ici\x0bet ailleurs\nDeux,Un café; là\x85aussi\n")
    assert [entry.text("description", "fr") for entry in preview.entries] == [
        "Un café; là aussi",
        "Le jardin; ici et ailleurs",
    ]
