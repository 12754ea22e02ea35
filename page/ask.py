"""The view that answers: a situation told in free text or by three questions, where it stands, what helps.

Read it from the bottom: `main` takes over the address, asks, draws. ``?entry=`` shows one entry instead.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import search
from search.hosting.metrics import counted
from search.retrieval.left_out import concerns_without, left_out_of, places_without
from search.text.query import LONGEST_QUERY

from .abstention import draw_abstention
from .address import LONGEST_NAME, Address, address, is_new, write_address
from .answer import draw_results, draw_understood
from .chosen_entries import called, split_known
from .chosen_filters import fixed_filters, read_filters, take_filters, wanted, written_filters
from .entries import draw_entry, draw_off
from .filters import draw_filters
from .opening import turns
from .other_language import draw_language
from .page import Page
from .places import draw_places, kept_places
from .question import draw_asking, draw_folded_form, draw_form
from .text import one_line
from .visit import draw_unknown

HITS_ASKED = 60

WITHOUT, ELSEWHERE = "without", "elsewhere"
"""In the address: numbers of concerns, and words of places, that were left out of the text."""

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


def close_entry() -> None:
    """Go back from an entry to the answer."""
    st.session_state["entry"] = ""


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
