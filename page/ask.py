"""The view that answers: a situation told in free text or by three questions, where it stands, what helps.

Read it from the bottom: `main` takes over the address, asks, draws. ``?entry=`` shows one entry instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import search
from search.curation.unmet_needs import leave_unmet
from search.hosting.metrics import counted
from search.output.guided_questions import ACTORS, answers, guided, obstacles
from search.retrieval.left_out import concerns_without, left_out_of, places_without
from search.text.query import LONGEST_QUERY

from .answer import draw_results, draw_understood, folded
from .entries import badges, draw_entry, draw_match, draw_off
from .feedback import is_kept
from .filters import draw_filters
from .host import keep_pace
from .library import holds_shipped, used_values
from .look import is_embedded, tagline
from .other_language import draw_language
from .places import draw_places, kept_places
from .state import (
    LONGEST_NAME,
    Address,
    Page,
    address,
    called,
    clear_filters,
    draw_unknown,
    filters,
    fixed_filters,
    is_new,
    open_entry,
    own_filters,
    read_filters,
    split_known,
    take_filters,
    tell,
    turns,
    wanted,
    write_address,
    written_filters,
)
from .text import bullets, cut, one_line

HITS_ASKED = 60

LONGEST_LINE = 160
"""Characters of what was asked that its one line has at most; it is cut where the screen is narrower."""

EXAMPLES = ("citizen_1", "officer_1", "elected_1")
"""Situations on the first screen: one of a resident, one of an officer, one of somebody elected."""

MORE_EXAMPLES = ("citizen_2", "citizen_3", "officer_2")

WITHOUT, ELSEWHERE = "without", "elsewhere"
"""In the address: numbers of concerns, and words of places, that were left out of the text."""

FORM = "form_open"
"""Where it is kept whether the form of an answered question is open."""

# Streamlit stays where it was scrolled to when the page shows something else; the number makes the script run again.
TO_THE_TOP = """<script>/* {number} */
document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
</script>"""


# A new answer gets the keyboard at its heading, once that is drawn; number 0 is no answer.
TO_THE_ANSWER = """<script>/* the answer */
((number, tries) => {{
  if (!number || window.passerelleAnswer === number) return;
  window.passerelleAnswer = number;
  const seek = setInterval(() => {{
    const heading = document.querySelector(':is(.st-key-answer, .st-key-nothing) h2');
    if (heading) {{ heading.tabIndex = -1; heading.focus({{ preventScroll: true }}); }}
    if (heading || !tries--) clearInterval(seek);
  }}, 100);
}})({number}, 50);
</script>"""


# ---- The address and what is asked ---------------------------------------------------------------------------


def follow_address(searcher: search.Searcher) -> None:
    """Take over what the address says, unless this page wrote it."""
    new, written = is_new("ask"), address()
    if not new:
        return
    st.session_state["entry"] = "".join(written.get("entry", [])[:1])
    if st.session_state["entry"]:
        return  # what was asked before is kept for the way back
    st.session_state["q"] = "".join(written.get("q", [])[:1])
    read_filters(searcher)
    read_left_out(searcher, written)


def read_left_out(searcher: search.Searcher, written: Address) -> None:
    """Take over which concerns and places of the text the address leaves out."""
    state, text = st.session_state, st.session_state["q"]
    try:
        concerns = concerns_without(text, written.get(WITHOUT, []))
        places = places_without(searcher.index, text, written.get(ELSEWHERE, []))
    except search.QueryError:
        return  # a text that cannot be asked is told when it is
    for name, kept in (("kept concerns", concerns), ("kept places", places)):
        state[name] = ("", []) if kept is None else (text, kept)


def left_out(answer: search.Results) -> Address:
    """Write which concerns and places of the text are left out, as the address has it."""
    left = left_out_of(answer)
    written = {WITHOUT: [str(number) for number in left.concerns], ELSEWHERE: list(left.places)}
    return {name: values for name, values in written.items() if values}


def write_asked(answer: search.Results | None) -> None:
    """Write what is asked to the address, as it was typed; that of an entry leaves the person's text out."""
    if entry := st.session_state.get("entry"):
        write_address({"entry": [entry]} | fixed_filters())
    elif answer is None:
        write_address(written_filters())
    else:
        typed = st.session_state["q"].strip()
        asked = typed if len(typed) <= LONGEST_QUERY else answer.query
        write_address({"q": [asked]} | written_filters() | left_out(answer))


def ask(page: Page) -> search.Results | search.PasserelleError | None:
    """Search what was typed, when it is its turn; None before anything was."""
    text, asked = st.session_state["q"], st.session_state.pop("asked", False)
    if not text and not asked:
        return None
    queue = st.empty()
    with counted() as given:
        given.append(found := _answer(page, text, queue))
    return found


