"""What the columns of a table are read as: a drop-down list for each, and what all rows have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

import search
from search.entries import FIELDS
from search.library.tables.column_choices import CHOICES, NOT_READ
from search.library.tables.columns import IN_ONE_LANGUAGE
from search.library.tables.preview import TablePreview

from .page import Page
from .text import one_line


@dataclass(frozen=True)
class Chosen:
    """A table that was given, and what its columns are said to be.

    Attributes:
        draft: Where it lies.
        choices: Name of a column to what it is read as.
        values: What every row has.
        guessed: Names of the columns that are read by likeness.
        suggested: Name of a column that is not read to what it may be.
        filters: Names of the columns that are filters beside what they are read as.
    """

    draft: Path
    choices: Mapping[str, str]
    values: Mapping[str, str]
    guessed: frozenset[str]
    suggested: Mapping[str, str]
    filters: frozenset[str]


def column_label(page: Page, ours: str) -> str:
    """Return what a person reads for what a column may be read as."""
    if ours in IN_ONE_LANGUAGE:
        field, language = IN_ONE_LANGUAGE[ours]
        return page.say("draft_field", field=column_label(page, field), language=page.label("languages", language))
    return page.own(f"column_{ours or 'none'}", page.own(f"field_{ours}", page.own(ours, ours)))


def draw_columns(page: Page, chosen: Chosen, preview: TablePreview) -> Chosen:
    """Draw a drop-down list for each column, those that are not read behind a fold; return what is chosen."""
    if not chosen.choices:
        return chosen
    st.markdown(f"**{page.say('table_columns')}**")
    first = {name for name, ours in chosen.choices.items() if ours != NOT_READ} | set(chosen.suggested)
    first = first or set(chosen.choices)
    first = st.session_state.setdefault(f"table first {chosen.draft.parent.name}", frozenset(first))
    choices = dict(chosen.choices)
    for name in choices:
        if name in first:
            choices[name] = draw_column(page, chosen, preview, name)
    if rest := [name for name in choices if name not in first]:
        with st.expander(page.say("table_unread", count=len(rest))):
            for name in rest:
                choices[name] = draw_column(page, chosen, preview, name)
    return replace(chosen, choices=choices, values=draw_values(page, chosen, choices, preview))


def draw_column(page: Page, chosen: Chosen, preview: TablePreview, name: str) -> str:
    """Draw one column: its name, what is in it, what it is read as."""
    left, right = st.columns(2)
    place = list(chosen.choices).index(name)
    left.markdown(f"**{one_line(name)}**")
    if examples := preview.examples.get(name):
        left.caption(one_line(" · ".join(examples)))
    read_as = right.selectbox(
        page.say("table_read_as", name=one_line(name)),
        CHOICES,
        index=CHOICES.index(chosen.choices[name]),
        format_func=lambda ours: column_label(page, ours),
        key=f"table column {chosen.draft.parent.name} {place}",
        label_visibility="collapsed",
    )
    if name in chosen.filters and read_as == chosen.choices[name]:
        right.caption(page.say("table_filter"))
    if name in chosen.guessed and read_as == chosen.choices[name]:
        right.caption(page.say("table_guessed"))
    if name in chosen.suggested and read_as == NOT_READ:
        right.caption(page.say("table_perhaps", name=column_label(page, chosen.suggested[name])))
    return read_as


def draw_values(page: Page, chosen: Chosen, choices: Mapping[str, str], preview: TablePreview) -> dict[str, str]:
    """Draw what all rows have in common where no column says it: their kind, their language."""
    kinds = {key: preview.vocabulary.label("kinds", key, page.reader) for key in preview.vocabulary.keys("kinds")}
    offered = {
        "kind": {key: label for key, label in kinds.items() if key in FIELDS},
        "language": {key: page.label("languages", key) for key in search.LANGUAGES},
    }
    values = {}
    for name, labels in offered.items():
        if name not in choices.values() and (value := draw_value(page, chosen, name, labels)):
            values[name] = value
    return values


def draw_value(page: Page, chosen: Chosen, name: str, labels: Mapping[str, str]) -> str:
    """Draw what all rows have in common in one respect; empty when each is to be looked at."""
    keys = ["", *labels]
    given = chosen.values.get(name, "")
    return st.selectbox(
        page.say(f"table_{name}"),
        keys,
        index=keys.index(given) if given in keys else 0,
        format_func=lambda key: labels.get(key, page.say("table_seen")),
        key=f"table {name} {chosen.draft.parent.name}",
    )
