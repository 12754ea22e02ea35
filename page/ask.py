"""The view that answers: a situation told in free text or by three questions, where it stands, what helps.

Read it from the bottom: `main` takes over the address, asks, draws. ``?entry=`` shows one entry instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from textwrap import shorten

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import search
from search.curation.unmet_needs import leave_unmet
from search.output.browse import cells
from search.output.guided_questions import ACTORS, answers, guided, obstacles
from search.retrieval.results import GROUPS
from search.text.query import LONGEST_QUERY

from .entries import (
    STRENGTH_COLORS,
    badges,
    choose_text,
    draw_body,
    draw_entry,
    draw_keep,
    draw_match,
    draw_off,
    draw_shown_by,
    draw_sources,
)
from .filters import draw_filters
from .host import keep_pace
from .library import has_grid, holds_shipped, offered_values, used_values
from .other_language import draw_language
from .places import draw_places, kept_places
from .state import (
    HITS_SHOWN,
    LONGEST_NAME,
    Page,
    address,
    called,
    clear_filters,
    draw_unknown,
    filters,
    is_new,
    note_fault,
    read_filters,
    split_known,
    tell,
    turns,
    wanted,
    write_address,
)
from .text import badge, bullets, one_line

HITS_ASKED = 60

LONGEST_CHIP = 70
"""Characters of a concern that are shown to be ticked."""

EXAMPLES = {
    "citizen": ("citizen_1", "citizen_2", "citizen_3"),
    "officer": ("officer_1", "officer_2"),
    "elected": ("elected_1",),
}

# Streamlit stays where it was scrolled to when the page shows something else; the number makes the script run again.
TO_THE_TOP = """<script>/* {number} */
document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
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


def write_asked(answer: search.Results | None) -> None:
    """Write what is asked to the address, as it was typed; that of an entry leaves the person's text out."""
    if entry := st.session_state.get("entry"):
        write_address({"entry": [entry]})
    elif answer is None:
        write_address({})
    else:
        typed = st.session_state["q"].strip()
        write_address({"q": [typed if len(typed) <= LONGEST_QUERY else answer.query]} | filters())


def ask(page: Page) -> search.Results | search.PasserelleError | None:
    """Search what was typed, when it is its turn; None before anything was."""
    text, asked = st.session_state["q"], st.session_state.pop("asked", False)
    if not text and not asked:
        return None
    queue = st.empty()
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
    """Remember that "search" was pressed, so that an empty text gets a message."""
    st.session_state["asked"] = True


def take_example(text: str) -> None:
    """Put an example in the text area."""
    st.session_state["q"] = text


def take_guided(text: str, said: Mapping[str, Sequence[str]]) -> None:
    """Ask by the three answers: a text to begin with, and filters."""
    clear_filters()
    st.session_state["q"] = text
    for name, values in said.items():
        st.session_state[name] = list(values)


def correct(name: str) -> None:
    """Let the person's own word on phases or conditions stand; none at all leaves the answer whole."""
    st.session_state[name] = list(st.session_state[f"stand {name}"])
    if not st.session_state[name]:
        st.session_state.setdefault("said nothing", {})[name] = st.session_state["q"]


def keep_concerns() -> None:
    """Let the concerns that are ticked be answered, of this text."""
    st.session_state["kept concerns"] = (st.session_state["q"], list(st.session_state["concerns"]))


def start_again() -> None:
    """Go back to the welcome."""
    clear_filters()
    st.session_state["q"] = ""


def close_entry() -> None:
    """Go back from an entry to the answer."""
    st.session_state["entry"] = ""


def open_entry(entry_id: str) -> None:
    """Show an entry."""
    st.session_state["entry"] = entry_id


def show_more(key: str) -> None:
    """Show more hits of a group."""
    query, shown = st.session_state[key]
    st.session_state[key] = (query, shown + HITS_SHOWN)


# ---- Drawing: the question -----------------------------------------------------------------------------------


def draw_form(page: Page, *, answered: bool) -> None:
    """Draw the text area and its buttons."""
    with st.form("ask"):
        st.text_area(page.say("question"), key="q", height=120, placeholder=page.say("question_hint"))
        with st.container(horizontal=True):
            st.form_submit_button(page.say("ask"), key="ask_button", type="primary", on_click=note_asked)
            if answered:
                st.form_submit_button(page.say("clear"), key="clear", type="tertiary", on_click=start_again)
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
        placeholder=page.say("any"),
    )
    return who, phase, lacking


