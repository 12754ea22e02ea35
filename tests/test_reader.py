"""Reading a corpus: what is read, and every kind of problem planted one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from search.entries import Entry, Source
from search.errors import CorpusError, Problem
from search.library.fingerprint import corpus_files, corpus_hash
from search.library.messages.entries import ENTRY_MESSAGES
from search.library.reader import read_library
from tests.fakes import ENTRY_IDS, Main, replace_text

CHARTER, BUDGET = "practices/commitment-charter.yaml", "cases/brussels-budget.yaml"
GARDEN, TRUST, LILLE = "resources/garden-network.yaml", "conditions/trust-first.yaml", "cases/lille-barracks.yaml"

HERALD = Source(
    key="herald-1",
    publisher="The Herald",
    title="A charter at last",
    url="https://herald.example/charter",
    read="2026-10",
    copy="Wayback Machine, 2019-03-02",
)


def problems_of(corpus: Path) -> list[Problem]:
    with pytest.raises(CorpusError) as caught:
        read_library(corpus)
    return list(caught.value.problems)


def entry(corpus: Path, name: str) -> Entry:
    return next(one for one in read_library(corpus).entries if one.id == name)


def test_a_clean_corpus_is_read_whole_in_order_of_id(corpus: Path) -> None:
    library = read_library(corpus)
    assert tuple(one.id for one in library.entries) == ENTRY_IDS
    assert [one.kind for one in library.entries] == ["case", "practice", "resource", "case", "practice", "condition"]
    assert library.path == corpus


def test_a_practice_is_read_with_everything_it_says(corpus: Path) -> None:
    charter = entry(corpus, "commitment-charter")
    assert charter.phases == {"before": "stated", "launch": "inferred"}
    assert charter.conditions == {"commit-formally": "stated"}
    assert charter.actors == ("citizens", "public-authority")
    assert (charter.related, charter.illustrates) == (("trust-first",), ())
    assert charter.sources == (HERALD,)
    assert charter.translation == {"first": "en", "other": "adapted"}
    assert charter.texts["fr"]["first_steps"] == ("Réunir tout le monde.", "Écrire une seule page.")
    assert charter.texts["en"]["description"] == "Without trust, no promise lasts."
    assert (charter.place, charter.country, charter.lat, charter.start, charter.outcome) == (None,) * 5


def test_a_case_is_read_with_its_place_dates_and_outcome(corpus: Path) -> None:
    lille = entry(corpus, "lille-barracks")
    assert (lille.place, lille.country, lille.lat, lille.lon) == ("Lille", "france", 50.63, 3.06)
    assert (lille.start, lille.end, lille.outcome) == ("2018", "2020-09-30", "succeeded")
    assert lille.illustrates == ("commitment-charter",)


def test_an_entry_in_one_language_answers_in_it_whoever_reads(corpus: Path) -> None:
    garden = entry(corpus, "garden-network")
    assert garden.languages == ("fr",)
    assert garden.language_for("en") == "fr"
    assert garden.title("en") == "Le réseau des potagers"
    assert garden.summary("en") == "Un jardin par quartier."
    assert garden.text("no-such-field", "en") == ""


def test_an_entry_in_two_languages_answers_in_the_readers(corpus: Path) -> None:
    trust = entry(corpus, "trust-first")
    assert (trust.title("fr"), trust.title("en")) == ("Se connaître d’abord", "Know each other first")


def test_the_vocabulary_gives_keys_in_order_and_labels(corpus: Path) -> None:
    vocabulary = read_library(corpus).vocabulary
    assert vocabulary.keys("phases") == ("before", "launch", "during", "upkeep")
    assert vocabulary.label("phases", "upkeep", "fr") == "Entretien"
    assert vocabulary.label("phases", "nowhere", "fr") == "nowhere"
    assert vocabulary.keys("no-such-list") == ()


def test_lines_of_keys_are_kept_for_messages(corpus: Path) -> None:
    library = read_library(corpus)
    lines = library.lines["commitment-charter"]
    assert (lines["id",], lines["phases",], lines["fr",], lines["fr", "summary"]) == (1, 3, 10, 12)
    assert library.file(entry(corpus, "commitment-charter")) == CHARTER


def planted(file: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda corpus: replace_text(corpus / file, old, new)


PLANTED = {
    "unknown key": (
        planted(BUDGET, "place:", "palce:"),
        Problem(BUDGET, 8, "unknown key 'palce': take it out, or write 'place' if that is meant"),
    ),
    "missing key": (
        planted(BUDGET, "actors: [public-authority]\n", ""),
        Problem(BUDGET, 1, "has no 'actors': add this key"),
    ),
    "key given twice": (
        planted(BUDGET, 'place: "Brussels"', 'place: "Brussels"\nplace: "Namur"'),
        Problem(BUDGET, 9, "key 'place' is given twice"),
    ),
    "field given twice": (
        planted(BUDGET, '  results: "Twelve projects were born."', '  results: "Twelve."\n  results: "Thirteen."'),
        Problem(BUDGET, 32, "key 'results' is given twice"),
    ),
    "id that is not the file's name": (
        planted(BUDGET, "id: brussels-budget", "id: brussel-budget"),
        Problem(BUDGET, 1, "id 'brussel-budget' must be the file's name, 'brussels-budget'"),
    ),
    "kind of another folder": (
        planted(BUDGET, "kind: case", "kind: practice"),
        Problem(BUDGET, 2, "kind 'practice' must be 'case' in this folder"),
    ),
    "unknown phase": (
        planted(BUDGET, "phases: {during: stated}", "phases: {avant: stated}"),
        Problem(BUDGET, 3, "phases 'avant' is not one of before, launch, during, upkeep"),
    ),
    "unknown condition": (
        planted(BUDGET, "co-build-projects: inferred", "co-build: inferred"),
        Problem(
            BUDGET,
            4,
            "conditions 'co-build' is not one of know-each-other, gather-resources, commit-formally, co-build-projects",
        ),
    ),
    "unknown basis": (
        planted(BUDGET, "{during: stated}", "{during: guessed}"),
        Problem(BUDGET, 3, "phases 'guessed' is not one of stated, inferred"),
    ),
    "phases that are a list": (
        planted(BUDGET, "phases: {during: stated}", "phases: [during]"),
        Problem(BUDGET, 3, "phases must be like {before: stated}"),
    ),
    "unknown actor": (
        planted(BUDGET, "actors: [public-authority]", "actors: [mayor]"),
        Problem(BUDGET, 5, "actors 'mayor' is not one of citizens, public-authority, association"),
    ),
    "actors that are no list": (
        planted(BUDGET, "actors: [public-authority]", "actors: public-authority"),
        Problem(BUDGET, 5, "actors must be a list of names, like [one, two]"),
    ),
    "an actor named twice": (
        planted(BUDGET, "actors: [public-authority]", "actors: [citizens, citizens]"),
        Problem(BUDGET, 5, "actors names 'citizens' twice: take one out"),
    ),
    "unknown outcome": (
        planted(BUDGET, "outcome: stalled", "outcome: failed"),
        Problem(BUDGET, 14, "outcome 'failed' is not one of succeeded, stalled"),
    ),
    "a case without an outcome": (
        planted(BUDGET, "outcome: stalled", "outcome: null"),
        Problem(BUDGET, 14, "a case must say what became of it: give outcome, one of succeeded, stalled"),
    ),
    "unknown country": (
        planted(BUDGET, "country: belgium", "country: Belgium"),
        Problem(BUDGET, 9, "country 'Belgium' is not one of belgium, france"),
    ),
    "an outcome on a practice": (
        planted(CHARTER, "sources: [herald-1]", "sources: [herald-1]\noutcome: stalled"),
        Problem(CHARTER, 8, "'outcome' is for cases: take this key out, or put the entry into cases/"),
    ),
    "unknown source": (
        planted(BUDGET, "sources: [gazette-1]", "sources: [gazette-1, gazette-2]"),
        Problem(BUDGET, 15, "sources: unknown source 'gazette-2'; add it to sources.yaml"),
    ),
    "no source": (
        planted(BUDGET, "sources: [gazette-1]", "sources: []"),
        Problem(BUDGET, 15, "sources: needs at least one source; name one of sources.yaml"),
    ),
    "a related entry that is not there": (
        planted(BUDGET, "related: [participatory-budget]", "related: [participatory-budgets]"),
        Problem(
            BUDGET,
            6,
            "related: no entry has the id 'participatory-budgets'; write the name of its file, or take it out",
        ),
    ),
    "an entry related to itself": (
        planted(BUDGET, "related: [participatory-budget]", "related: [brussels-budget]"),
        Problem(BUDGET, 6, "related: the entry names itself; take it out"),
    ),
    "an illustrated practice that is not there": (
        planted(BUDGET, "illustrates: [participatory-budget]", "illustrates: [nothing]"),
        Problem(BUDGET, 7, "illustrates: no entry has the id 'nothing'; write the name of its file, or take it out"),
    ),
    "an illustrated entry that is no practice": (
        planted(BUDGET, "illustrates: [participatory-budget]", "illustrates: [trust-first]"),
        Problem(BUDGET, 7, "illustrates: 'trust-first' is no practice (kind: condition): name one, or take it out"),
    ),
    "a translation that says nothing": (
        planted(BUDGET, "translation: {first: fr, other: adapted}", "translation: {other: adapted}"),
        Problem(BUDGET, 16, "translation: first must say which language was written first, one of fr, en"),
    ),
    "a first language the entry has not": (
        planted(GARDEN, "first: fr", "first: en"),
        Problem(GARDEN, 9, "translation: first must say which language was written first, one of fr"),
    ),
    "a month that is not one": (
        planted(BUDGET, 'start: "2016-05"', 'start: "2016-20"'),
        Problem(BUDGET, 12, "start must be YYYY, YYYY-MM or YYYY-MM-DD"),
    ),
    "an unquoted month that is not one": (
        planted(BUDGET, 'start: "2016-05"', "start: 2016-20"),
        Problem(BUDGET, 12, "start must be YYYY, YYYY-MM or YYYY-MM-DD"),
    ),
    "a date in words": (
        planted(BUDGET, "end: null", 'end: "May 2018"'),
        Problem(BUDGET, 13, "end must be YYYY, YYYY-MM or YYYY-MM-DD"),
    ),
    "a latitude beyond the pole": (
        planted(BUDGET, "lat: 50.85", "lat: 508.5"),
        Problem(BUDGET, 10, "lat must be degrees, -90 to 90"),
    ),
    "a longitude in words": (
        planted(BUDGET, "lon: 4.35", 'lon: "4°21 E"'),
        Problem(BUDGET, 11, "lon must be degrees, -180 to 180"),
    ),
    "texts that are no mapping": (
        planted(GARDEN, 'fr:\n  title: "Le réseau des potagers"\n', 'fr: "Le réseau"\nxx:\n'),
        Problem(GARDEN, 11, "fr must hold title, summary, description, how_to_join, limits"),
    ),
    "a source without an address": (
        planted("sources.yaml", '  url: "https://herald.example/charter"\n', ""),
        Problem("sources.yaml", 6, "'herald-1' has no url: add it"),
    ),
    "a source with a word too many": (
        planted("sources.yaml", "  copy:", "  copied:"),
        Problem(
            "sources.yaml", 6, "'herald-1' has an unknown key (copied): publisher, title, url, read and copy are known"
        ),
    ),
    "an address that is none": (
        planted("sources.yaml", '"https://herald.example/charter"', '"javascript:alert(1)"'),
        Problem("sources.yaml", 6, "'herald-1': the url must begin with http:// or https://"),
    ),
    "a source that is one line": (
        planted("sources.yaml", "herald-1:\n", "times-1: The Times\nherald-1:\n"),
        Problem("sources.yaml", 6, "'times-1' must hold publisher, title, url and read"),
    ),
    "a label in one language": (
        planted("vocabulary.yaml", "upkeep: {fr: Entretien, en: Upkeep}", "upkeep: {fr: Entretien}"),
        Problem("vocabulary.yaml", 12, "'upkeep' needs a label in fr and in en: write {fr: …, en: …}"),
    ),
    "a corpus without a vocabulary list": (
        planted("vocabulary.yaml", "bases:\n", "basis:\n"),
        Problem("vocabulary.yaml", 0, "has no list 'bases': add it"),
    ),
    "a missing text": (
        planted(BUDGET, '  limits: "There was a lack of trust."\n', ""),
        Problem(BUDGET, 26, "en.limits is empty: write it"),
    ),
}

PLANTED_IN_A_FIELD = {
    "an empty text": (
        planted(BUDGET, '"The money came without the trust."', '"  "'),
        Problem(BUDGET, 30, "en.what_happened is empty: write it"),
    ),
    "a list instead of a text": (
        planted(BUDGET, '"The money came without the trust."', "[one, two]"),
        Problem(BUDGET, 30, "en.what_happened must be one text, without dashes"),
    ),
    "a text instead of a list": (
        planted(
            CHARTER,
            '  first_steps:\n    - "Call everyone together."\n    - "Write a single page."',
            "  first_steps: Call.",
        ),
        Problem(CHARTER, 27, "en.first_steps must be a list of texts, each after a dash"),
    ),
    "an empty item": (
        planted(CHARTER, '- "Call everyone together."', '- ""'),
        Problem(CHARTER, 27, "en.first_steps is empty: write it"),
    ),
    "an unknown field": (
        planted(BUDGET, '  limits: "There was', '  lessons: "Two."\n  limits: "There was'),
        Problem(BUDGET, 32, "en.lessons: unknown field 'lessons'; take it out, or write 'results' if that is meant"),
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_problem_is_found_with_its_file_and_line(name: str, corpus: Path) -> None:
    plant, expected = PLANTED[name]
    plant(corpus)
    assert expected in problems_of(corpus)


@pytest.mark.parametrize("name", PLANTED_IN_A_FIELD)
def test_a_problem_planted_in_a_field_is_found_with_its_line(name: str, corpus: Path) -> None:
    plant, expected = PLANTED_IN_A_FIELD[name]
    plant(corpus)
    assert expected in problems_of(corpus)


def test_a_missing_vocabulary_is_told(corpus: Path) -> None:
    (corpus / "vocabulary.yaml").unlink()
    assert Problem("vocabulary.yaml", 0, "is missing") in problems_of(corpus)


def test_missing_sources_are_told(corpus: Path) -> None:
    (corpus / "sources.yaml").unlink()
    assert Problem("sources.yaml", 0, "is missing") in problems_of(corpus)


def test_a_corpus_that_is_not_there_is_told(tmp_path: Path) -> None:
    message = "is not there: look at its name and its folder"
    assert problems_of(tmp_path / "nowhere") == [Problem(str(tmp_path / "nowhere"), 0, message)]
    (tmp_path / "notes.txt").touch()
    assert problems_of(tmp_path / "notes.txt") == [Problem(str(tmp_path / "notes.txt"), 0, "is not a folder")]


def test_a_corpus_without_entries_is_told(corpus: Path) -> None:
    for file in corpus.glob("*/*.yaml"):
        file.unlink()
    assert problems_of(corpus) == [Problem(str(corpus), 0, "holds no entry")]


def test_a_file_in_another_encoding_is_told_with_the_line(corpus: Path) -> None:
    (corpus / GARDEN).write_bytes((corpus / GARDEN).read_text(encoding="utf-8").encode("latin-1", "replace"))
    assert Problem(GARDEN, 12, "is not UTF-8; save it as UTF-8") in problems_of(corpus)


def test_a_file_that_is_not_yaml_is_told_with_the_line(corpus: Path) -> None:
    replace_text(corpus / GARDEN, "actors: [association]", "actors: [association")
    told = [problem for problem in problems_of(corpus) if problem.message.startswith("is not YAML: ")]
    assert [(problem.file, problem.line) for problem in told] == [(GARDEN, 6)]


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n"])
def test_a_file_that_is_no_mapping_is_told(text: str, corpus: Path) -> None:
    (corpus / GARDEN).write_text(text, encoding="utf-8")
    assert Problem(GARDEN, 1, "must hold keys and values") in problems_of(corpus)


def test_an_entry_without_texts_is_told(corpus: Path) -> None:
    text = (corpus / GARDEN).read_text(encoding="utf-8")
    (corpus / GARDEN).write_text(text[: text.index("\nfr:")], encoding="utf-8")
    assert Problem(GARDEN, 1, "has no text: give fr, en or both") in problems_of(corpus)


def test_all_problems_are_collected_and_raised_once_in_order(corpus: Path) -> None:
    replace_text(corpus / BUDGET, "outcome: stalled", "outcome: failed")
    replace_text(corpus / BUDGET, "lat: 50.85", "lat: 508.5")
    replace_text(corpus / GARDEN, "country: france", "country: France")
    replace_text(corpus / TRUST, "related: [commitment-charter]", "related: [charter]")
    assert problems_of(corpus) == [
        Problem(BUDGET, 10, "lat must be degrees, -90 to 90"),
        Problem(BUDGET, 14, "outcome 'failed' is not one of succeeded, stalled"),
        Problem(TRUST, 6, "related: no entry has the id 'charter'; write the name of its file, or take it out"),
        Problem(GARDEN, 7, "country 'France' is not one of belgium, france"),
    ]


def test_the_message_counts_the_problems_and_names_file_line_and_what_was_expected(corpus: Path) -> None:
    replace_text(corpus / GARDEN, "country: france", "country: France")
    with pytest.raises(CorpusError) as caught:
        read_library(corpus)
    assert str(caught.value) == (
        "1 problem. resources/garden-network.yaml:7 country 'France' is not one of belgium, france."
    )


def test_a_long_list_of_problems_is_shortened_in_the_message_only() -> None:
    error = CorpusError(Problem("a.yaml", line, "is wrong") for line in range(12, 0, -1))
    assert [problem.line for problem in error.problems] == list(range(1, 13))
    assert str(error).startswith("12 problems. a.yaml:1 is wrong; a.yaml:2 is wrong; ")
    assert str(error).endswith("; a.yaml:10 is wrong; and 2 more.")


@pytest.mark.parametrize("start", ["2016", '"2016"', '"2016-05"', "2016-05-20", '"2016-05-20"', "null"])
def test_dates_may_be_years_months_or_days_quoted_or_not(start: str, corpus: Path) -> None:
    replace_text(corpus / BUDGET, 'start: "2016-05"', f"start: {start}")
    assert entry(corpus, "brussels-budget").start == (None if start == "null" else start.strip('"'))


@pytest.mark.parametrize(
    "file",
    [
        "vocabulary.yaml",
        "sources.yaml",
        BUDGET,
        CHARTER,
        GARDEN,
        TRUST,
        "evaluation/tune.jsonl",
        "evaluation/report.jsonl",
    ],
)
def test_the_fingerprint_changes_with_any_file(file: str, corpus: Path) -> None:
    (corpus / "evaluation").mkdir()
    for half in ("tune", "report"):
        (corpus / "evaluation" / f"{half}.jsonl").write_text("", encoding="utf-8")
    before = corpus_hash(corpus)
    assert corpus_hash(corpus) == before
    with (corpus / file).open("a", encoding="utf-8") as end:
        end.write("\n")
    assert corpus_hash(corpus) != before


def test_the_fingerprint_changes_with_a_files_name_and_with_its_absence_but_not_with_its_place(
    corpus: Path, tmp_path: Path
) -> None:
    before = corpus_hash(corpus)
    moved = corpus.rename(tmp_path / "elsewhere")
    assert corpus_hash(moved) == before
    (moved / GARDEN).rename(moved / "resources/garden-net.yaml")
    renamed = corpus_hash(moved)
    (moved / "resources/garden-net.yaml").unlink()
    assert before != renamed != corpus_hash(moved) != before


def test_the_files_an_index_depends_on_come_in_a_fixed_order(corpus: Path) -> None:
    assert [str(file.relative_to(corpus)) for file in corpus_files(corpus)] == [
        "vocabulary.yaml",
        "sources.yaml",
        TRUST,
        CHARTER,
        "practices/participatory-budget.yaml",
        BUDGET,
        LILLE,
        GARDEN,
    ]


def test_a_file_that_cannot_be_read_is_told_once(corpus: Path) -> None:
    (corpus / GARDEN).write_text("just words\n", encoding="utf-8")
    assert problems_of(corpus) == [Problem(GARDEN, 1, "must hold keys and values")]


def test_links_to_an_entry_with_a_problem_are_no_problems(corpus: Path) -> None:
    replace_text(corpus / CHARTER, "before: stated", "avant: stated")
    assert problems_of(corpus) == [Problem(CHARTER, 3, "phases 'avant' is not one of before, launch, during, upkeep")]


@pytest.mark.parametrize(
    "day", ["2016-02-30", '"2016-02-30"', "2016-13", "2016-00-01", '"0000"', "2016-05-20 10:00:00"]
)
def test_a_day_that_does_not_exist_is_told_quoted_or_not(day: str, corpus: Path) -> None:
    replace_text(corpus / BUDGET, 'start: "2016-05"', f"start: {day}")
    assert problems_of(corpus) == [Problem(BUDGET, 12, "start must be YYYY, YYYY-MM or YYYY-MM-DD")]


def test_a_value_that_is_not_what_its_tag_says_is_told(corpus: Path) -> None:
    replace_text(corpus / BUDGET, "lat: 50.85", "lat: !!int fifty")
    [problem] = problems_of(corpus)
    assert (problem.file, problem.message[:13]) == (BUDGET, "is not YAML: ")


def test_an_unknown_way_of_translating_is_told(corpus: Path) -> None:
    replace_text(corpus / BUDGET, "other: adapted", "other: guessed")
    assert problems_of(corpus) == [Problem(BUDGET, 16, "translation: other 'guessed' is not one of adapted, none")]


@pytest.mark.parametrize(
    ("file", "line", "old", "new"),
    [(BUDGET, 16, "other: adapted", "other: none"), (GARDEN, 9, "other: none", "other: adapted")],
    ids=["two languages", "one language"],
)
def test_only_an_entry_in_one_language_has_no_other_text(
    file: str, line: int, old: str, new: str, corpus: Path
) -> None:
    replace_text(corpus / file, old, new)
    told = "translation: other is none when there is one language, and only then"
    assert problems_of(corpus) == [Problem(file, line, told)]


def test_two_entries_of_one_id_are_told(corpus: Path) -> None:
    text = (corpus / TRUST).read_text(encoding="utf-8").replace("kind: condition", "kind: practice")
    (corpus / "practices/trust-first.yaml").write_text(text, encoding="utf-8")
    assert Problem(
        "practices/trust-first.yaml", 0, "has the id of another entry (condition): give the file another name"
    ) in problems_of(corpus)


def test_links_of_an_entry_with_another_problem_are_looked_at_too(corpus: Path) -> None:
    replace_text(corpus / BUDGET, "lat: 50.85", "lat: 508.5")
    replace_text(corpus / BUDGET, "related: [participatory-budget]", "related: [nothing]")
    assert problems_of(corpus) == [
        Problem(BUDGET, 6, "related: no entry has the id 'nothing'; write the name of its file, or take it out"),
        Problem(BUDGET, 10, "lat must be degrees, -90 to 90"),
    ]


def test_problems_of_a_folder_are_said_in_french_with_field_and_what_to_do(
    main: Main, capsys: pytest.CaptureFixture[str], corpus: Path
) -> None:
    replace_text(corpus / BUDGET, "phases: {during: stated}", "phases: {avant: stated}")
    replace_text(corpus / BUDGET, "place:", "palce:")
    replace_text(corpus / BUDGET, '"The money came without the trust."', '"  "')
    replace_text(corpus / "sources.yaml", '  url: "https://herald.example/charter"\n', "")
    expected = [
        f"{BUDGET}:3 phases 'avant' n’est pas un de before, launch, during, upkeep",
        f"{BUDGET}:8 clé inconnue 'palce' : retirez-la, ou écrivez 'place' si c’est elle",
        f"{BUDGET}:30 en.what_happened est vide : écrivez-le",
        f"{CHARTER}:7 sources : source inconnue 'herald-1' ; ajoutez-la à sources.yaml",
        "sources.yaml:6 'herald-1' n’a pas url : ajoutez-le",
    ]
    assert main("build", "--dry-run", "--lang", "fr", "--corpus", corpus) == 2
    said = {line.strip() for line in capsys.readouterr().err.splitlines()}
    assert said >= set(expected)
    assert main("check", corpus, "--lang", "fr") == 1
    *lines, counted = capsys.readouterr().out.splitlines()
    assert set(lines) >= set(expected)
    assert counted == f"{len(lines)} problèmes dans 5 fichiers."


def test_every_problem_a_folder_can_have_names_nothing_but_what_it_is_given() -> None:
    for name, (french, english) in ENTRY_MESSAGES.items():
        places = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in (french, english)]
        assert places[0] == places[1] <= {"column", "value", "expected"}, name
