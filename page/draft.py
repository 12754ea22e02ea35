"""The form of a new entry: what is filled in stays, what is to mend stands where it is to be mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

import search
from search.curation.coverage import UNKNOWN_OUTCOME
from search.curation.draft import SOURCE_PARTS, Draft, by_place, known_sources, make_draft, next_key
from search.entries import FIELDS, LIST_FIELDS
from search.library.problems import saying

from .browser import give_file, keep_as_typed
from .entries import badges, draw_body, draw_sources, draw_summary, where_and_when
from .page import Page
from .text import capital, one_line
from .visit import hold_draft

Wrong = Mapping[str, Sequence[search.Problem]]

LISTS = ("phases", "conditions", "actors")
"""Of the closed lists an entry chooses several values."""


# ---- What is filled in ---------------------------------------------------------------------------------------


def held(name: str, default: str | list[str] | None = "") -> str:
    """Put what was filled in back into its place, and return the key of its widget.

    Streamlit forgets what widgets hold while they are not drawn.
    """
    key, kept = f"draft {name}", st.session_state["draft"]
    if key not in st.session_state:
        before = kept.get(name)
        st.session_state[key] = before if before and isinstance(before, list) is isinstance(default, list) else default
    kept[name] = st.session_state[key] or ([] if isinstance(default, list) else "")
    return key


def write(page: Page, name: str, label: str, **options: Any) -> str:
    """Draw a place for one line; return what it holds."""
    key = held(name)
    keep_as_typed(key, "draft", name)
    return str(st.text_input(label, key=key, **options)).strip()


def choose(page: Page, name: str, label: str, values: Sequence[str], show: Callable[[str], str]) -> list[str]:
    """Draw a choice of several values; return those that are chosen."""
    key = held(name, [])
    st.session_state[key] = [value for value in st.session_state[key] if value in values]
    return st.multiselect(label, values, format_func=show, key=key, placeholder=page.say("draft_choose"))


def choose_one(page: Page, name: str, closed: str, default: str | None = None) -> str | None:
    """Draw a choice of one value of a closed list, or none; return it."""
    values = page.searcher.vocabulary.keys(closed)
    key = held(name, default)
    if st.session_state[key] not in values:
        st.session_state[key] = None
    show, hint = partial(page.label, closed), page.say("draft_choose")
    return st.selectbox(page.say(closed), values, format_func=show, key=key, index=None, placeholder=hint)


def clear() -> None:
    """Empty the form."""
    hold_draft({})
    st.session_state["tried draft"] = False


def try_draft() -> None:
    """From now on, say what is to mend."""
    st.session_state["tried draft"] = True


# ---- What is to mend -----------------------------------------------------------------------------------------


def draw_wrong(page: Page, wrong: Wrong, place: str, label: str) -> None:
    """Say what is to mend in a place, under it."""
    st.session_state["places of draft"].add(place)
    for problem in wrong.get(place, ()):
        said = saying(replace(problem, column=capital(label)), page.reader)
        st.markdown(f":red[:material/error: {one_line(said)}]")


def before() -> Wrong:
    """Return what was to mend when the form was last drawn: its places are drawn before it is read."""
    return by_place(st.session_state.get("wrong in draft", ()))


# ---- The form ------------------------------------------------------------------------------------------------


@st.cache_resource(max_entries=1, show_spinner=False)
def sources_of(path: Path, changed: int, _library: search.Library) -> dict[str, search.Source]:
    """Return the sources of a library's folder, read once for each change of their file."""
    return known_sources(_library)


def draw_kind(page: Page, library: search.Library) -> str:
    """Draw the choice of the kind of entry."""
    kinds = [kind for kind in library.vocabulary.keys("kinds") if kind in FIELDS]
    key = held("kind", kinds[0])
    if st.session_state[key] not in kinds:
        st.session_state[key] = kinds[0]
    show = partial(page.label, "kinds")
    return st.pills(page.say("kinds"), kinds, format_func=show, key=key, required=True) or kinds[0]


def draw_lists(page: Page, wrong: Wrong) -> dict[str, list[str]]:
    """Draw the closed lists an entry chooses from."""
    chosen = {}
    for closed in LISTS:
        values = page.searcher.vocabulary.keys(closed)
        chosen[closed] = choose(page, closed, page.say(closed), values, partial(page.label, closed))
        draw_wrong(page, wrong, closed, page.say(closed))
    return chosen


