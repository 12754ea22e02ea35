"""The page: words, widgets, drawing. Every rule of search and ranking lives in the package ``search``.

Read it from the bottom: `main` asks, picks the reader's language, draws. What is asked (text, filters, entry,
language) is kept in ``st.session_state`` under the same names as in the address of the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

import search
from search.entries import FIELDS, LIST_FIELDS
from search.index import current_version

FILTERS = ("kinds", "phases", "conditions", "actors", "languages", "countries", "outcomes")
SHORT_FILTERS = ("kinds", "phases", "languages", "outcomes")  # few values: all of them are in sight

GROUPS = ("practices", "conditions", "cases", "resources")
HITS_ASKED = 60
HITS_SHOWN = 6  # per group, before "show more" and with each click on it
ALIKE_SHOWN = 5

STRENGTH_COLORS = {"strong": "green", "related": "blue", "weak": "gray"}
OUTCOME_COLORS = {"succeeded": "green", "mixed": "orange", "stalled": "red", "stopped": "red", "ongoing": "blue"}

# Every word of the page. French: a no-break space before : ; ? ! and inside quotation marks.
# (Comments, here and below: Streamlit would print a text that stands alone.)
WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "tagline": "Ce qui aide habitants et pouvoirs publics à agir ensemble.",
        "switch": "Langue de la page",
        "opening": "Ouverture de la bibliothèque…",
        "building": "Première ouverture : la bibliothèque se prépare, cela n’arrive qu’une fois.",
        "welcome": "Racontez votre situation : ce que vous voulez faire, avec qui, ce qui coince. "
        "La bibliothèque compare vos mots à {count} fiches, écrites en français et en anglais.",
        "question": "Votre situation",
        "question_hint": "Trois phrases valent mieux que deux mots.",
        "ask": "Chercher",
        "clear": "Tout effacer",
        "privacy": "Ce que vous écrivez reste sur l’ordinateur qui fait tourner cette page. "
        "L’adresse de la page contient votre texte : en la partageant, vous le partagez.",
        "examples": "Ou partez d’un exemple",
        "examples_citizen": "Habitantes et habitants",
        "examples_officer": "Agentes et agents publics",
        "examples_elected": "Élues et élus",
        "citizen_1": "La commune soutient notre maison de quartier un an, puis plus rien. Nous cherchons un accord "
        "qui tienne après les élections.",
        "citizen_2": "Un bâtiment communal est vide depuis des années. Notre collectif voudrait l’ouvrir au quartier, "
        "mais personne ne veut nous confier les clés.",
        "citizen_3": "Nous sommes cinq à tout porter et nous fatiguons. Nous aimerions que d’autres prennent "
        "le relais.",
        "officer_1": "Je suis agente communale. Un projet d’habitants touche trois services et chacun me renvoie "
        "au suivant.",
        "officer_2": "Nous consultons, ce sont toujours les mêmes qui viennent, et ils nous reprochent que rien "
        "ne suit.",
        "elected_1": "Élue d’une petite commune, je voudrais confier une part du budget aux habitants sans diviser "
        "le conseil.",
        "filters": "Filtrer",
        "filters_hint": "Rien de coché : tout est gardé.",
        "filters_clear": "Retirer les filtres",
        "filters_unknown": "L’adresse contenait des filtres inconnus, laissés de côté : {values}.",
        "any": "Sans filtre",
        "kinds": "Sorte de fiche",
        "phases": "Phase",
        "conditions": "Condition",
        "actors": "Qui est concerné",
        "languages": "Langue des textes",
        "countries": "Pays",
        "outcomes": "Ce que le cas est devenu",
        "language_fr": "français",
        "language_en": "anglais",
        "empty": "Rien à chercher : décrivez votre situation en une à trois phrases.",
        "too_long": "Ce texte compte {found} caractères ; on en lit {expected} au plus. Gardez ce qui compte le plus.",
        "filtered_out": "Aucune fiche ne passe tous ces filtres. Retirez-en un.",
        "silence": "Rien d’assez proche dans la bibliothèque.",
        "silence_why": "Elle parle de collaboration entre habitants et pouvoirs publics. Mieux vaut se taire que "
        "répondre à côté.",
        "rephrase": "Pour reformuler",
        "rephrase_1": "Dites qui vous êtes et à qui vous avez affaire : commune, service, association, voisins.",
        "rephrase_2": "Dites ce qui coince, puis ce que vous aimeriez obtenir.",
        "rephrase_3": "Préférez des mots courants aux noms propres et aux sigles.",
        "rephrase_filters": "Retirez un filtre : la réponse est peut-être juste à côté.",
        "near": "Le moins loin, sans promesse",
        "compared": "Fiches comparées : {total}. Chaque réponse montre son passage le plus proche de vos mots.",
        "group_practices": "Que faire",
        "group_conditions": "Ce qu’il faut réunir",
        "group_cases": "Qui l’a fait",
        "group_resources": "Sur quoi s’appuyer",
        "none_practices": "Aucune pratique parmi les réponses les plus proches.",
        "none_conditions": "Aucune condition parmi les réponses les plus proches.",
        "none_cases": "Aucun cas parmi les réponses les plus proches.",
        "none_resources": "Aucune ressource parmi les réponses les plus proches.",
        "show_more": "Montrer la suite ({count})",
        "strong": "Lien fort",
        "related": "Sujet lié",
        "weak": "Lien faible",
        "by_meaning": "trouvé par le sens",
        "by_words": "trouvé par les mots",
        "by_both": "trouvé par le sens et par les mots",
        "from_field": "Dans « {field} »",
        "only_in": "Cette fiche n’existe qu’en {language}.",
        "found_in": "Trouvé dans le texte en {language} ; voici le passage le plus proche dans votre langue.",
        "and": " et ",
        "more": "Lire la suite",
        "open": "Ouvrir la fiche",
        "open_alike": "Ouvrir la fiche et ses voisines",
        "back": "Retour à la réponse",
        "home": "Aller à la recherche",
        "unknown_entry": "Aucune fiche ne porte le nom « {found} ». Le lien est peut-être ancien.",
        "field_summary": "En bref",
        "field_description": "De quoi il s’agit",
        "field_first_steps": "Premiers pas",
        "field_for_citizens": "Côté habitants",
        "field_for_authorities": "Côté pouvoirs publics",
        "field_obstacles": "Obstacles",
        "field_signs_it_is_missing": "Signes qu’elle manque",
        "field_context": "Contexte",
        "field_what_happened": "Ce qui s’est passé",
        "field_results": "Résultats",
        "field_limits": "Limites",
        "field_how_to_join": "Comment s’y joindre",
        "told": "{name} : {values}",
        "basis": "{label} ({basis})",
        "translation_en": "Texte anglais : {how}.",
        "translation_fr": "Texte français : {how}.",
        "sources": "Sources",
        "source_read": "lu en {date}",
        "source_copy": "copie : {copy}",
        "no_source": "Cette fiche ne cite pas de source.",
        "shown_by": "Qui la met en œuvre",
        "shown_by_none": "La bibliothèque ne connaît encore aucun cas de cette pratique.",
        "shown_also": "Pour aller plus loin",
        "shows": "Pratiques que cette fiche illustre",
        "goes_with": "À lire aussi",
        "alike": "Fiches qui ressemblent",
        "since": "depuis {start}",
        "from_to": "de {start} à {end}",
        "months": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "index_mismatch": "La bibliothèque a été préparée pour un autre modèle de langue. Préparez-la à nouveau.",
        "index_damaged": "Un fichier de la bibliothèque est abîmé. Préparez-la à nouveau.",
        "model_missing": "Le modèle de langue n’a pas pu être chargé.",
        "corpus_wrong": "Les fiches contiennent des erreurs : la bibliothèque ne peut pas être préparée.",
        "failed": "La bibliothèque n’a pas pu être ouverte.",
    },
    "en": {
        "tagline": "What helps residents and public authorities act together.",
        "switch": "Language of the page",
        "opening": "Opening the library…",
        "building": "First opening: the library is being prepared. This happens only once.",
        "welcome": "Tell your situation: what you want to do, with whom, where it sticks. "
        "The library compares your words with {count} entries, written in French and in English.",
        "question": "Your situation",
        "question_hint": "Three sentences work better than two words.",
        "ask": "Search",
        "clear": "Clear all",
        "privacy": "What you type stays on the computer that runs this page. "
        "The address of the page holds your text: sharing it shares the text.",
        "examples": "Or start from an example",
        "examples_citizen": "Residents",
        "examples_officer": "Public officers",
        "examples_elected": "Elected representatives",
        "citizen_1": "The council funds our neighbourhood house for a year, then nothing. We are looking for an "
        "agreement that survives the elections.",
        "citizen_2": "A council building has stood empty for years. Our group would like to open it to the "
        "neighbourhood, but nobody will trust us with the keys.",
        "citizen_3": "Five of us carry everything and we are getting tired. We would like others to take over "
        "some of it.",
        "officer_1": "I work for the municipality. A residents’ project touches three departments and each one sends "
        "me on to the next.",
        "officer_2": "We consult, the same people always come, and they complain that nothing follows.",
        "elected_1": "As a councillor in a small town, I would like residents to decide on part of the budget "
        "without splitting the council.",
        "filters": "Filter",
        "filters_hint": "Nothing ticked: everything is kept.",
        "filters_clear": "Remove the filters",
        "filters_unknown": "The address held unknown filters, which were left out: {values}.",
        "any": "No filter",
        "kinds": "Kind of entry",
        "phases": "Phase",
        "conditions": "Condition",
        "actors": "Who is concerned",
        "languages": "Language of the texts",
        "countries": "Country",
        "outcomes": "What became of the case",
        "language_fr": "French",
        "language_en": "English",
        "empty": "Nothing to search for: describe your situation in one to three sentences.",
        "too_long": "This text has {found} characters; at most {expected} are read. Keep the part that matters most.",
        "filtered_out": "No entry passes all these filters. Remove one.",
        "silence": "Nothing close enough in the library.",
        "silence_why": "It is about collaboration between residents and public authorities. Silence is better than "
        "an answer beside the point.",
        "rephrase": "How to rephrase",
        "rephrase_1": "Say who you are and who you deal with: town hall, department, association, neighbours.",
        "rephrase_2": "Say where it sticks, then what you would like to obtain.",
        "rephrase_3": "Prefer everyday words to proper names and acronyms.",
        "rephrase_filters": "Remove a filter: the answer may be just outside it.",
        "near": "The least far, without promise",
        "compared": "Entries compared: {total}. Each answer shows its passage closest to your words.",
        "group_practices": "What you can do",
        "group_conditions": "What must be in place",
        "group_cases": "Who has done it",
        "group_resources": "What to lean on",
        "none_practices": "No practice among the closest answers.",
        "none_conditions": "No condition among the closest answers.",
        "none_cases": "No case among the closest answers.",
        "none_resources": "No resource among the closest answers.",
        "show_more": "Show more ({count})",
        "strong": "Strong match",
        "related": "Related",
        "weak": "Weak match",
        "by_meaning": "found by meaning",
        "by_words": "found by words",
        "by_both": "found by meaning and by words",
        "from_field": "In “{field}”",
        "only_in": "This entry exists only in {language}.",
        "found_in": "Found in the {language} text; this is the closest passage in your language.",
        "and": " and ",
        "more": "Read on",
        "open": "Open the entry",
        "open_alike": "Open the entry and those like it",
        "back": "Back to the answer",
        "home": "Go to the search",
        "unknown_entry": "No entry is called “{found}”. The link may be an old one.",
        "field_summary": "In short",
        "field_description": "What it is",
        "field_first_steps": "First steps",
        "field_for_citizens": "For residents",
        "field_for_authorities": "For public authorities",
        "field_obstacles": "Obstacles",
        "field_signs_it_is_missing": "Signs that it is missing",
        "field_context": "Context",
        "field_what_happened": "What happened",
        "field_results": "Results",
        "field_limits": "Limits",
        "field_how_to_join": "How to join",
        "told": "{name}: {values}",
        "basis": "{label} ({basis})",
        "translation_en": "English text: {how}.",
        "translation_fr": "French text: {how}.",
        "sources": "Sources",
        "source_read": "read in {date}",
        "source_copy": "copy: {copy}",
        "no_source": "This entry cites no source.",
        "shown_by": "Who puts it into practice",
        "shown_by_none": "The library knows no case of this practice yet.",
        "shown_also": "To go further",
        "shows": "Practices this entry illustrates",
        "goes_with": "Read also",
        "alike": "More like this",
        "since": "since {start}",
        "from_to": "from {start} to {end}",
        "months": "January February March April May June July August September October November December",
        "index_mismatch": "The library was prepared for another language model. Prepare it again.",
        "index_damaged": "A file of the library is damaged. Prepare it again.",
        "model_missing": "The language model could not be loaded.",
        "corpus_wrong": "The entries contain errors: the library cannot be prepared.",
        "failed": "The library could not be opened.",
    },
}

# Long labels read from the left; Streamlit's own hint for the text area exists in English only.
STYLE = """<style>
[data-testid="stButton"] button, [data-testid="stButton"] button * { justify-content: flex-start; text-align: left; }
[data-testid="InputInstructions"] { display: none; }
</style>"""

# Streamlit stays where it was scrolled to when the page shows something else; the number makes the script run again.
TO_THE_TOP = """<script>/* {number} */
document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
</script>"""

EXAMPLES = {
    "citizen": ("citizen_1", "citizen_2", "citizen_3"),
    "officer": ("officer_1", "officer_2"),
    "elected": ("elected_1",),
}

ERROR_WORDS: Mapping[type[search.PasserelleError], str] = {
    search.EmptyQueryError: "empty",
    search.QueryTooLongError: "too_long",
    search.UnknownEntryError: "unknown_entry",
    search.IndexMismatchError: "index_mismatch",
    search.IndexDamagedError: "index_damaged",
    search.ModelMissingError: "model_missing",
    search.CorpusError: "corpus_wrong",
}


# ---- Text that is shown as it is -----------------------------------------------------------------------------

# Word joiner: no width, no break. It keeps apart signs that Streamlit would turn into something else.
JOINER = "\u2060"

_TURNED_INTO_SOMETHING_ELSE = re.compile(
    r"(?<=:)(?=\S)"  # :smile: and :material/home: become pictures, http:// a link
    r"|(?=@)"  # an address becomes a link
    r"|(?<=www)(?=\.)"
    r"|(?<=[<>~-])(?=[->=])",  # -> becomes an arrow, -- a dash
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """Write a text so that ``st.markdown`` shows it as it is, line by line.

    Args:
        text: Anything, from an entry or from a person.

    Returns:
        Markdown without effect: every sign that could have one has a backslash before it, or a word joiner
        where a backslash does not help.
    """
    text = _PUNCTUATION.sub(r"\\\1", _TURNED_INTO_SOMETHING_ELSE.sub(JOINER, text))
    text = re.sub(r"^[ \t]+", " ", text)  # four spaces would start a block of code
    return re.sub(r"[ \t]*\r?\n[ \t]*", "  \n", text)


def one_line(text: str) -> str:
    """Do the same for a label, which has one line."""
    return escape(re.sub(r"[ \t\r\n]+", " ", text))


def highlight(passage: str, sentence: str) -> str:
    """Write a passage with one of its sentences marked; the passage alone when the sentence is not in it."""
    if not sentence or sentence not in passage:
        return escape(passage)
    before, found, after = passage.partition(sentence)
    return f"{escape(before)}:primary-background[{escape(found)}]{escape(after)}"


def link(title: str, url: str) -> str:
    """Write a link; the title alone when the address is not one of the web."""
    if not re.match(r"https?://", url, re.IGNORECASE):
        return one_line(title)
    address = re.sub(r"[\s<>\\]", lambda sign: f"%{ord(sign.group()):02X}", url).replace("&", "&amp;")
    return f"[{one_line(title)}](<{address}>)"


def badge(color: str, text: str) -> str:
    """Write a badge."""
    return f":{color}-badge[{one_line(text)}]"


def bullets(items: Iterable[str]) -> str:
    """Write a list of texts that are Markdown already."""
    return "\n".join(f"- {item}" for item in items)


# ---- What every part of the page needs -----------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """The library and the language of the person who reads."""

    searcher: search.Searcher
    reader: str

    def say(self, key: str, **values: object) -> str:
        """Return words of the page."""
        return WORDS[self.reader][key].format(**values)

    def label(self, name: str, key: str) -> str:
        """Return what a person reads for a key of a closed list."""
        if name == "languages":
            return self.say(f"language_{key}")
        return self.searcher.vocabulary.label(name, key, self.reader)

    def languages(self, entry: search.Entry) -> str:
        """Say which languages an entry exists in."""
        return self.say("and").join(self.label("languages", language) for language in entry.languages)

    def date(self, written: str) -> str:
        """Put YYYY, YYYY-MM or YYYY-MM-DD in words."""
        year, *rest = written.split("-")
        month = [self.say("months").split()[int(rest[0]) - 1]] if rest else []
        day = [str(int(rest[1]))] if len(rest) > 1 else []
        return " ".join([*day, *month, year])


def browser_language() -> str:
    """Return the browser's language, or French when it is neither of the two."""
    language = (st.context.locale or "").lower().split("-")[0]
    return language if language in WORDS else "fr"