def _answer(page: Page, text: str, queue: DeltaGenerator) -> search.Results | search.PasserelleError:
    """Wait for a turn and search; what cannot be searched is an answer too."""
    try:
        with turns().turn(lambda before: draw_queue(queue, page, before)):
            concerns, places = kept_concerns(text), kept_places(text)
            return page.searcher.search(text, k=HITS_ASKED, concerns=concerns, places=places, **wanted())
    except search.PasserelleError as error:
        return error
    finally:
        queue.empty()


def kept_concerns(text: str) -> list[str] | None:
    """Return the concerns of a text that were ticked; None when nobody has unticked any."""
    asked, words = st.session_state.get("kept concerns", ("", []))
    return list(words) if asked == text else None


def draw_queue(place: DeltaGenerator, page: Page, before: int) -> None:
    """Say that many people ask, and how many are served before."""
    place.info(page.say("queue", count=before), icon=":material/hourglass_top:")


# ---- What buttons do (before the page is drawn again) --------------------------------------------------------


def note_asked() -> None:
    """Remember that "search" was pressed, so that an empty text gets a message; the form folds again."""
    st.session_state["asked"] = True
    st.session_state[FORM] = False


def take_example(text: str) -> None:
    """Put an example in the text area."""
    st.session_state["q"] = text


def take_guided(text: str, said: Mapping[str, Sequence[str]]) -> None:
    """Ask by the three answers: a text to begin with, and filters."""
    clear_filters()
    st.session_state["q"] = text
    for name, values in said.items():
        st.session_state[name] = list(values)


def start_again() -> None:
    """Go back to the welcome."""
    clear_filters()
    st.session_state["q"] = ""


def close_entry() -> None:
    """Go back from an entry to the answer."""
    st.session_state["entry"] = ""


# ---- Drawing: the question -----------------------------------------------------------------------------------


def draw_welcome(page: Page) -> None:
    """Draw the promise: what the library is for, what to type, and that it stays here."""
    count = len(page.searcher.matching(**wanted())) if filters() else page.searcher.manifest.entries
    st.markdown(f"**{one_line(tagline(page))}** {page.say('welcome', count=count)}")


def draw_form(page: Page, *, answered: bool) -> None:
    """Draw the text area and its buttons."""
    with st.form("ask"):
        st.text_area(page.say("question"), key="q", height=120, placeholder=page.say("question_hint"))
        with st.container(horizontal=True):
            st.form_submit_button(page.say("ask"), key="ask_button", type="primary", on_click=note_asked)
            if answered:
                st.form_submit_button(page.say("clear"), key="clear", type="tertiary", on_click=start_again)


def draw_folded_form(page: Page) -> None:
    """Draw the text that was asked in one line; opening it shows the whole form."""
    asked = page.say("quoted", words=one_line(cut(st.session_state["q"], LONGEST_LINE)))
    with st.expander(folded(page, asked, "correct"), key=FORM, on_change="rerun"):
        draw_form(page, answered=True)
        st.caption(page.say("privacy"))


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


def draw_examples(page: Page, keys: Sequence[str]) -> None:
    """Draw example situations; they are those of the shipped library."""
    for key in keys:
        text = page.say(key)
        st.button(one_line(text), key=key, on_click=take_example, args=(text,), width="stretch")


def draw_more(page: Page) -> None:
    """Draw what is below the first screen: three questions for who would rather not write, other examples, privacy."""
    if is_embedded():
        st.caption(page.say("privacy_link"))
        return
    draw_guided(page)
    if holds_shipped(page.searcher):
        with st.container(key="below"):
            st.header(page.say("more_examples"), anchor=False)
        draw_examples(page, MORE_EXAMPLES)
    st.caption(page.say("privacy_link"))


# ---- Drawing: abstention -------------------------------------------------------------------------------------


def draw_abstention(page: Page, results: search.Results) -> None:
    """Say that nothing is close enough, how to rephrase, what came nearest, and let the need be left."""
    st.info(f"**{page.say('abstained')}** {page.say('abstained_why')}")
    with st.container(key="nothing"):
        st.header(page.say("rephrase"), anchor=False)
    hints = ["rephrase_1", "rephrase_2", "rephrase_3"]
    if own_filters():
        hints.append("rephrase_filters")
    st.markdown(bullets(page.say(hint) for hint in hints))
    draw_unmet(page, results)
    with st.container(key="near_misses"):
        st.header(page.say("near"), anchor=False)
    for hit in results.near_misses:
        draw_near_miss(page, hit)