def draw_facts(page: Page, kind: str, wrong: Wrong) -> dict[str, Any]:
    """Draw the places for what only a case has."""
    if kind != "case":
        return {}
    left, right = st.columns(2)
    facts: dict[str, Any] = {}
    with left:
        facts["place"] = write(page, "place", page.say("draft_place")) or None
        facts["start"] = write(page, "start", page.say("draft_start"), placeholder="2024-03") or None
        draw_wrong(page, wrong, "start", page.say("draft_begins"))
    with right:
        facts["country"] = choose_one(page, "country", "countries")
        facts["end"] = write(page, "end", page.say("draft_end"), placeholder="2026") or None
        draw_wrong(page, wrong, "end", page.say("draft_ends"))
    usual = UNKNOWN_OUTCOME if UNKNOWN_OUTCOME in page.searcher.vocabulary.keys("outcomes") else None
    facts["outcome"] = choose_one(page, "outcome", "outcomes", usual)
    draw_wrong(page, wrong, "outcome", page.say("outcomes"))
    facts["last_known"] = write(page, "last_known", page.say("draft_last_known"), placeholder="2026-11") or None
    draw_wrong(page, wrong, "last_known", page.say("draft_known"))
    return facts | {"lat": None, "lon": None}


def add_source() -> None:
    """Make room for one more new source."""
    st.session_state["draft"]["new sources"] = str(int(st.session_state["draft"].get("new sources") or 0) + 1)


def take_source_out() -> None:
    """Take the last new source out."""
    kept = st.session_state["draft"]
    number = int(kept["new sources"])
    for part in SOURCE_PARTS:
        kept.pop(f"source {number} {part}", None)
        st.session_state.pop(f"draft source {number} {part}", None)
    kept["new sources"] = str(number - 1)


def draw_sources_used(page: Page, known: Mapping[str, search.Source], wrong: Wrong) -> dict[str, Any]:
    """Draw the sources an entry cites: those of the library, and new ones."""

    def show(key: str) -> str:
        return one_line(f"{known[key].publisher}, {known[key].title} ({key})")

    used = choose(page, "sources", page.say("draft_sources"), sorted(known), show)
    made: list[search.Source] = []
    count = str(st.session_state["draft"].get("new sources") or 0)
    for number in range(1, (int(count) if count.isdecimal() else 0) + 1):
        made.append(draw_new_source(page, number, {*known, *(one.key for one in made)}, wrong))
    with st.container(horizontal=True):
        st.button(page.say("draft_source_new"), key="draft_source_new", icon=":material/add:", on_click=add_source)
        if made:
            label = page.say("draft_source_out")
            st.button(label, key="draft_source_out", type="tertiary", on_click=take_source_out)
    draw_wrong(page, wrong, "sources", page.say("sources"))
    return {"sources": used, "new_sources": made}


def draw_new_source(page: Page, number: int, taken: set[str], wrong: Wrong) -> search.Source:
    """Draw the places for a new source; return it, with the key it will have."""
    told = {}
    with st.container(border=True):
        title = st.empty()
        for part in SOURCE_PARTS:
            name, label = f"source {number} {part}", page.say(f"draft_source_{part}")
            hint = {"url": "https://", "read": "2026-11"}.get(part)
            told[part] = write(page, name, label, placeholder=hint)
            draw_wrong(page, wrong, name, label)
        key = next_key(told["publisher"], taken)
        title.markdown(page.say("draft_source", number=number, name=f"`{key}`"))
    return search.Source(key, told["publisher"], told["title"], told["url"], told["read"])


def draw_texts(page: Page, kind: str, wrong: Wrong) -> dict[str, dict[str, str]]:
    """Draw the places for the texts, a tab a language."""
    texts: dict[str, dict[str, str]] = {}
    draw_where_wrong(page, wrong)
    names = [capital(page.label("languages", language)) for language in search.LANGUAGES]
    for tab, language in zip(st.tabs(names), search.LANGUAGES, strict=True):
        with tab:
            draw_wrong(page, wrong, language, page.label("languages", language))
            texts[language] = {field: draw_text(page, kind, language, field, wrong) for field in FIELDS[kind]}
    return texts


