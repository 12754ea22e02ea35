"""The page over a library of one's own: a table, its own closed lists, nothing that it has not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import search
from page.address import VIEWS
from page.browse import COLORS, outcome_color
from page.page import Page
from search.building.indexing import build_index
from search.encoding.embedding_cache import EmbeddingCache
from search.library.tables.reading import read_table
from search.retrieval.searcher import Searcher
from tests.fakes import SIGNALS, CountingEncoder, FakeLiveSearcher
from tests.page_helpers import open_view, texts

VOCABULARY = """\
kinds:
  practice: {fr: Pratique, en: Practice}
  case: {fr: Cas, en: Case}
phases:
  idee: {fr: Idée, en: Idea}
  montage: {fr: "Montage *à* plusieurs", en: Setting up}
conditions:
  local: {fr: Un local, en: Premises}
bases:
  stated: {fr: énoncé, en: stated}
  inferred: {fr: déduit, en: inferred}
actors:
  habitants: {fr: Habitants, en: Residents}
outcomes:
  ouvert: {fr: Ouvert, en: Open}
  ferme: {fr: Fermé, en: Closed}
translations:
  adapted: {fr: adapté, en: adapted}
  none: {fr: une seule langue, en: one language only}
countries:
  france: {fr: France, en: France}
"""

TABLE = """\
id,title,kind,language,description,context,phases,conditions,actors,outcome,country,lat,lon,start
cafe,Le café du coin,practice,fr,Un jardin et un café.,,idee: stated,local: stated,habitants,,,,,
halle,La halle,case,fr,,Le bâtiment était vide.,montage: stated,,,ouvert,france,48.1,-1.7,2019
serre,La serre,case,fr,,Le jardin manquait.,,,,,,48.2,-1.6,2020
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A table with phases, conditions and outcomes of its own."""
    (tmp_path / "mine.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "mine.vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    return tmp_path / "mine.csv"


@pytest.fixture
def own_searcher(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_page: None) -> Searcher:
    """Over that table; the page follows it."""
    searcher = searcher_of(own, tmp_path)
    monkeypatch.setattr(search, "follow", lambda **_: FakeLiveSearcher(searcher))
    return searcher


def searcher_of(table: Path, folder: Path) -> Searcher:
    """Make a searcher over a table."""
    cache = EmbeddingCache(folder / "embeddings.sqlite")
    try:
        return Searcher(build_index(read_table(table), CountingEncoder(), cache), CountingEncoder(), signals=SIGNALS)
    finally:
        cache.close()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("view", ["", *VIEWS[1:]])
def test_every_view_is_drawn_over_closed_lists_of_ones_own(own_searcher: Searcher, view: str, language: str) -> None:
    page = open_view(view, lang=language)
    assert not page.error


@pytest.mark.parametrize("shown", ["list", "grid", "map", "years"])
def test_the_library_is_browsed_in_every_way(own_searcher: Searcher, shown: str) -> None:
    page = open_view("browse", show=shown, lang="fr")
    assert "**3** fiches sur 3." in texts(page)


def test_the_three_questions_offer_phases_of_ones_own_and_ask_with_their_label(own_searcher: Searcher) -> None:
    page = open_view(lang="fr")
    assert page.pills(key="guided phase").options == ["Idée", "Montage \\*à\\* plusieurs"]
    page.pills(key="guided who").set_value("resident")
    page.pills(key="guided phase").set_value("montage").run()
    page.button(key="guided_ask").click().run()
    assert not page.exception
    assert page.text_area(key="q").value == ("Nous sommes un groupe d’habitants. Phase\u00a0: Montage *à* plusieurs.")
    assert page.pills(key="phases").value == ["montage"]


def test_outcomes_of_ones_own_have_a_label_and_a_colour_each(own_searcher: Searcher) -> None:
    scale = outcome_color(Page(own_searcher, "fr")).to_dict()["scale"]
    assert scale["domain"] == ["Ouvert", "Fermé", "Issue non précisée"]
    assert len({*scale["range"]}) == 3
    assert scale["range"][2] == COLORS["unknown"][0]


def test_nothing_of_the_shipped_library_is_shown(own_searcher: Searcher) -> None:
    welcome = open_view(lang="fr")
    assert not [button.key for button in welcome.button if re.search(r"_\d$", str(button.key))]
    assert "exemple" not in texts(welcome)
    about = open_view("about", lang="fr")
    assert [element.value for element in about.subheader] == ["Ce que devient votre texte"]
    assert not about.code
    editors = open_view("curators", lang="fr")
    assert [tab.label for tab in editors.tabs] == [
        "Couverture",
        "Besoins sans réponse",
        "Un tableau à vous",
        "Avis sur les réponses",
    ]
    assert not editors.warning
    assert "Pratique\u00a0: 1" in texts(editors)


def test_only_groups_kinds_and_filters_that_the_library_has_are_offered(own_searcher: Searcher) -> None:
    page = open_view(q="Un jardin", lang="fr")
    assert [tab.label for tab in page.tabs] == ["Que faire (1)", "Qui l’a fait (2)"]
    assert page.pills(key="kinds").options == ["Pratique \\(1\\)", "Cas \\(2\\)"]
    assert page.pills(key="languages").options == ["Français \\(3\\)"]
    filters, corrections = {"kinds", "phases", "languages", "outcomes"}, {"stand phases", "stand conditions"}
    assert {pills.key for pills in page.pills} == filters | corrections
    assert page.pills(key="outcomes").options == ["Ouvert \\(1\\)"]


def test_a_library_of_titles_and_texts_alone_has_no_grid_no_map_and_no_questions(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_page: None
) -> None:
    own.write_text("title,description,language\nLe café,Un jardin.,fr\n", encoding="utf-8")
    monkeypatch.setattr(search, "follow", lambda **_: FakeLiveSearcher(searcher_of(own, tmp_path)))
    page = open_view(lang="fr")
    assert "Pas envie d’écrire" not in str([one.label for one in page.expander])
    page = open_view(q="Un jardin", lang="fr")
    assert [tab.label for tab in page.tabs] == ["Que faire (1)"]
    assert "Où vous en êtes" not in texts(page)
    assert {pills.key for pills in page.pills} == {"kinds", "languages"}
    assert not page.multiselect
    browse = open_view("browse", show="map", lang="fr")
    assert browse.segmented_control(key="browsed").options == ["Liste"]
    open_view("curators", lang="fr")


FACETS = """\
title,description,language,Commune,Thème *a
Le café,Un jardin.,fr,Namur,Eau; Sol
La serre,Un jardin.,fr,Namur,Sol
La halle,Un jardin.,fr,Liège,Eau
Le four,Un jardin.,fr,Liège,
"""


@pytest.fixture
def facets(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_page: None) -> None:
    """A table with two filters of its own; the page follows it."""
    own.write_text(FACETS, encoding="utf-8")
    monkeypatch.setattr(search, "follow", lambda **_: FakeLiveSearcher(searcher_of(own, tmp_path)))


def test_columns_of_ones_own_are_filters_with_the_values_of_the_table(facets: None) -> None:
    page = open_view("browse", lang="fr")
    assert [(one.label, one.options) for one in page.multiselect if str(one.key).startswith("facet.")] == [
        ("Commune", ["Liège (2)", "Namur (2)"]),
        ("Thème \\*a", ["Eau (2)", "Sol (2)"]),
    ]
    page.multiselect(key="facet.Commune").set_value(["Namur"]).run()
    assert "**2** fiches sur 4." in texts(page)
    page.multiselect(key="facet.Thème *a").set_value(["Eau"]).run()
    assert "**1** fiches sur 4." in texts(page)
    assert "Namur" in page.query_params["facet.Commune"]
    page.button(key="filters_clear").click().run()
    assert "**4** fiches sur 4." in texts(page)


def test_a_link_brings_its_facets_and_one_nobody_knows_is_told(facets: None) -> None:
    page = open_view(q="Un jardin", lang="fr", **{"facet.Commune": ["Liège", "Mons"], "facet.Canton": "3"})
    assert page.multiselect(key="facet.Commune").value == ["Liège"]
    assert [one.value for one in page.subheader if one.value in {"Le café", "La halle", "Le four"}] == [
        "La halle",
        "Le four",
    ]
    [warning] = page.warning
    assert "Commune\\: Mons\\, Canton\\: 3" in warning.value.replace("\u2060", "")


def test_an_entry_says_its_facets(facets: None) -> None:
    page = open_view(entry="le-cafe", lang="fr")
    assert "- Thème *a\u00a0: Eau, Sol" in texts(page)


def test_a_library_of_ones_own_has_its_name_its_promise_and_its_citation(own: Path, own_searcher: Searcher) -> None:
    settings = 'name = "Ville à vivre"\n[tagline]\nfr = "Ce qui marche ici."\n[colors]\nprimary = "#7a1f1f"\n'
    (own.parent / "passerelle.toml").write_text(settings, encoding="utf-8")
    page = open_view(lang="fr")
    assert [title.value for title in page.title] == ["Ville à vivre"]
    assert "Ce qui marche ici" in texts(page)
    assert page.session_state["page title"] == "Ville à vivre"
    entry = open_view(entry="halle", lang="fr")
    assert "Ville à vivre, «\u00a0La halle\u00a0» (halle)." in [code.value for code in entry.code]


def test_settings_that_are_wrong_leave_the_page_as_it_is(own: Path, own_searcher: Searcher) -> None:
    (own.parent / "passerelle.toml").write_text('colors = "red"', encoding="utf-8")
    page = open_view(lang="fr")
    assert not page.exception
    assert [title.value for title in page.title] == ["Passerelle"]
