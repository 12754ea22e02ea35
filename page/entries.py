"""Drawing entries: the badges, the passage that answers, everything about one entry, the ways to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Literal

import streamlit as st

import search
from search.entries import FIELDS, SOURCE_TRAITS
from search.output import facts
from search.output.browse import last_read
from search.output.standing import outcome_on

from .address import link_to
from .chosen_entries import switch_on_sheet
from .glossary import draw_passage, draw_text
from .look import NAME, is_embedded, library_name
from .page import Page
from .take_away import draw_take_away, entry_taken
from .text import badge, bullets, capital, escape, link, one_line

ALIKE_SHOWN = 5

STRENGTH_COLORS: Mapping[str, Literal["green", "blue", "gray"]] = {"strong": "green", "related": "blue", "weak": "gray"}
OUTCOME_COLORS = {"succeeded": "green", "mixed": "orange", "stalled": "red", "stopped": "red", "ongoing": "blue"}


def badges(page: Page, entry: search.Entry) -> list[str]:
    """Write what an entry is: kind, what became of it, phases, conditions, languages; of several libraries, which."""
    written = [kind_badge(page, entry), outcome_badge(page, entry)]
    written += [badge("gray", page.label("phases", phase)) for phase in entry.phases]
    written += [badge("gray", page.label("conditions", condition)) for condition in entry.conditions]
    written.append(badge("gray", " + ".join(entry.languages).upper()))
    if entry.library and len(page.searcher.index.libraries) > 1:
        written.append(badge("violet", one_line(page.label("libraries", entry.library))))
    return [text for text in written if text]


def kind_badge(page: Page, entry: search.Entry) -> str:
    """Write what kind of entry it is."""
    return badge("primary", page.label("kinds", entry.kind))


def outcome_badge(page: Page, entry: search.Entry) -> str:
    """Write what became of a case; empty for other kinds."""
    outcome = outcome_on(entry, date.today())
    if not outcome:
        return ""
    return badge(OUTCOME_COLORS.get(outcome, "gray"), page.label("outcomes", outcome))


def where_and_when(page: Page, entry: search.Entry) -> str:
    """Write the place, country and dates of a case; empty when there are none."""
    return one_line(facts.where_and_when(entry, page.searcher.vocabulary, page.reader, date.today()))


def draw_strength(page: Page, hit: search.Hit) -> None:
    """Draw how strong an answer is, with what that means behind it, and what the entry is."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        if hit.strength:
            means = page.say(f"{hit.strength}_means")
            st.badge(page.say(hit.strength), color=STRENGTH_COLORS[hit.strength], help=means)
        st.markdown(" ".join(badges(page, hit.entry)))


def draw_match(page: Page, hit: search.Hit) -> None:
    """Draw the passage that answers, its words marked, in the reader's language where there is one; say how it matched.

    What the sentence in sight has not is not claimed of it.
    """
    entry = hit.entry
    language = page.reader if page.reader in hit.by_language else hit.passage.language
    passage, sentence = hit.by_language.get(page.reader, (hit.passage, hit.sentence))
    if passage.field != "summary":
        draw_summary(page, entry, page.reader)
    field = page.say("from_field", field=page.say(f"field_{passage.field}"))
    shown = hit.shows(language)
    notes = [where_and_when(page, entry), field, page.say(f"by_{shown}") if shown else ""]
    st.caption(" · ".join(note for note in notes if note))
    if hit.answers:
        st.caption(page.say("answers", words=one_line(hit.answers.rstrip(" ,;:–—"))))
    draw_passage(page, passage.text, sentence, passage.language, hit.marks.get(language, ()))
    if passage is not hit.passage:
        st.caption(page.say("found_in", language=page.label("languages", hit.passage.language)))
    draw_only_language(page, entry)


def draw_only_language(page: Page, entry: search.Entry) -> None:
    """Say that an entry does not exist in the reader's language."""
    if page.reader not in entry.languages:
        st.caption(page.say("only_in", language=page.languages(entry)))


def draw_part(page: Page, title: str, *, heading: bool) -> None:
    """Draw the name of a part of an entry: a heading where the entry fills the view, bold in a card."""
    if heading:
        st.subheader(page.say(title), anchor=False)
    else:
        st.markdown(f"**{page.say(title)}**")


def draw_body(page: Page, entry: search.Entry, language: str, *, heading: bool = False) -> None:
    """Draw the texts of an entry in reading order; both readings of a practice side by side."""
    for field in FIELDS[entry.kind]:
        if field in {"title", "summary", "for_authorities"}:
            continue
        if field != "for_citizens":
            draw_field(page, entry, field, language, heading=heading)
            continue
        sides = ("for_citizens", "for_authorities")
        if not any(entry.text(side, language) for side in sides):
            continue  # an entry that is being written
        for column, side in zip(st.columns(2), sides, strict=True):
            with column, st.container(border=True):
                draw_field(page, entry, side, language, heading=heading)


