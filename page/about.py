"""The view that says how well the search does, on which questions, and what it does with what people type."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import streamlit as st

import search

from .address import is_new, write_address
from .faults import LOG
from .library import is_shipped
from .page import Page
from .text import one_line

WAYS = {"words alone": "about_words", "everything": "about_everything"}

READ = (
    ("abstention", "out_of_scope"),
    ("abstention", "in_scope"),
    ("situation", "phase_right"),
    ("situation", "condition_right"),
)
"""Of the report on everything, what is told beside the table."""

ROWS = ("mean", "fr->fr", "fr->en", "en->fr", "en->en")


@st.cache_data
def figures(file: Path) -> dict[str, Any] | None:
    """Read what ``passerelle evaluate --json`` wrote; None without it, or when another release measured otherwise."""
    try:
        read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        for way in WAYS:
            for row in (read[way]["mean"], *(read[way]["by_direction"][name] for name in ROWS[1:])):
                float(row["ndcg@10"])
        for part, name in READ:
            float(read["everything"][part][name])
    except (OSError, ValueError, LookupError, TypeError) as error:
        LOG.warning("%s: no figures are shown (%r)", file, error)
        return None
    return read


def draw_figures(page: Page, reports: dict[str, Any]) -> None:
    """Draw the quality of the order, per direction, for each way of searching."""
    lines = [f"| {page.say('about_quality')} | {' | '.join(one_line(page.say(way)) for way in WAYS.values())} |"]
    lines.append("|---|" + "---:|" * len(WAYS))
    for row in ROWS:
        metrics = [reports[way]["mean"] if row == "mean" else reports[way]["by_direction"][row] for way in WAYS]
        values = " | ".join(f"{one['ndcg@10']:.3f}" for one in metrics)
        lines.append(f"| {page.say(f'about_{row}')} | {values} |")
    st.markdown("\n".join(lines))
    out_of_scope, in_scope, phase, lack = (f"{reports['everything'][part][name]:.1%}" for part, name in READ)
    st.markdown(page.say("about_abstention", out_of_scope=out_of_scope, in_scope=in_scope))
    st.markdown(page.say("about_stand", phase=phase, lack=lack))


def main(page: Page) -> None:
    """Draw the view."""
    is_new("about")
    write_address({})
    manifest = page.searcher.manifest
    st.header(page.say("about"), anchor=False)
    st.markdown(
        page.say("about_library", entries=manifest.entries, passages=manifest.passages, model=one_line(manifest.model))
    )
    if is_shipped(page.searcher):
        draw_measured(page)
    st.subheader(page.say("about_private"), anchor=False)
    st.markdown(page.say("about_privacy"))


def draw_measured(page: Page) -> None:
    """Draw what was measured on the shipped library; of another one nothing was."""
    st.subheader(page.say("about_measured"), anchor=False)
    if reports := figures(search.default_corpus() / "evaluation" / "figures.json"):
        st.markdown(page.say("about_how"))
        draw_figures(page, reports)
    else:
        st.info(page.say("about_none"))
    st.code("passerelle evaluate --half report", language=None)