def stage(page: Page, phase: str) -> str:
    """Return how a person says that a phase is theirs."""
    return page.own(f"stage_{phase}", one_line(page.label("phases", phase)))


def stage_text(page: Page, phase: str) -> str:
    """Return the sentence of a phase in a situation."""
    return page.own(f"stage_{phase}_text", page.say("stage_text", label=page.label("phases", phase)))


def draw_examples(page: Page) -> None:
    """Draw the example situations; they are those of the shipped library."""
    if not holds_shipped(page.searcher):
        return
    st.subheader(page.say("examples"), anchor=False)
    for who, keys in EXAMPLES.items():
        st.caption(page.say(f"examples_{who}"))
        for key in keys:
            text = page.say(key)
            st.button(one_line(text), key=key, on_click=take_example, args=(text,), width="stretch")


# ---- Drawing: the answer -------------------------------------------------------------------------------------


def draw_results(page: Page, results: search.Results) -> None:
    """Draw where the situation stands and the groups, or say that there is nothing."""
    if not results.total:
        st.warning(page.say("filtered_out"))
        return
    draw_language(page, results)
    draw_places(page, results)
    if not results.hits:
        draw_abstention(page, results)
        return
    draw_concerns(page, results)
    draw_stand(page, results)
    st.caption(page.say("compared", total=results.total))
    if not any(hit.strength for hit in results) and not any(place.kept for place in results.places):
        st.caption(page.say("unrated"))
    kinds = used_values(page.searcher, "kinds")
    groups = {name: results.of_kind(*of) for name, of in GROUPS.items() if of.intersection(kinds)}
    labels = {name: f"{page.say(f'group_{name}')} ({len(hits)})" for name, hits in groups.items()}
    first = next(name for name, hits in groups.items() if hits)
    tabs = st.tabs(list(labels.values()), default=labels[first], key=f"groups {st.session_state['views']}")
    for tab, (name, hits) in zip(tabs, groups.items(), strict=True):
        with tab:
            draw_group(page, name, hits, results.query)


def draw_concerns(page: Page, results: search.Results) -> None:
    """Draw what was understood of a letter, in its words; a click leaves a concern out, another takes it back."""
    if not results.concerns:
        return
    st.session_state["concerns"] = [concern.words for concern in results.concerns if concern.kept]
    st.pills(
        page.say("concerns"),
        [concern.words for concern in results.concerns],
        selection_mode="multi",
        format_func=lambda words: one_line(shorten(words, LONGEST_CHIP, placeholder=" …")),
        key="concerns",
        on_change=keep_concerns,
    )
    st.caption(page.say("concerns_hint"))


def draw_stand(page: Page, results: search.Results) -> None:
    """Draw the phases and weak conditions that were read, with the words that say so; a click corrects them."""
    nothing = st.session_state.get("said nothing", {})
    read = {"phases": results.situation.phases, "conditions": results.situation.conditions}
    offered = {name: offered_values(page.searcher, name, [one.key for one in found]) for name, found in read.items()}
    if not any(offered.values()):
        return
    with st.container(border=True):
        st.subheader(page.say("stand"), anchor=False)
        for name, readings in read.items():
            if not offered[name]:
                continue
            dismissed = nothing.get(name) == results.query and not st.session_state[name]
            st.session_state[f"stand {name}"] = [] if dismissed else [reading.key for reading in readings]
            st.pills(
                page.say(f"stand_{name}"),
                offered[name],
                selection_mode="multi",
                format_func=partial(page.label, name),
                key=f"stand {name}",
                on_change=correct,
                args=(name,),
            )
            said = [reading for reading in readings if reading.words and not dismissed]
            st.caption(
                bullets(
                    page.say("stand_words", label=one_line(page.label(name, one.key)), words=one_line(one.words))
                    for one in said
                )
                or page.say("stand_yours" if st.session_state[name] else "stand_unread")
            )
        if has_grid(page.searcher):
            with st.expander(page.say("stand_grid")):
                st.markdown(stand_table(page, results))
                st.caption(page.say("stand_grid_hint"))


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