def draw_where_wrong(page: Page, wrong: Wrong) -> None:
    """Say in which languages texts are to mend: one tab is seen at a time."""
    for language in search.LANGUAGES:
        places = [place for place in wrong if place == language or place.startswith(f"{language}.")]
        if places:
            name, count = capital(page.label("languages", language)), sum(len(wrong[place]) for place in places)
            st.markdown(f":red[{one_line(page.say('draft_to_mend', language=name, count=count))}]")


def draw_text(page: Page, kind: str, language: str, field: str, wrong: Wrong) -> str:
    """Draw the place for one text; return what it holds."""
    name = f"{language} {kind} {field}"
    key = held(name)
    keep_as_typed(key, "draft", name)
    label = page.say(f"field_{field}")
    text = st.text_area(
        page.say("draft_field", field=label, language=page.label("languages", language)),
        key=key,
        height=68 if field in {"title", "summary"} else 120,
        help=page.say("draft_lines") if field in LIST_FIELDS else None,
    )
    draw_wrong(page, wrong, f"{language}.{field}", label)
    return str(text)


# ---- What comes of it ----------------------------------------------------------------------------------------


def draw_preview(page: Page, made: Draft) -> None:
    """Draw the entry as it will read, as far as it is filled in, in each of its languages."""
    if (entry := made.entry) is None:
        return
    st.subheader(page.say("draft_preview"), anchor=False)
    for language in entry.languages:
        with st.container(border=True):
            st.caption(capital(page.label("languages", language)))
            st.markdown(f"**{one_line(entry.title(language) or '…')}**")
            st.markdown(" ".join(badges(page, entry)))
            if facts := where_and_when(page, entry):
                st.caption(facts)
            draw_summary(page, entry, language)
            draw_body(page, entry, language)
            draw_sources(page, entry)


def draw_made(page: Page, made: Draft) -> None:
    """Draw what is to mend, or the files that were made."""
    if not st.session_state.get("tried draft"):
        return
    if made.problems:
        st.error(page.say("draft_problems", count=len(made.problems)))
        wrong = by_place(made.problems)
        for place in [one for one in wrong if one not in st.session_state["places of draft"]]:
            draw_wrong(page, wrong, place, place)
        return
    st.success(page.say("draft_made", file=made.file))
    st.code(made.text, language="yaml")
    if st.button(page.say("draft_download"), key="draft_download", icon=":material/download:"):
        give_file(f"{made.name}.yaml", made.text, "application/yaml")
    if made.sources:
        st.markdown(page.say("draft_source_lines"))
        st.code(made.sources, language="yaml")
        if st.button(page.say("draft_source_download"), key="draft_source_download", icon=":material/download:"):
            give_file(f"{made.name}.sources.yaml", made.sources, "application/yaml")


def draw_draft(page: Page, library: search.Library) -> None:
    """Draw the form of a new entry, what it makes, and how that reads."""
    st.markdown(page.say("draft_hint"))
    st.session_state["places of draft"] = set()
    wrong, known = before(), sources_of(library.path, (library.path / "sources.yaml").stat().st_mtime_ns, library)
    kind = draw_kind(page, library)
    name = write(page, "id", page.say("draft_id"), placeholder="my-town-pool")
    draw_wrong(page, wrong, "id", page.say("draft_id_short"))
    filled = draw_lists(page, wrong) | draw_facts(page, kind, wrong) | draw_sources_used(page, known, wrong)
    texts = draw_texts(page, kind, wrong)
    with st.container(horizontal=True):
        st.button(page.say("draft_make"), key="draft_make", type="primary", on_click=try_draft)
        st.button(page.say("draft_clear"), key="draft_clear", type="tertiary", on_click=clear)
    made = make_draft(library, kind=kind, name=name, texts=texts, known=known, **filled)
    told = made.problems if st.session_state.get("tried draft") else ()
    if told != st.session_state.get("wrong in draft", ()):
        st.session_state["wrong in draft"] = told
        st.rerun()  # the places are above
    draw_made(page, made)
    draw_preview(page, made)