def draw_unmet(page: Page, results: search.Results) -> None:
    """Offer to leave the situation for the curators; only with consent."""
    if st.session_state.get("left") == results.query:
        st.success(page.say("unmet_left"))
        return
    with st.form("unmet"):
        st.markdown(f"**{page.say('unmet')}** {page.say('unmet_why')}")
        lacking = st.empty()  # beside the box, where one looks
        consent = st.checkbox(page.say("unmet_consent"), key="unmet_consent")
        if not st.form_submit_button(page.say("unmet_leave"), key="unmet_leave"):
            return
    if not consent:
        lacking.warning(page.say("unmet_no_consent"))
        return
    if is_kept(page, partial(leave_unmet, search.default_unmet(), results.query, language=results.language)):
        st.session_state["left"] = results.query
        st.rerun()


def draw_near_miss(page: Page, hit: search.Hit) -> None:
    """Draw an entry that came near: no strength, and nothing to unfold."""
    with st.container(border=True):
        st.subheader(one_line(hit.entry.title(page.reader)), anchor=False)
        st.markdown(" ".join(badges(page, hit.entry)))
        draw_match(page, hit)
        key = f"open near {hit.entry.id}"
        st.button(page.say("open"), key=key, on_click=open_entry, args=(hit.entry.id,))


# ---- The view ------------------------------------------------------------------------------------------------


def start_at_the_top(*shown: str) -> None:
    """Scroll to the top when something else is shown than before."""
    if shown != st.session_state.get("shown"):
        st.session_state["shown"] = shown
        st.session_state["views"] = st.session_state.get("views", 0) + 1
    with st.container(key="unseen"):
        st.html(TO_THE_TOP.format(number=st.session_state["views"]), unsafe_allow_javascript=True)


def announce(page: Page, answer: search.Results | search.PasserelleError | None) -> None:
    """Tell those who do not see the page what came, and lead the keyboard to a new answer."""
    said = ""
    if isinstance(answer, search.Results):
        said = page.say("announced", count=len(answer.hits)) if answer.hits else page.say("abstained")
    with st.container(key="unseen_answer"):
        st.html(f'<p role="status">{said}</p>')
        st.html(TO_THE_ANSWER.format(number=st.session_state["views"] if said else 0), unsafe_allow_javascript=True)


def draw_one_entry(page: Page, entry_id: str) -> None:
    """Draw one entry, or say that there is none of this name."""
    title = page.say("back" if st.session_state["q"] else "home")
    st.button(title, key="back", icon=":material/arrow_back:", on_click=close_entry)
    found, _ = split_known(page.searcher, [entry_id])
    if found:
        draw_entry(page, found[0])
        return
    if entry_id in st.session_state["called"]:
        st.error(page.say("gone", title=one_line(called(page, entry_id)), id=one_line(entry_id)))
    else:
        st.error(page.say("unknown_entry", found=one_line(entry_id[:LONGEST_NAME])))
    if entry_id in st.session_state["sheet"]:
        draw_off(page, entry_id)


def draw_answered(page: Page, results: search.Results) -> None:
    """Draw what was asked in one line and the answers; where there are none, the form, and why."""
    if results.hits:
        with st.container(gap="xxsmall", key="understood"):
            draw_folded_form(page)
            draw_language(page, results)
            draw_understood(page, results)
        draw_results(page, results)
        return
    draw_form(page, answered=True)
    draw_filters(page)
    draw_language(page, results)
    draw_places(page, results)
    if results.total:
        draw_abstention(page, results)
    else:
        st.warning(page.say("filtered_out"))
    st.caption(page.say("privacy"))


def draw_asking(page: Page, error: search.PasserelleError | None) -> None:
    """Draw the first screen: the promise, the box, the filters behind a button, three examples; the rest is below."""
    with st.container(key="first_screen"):
        if not error:
            draw_welcome(page)
        draw_form(page, answered=bool(error))
        if error:
            tell(error, page.reader)
        if not is_embedded() or filters():
            draw_filters(page)
        if holds_shipped(page.searcher) and not is_embedded():
            st.caption(page.say("examples"))
            draw_examples(page, EXAMPLES)
    draw_more(page)


def main(page: Page) -> None:
    """Draw the view."""
    take_filters(page.searcher, "ask")
    follow_address(page.searcher)
    entry = st.session_state.get("entry", "")
    answer = None if entry else ask(page)
    if not entry:
        st.session_state["unanswered"] = isinstance(answer, search.PasserelleError)
    write_asked(answer if isinstance(answer, search.Results) else None)
    start_at_the_top(entry, st.session_state["q"])
    announce(page, answer)
    if entry:
        draw_one_entry(page, entry)
        return
    draw_unknown(page)
    if isinstance(answer, search.Results):
        draw_answered(page, answer)
    else:
        draw_asking(page, answer)