def draw_group(page: Page, name: str, hits: Sequence[search.Hit], query: str) -> None:
    """Draw the first hits of a group and a button for the rest."""
    if not hits:
        st.info(page.say(f"none_{name}"))
        return
    key = f"shown {name}"
    if key not in st.session_state or st.session_state[key][0] != query:
        st.session_state[key] = (query, HITS_SHOWN)
    shown = st.session_state[key][1]
    for hit in hits[:shown]:
        draw_hit(page, hit, name)
    if len(hits) > shown:
        rest = page.say("show_more", count=len(hits) - shown)
        st.button(rest, key=f"more {name}", on_click=show_more, args=(key,), width="stretch")


def draw_hit(page: Page, hit: search.Hit, place: str) -> None:
    """Draw one answer: what it is, why it is here, and the rest on demand."""
    entry = hit.entry
    with st.container(border=True):
        st.subheader(one_line(entry.title(page.reader)), anchor=False)
        strength = [badge(STRENGTH_COLORS[hit.strength], page.say(hit.strength))] if hit.strength else []
        st.markdown(" ".join([*strength, *badges(page, entry)]))
        draw_match(page, hit)
        more = st.expander(page.say("more"), key=f"more {place} {entry.id}", on_change="rerun")
        with more:
            if more.open:  # drawn when it is wanted: an answer has dozens
                draw_rest(page, entry, place)
        draw_keep(page, entry, place)


def draw_rest(page: Page, entry: search.Entry, place: str) -> None:
    """Draw the texts of an answer, its cases and its sources."""
    language = choose_text(page, entry, place)
    draw_body(page, entry, language)
    draw_shown_by(page, entry)
    draw_sources(page, entry)
    st.button(page.say("open_alike"), key=f"open {place} {entry.id}", on_click=open_entry, args=(entry.id,))


# ---- Drawing: abstention -------------------------------------------------------------------------------------


def draw_abstention(page: Page, results: search.Results) -> None:
    """Say that nothing is close enough, how to rephrase, what came nearest, and let the need be left."""
    st.info(f"**{page.say('abstained')}** {page.say('abstained_why')}")
    st.subheader(page.say("rephrase"), anchor=False)
    hints = ["rephrase_1", "rephrase_2", "rephrase_3"]
    if filters():
        hints.append("rephrase_filters")
    st.markdown(bullets(page.say(hint) for hint in hints))
    draw_unmet(page, results)
    st.subheader(page.say("near"), anchor=False)
    for hit in results.near_misses:
        draw_near_miss(page, hit)


def draw_unmet(page: Page, results: search.Results) -> None:
    """Offer to leave the situation for the curators; only with consent."""
    if st.session_state.get("left") == results.query:
        st.success(page.say("unmet_left"))
        return
    with st.form("unmet"):
        st.markdown(f"**{page.say('unmet')}** {page.say('unmet_why')}")
        consent = st.checkbox(page.say("unmet_consent"), key="unmet_consent")
        if not st.form_submit_button(page.say("unmet_leave"), key="unmet_leave"):
            return
    if not consent:
        st.warning(page.say("unmet_no_consent"))
        return
    try:
        leave_unmet(search.default_unmet(), results.query, language=results.language)
    except search.NeedsFullError as error:
        tell(error, page.reader)
        return
    except OSError as error:
        note_fault(type(error).__name__, str(error))
        st.error(page.say("unmet_failed"))
        return
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
    st.html(TO_THE_TOP.format(number=st.session_state["views"]), unsafe_allow_javascript=True)


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


def draw_answer(page: Page, answer: search.Results | search.PasserelleError | None) -> None:
    """Draw the answer, a message, or the welcome."""
    if isinstance(answer, search.Results):
        draw_results(page, answer)
        return
    if isinstance(answer, search.PasserelleError):
        tell(answer, page.reader)
    draw_guided(page)
    draw_examples(page)


def main(page: Page) -> None:
    """Draw the view."""
    follow_address(page.searcher)
    entry = st.session_state.get("entry", "")
    answer = None if entry else ask(page)
    write_asked(answer if isinstance(answer, search.Results) else None)
    start_at_the_top(entry, st.session_state["q"])
    if entry:
        draw_one_entry(page, entry)
        return
    draw_filters(page)
    draw_unknown(page)
    if answer is None:
        st.markdown(f"**{page.say('tagline')}** {page.say('welcome', count=page.searcher.manifest.entries)}")
    draw_form(page, answered=answer is not None)
    draw_answer(page, answer)