def reader_language(answer: search.Results | None) -> str:
    """Return the language that was chosen; else that of the query; else the browser's."""
    guessed = None if answer is None else answer.language
    return st.session_state.get("lang") or guessed or browser_language()


# ---- The address and what is asked ---------------------------------------------------------------------------


def known_values(searcher: search.Searcher, name: str) -> tuple[str, ...]:
    """Return the values a filter may have."""
    return search.LANGUAGES if name == "languages" else searcher.vocabulary.keys(name)


def keep_widgets() -> None:
    """Keep what was typed and ticked while its widgets are not drawn (Streamlit forgets it otherwise)."""
    st.session_state["q"] = st.session_state.get("q", "")
    for name in FILTERS:
        st.session_state[name] = st.session_state.get(name, [])


def follow_address(searcher: search.Searcher) -> None:
    """Take over what the address says, unless this page wrote it: a link was opened, or "back" was pressed."""
    address = {key: st.query_params.get_all(key) for key in st.query_params}
    if address == st.session_state.get("address"):
        return
    st.session_state["lang"] = next((value for value in address.get("lang", []) if value in WORDS), None)
    st.session_state["entry"] = "".join(address.get("entry", [])[:1])
    if st.session_state["entry"]:
        return  # what was asked before is kept for the way back
    st.session_state["q"] = "".join(address.get("q", [])[:1])
    unknown = []
    for name in FILTERS:
        values, known = address.get(name, []), known_values(searcher, name)
        st.session_state[name] = [value for value in values if value in known]
        unknown += [value for value in values if value not in known]
    st.session_state["unknown"] = unknown


