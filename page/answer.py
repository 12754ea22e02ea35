"""The answer: what was understood, the best answers at once, then all of them in their groups.

Read it from the bottom: `draw_results`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from textwrap import shorten

import streamlit as st

import search
from search.output.browse import cells
from search.retrieval.best import best_of
from search.retrieval.results import GROUPS

from .chosen_entries import open_entry
from .chosen_filters import filters
from .entries import choose_text, draw_body, draw_keep, draw_match, draw_shown_by, draw_sources, draw_strength
from .feedback import draw_feedback
from .filters import draw_button, draw_chips
from .library import has_grid, offered_values, used_values
from .look import is_embedded
from .page import Page
from .places import draw_places
from .take_away import answer_taken, draw_take_away
from .text import bullets, one_line
from .words import plain_lines

HITS_SHOWN = 6  # of a group, before "show more" and with each click on it

LONGEST_CHIP = 48
"""Characters of a concern that are shown to be ticked."""


# ---- What buttons do (before the page is drawn again) --------------------------------------------------------


def correct(name: str) -> None:
    """Let the person's own word on phases or conditions stand; none at all leaves the answer whole."""
    st.session_state[name] = list(st.session_state[f"stand {name}"])
    if not st.session_state[name]:
        st.session_state.setdefault("said nothing", {})[name] = st.session_state["q"]


def keep_concerns() -> None:
    """Let the concerns that are ticked be answered, of this text."""
    st.session_state["kept concerns"] = (st.session_state["q"], list(st.session_state["concerns"]))


def show_more(key: str) -> None:
    """Show more hits of a group."""
    query, shown = st.session_state[key]
    st.session_state[key] = (query, shown + HITS_SHOWN)


# ---- What was understood -------------------------------------------------------------------------------------


def draw_concerns(page: Page, results: search.Results) -> None:
    """Draw what was understood of a letter, in its words; a click leaves a concern out, another takes it back."""
    if not results.concerns:
        return
    st.session_state["concerns"] = [concern.words for concern in results.concerns if concern.kept]
    far = {concern.words for concern in results.concerns if not concern.close}
    with st.container(key="concerns_row"):
        st.pills(
            page.say("concerns"),
            [concern.words for concern in results.concerns],
            selection_mode="multi",
            format_func=lambda words: _chip(page, words, far=words in far),
            key="concerns",
            on_change=keep_concerns,
            help=page.say("concerns_hint"),
        )


def _chip(page: Page, words: str, *, far: bool) -> str:
    """Write a concern on a line, and that nothing is close to it where nothing is."""
    said = one_line(shorten(words, LONGEST_CHIP, placeholder=" …"))
    return page.say("far_concern", concern=said) if far else said


def draw_stand(page: Page, results: search.Results) -> None:
    """Draw where the situation stands in one line; behind it the words that say so, and what corrects them."""
    read = {"phases": results.situation.phases, "conditions": results.situation.conditions}
    offered = {name: offered_values(page.searcher, name, [one.key for one in found]) for name, found in read.items()}
    if not any(offered.values()):
        return
    shown = {name: () if is_dismissed(name) else found for name, found in read.items()}
    with st.expander(stand_line(page, shown), key="stand_open"):
        for name in read:
            if offered[name]:
                draw_correction(page, name, offered[name], shown[name], dismissed=is_dismissed(name))
        if has_grid(page.searcher):
            st.markdown(f"**{page.say('stand_grid')}**")
            st.markdown(stand_table(page, results))
            st.caption(page.say("stand_grid_hint"))


def is_dismissed(name: str) -> bool:
    """Say whether the person has unticked every phase, or every condition, of the text as it was typed."""
    typed = st.session_state.get("said nothing", {}).get(name)
    return typed == st.session_state["q"] and not st.session_state[name]


def stand_line(page: Page, shown: dict[str, tuple[search.Reading, ...]]) -> str:
    """Write where a situation stands in one line, like "Upkeep · Commit formally — correct"."""
    told = [one_line(page.label(name, found[0].key)) for name, found in shown.items() if found]
    if others := sum(len(found[1:]) for found in shown.values()):
        told.append(f"+ {others}")
    return folded(page, " · ".join(told) or page.say("stand_unsaid"), "correct" if told else "stand_say")


def folded(page: Page, text: str, what: str) -> str:
    """Write the label of a line that opens: its text, cut where there is no room, and what opening it is for."""
    return f"**{text}** :primary[— {page.say(what)}]"


def draw_correction(
    page: Page, name: str, offered: Sequence[str], readings: Sequence[search.Reading], *, dismissed: bool
) -> None:
    """Draw what was read of phases or of conditions, with the words that say so; a click corrects it."""
    st.session_state[f"stand {name}"] = [reading.key for reading in readings]
    st.pills(
        page.say(f"stand_{name}"),
        offered,
        selection_mode="multi",
        format_func=partial(page.label, name),
        key=f"stand {name}",
        on_change=correct,
        args=(name,),
        help=plain_lines(page, name, offered),
    )
    said = [
        page.say("stand_words", label=one_line(page.label(name, one.key)), words=one_line(one.words))
        for one in readings
        if one.words
    ]
    otherwise = "stand_yours" if st.session_state[name] else "stand_none" if dismissed else "stand_unread"
    st.caption(bullets(said) or page.say(otherwise))


