"""What every view needs: the library, the reader's language, what is asked and chosen, the address of the page.

What is asked (text, filters, entry, language) and chosen (sheet) is kept in ``st.session_state``, what can be shared
under the same names as in the address.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

import search
from search.building.collecting import uncollected
from search.hosting.metrics import serve_metrics
from search.library.aliases import current_ids
from search.output.dates import date_in_words
from search.output.saved_sheet import SavedSheet, renamed
from search.retrieval.filters import KNOWN_SINCE, LAST_KNOWN
from search.retrieval.fixed_filters import narrowed
from search.text.language import guess_language

from .messages import MESSAGES
from .text import one_line

FILTERS = ("libraries", "kinds", "phases", "conditions", "actors", "languages", "countries", "outcomes", "known_since")
FACET = "facet."
"""Before the name of a filter of the library's own, in the address and where its choice is kept."""
OWN = "own."
"""In the address of a page inside another site, before a filter of the person's own; the others that site has fixed."""
SHORT_FILTERS = ("libraries", "kinds", "phases", "languages", "outcomes")  # few values: all of them are in sight

VIEWS = ("ask", "browse", "compare", "sheet", "curators", "about")
"""In the order of the menu; all but the first have their name in the address."""

SECONDS_IN_QUEUE = 60  # seconds anybody waits in the queue

LOGGED_EVERY = 60  # seconds after which the same fault is written to the log again

HITS_SHOWN = 6  # of a group, before "show more" and with each click on it

ERROR_MESSAGES: Mapping[type[search.PasserelleError], str] = {
    search.BusyError: "busy",
    search.EmptyQueryError: "empty",
    search.QueryTooLongError: "too_long",
    search.UnknownConcernError: "unknown_concern",
    search.UnknownPlaceError: "unknown_place",
    search.UnknownEntryError: "unknown_entry",
    search.IndexMismatchError: "index_mismatch",
    search.IndexDamagedError: "index_damaged",
    search.IndexFormatError: "index_of_another_release",
    search.StoreError: "store_away",
    search.ModelMissingError: "model_missing",
    search.CorpusError: "corpus_wrong",
    search.NeedsFullError: "unmet_full",
}


def message_key(error: search.PasserelleError) -> str:
    """Return which words of the page say an error; a database that answers but cannot be used is not away."""
    if isinstance(error, search.StoreError) and not error.may_pass:
        return "store_unusable"
    if isinstance(error, search.SavedSheetError):
        return f"saved_{error.kind}"
    return ERROR_MESSAGES.get(type(error), "failed")


Address = dict[str, list[str]]

LOG = logging.getLogger("search.page")
"""What the host of the page reads and nobody else: paths, addresses of databases, faults of files."""

MOST_NAMED, LONGEST_NAME = 10, 80
"""Unknown values of the address that are shown, and characters of one."""

CHOICES = {
    **dict(zip(FILTERS, FILTERS, strict=True)),
    "guided phase": "phases",
    "guided obstacle": "conditions",
    "draft kind": "kinds",
    "draft phases": "phases",
    "draft conditions": "conditions",
    "draft actors": "actors",
    "draft country": "countries",
    "draft outcome": "outcomes",
}
"""What is chosen from a closed list: where it is kept, and which list."""


STAYS = frozenset(
    (
        *("token", "browser", "kept known", "kept refused"),  # what goes to and fro between page and browser
        *("lang", "library", "filters fixed"),  # what the page is read in and answers from
        *("view", "views", "answers", "address", "leave", "sheet addresses"),  # which steps of the history are its own
    )
)
"""What outlives "erase it all": an address of a sheet that this visit wrote brings nothing back."""