def write_address(answer: search.Results | None) -> None:
    """Write what is asked to the address; that of an entry leaves the person's text out."""
    state = st.session_state
    address = {"entry": [state["entry"]]} if state.get("entry") else {}
    if not address:
        address = {} if answer is None else {"q": [answer.query]}
        address |= {name: list(state[name]) for name in FILTERS if state[name]}
    if state.get("lang"):
        address["lang"] = [state["lang"]]
    if address != {key: st.query_params.get_all(key) for key in st.query_params}:
        st.query_params.from_dict(address)
    state["address"] = address


def ask(searcher: search.Searcher) -> search.Results | search.QueryError | None:
    """Search what was typed; None before anything was."""
    text, asked = st.session_state["q"], st.session_state.pop("asked", False)
    if not text and not asked:
        return None
    try:
        return searcher.search(text, k=HITS_ASKED, **{name: st.session_state[name] for name in FILTERS})
    except search.QueryError as error:
        return error


# ---- What buttons do (before the page is drawn again) --------------------------------------------------------


def note_asked() -> None:
    """Remember that "search" was pressed, so that an empty text gets a message."""
    st.session_state["asked"] = True


def take_example(text: str) -> None:
    """Put an example in the text area."""
    st.session_state["q"] = text


def choose_language() -> None:
    """Keep the language of the switch; pressing the one in use keeps it too."""
    st.session_state["lang"] = st.session_state["switch"] or st.session_state["shown_language"]


