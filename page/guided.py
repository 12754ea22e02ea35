"""Three questions for who would rather not write: who one is, how far one is, what is lacking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from search.output.guided_questions import ACTORS, answers, guided, obstacles

from .chosen_filters import clear_filters
from .host import keep_pace
from .library import used_values
from .page import Page
from .text import one_line


def take_guided(text: str, said: Mapping[str, Sequence[str]]) -> None:
    """Ask by the three answers: a text to begin with, and filters."""
    clear_filters()
    st.session_state["q"] = text
    for name, values in said.items():
        st.session_state[name] = list(values)


@st.fragment
def draw_guided(page: Page) -> None:
    """Draw the three questions, how many entries fit the answers, and the button that asks."""
    keep_pace()
    signs = obstacles(page.searcher, page.reader)
    if not signs and not used_values(page.searcher, "phases"):
        return
    with st.expander(page.say("guided"), icon=":material/checklist:"):
        who, phase, lacking = draw_questions(page, signs)
        fitting = guided(page.searcher, who=who, phase=phase, lacking=lacking)
        st.caption(page.say("guided_count", count=len(fitting)))
        told = [page.say(f"who_{who}_text")] if who else []
        told += [stage_text(page, phase)] if phase else []
        text = " ".join([*told, *(signs[key] for key in lacking)])
        said = answers(page.searcher, who=who, phase=phase, lacking=lacking)
        ready, label = bool(phase or lacking), page.say("guided_ask")
        if st.button(label, key="guided_ask", disabled=not ready, on_click=take_guided, args=(text, said)):
            st.rerun()  # the whole page, not these questions alone


def draw_questions(page: Page, signs: Mapping[str, str]) -> tuple[str | None, str | None, list[str]]:
    """Draw the questions the library has answers to; return who it is, the phase and what is lacking."""
    phases = used_values(page.searcher, "phases")
    who = st.pills(
        page.say("guided_who"), tuple(ACTORS), format_func=lambda key: page.say(f"who_{key}"), key="guided who"
    )
    phase = None
    if phases:
        phase = st.pills(page.say("guided_phase"), phases, format_func=partial(stage, page), key="guided phase")
    if not signs:
        return who, phase, []
    lacking = st.multiselect(
        page.say("guided_obstacle"),
        tuple(signs),
        format_func=signs.__getitem__,
        key="guided obstacle",
        placeholder=page.say("draft_choose"),
    )
    return who, phase, lacking


def stage(page: Page, phase: str) -> str:
    """Return how a person says that a phase is theirs."""
    return page.own(f"stage_{phase}", one_line(page.label("phases", phase)))


def stage_text(page: Page, phase: str) -> str:
    """Return the sentence of a phase in a situation."""
    return page.own(f"stage_{phase}_text", page.say("stage_text", label=page.label("phases", phase)))