@dataclass(frozen=True)
class Page:
    """The library and the language of the person who reads."""

    searcher: search.Searcher
    reader: str

    def say(self, key: str, **values: object) -> str:
        """Return words of the page."""
        return MESSAGES[self.reader][key].format(**values)

    def label(self, name: str, key: str) -> str:
        """Return what a person reads for a key of a closed list."""
        if name == "languages":
            return self.say(f"language_{key}")
        if name.startswith(FACET):
            return key
        return self.searcher.vocabulary.label(name, key, self.reader)

    def outcome(self, key: str | None) -> str:
        """Return the label of what became of a case; words of our own where nothing is told."""
        return self.label("outcomes", key) if key else self.say("outcome_none")

    def own(self, key: str, otherwise: str) -> str:
        """Return words of the page for a key of the shipped lists; the label of one of a library's own."""
        return MESSAGES[self.reader].get(key, otherwise)

    def languages(self, entry: search.Entry) -> str:
        """Say which languages an entry exists in."""
        return self.say("and").join(self.label("languages", language) for language in entry.languages)

    def date(self, written: str) -> str:
        """Put YYYY, YYYY-MM or YYYY-MM-DD in words; what is none of them is left as it is written."""
        return one_line(date_in_words(written, self.reader))


# ---- The library and the language ----------------------------------------------------------------------------


@st.cache_resource(max_entries=1, show_spinner=False)
def open_library(_building: str) -> search.LiveSearcher:
    """Open the index once for everyone, making it when there is none; newer ones are taken up as they come.

    Args:
        _building: What to say while it is made.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    bar = st.empty()

    def show(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=_building)

    try:
        with uncollected():  # nobody sees the page yet
            live = search.follow(progress=show, ready=keep_out_of_collections)
        serve_metrics(live)
        return live
    finally:
        bar.empty()


def keep_out_of_collections() -> None:
    """Let nothing of what is there now be looked through for garbage again: library and encoder stay."""
    gc.collect()
    gc.freeze()


def library() -> search.Searcher:
    """Return the searcher, or say why there is none and stop."""
    asked = st.query_params.get("lang", "")
    words = MESSAGES[asked if asked in MESSAGES else browser_language()]
    try:
        with st.spinner(words["opening"]):
            live = open_library(words["building"])
            searcher = live.searcher
        if live.problem:
            st.info(words["old_answers"], icon=":material/history:")
        return searcher
    except search.PasserelleError as error:
        tell(error, asked if asked in MESSAGES else browser_language())
        st.stop()


def tell(error: search.PasserelleError, language: str) -> None:
    """Say what went wrong in words for anybody; files, addresses and reasons go to the log of the host."""
    fields = {name: one_line(str(value)) for name, value in vars(error).items()}
    st.error(MESSAGES[language][message_key(error)].format(**fields))
    if not isinstance(error, (search.QueryError, search.SavedSheetError)):
        note_fault(type(error).__name__, str(error))
        st.caption(MESSAGES[language]["in_log"])


@st.cache_data(ttl=LOGGED_EVERY, max_entries=100, show_spinner=False)
def note_fault(name: str, text: str) -> None:
    """Write a fault to the log: once in a while, however many people meet it."""
    LOG.error("%s: %s", name, text)


@st.cache_resource(show_spinner=False)
def turns() -> search.AdmissionQueue:
    """Return the queue everyone's questions stand in: as many are answered at once as there are processors."""
    return search.AdmissionQueue(os.cpu_count() or 1, SECONDS_IN_QUEUE)


def browser_language() -> str:
    """Return the browser's language, or French when it is neither of the two."""
    language = (st.context.locale or "").lower().split("-")[0]
    return language if language in MESSAGES else "fr"


def reader_language() -> str:
    """Return the language that was chosen; else that of the question; else the browser's."""
    chosen = next((value for value in st.query_params.get_all("lang") if value in MESSAGES), None)
    if address() != st.session_state.get("address") and (chosen or not is_bare()):
        st.session_state["lang"] = chosen
    asked = st.query_params.get("q") or st.session_state.get("q") or ""
    return st.session_state.get("lang") or guess_language(asked) or browser_language()


def this_page() -> Page:
    """Return what the view that is drawn needs."""
    return Page(library(), reader_language())


def choose_language() -> None:
    """Keep the language of the switch; pressing the one in use keeps it too."""
    chosen = st.session_state["switch"] or st.session_state["shown_language"]
    st.session_state["lang"] = st.session_state["kept language"] = chosen


# ---- The address ---------------------------------------------------------------------------------------------


