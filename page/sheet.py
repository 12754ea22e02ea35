"""The view of the sheet one brings to the meeting: chosen entries, notes of one's own, files to take away."""

from __future__ import annotations

import uuid

import streamlit as st

import search
from search.output.saved_sheet import FILE_NAME, SavedSheet, adds_to, merged, read_saved, write_saved
from search.output.sheet import Item, make_sheet

from .address import address, is_new, write_address
from .browser import give_file, keep_as_typed
from .chosen_entries import called, hold_sheet, named_entries, own_sheet, split_known
from .entries import draw_entry_link, draw_off, draw_summary
from .faults import tell
from .given_files import draw_place_for_file
from .page import Page
from .take_away import Taken, draw_files, draw_passing_on, sheet_taken, this_place
from .text import capital, escape, one_line
from .visit import forget_visit, tell_once

FORGET_ICON = ":material/delete_forever:"


def keep_note(entry_id: str) -> None:
    """Keep what was written of an entry."""
    st.session_state["notes"] = st.session_state["notes"] | {entry_id: st.session_state[f"note {entry_id}"]}


def draw_item(page: Page, item: Item) -> None:
    """Draw one entry of the sheet, with the place for a note."""
    entry = item.entry
    with st.container(border=True):
        draw_entry_link(page, entry)
        draw_summary(page, entry, page.reader)
        st.session_state[f"note {entry.id}"] = st.session_state["notes"].get(entry.id, "")
        keep_as_typed(f"note {entry.id}", "sheet", "notes", entry.id)
        st.text_area(page.say("sheet_note"), key=f"note {entry.id}", height=80, on_change=keep_note, args=(entry.id,))
        draw_off(page, entry.id)


def draw_gone(page: Page, name: str) -> None:
    """Draw an entry that the library no longer has: what it was called, the note that was written of it."""
    with st.container(border=True):
        st.warning(page.say("gone", title=one_line(called(page, name)), id=one_line(name)))
        if note := st.session_state["notes"].get(name):
            st.markdown(f"**{page.say('sheet_note')}**\n\n{escape(note)}")
        draw_off(page, name)


def draw_take(page: Page, taken: Taken) -> None:
    """Draw the buttons that give the sheet as files and pass it on."""
    draw_files(page, taken, "sheet")
    draw_passing_on(page, taken, "sheet", hint="sheet_share_hint")


def draw_save(page: Page) -> None:
    """Draw the button that saves the sheet to come back to it."""
    if st.button(page.say("sheet_save"), key="save sheet", icon=":material/save:"):
        try:
            give_file(FILE_NAME, write_saved(own_sheet()), "application/json")
        except search.SavedSheetError as error:
            tell(error, page.reader)


# ---- Another sheet: by a link, from a file, the one before ---------------------------------------------------


def read_given(given: bytes, page: Page) -> bool:
    """Take a file that was given: as one's own sheet when there is none yet, else to choose; say whether it is one."""
    try:
        saved = read_saved(given)
    except search.SavedSheetError as error:
        tell(error, page.reader)
        return False
    if not own_sheet():
        hold_sheet(saved)
    elif adds_to(own_sheet(), saved):
        st.session_state["offered"], st.session_state["offered by"] = saved, "file"
    st.session_state["files given"] = st.session_state.get("files given", 0) + 1  # its place is empty again
    return True


def add_offered() -> None:
    """Add the other sheet to one's own."""
    hold_sheet(merged(own_sheet(), st.session_state["offered"]))
    leave_offered()


def take_offered() -> None:
    """Go on with the other sheet; one's own stays to go back to."""
    own = own_sheet()
    hold_sheet(st.session_state["offered"])
    leave_offered()
    st.session_state["before"] = own


def leave_offered() -> None:
    """Keep to one's own sheet."""
    del st.session_state["offered"]


def take_before() -> None:
    """Go back to the sheet before; the one in use is then the one before."""
    own = own_sheet()
    hold_sheet(st.session_state["before"])
    st.session_state["before"] = own


def draw_offered(page: Page, offered: SavedSheet) -> None:
    """Draw a sheet that is not one's own, and what can be done with it."""
    found, gone = split_known(page.searcher, offered.ids)
    with st.container(border=True):
        by = page.say(f"sheet_by_{st.session_state['offered by']}", count=len(found))
        st.markdown(f"**{by}**" + (f" {one_line(offered.title)}" if offered.title else ""))
        with st.container(gap="xxsmall"):
            for entry in found:
                draw_entry_link(page, entry)
        for name in gone:
            st.caption(page.say("gone", title=one_line(called(page, name)), id=one_line(name)))
        st.caption(page.say("sheet_offered", count=len(st.session_state["sheet"])))
        with st.container(horizontal=True):
            st.button(page.say("sheet_add"), key="add offered", type="primary", on_click=add_offered)
            st.button(page.say("sheet_take"), key="take offered", on_click=take_offered)
            st.button(page.say("sheet_leave"), key="leave offered", type="tertiary", on_click=leave_offered)