def draw_field(page: Page, entry: search.Entry, field: str, language: str, *, heading: bool) -> None:
    """Draw one text, or one list of texts, under its name."""
    if not (text := entry.text(field, language)):
        return
    name = page.say(f"field_{field}")
    if heading:
        st.subheader(name, anchor=False)
    draw_text(page, text, language, title="" if heading else name)


def draw_summary(page: Page, entry: search.Entry, wanted: str) -> None:
    """Draw what an entry says in short, in the language that is wanted where it has it."""
    draw_text(page, entry.summary(wanted), wanted if wanted in entry.languages else entry.languages[0])


def choose_text(page: Page, entry: search.Entry, place: str) -> str:
    """Draw a switch between the languages of an entry, where it has both; return the one to read."""
    if len(entry.languages) < 2:
        return entry.languages[0]
    chosen = st.segmented_control(
        page.say("read_in"),
        entry.languages,
        format_func=lambda language: capital(page.label("languages", language)),
        default=page.reader,
        key=f"read {place} {entry.id} {page.reader}",
        label_visibility="collapsed",
    )
    return chosen or page.reader


def draw_keep(page: Page, entry: search.Entry, place: str) -> None:
    """Draw the button that puts an entry on the sheet or takes it off."""
    kept = entry.id in st.session_state["sheet"]
    st.button(
        page.say("off_sheet" if kept else "on_sheet"),
        key=f"keep {place} {entry.id}",
        icon=":material/bookmark_added:" if kept else ":material/bookmark_add:",
        type="tertiary",
        on_click=switch_on_sheet,
        args=(entry.id,),
    )


def draw_off(page: Page, name: str) -> None:
    """Draw the button that takes an entry off the sheet."""
    st.button(
        page.say("off_sheet"),
        key=f"off {name}",
        icon=":material/delete:",
        type="tertiary",
        on_click=switch_on_sheet,
        args=(name,),
    )


def draw_sources(page: Page, entry: search.Entry, *, heading: bool = False) -> None:
    """Draw where the facts come from."""
    draw_part(page, "sources", heading=heading)
    if not entry.sources:
        st.caption(page.say("no_source"))
        return
    st.markdown(bullets(source_line(page, source) for source in entry.sources))
    if means := [page.say(f"source_{trait}_means") for trait in SOURCE_TRAITS if any_has(entry, trait)]:
        st.caption(" ".join(means))


def any_has(entry: search.Entry, trait: str) -> bool:
    """Say whether something is true of a source of an entry."""
    return any(getattr(source, trait) for source in entry.sources)


def source_line(page: Page, source: search.Source) -> str:
    """Write one source, as much of it as is told."""
    parts = [one_line(source.publisher), link(source.title, source.url)]
    if source.read:
        parts.append(page.say("source_read", date=page.date(source.read)))
    if told := facts.copy_told(source, page.reader):
        parts.append(one_line(told))
    traits = [badge("gray", page.say(f"source_{trait}")) for trait in SOURCE_TRAITS if getattr(source, trait)]
    return " ".join([", ".join(filter(None, parts)), *traits])


def draw_shown_by(page: Page, entry: search.Entry, *, heading: bool = False) -> None:
    """Draw the cases of a practice, or say that there is none; then what else shows it."""
    if entry.kind != "practice":
        return
    shown_by = page.searcher.illustrated_by(entry.id)
    cases = [other for other in shown_by if other.kind == "case"]
    draw_entry_links(page, "shown_by", cases, heading=heading)
    if not cases:
        draw_part(page, "shown_by", heading=heading)
        st.caption(page.say("shown_by_none"))
    draw_entry_links(page, "shown_also", [other for other in shown_by if other.kind != "case"], heading=heading)


def draw_entry_links(page: Page, title: str, entries: Iterable[search.Entry], *, heading: bool = False) -> None:
    """Draw links to entries, under a title; nothing when there are no entries."""
    entries = tuple(entries)
    if not entries:
        return
    draw_part(page, title, heading=heading)
    with st.container(gap="xxsmall"):
        for entry in entries:
            draw_entry_link(page, entry)


def draw_entry_link(page: Page, entry: search.Entry, *, badged: bool = True) -> None:
    """Draw a link that opens an entry, with the badge that says most of it unless all of them stand beside it."""
    label = one_line(entry.title(page.reader))
    if badged:
        label = f"{label} {outcome_badge(page, entry) or kind_badge(page, entry)}"
    answers = st.session_state["answers"]  # the view, as the menu has it
    st.page_link(answers, label=label, icon=":material/chevron_right:", query_params=link_to(entry=entry.id))