def clear_filters() -> None:
    """Remove every filter."""
    for name in FILTERS:
        st.session_state[name] = []


def start_again() -> None:
    """Go back to the welcome."""
    clear_filters()
    st.session_state["q"] = ""


def open_entry(entry_id: str) -> None:
    """Show an entry."""
    st.session_state["entry"] = entry_id


def show_more(key: str) -> None:
    """Show more hits of a group."""
    st.session_state[key] += HITS_SHOWN


# ---- Drawing: head, filters, form ----------------------------------------------------------------------------


def draw_head(page: Page) -> None:
    """Draw the name and the language switch."""
    st.html(STYLE)
    st.session_state["switch"] = st.session_state["shown_language"] = page.reader
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("Passerelle", anchor=False, width="content")
        st.segmented_control(
            page.say("switch"),
            tuple(WORDS),
            format_func={"fr": "Français", "en": "English"}.__getitem__,
            key="switch",
            on_change=choose_language,
            label_visibility="collapsed",
        )


def start_at_the_top(*shown: str) -> None:
    """Scroll to the top when something else is shown than before."""
    if shown != st.session_state.get("shown"):
        st.session_state["shown"] = shown
        st.session_state["views"] = st.session_state.get("views", 0) + 1
    st.html(TO_THE_TOP.format(number=st.session_state["views"]), unsafe_allow_javascript=True)