def draw_open(page: Page) -> None:
    """Draw the place for a sheet that was saved."""
    with st.expander(page.say("sheet_open"), icon=":material/folder_open:"):
        number = st.session_state.get("files given", 0)
        given = draw_place_for_file(page.say("sheet_open_hint"), f"saved file {number}")
        if given and read_given(given.getvalue(), page):
            st.rerun()


def draw_before(page: Page) -> None:
    """Draw the way back to the sheet before."""
    if st.session_state["before"]:
        st.button(page.say("sheet_before"), key="sheet before", icon=":material/undo:", on_click=take_before)


def forget(reader: str) -> None:
    """Empty what the browser keeps for this page, and what this visit asked, typed and chose.

    Args:
        reader: The language of the page, which may have been that of the question.
    """
    forget_visit()
    st.session_state["lang"] = reader
    st.session_state["forgotten"], st.session_state["just forgotten"] = uuid.uuid4().hex, True


def draw_forget(page: Page) -> None:
    """Draw the way to leave nothing behind on a computer that others use, after a second word.

    It is there without a sheet too: a question may have been asked, or typed and not sent.
    """
    number = st.session_state.get("forgotten", "")
    with st.popover(page.say("sheet_forget"), key=f"forget behind {number}", icon=FORGET_ICON, type="tertiary"):
        st.markdown(page.say("sheet_forget_why"))
        st.button(page.say("sheet_forget_now"), key="forget", type="primary", on_click=forget, args=(page.reader,))
    if st.session_state.get("just forgotten"):
        tell_once("just forgotten")
        st.success(page.say("sheet_forgotten"))


# ---- The view ------------------------------------------------------------------------------------------------


def follow_address(page: Page) -> None:
    """Take over the sheet of a link: as one's own where there is none yet, else to choose.

    A step back to an address this visit wrote is none: the sheet is what it has become since. Before it is known what
    the browser keeps, that of the address is shown for the time being.
    """
    state, ids = st.session_state, address().get("on", [])
    if not ids or tuple(ids) in state.get("sheet addresses", ()):
        return
    named = named_entries(page.searcher, ids)
    if not state.get("kept known"):
        state["linked"] = state["sheet"] = named
    elif not state["sheet"]:
        state["sheet"] = named
    elif set(named) != set(state["sheet"]):
        state["offered"], state["offered by"] = SavedSheet(ids=tuple(named)), "link"
    state["address"] = address()
    st.rerun()  # the menu counts them


def write_chosen() -> None:
    """Write the sheet that is shown to the address: the one a link brought until somebody has chosen."""
    state, offered = st.session_state, st.session_state.get("offered")
    ids = list(offered.ids) if offered and state["offered by"] == "link" else state["sheet"]
    state["sheet addresses"] = {*state.get("sheet addresses", ()), tuple(ids)}
    write_address({"on": ids} if ids else {})


def draw_title(page: Page) -> str:
    """Draw the title, the situation and the language of the sheet, and return the language."""
    st.text_input(page.say("sheet_title"), key="title", placeholder=page.say("sheet_title_hint"))
    keep_as_typed("title", "sheet", "title")
    st.text_area(page.say("sheet_situation"), key="situation", height=80, help=page.say("sheet_situation_hint"))
    keep_as_typed("situation", "sheet", "situation")
    language = st.segmented_control(
        page.say("sheet_language"),
        search.LANGUAGES,
        format_func=lambda key: capital(page.label("languages", key)),
        default=page.reader,
        key=f"sheet language {page.reader}",
    )
    return language or page.reader


def main(page: Page) -> None:
    """Draw the view."""
    if is_new("sheet"):
        follow_address(page)
    write_chosen()
    chosen, gone = split_known(page.searcher, st.session_state["sheet"])
    st.header(page.say("sheet"), anchor=False)
    if offered := st.session_state.get("offered"):
        draw_offered(page, offered)
    for name in gone:
        draw_gone(page, name)
    if not chosen:
        st.info(page.say("sheet_empty"))
        draw_before(page)
        draw_open(page)
        draw_forget(page)
        return
    st.markdown(page.say("sheet_refused" if st.session_state.get("kept refused") else "sheet_hint"))
    vocabulary, notes = page.searcher.vocabulary, st.session_state["notes"]
    language = draw_title(page)
    title, situation, place = st.session_state["title"], st.session_state["situation"], this_place(page)
    made = make_sheet(title, chosen, vocabulary, language=language, notes=notes, situation=situation, place=place)
    draw_take(page, sheet_taken(made))
    draw_before(page)
    reading = make_sheet("", chosen, vocabulary, language=page.reader)
    for label, items in reading.phases():
        st.subheader(one_line(label), anchor=False)
        for item in items:
            draw_item(page, item)
    draw_save(page)
    draw_open(page)
    draw_forget(page)