def draw_cards(page: Page, entries: Sequence[search.Entry], *, read: bool = False) -> None:
    """Draw entries as cards, two in a row where there is room; on request with when their sources were read."""
    for pair in zip_longest(entries[::2], entries[1::2]):
        for column, entry in zip(st.columns(2), pair, strict=True):
            if entry:
                with column, st.container(border=True, height="stretch", gap="xsmall"):
                    draw_card(page, entry, read=read)


def draw_card(page: Page, entry: search.Entry, *, read: bool) -> None:
    """Draw one entry in short: what it is, where, when, what became of it, its summary."""
    draw_entry_link(page, entry, badged=False)
    st.markdown(" ".join(filter(None, [kind_badge(page, entry), outcome_badge(page, entry)])))
    told = [where_and_when(page, entry)]
    if read and (month := last_read(entry)):
        told.append(page.say("card_read", date=page.date(month)))
    if any(told):
        st.caption(" · ".join(filter(None, told)))
    st.markdown(escape(entry.summary(page.reader)))


def draw_entry(page: Page, entry: search.Entry) -> None:
    """Draw everything about one entry."""
    st.header(one_line(entry.title(page.reader)), anchor=False)
    st.markdown(" ".join(badges(page, entry)))
    if told := where_and_when(page, entry):
        st.caption(told)
    draw_only_language(page, entry)
    with st.container(horizontal=True, vertical_alignment="center"):
        language = choose_text(page, entry, "entry")
        if not is_embedded():
            draw_keep(page, entry, "entry")
        draw_take_away(page, entry_taken(page, entry), "entry")
    draw_summary(page, entry, language)
    draw_body(page, entry, language, heading=True)
    draw_links(page, entry)
    draw_sources(page, entry, heading=True)
    draw_origin(page, entry)
    draw_citation(page, entry)


def draw_citation(page: Page, entry: search.Entry) -> None:
    """Draw how to cite an entry and where it can be found again."""
    with st.expander(page.say("cite")):
        name, title = library_name(page.searcher), entry.title(page.reader)
        own = "citation" if name == NAME else "citation_own"
        st.code(page.say(own, name=name, title=title, id=entry.id), language=None, wrap_lines=True)
        address = f"{st.context.url or ''}".split("?")[0]
        st.code(f"{address}?entry={entry.id}", language=None, wrap_lines=True)


def draw_links(page: Page, entry: search.Entry) -> None:
    """Draw the entries that go with one: its cases, its practices, related ones, ones like it."""
    draw_shown_by(page, entry, heading=True)
    find = page.searcher.entry
    draw_entry_links(page, "shows", map(find, entry.illustrates), heading=True)
    told = {*entry.illustrates, *(case.id for case in page.searcher.illustrated_by(entry.id))}
    related = [name for name in entry.related if name not in told]
    draw_entry_links(page, "goes_with", map(find, related), heading=True)
    drawn = {*told, *related}
    alike = page.searcher.similar(entry.id, k=ALIKE_SHOWN + len(drawn)).hits
    others = [hit.entry for hit in alike if hit.entry.id not in drawn]
    draw_entry_links(page, "alike", others[:ALIKE_SHOWN], heading=True)


def draw_origin(page: Page, entry: search.Entry) -> None:
    """Say who is concerned, how sure its phases and conditions are, its facets, and how it was translated."""
    lines: list[tuple[str, list[str]]] = []
    for name, values in (("phases", entry.phases), ("conditions", entry.conditions)):
        told = [
            page.say("basis", label=one_line(page.label(name, key)), basis=one_line(page.label("bases", basis)))
            for key, basis in values.items()
        ]
        lines.append((name, told))
    lines.append(("actors", [one_line(page.label("actors", actor)) for actor in entry.actors]))
    written = [page.say("told", name=page.say(name), values=", ".join(told)) for name, told in lines if told]
    written += [
        page.say("told", name=one_line(name), values=", ".join(map(one_line, values)))
        for name, values in entry.facets.items()
    ]
    st.caption(bullets([*written, *translation_line(page, entry)]))


def translation_line(page: Page, entry: search.Entry) -> list[str]:
    """Say how the text in the second language was made; nothing when there is one language."""
    origin = entry.translation or {}
    second = [language for language in entry.languages if language != origin.get("first")]
    if len(entry.languages) < 2 or len(second) != 1:
        return []
    how = one_line(page.label("translations", origin.get("other", "")))
    return [page.say(f"translation_{second[0]}", how=how)]