def draw_filters(page: Page) -> None:
    """Draw the sidebar."""
    with st.sidebar:
        st.subheader(page.say("filters"), anchor=False)
        st.caption(page.say("filters_hint"))
        for name in FILTERS:
            draw_filter(page, name)
        active = any(st.session_state[name] for name in FILTERS)
        st.button(page.say("filters_clear"), key="filters_clear", on_click=clear_filters, disabled=not active)


def draw_filter(page: Page, name: str) -> None:
    """Draw one filter: every value in sight when they are few, else a list to choose from."""
    values = known_values(page.searcher, name)
    if name in SHORT_FILTERS:
        st.pills(
            page.say(name),
            values,
            selection_mode="multi",
            format_func=lambda key: one_line(capital(page.label(name, key))),
            key=name,
        )
        return
    if name == "countries":
        values = tuple(sorted(values, key=lambda key: sort_key(page.label(name, key))))
    st.multiselect(
        page.say(name), values, format_func=lambda key: page.label(name, key), key=name, placeholder=page.say("any")
    )


def capital(text: str) -> str:
    """Give a label a capital."""
    return text[:1].upper() + text[1:]


def sort_key(text: str) -> str:
    """Order words as a dictionary does: accents and capitals aside."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def draw_form(page: Page, *, answered: bool) -> None:
    """Draw the text area and its buttons."""
    with st.form("ask"):
        st.text_area(page.say("question"), key="q", height=120, placeholder=page.say("question_hint"))
        with st.container(horizontal=True):
            st.form_submit_button(page.say("ask"), key="ask_button", type="primary", on_click=note_asked)
            if answered:
                st.form_submit_button(page.say("clear"), key="clear", type="tertiary", on_click=start_again)
    st.caption(page.say("privacy"))


def draw_examples(page: Page) -> None:
    """Draw the example situations."""
    st.subheader(page.say("examples"), anchor=False)
    for who, keys in EXAMPLES.items():
        st.caption(page.say(f"examples_{who}"))
        for key in keys:
            text = page.say(key)
            st.button(one_line(text), key=key, on_click=take_example, args=(text,), width="stretch")


# ---- Drawing: the answer -------------------------------------------------------------------------------------


def draw_results(page: Page, results: search.Results) -> None:
    """Draw the groups, or say that there is nothing."""
    if not results.total:
        st.warning(page.say("filtered_out"))
        return
    if not results.hits:
        draw_silence(page, results)
        return
    st.caption(page.say("compared", total=results.total))
    groups = {name: getattr(results, name) for name in GROUPS}
    tabs = st.tabs([f"{page.say(f'group_{name}')} ({len(hits)})" for name, hits in groups.items()])
    for tab, (name, hits) in zip(tabs, groups.items(), strict=True):
        with tab:
            draw_group(page, name, hits, results.query)


def draw_group(page: Page, name: str, hits: Sequence[search.Hit], query: str) -> None:
    """Draw the first hits of a group and a button for the rest."""
    if not hits:
        st.info(page.say(f"none_{name}"))
        return
    key = f"shown {name} {query}"
    shown = st.session_state.setdefault(key, HITS_SHOWN)
    for hit in hits[:shown]:
        draw_hit(page, hit, name)
    if len(hits) > shown:
        rest = page.say("show_more", count=len(hits) - shown)
        st.button(rest, key=f"more {name}", on_click=show_more, args=(key,), width="stretch")


def draw_silence(page: Page, results: search.Results) -> None:
    """Say that nothing is close enough, how to rephrase, and what came nearest."""
    st.info(f"**{page.say('silence')}** {page.say('silence_why')}")
    st.subheader(page.say("rephrase"), anchor=False)
    hints = ["rephrase_1", "rephrase_2", "rephrase_3"]
    if any(st.session_state[name] for name in FILTERS):
        hints.append("rephrase_filters")
    st.markdown(bullets(page.say(hint) for hint in hints))
    st.subheader(page.say("near"), anchor=False)
    for hit in results.near_misses:
        draw_near_miss(page, hit)


def draw_near_miss(page: Page, hit: search.Hit) -> None:
    """Draw an entry that came near: no strength, and nothing to unfold."""
    with st.container(border=True):
        st.subheader(one_line(hit.entry.title(page.reader)), anchor=False)
        st.markdown(" ".join(badges(page, hit.entry)))
        draw_match(page, hit)
        key = f"open near {hit.entry.id}"
        st.button(page.say("open"), key=key, on_click=open_entry, args=(hit.entry.id,))


def draw_hit(page: Page, hit: search.Hit, place: str) -> None:
    """Draw one answer: what it is, why it is here, and the rest on demand."""
    entry = hit.entry
    with st.container(border=True):
        st.subheader(one_line(entry.title(page.reader)), anchor=False)
        strength = badge(STRENGTH_COLORS[hit.strength], page.say(hit.strength))
        st.markdown(" ".join([strength, *badges(page, entry)]))
        draw_match(page, hit)
        with st.expander(page.say("more")):
            draw_body(page, entry)
            draw_shown_by(page, entry, f"{place} {entry.id}")
            draw_sources(page, entry)
            st.button(page.say("open_alike"), key=f"open {place} {entry.id}", on_click=open_entry, args=(entry.id,))


def draw_match(page: Page, hit: search.Hit) -> None:
    """Draw the passage that answers, in the reader's language where there is one, and say how it was found."""
    entry = hit.entry
    passage, sentence = hit.by_language.get(page.reader, (hit.passage, hit.sentence))
    if passage.field != "summary":
        st.markdown(escape(entry.summary(page.reader)))
    field = page.say("from_field", field=page.say(f"field_{passage.field}"))
    notes = [where_and_when(page, entry), field, page.say(f"by_{hit.matched}")]
    st.caption(" · ".join(note for note in notes if note))
    st.markdown(highlight(passage.text, sentence))
    if passage is not hit.passage:
        st.caption(page.say("found_in", language=page.label("languages", hit.passage.language)))
    draw_only_language(page, entry)