def address() -> Address:
    """Return what the address of the page says."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def is_bare() -> bool:
    """Say whether the address says nothing but a view and a language: the menu was used, or "back" after it."""
    return not set(address()) - {"lang"}


def is_new(view: str) -> bool:
    """Say whether the address was written by someone else: a link was opened, or "back" was pressed.

    Coming from another view by the menu leaves the address bare: then what was asked here is kept. An address that is
    bare because of "back" is left so: written again, it would keep "back" from leading any further.
    """
    by_menu = is_bare() and st.session_state.get("view") not in (None, view)
    new = address() != st.session_state.get("address") and not by_menu
    st.session_state["view"] = view
    st.session_state["leave"] = new and is_bare()
    return new


def write_address(written: Address) -> None:
    """Write what is shown to the address of the page.

    It is written even when it seems to be there: a link from one entry to another tells the server the new address and
    leaves the old one in the browser, which takes a new one as a step of its history.
    """
    if st.session_state.get("lang"):
        written = written | {"lang": [st.session_state["lang"]]}
    if st.session_state["leave"]:
        written = address()
    st.query_params.from_dict(written)
    st.session_state["address"] = written


def read_filters(searcher: search.Searcher) -> None:
    """Take over the filters of the address; values nobody knows are kept under ``unknown``."""
    unknown, written = [], address()
    named = filter(is_facet, (key.removeprefix(OWN) for key in written))
    for name in (*FILTERS, *dict.fromkeys((*kept_facets(), *facets(searcher), *named))):
        values, known = written.get(OWN + name) or written.get(name, []), known_values(searcher, name)
        st.session_state[name] = [value for value in values if value in known]
        own = f"{name.removeprefix(FACET)}: " if is_facet(name) else ""
        unknown += [f"{own}{value}" for value in values if value not in known]
    st.session_state["unknown"] = unknown
    hold_fixed()


def filters() -> Address:
    """Return the filters in use."""
    return {name: list(st.session_state[name]) for name in (*FILTERS, *kept_facets()) if st.session_state[name]}


def own_filters() -> Address:
    """Return the filters in use that a person chose: all but those that the site around the page has fixed."""
    fixed = fixed_filters()
    return {name: values for name, values in filters().items() if set(values) != set(fixed.get(name, ()))}


def written_filters() -> Address:
    """Return the filters as the address has them: inside another site, what is fixed apart from the person's own."""
    if "filters fixed" not in st.session_state:
        return filters()
    return fixed_filters() | {OWN + name: values for name, values in own_filters().items()}


def wanted() -> dict[str, Any]:
    """Return the filters in use, as a search takes them."""
    chosen = filters()
    own = {name.removeprefix(FACET): chosen.pop(name) for name in list(chosen) if is_facet(name)}
    return chosen | ({"facets": own} if own else {})


def is_facet(name: object) -> bool:
    """Say whether a name is that of a filter of a library's own."""
    return str(name).startswith(FACET)


def facets(searcher: search.Searcher) -> tuple[str, ...]:
    """Return what the filters of the library's own go by here, in the order of its table."""
    return tuple(f"{FACET}{name}" for name in searcher.facets)


def kept_facets() -> tuple[str, ...]:
    """Return what the filters of a library's own go by that were drawn or chosen."""
    return tuple(str(name) for name in st.session_state if is_facet(name))


def known_values(searcher: search.Searcher, name: str) -> tuple[str, ...]:
    """Return the values a filter may have."""
    if is_facet(name):
        return searcher.facets.get(name.removeprefix(FACET), ())
    return search.LANGUAGES if name == "languages" else searcher.vocabulary.keys(list_of(name))


def list_of(name: str) -> str:
    """Return which list the values of a filter are in."""
    return LAST_KNOWN if name == KNOWN_SINCE else name


def split_known(searcher: search.Searcher, names: Iterable[str]) -> tuple[list[search.Entry], list[str]]:
    """Return the entries that have some ids, each once, and the ids no entry has: deleted since, or never there.

    What the entries are called is remembered, should they leave the library while they are in use.
    """
    found, gone = [], []
    for name in current_ids(names, searcher.index.metadata.aliases):
        try:
            found.append(searcher.entry(name))
        except search.UnknownEntryError:
            gone.append(name)
    titles = {entry.id: {one: entry.title(one) for one in search.LANGUAGES} for entry in found}
    st.session_state["called"] = st.session_state["called"] | titles
    return found, gone


