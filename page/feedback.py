"""What people say of answers: the form beside each answer, and the view of it for editors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

import search
from search.curation.feedback import (
    MOST_KEPT,
    NOT_USEFUL,
    USEFUL,
    FeedbackGroup,
    draft_training_query,
    feedback_problems,
    grouped,
    leave_feedback,
    read_feedback,
)
from search.locations import default_feedback
from search.text.query import LONGEST_QUERY

from .faults import note_fault, tell
from .host import keep_pace
from .page import Page
from .text import bullets, escape, one_line

NOTHING: Mapping[str, str | None] = {"verdict": None, "expected": ""}
"""What is said of an answer before anything is: the parts of the form that are held until they are sent."""

LISTED = 50
"""Groups an editor sees at once."""


# ---- Beside an answer ----------------------------------------------------------------------------------------


def draw_feedback(page: Page, results: search.Results, entry_id: str, place: str) -> None:
    """Draw the button behind which one says whether an answer is useful; drawn when it is wanted.

    Args:
        page: The page.
        results: What answered.
        entry_id: The entry that answered; empty for all the answers together.
        place: Where on the page, for an answer may stand in two places.
    """
    key = f"say {place} {entry_id}"
    label = page.say("feedback_one" if entry_id else "feedback_all")
    said = st.session_state.get("said of", {}).get((results.query, entry_id))
    behind = st.popover(label, key=key, type="tertiary", icon=":material/rate_review:", on_change="rerun")
    with behind:
        if said:
            st.success(page.say("feedback_left"))
        elif behind.open:
            draw_form(page, results, entry_id, key)


@st.fragment
def draw_form(page: Page, results: search.Results, entry_id: str, key: str) -> None:
    """Draw the form; what is said is kept with consent only, and what is not sent yet stays as long as the visit."""
    keep_pace()
    about = (results.query, entry_id)
    verdict, expected = draw_parts(page, about, key)
    st.caption(page.say("feedback_why"))
    lacking = st.empty()  # what is wrong stands beside the box, where one looks; below the button it is off the screen
    consent = st.checkbox(page.say("feedback_consent"), key=f"consent {key}")
    if not st.button(page.say("feedback_leave"), key=f"leave {key}"):
        return
    if not consent:
        lacking.warning(page.say("unmet_no_consent"))
    elif not verdict and not expected.strip():
        lacking.warning(page.say("feedback_nothing"))
    else:
        with lacking.container():
            leave(page, results, entry_id, verdict, expected)


def draw_parts(page: Page, about: tuple[str, str], key: str) -> tuple[str, str]:
    """Draw what can be said of an answer, as it was left; return the verdict and what was expected.

    Args:
        page: The page.
        about: The question and the entry that answered.
        key: Of the place on the page.
    """
    for part, said in st.session_state.get("not sent", {}).get(about, NOTHING).items():
        st.session_state[f"{part} {key}"] = said
    verdict = st.pills(
        page.say("feedback_question"),
        (USEFUL, NOT_USEFUL),
        format_func=lambda one: page.say(f"feedback_{one}"),
        key=f"verdict {key}",
        on_change=hold,
        args=(about, key),
    )
    expected = st.text_area(
        page.say("feedback_expected"),
        key=f"expected {key}",
        height=80,
        max_chars=LONGEST_QUERY,
        on_change=hold,
        args=(about, key),
    )
    return verdict or "", expected


def hold(about: tuple[str, str], key: str) -> None:
    """Hold what is said of an answer until it is sent, should its place close meanwhile."""
    said = {part: st.session_state[f"{part} {key}"] for part in NOTHING}
    st.session_state["not sent"] = st.session_state.get("not sent", {}) | {about: said}


def leave(page: Page, results: search.Results, entry_id: str, verdict: str, expected: str) -> None:
    """Keep what was said of an answer, or say why it could not be."""
    keep = partial(leave_feedback, language=results.language, entry=entry_id, verdict=verdict, expected=expected)
    if is_kept(page, partial(keep, default_feedback(), results.query)):
        st.session_state["said of"] = {**st.session_state.get("said of", {}), (results.query, entry_id): True}
        st.session_state.get("not sent", {}).pop((results.query, entry_id), None)
        st.rerun()


def is_kept(page: Page, keep: Callable[[], object]) -> bool:
    """Keep what a visitor leaves; where that fails, say why, and return False."""
    try:
        keep()
    except search.PasserelleError as error:
        tell(error, page.reader)
        return False
    except OSError as error:
        note_fault(type(error).__name__, str(error))
        st.error(page.say("unmet_failed"))
        return False
    return True


# ---- For editors ---------------------------------------------------------------------------------------------


def draw_left(page: Page) -> None:
    """Draw what people said, situation by situation, and make drafts of what was useful."""
    file = default_feedback()
    try:
        left, problems = read_feedback(file), feedback_problems(file)
    except OSError as error:
        note_fault(type(error).__name__, str(error))
        st.error(page.say("feedback_unread"))
        return
    st.caption(page.say("unmet_file", path=one_line(str(file)), most=MOST_KEPT))
    if problems:
        lines = ", ".join(str(problem.line) for problem in problems[:LISTED])
        st.warning(page.say("unmet_lines", count=len(problems), lines=lines))
    groups = grouped(left)
    if not groups and not problems:
        st.info(page.say("feedback_none"))
    if len(groups) > LISTED:
        st.caption(page.say("unmet_latest", shown=LISTED, count=len(groups)))
    for number, group in enumerate(groups[:LISTED]):
        draw_group(page, group, number)


def draw_group(page: Page, group: FeedbackGroup, number: int) -> None:
    """Draw what was said of the answers to one situation, and the button that makes a draft of it."""
    with st.container(border=True):
        st.caption(page.date(group.day))
        st.markdown(escape(group.text))
        lines = counted_lines(page, "feedback_useful", group.useful)
        lines += counted_lines(page, "feedback_not-useful", group.not_useful)
        lines += [
            page.say("feedback_wanted", entry=entry_title(page, entry), words=one_line(words))
            for entry, words in group.expected
        ]
        st.markdown(bullets(lines))
        if not any(group.useful):
            return
        if st.button(page.say("feedback_draft"), key=f"draft of {number}", icon=":material/edit_note:"):
            st.code(draft_training_query(group), language="json", wrap_lines=True)
            st.caption(page.say("feedback_drafted"))


def counted_lines(page: Page, verdict: str, counts: Mapping[str, int]) -> list[str]:
    """Write how many said something of each answer."""
    return [
        page.say("feedback_count", verdict=page.say(verdict), entry=entry_title(page, entry), count=count)
        for entry, count in counts.items()
    ]


def entry_title(page: Page, entry_id: str) -> str:
    """Return the title of an entry, its id where the library has it no longer; of none, that all answers are meant."""
    if not entry_id:
        return page.say("feedback_together")
    try:
        return one_line(page.searcher.entry(entry_id).title(page.reader))
    except search.UnknownEntryError:
        return one_line(entry_id)