def draw_only_language(page: Page, entry: search.Entry) -> None:
    """Say that an entry does not exist in the reader's language."""
    if page.reader not in entry.languages:
        st.caption(page.say("only_in", language=page.languages(entry)))


# ---- Drawing: an entry ---------------------------------------------------------------------------------------


def badges(page: Page, entry: search.Entry) -> list[str]:
    """Write what an entry is: kind, what became of it, phases, conditions, languages."""
    written = [kind_badge(page, entry), outcome_badge(page, entry)]
    written += [badge("gray", page.label("phases", phase)) for phase in entry.phases]
    written += [badge("gray", page.label("conditions", condition)) for condition in entry.conditions]
    written.append(badge("gray", " + ".join(entry.languages).upper()))
    return [text for text in written if text]


def kind_badge(page: Page, entry: search.Entry) -> str:
    """Write what kind of entry it is."""
    return badge("primary", page.label("kinds", entry.kind))


def outcome_badge(page: Page, entry: search.Entry) -> str:
    """Write what became of a case; empty for other kinds."""
    if not entry.outcome:
        return ""
    return badge(OUTCOME_COLORS.get(entry.outcome, "gray"), page.label("outcomes", entry.outcome))


def where_and_when(page: Page, entry: search.Entry) -> str:
    """Write the place, country and dates of a case; empty when there are none."""
    parts = [one_line(entry.place)] if entry.place else []
    parts += [one_line(page.label("countries", entry.country))] if entry.country else []
    if entry.start and entry.end and entry.start != entry.end:
        parts.append(page.say("from_to", start=page.date(entry.start), end=page.date(entry.end)))
    elif entry.start and entry.outcome == "ongoing":
        parts.append(page.say("since", start=page.date(entry.start)))
    elif entry.start:
        parts.append(page.date(entry.start))
    return ", ".join(parts)