def named_entries(searcher: search.Searcher, names: Iterable[str]) -> list[str]:
    """Return the ids an address names: those of entries, then the first that no entry has, cut where they are long."""
    found, gone = split_known(searcher, names)
    return [*(entry.id for entry in found), *dict.fromkeys(name[:LONGEST_NAME] for name in gone[:MOST_NAMED])]


def page_address() -> str:
    """Return the address of the page, whichever view is shown, with the slash at its end; empty where there is none."""
    where = (st.context.url or "").split("?")[0].split("#")[0]
    head, _, last = where.rpartition("/")
    return f"{head}/" if last in VIEWS else where and f"{where.rstrip('/')}/"


def shown_address() -> str:
    """Return the address of what is shown, as the browser has it."""
    where = (st.context.url or "").split("?")[0].split("#")[0]
    written = st.session_state.get("address") or {}
    where = where if where.rpartition("/")[2] in VIEWS else page_address()
    return f"{where}?{urlencode(written, doseq=True)}" if written else where


def link_to(**parts: str) -> dict[str, str]:
    """Return the address of a view, in the language that was chosen."""
    return parts | ({"lang": st.session_state["lang"]} if st.session_state.get("lang") else {})


# ---- What is kept between runs and views ---------------------------------------------------------------------


def keep_widgets() -> None:
    """Keep what was typed and ticked while its widgets are not drawn (Streamlit forgets it otherwise)."""
    state = st.session_state
    state["q"] = state.get("q", "")
    state["title"] = state.get("title", "")
    state["situation"] = state.get("situation", "")
    state["sheet"] = state.get("sheet", [])
    state["notes"] = state.get("notes", {})
    state["called"] = state.get("called", {})
    state["draft"] = state.get("draft", {})
    state["before"] = state.get("before")
    state["kept language"] = state.get("kept language", "")
    state["kept compared"] = state.get("kept compared", [])
    state["typed"] = {}
    for name in (*FILTERS, *kept_facets()):
        state[name] = state.get(name, [])


def forget_visit() -> None:
    """Let go of all that was asked, typed and chosen; what is no work of the person's (STAYS) is left."""
    state = st.session_state
    files = state.get("files given", 0) + 1  # the place for a saved file is empty again
    for key in [key for key in state if key not in STAYS]:
        del state[key]
    state["files given"] = files
    keep_widgets()


def follow_library(page: Page) -> None:
    """Remember what chosen entries are called; when a newer library was taken up, let go of choices it has not."""
    state = st.session_state
    follow_ids(page)
    split_known(page.searcher, [*state["sheet"], *state.get("compared", ())])
    if state.get("library") == page.searcher.manifest.version:
        return
    if "library" in state:
        choices = CHOICES | {name: name for name in kept_facets()}
        state["let go"] = [value for kept, name in choices.items() for value in let_go(page.searcher, kept, name)]
    state["library"] = page.searcher.manifest.version


def follow_ids(page: Page) -> None:
    """Name what was chosen by the ids it has now, where entries were merged or are called otherwise."""
    state, names = st.session_state, page.searcher.index.metadata.aliases
    if not names.keys().isdisjoint([*state["sheet"], *state["notes"]]):
        hold_sheet(renamed(own_sheet(), names))
    for kept in ("compared", "kept compared"):
        if not names.keys().isdisjoint(state.get(kept, ())):
            state[kept] = list(current_ids(state[kept], names))


def let_go(searcher: search.Searcher, kept: str, name: str) -> list[str]:
    """Take out of a choice what its closed list no longer has, and return it."""
    chosen, known = st.session_state.get(kept), known_values(searcher, name)
    if isinstance(chosen, list):
        st.session_state[kept] = [value for value in chosen if value in known]
        return [value for value in chosen if value not in known]
    if chosen is None or chosen in known:
        return []
    st.session_state[kept] = None
    return [chosen]


def called(page: Page, name: str) -> str:
    """Return the title of an entry that is no longer there as it was last seen; its id when it never was."""
    return str(st.session_state["called"].get(name, {}).get(page.reader, name))


def clear_filters() -> None:
    """Remove every filter; those that the site around the page has fixed stay."""
    fixed = fixed_filters()
    for name in (*FILTERS, *kept_facets()):
        st.session_state[name] = list(fixed.get(name, []))


