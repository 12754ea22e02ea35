"""The view that says how well the search does, on which questions, and what it does with what people type."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import streamlit as st

import search

from .state import Page, is_new, this_page, write_address
from .text import one_line

ROWS = ("mean", "fr->fr", "fr->en", "en->fr", "en->en")


@st.cache_data
def figures(file: Path) -> dict[str, Any]:
    """Read what ``passerelle evaluate --json`` wrote."""
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
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
    both = reports["everything"]
    st.markdown(
        page.say(
            "about_abstention",
            out_of_scope=f"{both['abstention']['out_of_scope']:.1%}",
            in_scope=f"{both['abstention']['in_scope']:.1%}",
        )
    )
    phase, lack = (f"{both['situation'][f'{name}_right']:.1%}" for name in ("phase", "condition"))
    st.markdown(page.say("about_stand", phase=phase, lack=lack))


WAYS = {"words alone": "about_words", "everything": "about_everything"}


def main() -> None:
    """Draw the view."""
    page = this_page()
    is_new("about")
    write_address({})
    manifest = page.searcher.manifest
    st.header(page.say("about"), anchor=False)
    st.markdown(
        page.say("about_library", entries=manifest.entries, passages=manifest.passages, model=one_line(manifest.model))
    )
    st.subheader(page.say("about_measured"), anchor=False)
    file = search.default_corpus() / "evaluation" / "figures.json"
    if file.exists():
        st.markdown(page.say("about_how"))
        draw_figures(page, figures(file))
    else:
        st.info(page.say("about_none"))
    st.code("passerelle evaluate --half report", language=None)
    st.subheader(page.say("about_private"), anchor=False)
    st.markdown(page.say("about_privacy"))