def draw_body(page: Page, entry: search.Entry) -> None:
    """Draw the texts of an entry in reading order; both readings of a practice side by side."""
    for field in FIELDS[entry.kind]:
        if field in {"title", "summary", "for_authorities"}:
            continue
        if field != "for_citizens":
            draw_field(page, entry, field)
            continue
        for column, side in zip(st.columns(2), ("for_citizens", "for_authorities"), strict=True):
            with column, st.container(border=True):
                draw_field(page, entry, side)


def draw_field(page: Page, entry: search.Entry, field: str) -> None:
    """Draw one text, or one list of texts, under its name."""
    text = entry.text(field, page.reader)
    if not text:
        return
    body = bullets(map(escape, text)) if field in LIST_FIELDS else escape(str(text))
    st.markdown(f"**{page.say(f'field_{field}')}**\n\n{body}")


def draw_sources(page: Page, entry: search.Entry) -> None:
    """Draw where the facts come from."""
    st.markdown(f"**{page.say('sources')}**")
    if not entry.sources:
        st.caption(page.say("no_source"))
        return
    st.markdown(bullets(source_line(page, source) for source in entry.sources))


def source_line(page: Page, source: search.Source) -> str:
    """Write one source."""
    parts = [one_line(source.publisher), link(source.title, source.url)]
    parts.append(page.say("source_read", date=page.date(source.read)))
    if source.copy:
        parts.append(page.say("source_copy", copy=one_line(source.copy)))
    return ", ".join(parts)


def draw_shown_by(page: Page, entry: search.Entry, place: str) -> None:
    """Draw the cases of a practice, or say that there is none; then what else shows it."""
    if entry.kind != "practice":
        return
    shown_by = page.searcher.illustrated_by(entry.id)
    cases = [other for other in shown_by if other.kind == "case"]
    draw_entry_buttons(page, "shown_by", cases, place)
    if not cases:
        st.markdown(f"**{page.say('shown_by')}**")
        st.caption(page.say("shown_by_none"))
    draw_entry_buttons(page, "shown_also", [other for other in shown_by if other.kind != "case"], place)


def draw_entry_buttons(page: Page, title: str, entries: Iterable[search.Entry], place: str) -> None:
    """Draw buttons that open entries, under a title; nothing when there are no entries."""
    entries = tuple(entries)
    if not entries:
        return
    st.markdown(f"**{page.say(title)}**")
    with st.container(gap=None):
        for entry in entries:
            label = f"{one_line(entry.title(page.reader))} {outcome_badge(page, entry) or kind_badge(page, entry)}"
            key = f"{title} {place} {entry.id}"
            icon = ":material/chevron_right:"
            st.button(label, key=key, on_click=open_entry, args=(entry.id,), type="tertiary", icon=icon)


def draw_way_back(page: Page) -> None:
    """Draw the button that leaves an entry."""
    title = page.say("back" if st.session_state["q"] else "home")
    st.button(title, key="back", icon=":material/arrow_back:", on_click=open_entry, args=("",))