def fixed_filters() -> Address:
    """Return the filters that the site around the page has fixed; none where there is no such site."""
    fixed: Address = st.session_state.get("filters fixed", {})
    return fixed


def keep_fixed(searcher: search.Searcher) -> None:
    """Let a page inside another site keep the filters of the address that opened it, to the end of the visit."""
    state = st.session_state
    if "filters fixed" not in state and st.context.is_embedded:
        state["filters fixed"] = address()
    if "filters fixed" in state:
        named = [name for name in state["filters fixed"] if name in FILTERS or is_facet(name)]
        values = {name: known_values(searcher, name) for name in named}
        kept = {name: [one for one in state["filters fixed"][name] if one in values[name]] for name in named}
        state["filters fixed"] = {name: some for name, some in kept.items() if some}
        hold_fixed()


def hold_fixed() -> None:
    """Bring what was chosen back to what the site around the page has fixed."""
    for name, values in narrowed(fixed_filters(), filters()).items():
        st.session_state[name] = list(values)


def drop_filter(name: str, value: str) -> None:
    """Remove one value of a filter."""
    st.session_state[name] = [one for one in st.session_state[name] if one != value]


def take_filters(searcher: search.Searcher, view: str) -> None:
    """Bring back the filters of a view: those of the search and those of Browse are apart.

    What a newer library no longer has is let go, and told as `draw_unknown` tells it.
    """
    state = st.session_state
    last = state.get("filters of", view)
    state["filters of"] = view
    if last == view:
        return
    put_by = state.setdefault("filters put by", {})
    put_by[last] = filters()
    clear_filters()
    for name, values in put_by.pop(view, {}).items():
        known = known_values(searcher, name)
        state[name] = [value for value in values if value in known]
        if gone := [value for value in values if value not in known]:
            state["let go"] = [*state.get("let go", ()), *gone]
    hold_fixed()


def switch_on_sheet(entry_id: str) -> None:
    """Put an entry on the sheet, or take it off; its note is kept. What was asked is what a first one is about."""
    chosen = st.session_state["sheet"]
    if not chosen and not st.session_state["situation"].strip():
        st.session_state["situation"] = st.session_state["q"].strip()
    st.session_state["sheet"] = [n for n in chosen if n != entry_id] if entry_id in chosen else [*chosen, entry_id]


def open_entry(entry_id: str) -> None:
    """Show an entry."""
    st.session_state["entry"] = entry_id


def own_sheet() -> SavedSheet:
    """Return the sheet as it is now, as it can be saved."""
    state = st.session_state
    return SavedSheet(state["title"], tuple(state["sheet"]), state["notes"], state["called"], state["situation"])


def hold_sheet(saved: SavedSheet) -> None:
    """Go on with a sheet that was saved."""
    state = st.session_state
    state["title"], state["sheet"], state["notes"] = saved.title, list(saved.ids), dict(saved.notes)
    state["situation"] = saved.situation
    state["called"] = {**saved.titles, **state["called"]}


def hold_draft(filled: Mapping[str, str | list[str]]) -> None:
    """Go on with what was filled in of a new entry: its places take it from there when they are drawn."""
    st.session_state["draft"] = dict(filled)
    for key in [key for key in st.session_state if str(key).startswith("draft ")]:
        del st.session_state[key]


def tell_once(kept: str) -> None:
    """Have what is told from the state let go once the person does something else, and not before.

    The page is drawn again for what the browser tells of itself too: that is nothing the person did.
    """
    st.session_state["told"] = {*st.session_state.get("told", ()), kept}


def drop_told() -> None:
    """Let go of what was told, now that the person does something else."""
    for kept in st.session_state.pop("told", ()):
        st.session_state.pop(kept, None)


def draw_unknown(page: Page) -> None:
    """Say which filters of the address nobody knows, and which ones a newer library no longer has."""
    for kept, words in (("unknown", "filters_unknown"), ("let go", "filters_gone")):
        if names := st.session_state.get(kept):
            tell_once(kept)
            shown = ", ".join(name[:LONGEST_NAME] for name in names[:MOST_NAMED])
            st.warning(page.say(words, values=one_line(shown)))
