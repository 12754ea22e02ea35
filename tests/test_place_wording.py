"""What an entry says of where it is, in the reader's language."""

from __future__ import annotations

import re

import pytest

from search.library.reader import read_library
from search.locations import default_corpus
from search.text.places.wording import place_in

ENGLISH = re.compile(r"\b(?:and|with|near|of|the|in|lead|national|region|towns|cities|partners|areas|labs)\b")


@pytest.mark.parametrize(
    ("written", "french"),
    [
        ("Brussels and Flanders", "Bruxelles et Flandre"),
        ("Brussels (lead) with nine cities", "Bruxelles (chef de file) avec neuf villes"),
        ("Vernier, canton of Geneva", "Vernier, canton de Genève"),
        ("Schaerbeek and Evere, Brussels", "Schaerbeek et Evere, Bruxelles"),
        ("France (about 1,500 priority neighbourhoods)", "France (environ 1\u202f500 quartiers prioritaires)"),
        ("Lisbon", "Lisbonne"),
        ("Ath, rue Haute", "Ath, rue Haute"),
        ("", ""),
    ],
)
def test_a_french_reader_reads_where_a_case_is_in_french(written: str, french: str) -> None:
    assert place_in(written, "fr") == french


def test_an_english_reader_reads_a_place_written_in_french_in_english_and_one_in_english_as_it_is() -> None:
    assert place_in("Bruxelles et Wallonie", "en") == "Brussels and Wallonia"
    assert place_in("Ghent (lead) with Athens", "en") == "Ghent (lead) with Athens"
    assert place_in("New York", "en") == "New York"


def test_no_place_of_the_library_is_told_in_english_to_a_french_reader() -> None:
    told = {place_in(entry.place, "fr") for entry in read_library(default_corpus()).entries if entry.place}
    assert {place for place in told if ENGLISH.search(place)} == {"Londres (Barking and Dagenham)"}