def stand_table(page: Page, results: search.Results) -> str:
    """Write the phase x condition grid: how many answers each cell has, and where the situation stands in bold."""
    counts = cells((hit.entry for hit in results), page.searcher.vocabulary)
    phases, conditions = (used_values(page.searcher, name) for name in ("phases", "conditions"))
    here = {(p.key, c.key) for p in results.situation.phases for c in results.situation.conditions}
    lines = [
        "| |" + "|".join(one_line(page.label("phases", phase)) for phase in phases) + "|",
        "|---|" + "---|" * len(phases),
    ]
    for condition in conditions:
        row = [f"**→ {counts[p, condition]}**" if (p, condition) in here else str(counts[p, condition]) for p in phases]
        lines.append(f"|{one_line(page.label('conditions', condition))}|{'|'.join(row)}|")
    return "\n".join(lines)


# ---- The answers ---------------------------------------------------------------------------------------------


def draw_best(page: Page, results: search.Results, best: Sequence[search.Hit]) -> None:
    """Draw the answers that are shown first, under a heading beside which the filters are."""
    with st.container(key="answer"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(page.say("best"), anchor=False, width="content")
            with st.container(horizontal=True, width="content"):
                if not is_embedded():
                    draw_take_away(page, answer_taken(page, results), "answer")
                draw_button(page)
        if filters():
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="filters_row"):
                draw_chips(page)
        if not any(hit.strength for hit in results) and not any(place.kept for place in results.places):
            st.caption(page.say("unrated"))
        for hit in best:
            draw_hit(page, hit, "best", results)


def draw_groups(page: Page, results: search.Results, best: Sequence[search.Hit]) -> None:
    """Draw all answers in their groups, the first that has any open; what stands above is named there."""
    with st.container(key="all_answers"):
        st.header(page.say("all_answers"), anchor=False)
        st.caption(page.say("compared", total=results.total))
    kinds = used_values(page.searcher, "kinds")
    groups = {name: results.of_kind(*of) for name, of in GROUPS.items() if of.intersection(kinds)}
    labels = {name: f"{page.say(f'group_{name}')} ({len(hits)})" for name, hits in groups.items()}
    first = next(name for name, hits in groups.items() if hits)
    tabs = st.tabs(list(labels.values()), default=labels[first], key=f"groups {st.session_state['views']} {first}")
    for tab, (name, hits) in zip(tabs, groups.items(), strict=True):
        with tab:
            draw_group(page, name, hits, [hit for hit in hits if hit in best], results)


def draw_group(
    page: Page,
    name: str,
    hits: Sequence[search.Hit],
    above: Sequence[search.Hit],
    results: search.Results,
) -> None:
    """Draw the first hits of a group that are not shown above, and a button for the rest."""
    if not hits:
        st.info(page.say(f"none_{name}"))
        return
    if above:
        titles = " · ".join(one_line(hit.entry.title(page.reader)) for hit in above)
        st.caption(page.say("above", titles=titles))
    hits = [hit for hit in hits if hit not in above]
    key = f"shown {name}"
    if key not in st.session_state or st.session_state[key][0] != results.query:
        st.session_state[key] = (results.query, HITS_SHOWN)
    shown = st.session_state[key][1]
    for hit in hits[:shown]:
        draw_hit(page, hit, name, results)
    if len(hits) > shown:
        rest = page.say("show_more", count=len(hits) - shown)
        st.button(rest, key=f"more {name}", on_click=show_more, args=(key,), width="stretch")


def draw_hit(page: Page, hit: search.Hit, place: str, results: search.Results) -> None:
    """Draw one answer: what it is, why it is here, and the rest on demand."""
    entry = hit.entry
    with st.container(border=True):
        st.subheader(one_line(entry.title(page.reader)), anchor=False)
        draw_strength(page, hit)
        draw_match(page, hit)
        more = st.expander(page.say("more"), key=f"more {place} {entry.id}", on_change="rerun")
        with more:
            if more.open:  # drawn when it is wanted: an answer has dozens
                draw_rest(page, entry, place)
        with st.container(horizontal=True, vertical_alignment="center"):
            if not is_embedded():
                draw_keep(page, entry, place)
                draw_feedback(page, results, entry.id, place)


def draw_rest(page: Page, entry: search.Entry, place: str) -> None:
    """Draw the texts of an answer, its cases and its sources."""
    language = choose_text(page, entry, place)
    draw_body(page, entry, language)
    draw_shown_by(page, entry)
    draw_sources(page, entry)
    st.button(page.say("open_alike"), key=f"open {place} {entry.id}", on_click=open_entry, args=(entry.id,))


def draw_understood(page: Page, results: search.Results) -> None:
    """Draw what was understood: where the situation stands, the concerns of a letter, the places asked about."""
    draw_stand(page, results)
    draw_concerns(page, results)
    draw_places(page, results)


def draw_results(page: Page, results: search.Results) -> None:
    """Draw the best answers, then all of them in their groups."""
    best = best_of(results)
    draw_best(page, results, best)
    draw_groups(page, results, best)
    if not is_embedded():
        draw_feedback(page, results, "", "all")