def draw_entry(page: Page, entry_id: str) -> None:
    """Draw everything about one entry."""
    draw_way_back(page)
    try:
        entry = page.searcher.entry(entry_id)
    except search.UnknownEntryError as error:
        st.error(page.say("unknown_entry", found=one_line(error.found)))
        st.stop()
    st.header(one_line(entry.title(page.reader)), anchor=False)
    st.markdown(" ".join(badges(page, entry)))
    if facts := where_and_when(page, entry):
        st.caption(facts)
    draw_only_language(page, entry)
    st.markdown(escape(entry.summary(page.reader)))
    draw_body(page, entry)
    draw_links(page, entry)
    draw_sources(page, entry)
    draw_origin(page, entry)


def draw_links(page: Page, entry: search.Entry) -> None:
    """Draw the entries that go with one: its cases, its practices, related ones, ones like it."""
    draw_shown_by(page, entry, "entry")
    find = page.searcher.entry
    draw_entry_buttons(page, "shows", map(find, entry.illustrates), "entry")
    draw_entry_buttons(page, "goes_with", map(find, entry.related), "entry")
    drawn = {*entry.illustrates, *entry.related, *(case.id for case in page.searcher.illustrated_by(entry.id))}
    alike = page.searcher.similar(entry.id, k=ALIKE_SHOWN + len(drawn)).hits
    others = [hit.entry for hit in alike if hit.entry.id not in drawn]
    draw_entry_buttons(page, "alike", others[:ALIKE_SHOWN], "entry")


def draw_origin(page: Page, entry: search.Entry) -> None:
    """Say who is concerned, how sure its phases and conditions are, and how it was translated."""
    lines: list[tuple[str, list[str]]] = []
    for name, values in (("phases", entry.phases), ("conditions", entry.conditions)):
        told = [
            page.say("basis", label=one_line(page.label(name, key)), basis=one_line(page.label("bases", basis)))
            for key, basis in values.items()
        ]
        lines.append((name, told))
    lines.append(("actors", [one_line(page.label("actors", actor)) for actor in entry.actors]))
    written = [page.say("told", name=page.say(name), values=", ".join(told)) for name, told in lines if told]
    st.caption(bullets([*written, *translation_line(page, entry)]))


def translation_line(page: Page, entry: search.Entry) -> list[str]:
    """Say how the text in the second language was made; nothing when there is one language."""
    origin = entry.translation or {}
    second = [language for language in entry.languages if language != origin.get("first")]
    if len(entry.languages) < 2 or len(second) != 1:
        return []
    how = one_line(page.label("translations", origin.get("other", "")))
    return [page.say(f"translation_{second[0]}", how=how)]


# ---- The page ------------------------------------------------------------------------------------------------


@st.cache_resource(max_entries=1, show_spinner=False)
def open_searcher(version: str | None, _building: str) -> search.Searcher:
    """Open the index once for everyone; the cache forgets it when another version takes its place.

    Args:
        version: The version in use; None when there is no index, which is then made.
        _building: What to say meanwhile.
    """
    if version:
        return search.load()
    bar = st.progress(0.0, text=_building)

    def show(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=_building)

    try:
        return search.load(progress=show)
    finally:
        bar.empty()


def library() -> search.Searcher:
    """Return the searcher, or say why there is none and stop."""
    asked = st.query_params.get("lang", "")
    words = WORDS[asked if asked in WORDS else browser_language()]
    try:
        with st.spinner(words["opening"]):
            return open_searcher(current_version(search.default_index()), words["building"])
    except search.PasserelleError as error:
        st.error(words[ERROR_WORDS.get(type(error), "failed")])
        st.caption(escape(str(error)))
        st.stop()


def draw_answer(page: Page, answer: search.Results | search.QueryError | None) -> None:
    """Draw the answer, a message, or the welcome."""
    if isinstance(answer, search.Results):
        draw_results(page, answer)
        return
    if isinstance(answer, search.QueryError):
        st.error(page.say(ERROR_WORDS.get(type(answer), "failed"), **vars(answer)))
    draw_examples(page)


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="Passerelle")
    searcher = library()
    keep_widgets()
    follow_address(searcher)
    answer = ask(searcher)
    results = answer if isinstance(answer, search.Results) else None
    page = Page(searcher, reader_language(results))
    write_address(results)
    draw_head(page)
    start_at_the_top(st.session_state.get("entry", ""), st.session_state["q"])
    if st.session_state.get("entry"):
        draw_entry(page, st.session_state["entry"])
        st.stop()
    draw_filters(page)
    if unknown := st.session_state.pop("unknown", None):
        st.warning(page.say("filters_unknown", values=one_line(", ".join(unknown))))
    if answer is None:
        st.markdown(f"**{page.say('tagline')}** {page.say('welcome', count=searcher.manifest.entries)}")
    draw_form(page, answered=answer is not None)
    draw_answer(page, answer)


if __name__ == "__main__":
    main()
