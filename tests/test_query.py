"""What is read of a query before anything is compared: clean text, language, clauses, quoted phrases, pieces."""

from __future__ import annotations

import pytest

from search.errors import EmptyQueryError, QueryTooLongError
from search.text.query import (
    LONGEST_QUERY,
    LONGEST_TYPED,
    MOST_CLAUSES,
    PIECE,
    Query,
    as_read,
    clauses,
    clean,
    has_phrase,
    meant_phrases,
    parse,
    pieces,
    plain,
    quoted,
    said_once,
)


def test_a_query_is_read_in_one_step() -> None:
    assert parse("  La mairie dit « pl\u00adus tard »,\nmais rien ne bouge depuis trois ans. ") == Query(
        text="La mairie dit « plus tard », mais rien ne bouge depuis trois ans.",
        language="fr",
        clauses=("La mairie dit « plus tard »,", "mais rien ne bouge depuis trois ans."),
        phrases=(),  # one content word of many: said, not asked for
    )


def test_a_single_word_has_no_language_one_clause_and_no_phrase() -> None:
    assert parse("trust") == Query("trust", None, ("trust",), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  trust \n\n money\t", "trust money"),
        ("trust\x00money", "trust money"),
        ("e\u0301cole", "école"),
        ("« La\u00a0confiance »", "« La confiance »"),
        ("👩‍🌾 jardin 1️⃣", "jardin"),
        ("<script>$x$</script> :red[x]", ":red[x]"),
        ("<p>a&nbsp;b</p>", "a b"),
        ("a < b & c > d", "a < b & c > d"),
        ("👏", "👏"),
    ],
)
def test_a_query_is_trimmed_and_put_in_one_form(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize("character", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_an_invisible_character_inside_a_word_is_dropped(character: str) -> None:
    assert clean(f"con{character}fiance") == "confiance"


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\t\r", "\u00a0\u202f", "\x00\x07", "\u200b\u200e\ufeff", "\ud800", "\ue000"]
)
def test_nothing_to_read_is_an_empty_query(text: str) -> None:
    for read in (clean, parse):
        with pytest.raises(EmptyQueryError, match="The query is empty"):
            read(text)


def test_the_longest_query_is_read_and_one_character_more_is_not() -> None:
    assert clean("x" * LONGEST_QUERY) == parse("x" * LONGEST_QUERY).text == "x" * 5_000
    with pytest.raises(QueryTooLongError) as caught:
        clean("x" * (LONGEST_QUERY + 1))
    assert (caught.value.expected, caught.value.found) == (5_000, 5_001)
    assert str(caught.value).startswith("The query has 5,001 characters; at most 5,000 are read.")


def test_characters_are_counted_once_the_text_is_trimmed_unless_there_are_very_many() -> None:
    assert clean("trust" + " " * 10_000 + "\u200b" * 10_000 + "money") == "trust money"
    assert clean("trust".ljust(LONGEST_TYPED)) == "trust"
    with pytest.raises(QueryTooLongError) as caught:
        clean("trust".ljust(LONGEST_TYPED + 1))
    assert caught.value.found == 100_001


def test_a_short_query_is_one_piece() -> None:
    assert pieces("One. Two.") == ["One. Two."]
    assert pieces("x" * PIECE) == ["x" * PIECE]


def test_a_long_query_is_cut_at_ends_of_sentences() -> None:
    sentence = "A" + "b" * 298 + "."  # 300 characters: two fit in a piece, with the space between them
    assert pieces(" ".join([sentence] * 5)) == [f"{sentence} {sentence}", f"{sentence} {sentence}", sentence]


def test_a_sentence_longer_than_a_piece_is_cut_and_nothing_is_lost() -> None:
    found = pieces("x" * (2 * PIECE + 50))
    assert found == ["x" * PIECE, "x" * PIECE, "x" * 50]


def test_the_rest_of_a_long_sentence_shares_a_piece_with_the_next() -> None:
    assert pieces("x" * (PIECE + 50) + ". And so on.") == ["x" * PIECE, "x" * 50 + ". And so on."]


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ('qui a dit "la clé du jardin" ?', ("la cle du jardin",)),
        ("«\u00a0Clés sous la porte\u00a0» et “free keys”", ("cles sous la porte", "free keys")),
        ("l'habitant dit 'oui'", ()),
        ('"?!"', ()),
        ('an open " only', ()),
        ('"one" and then "two"', ("one", "two")),  # what stands between two phrases is none
        ('" \u00a0 "', ()),
    ],
)
def test_phrases_between_double_quotation_marks_are_read(query: str, phrases: tuple[str, ...]) -> None:
    assert quoted(query) == phrases


def test_plain_text_has_only_single_spaces_between_unaccented_words() -> None:
    assert plain("L’Œuvre,  à Łódź\n(1 200 €)") == "l oeuvre a lodz 1 200"
    assert plain("snake_case — ?!") == "snake case"
    assert plain("…") == ""


def test_clauses_stand_verbatim_in_the_text() -> None:
    text = "Pas de confiance ici\u00a0: rien ne bouge. L’argent manque, mais on tient bon !"
    assert clauses(text) == ("Pas de confiance ici\u00a0:", "rien ne bouge.", "L’argent manque, mais on tient bon !")
    assert all(part in text for part in clauses(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trust", ("trust",)),
        ("", ()),
        ("No money, no trust", ("No money, no trust",)),  # two words each
        ("No money here, no trust there", ("No money here,", "no trust there")),
        ("We ask again, yes, but nobody comes", ("We ask again,", "yes, but nobody comes")),
        ("we meet every week BUT nothing ever moves", ("we meet every week", "BUT nothing ever moves")),
        ("we meet every week, but nothing ever moves", ("we meet every week,", "but nothing ever moves")),
        ("il aide les autres parce que personne ne vient", ("il aide les autres", "parce que personne ne vient")),
        ("the butter we sell is local", ("the butter we sell is local",)),
        ("They came. They left.", ("They came.", "They left.")),  # sentences are cut however short
    ],
)
def test_a_text_is_cut_at_commas_and_turning_words_when_three_words_stand_on_both_sides(
    text: str, expected: tuple[str, ...]
) -> None:
    assert clauses(text) == expected


@pytest.mark.parametrize("text", ["Rien. " * 833, "a, " * 1_666, "rien ne bouge, " * 333, "Oui ; non : si. " * 300])
def test_a_text_of_short_clauses_has_a_bounded_number_of_them_and_none_of_its_words_is_lost(text: str) -> None:
    read = clean(text[:LONGEST_QUERY])
    found = clauses(read)
    assert len(found) <= MOST_CLAUSES == 32
    assert " ".join(found) == read
    assert max(map(len, found)) < 4 * len(read) / len(found)


def test_clauses_up_to_the_most_stay_apart_and_one_more_joins_two() -> None:
    sentences = [f"Phrase {n}." for n in range(33)]
    assert clauses(" ".join(sentences[:32])) == tuple(sentences[:32])
    assert clauses(" ".join(sentences)) == (*sentences[:31], "Phrase 31. Phrase 32.")


def test_one_without_an_end_is_one_clause() -> None:
    assert clauses("x" * LONGEST_QUERY) == ("x" * LONGEST_QUERY,)


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ("„tarte“", ("tarte",)),
        ("‹pain› et ‘eau vive’", ("pain", "eau vive")),
        ("‚jardin partagé‘ et »four à pain«", ("jardin partage", "four a pain")),
        ("« un » et « deux »", ("un", "deux")),  # the other way round they stand about what is between two phrases
        ("l’élu a dit ‘l’eau’", ("l eau",)),
        ("l’eau et l’air", ()),
    ],
)
def test_other_quotation_marks_are_read(query: str, phrases: tuple[str, ...]) -> None:
    assert quoted(query) == phrases


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ('"tarte"', ("tarte",)),
        ('un "tarte" jardin', ("tarte",)),  # two content words: short
        ('la mairie trouve que le "jardin" gêne les voisins', ()),  # one content word of five
        ('la mairie trouve que le "jardin partagé" gêne les voisins', ("jardin partage",)),
    ],
)
def test_a_quoted_phrase_is_meant_when_it_has_two_content_words_or_the_query_is_short(
    query: str, phrases: tuple[str, ...]
) -> None:
    assert meant_phrases(query) == phrases


def test_a_phrase_is_had_in_whole_words() -> None:
    assert has_phrase("une tarte au jardin", "tarte")
    assert has_phrase("pain", "pain")
    assert not has_phrase("it started in spain", "tarte")
    assert not has_phrase("it started in spain", "pain")


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("un CLT un CLT", "un CLT"),
        ("One here. Two there. One here. Two there.", "One here. Two there."),
        ("Yes. No. Yes.", "Yes. No."),
        ("tous pour un", "tous pour un"),
    ],
)
def test_what_is_said_twice_is_read_once(text: str, once: str) -> None:
    assert said_once(text) == once


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("La “mairie” ne répond « jamais »!!!", "La mairie ne répond jamais."),
        ("Rien ?!", "Rien."),
        ("le « bail »? Le “bail”; rien", "le bail. Le bail; rien."),
        ("on a... rien", "on a. rien."),
        ("'nobody' and the residents' group", "nobody and the residents group."),
        ("l'eau d’ici", "l'eau d’ici."),
        ("**Help** _us_ :-)", "Help us."),
        ("nos habitant·e·s à Luik", "nos habitants à Liège."),
        ("y a-t-il un tiers-lieu", "y a t il un tiers lieu."),
        ("non profit start ups, co operatives start up", "nonprofit startups, cooperatives start up."),
        ("un C.L.T. a Luik", "un CLT a Liège."),
        ("- notre élu est parti,", "notre élu est parti."),
        ("?", "?"),
    ],
)
def test_marks_quotes_and_spellings_are_left_out_of_what_is_read(text: str, read: str) -> None:
    assert as_read(text) == read


def test_a_signature_on_lines_of_its_own_goes() -> None:
    assert parse("tirage au sort\n\nCordialement,\nNadia").text == "tirage au sort"


def test_the_text_of_a_query_keeps_its_own_spelling() -> None:
    query = parse("Bonjour, nos “habitant·e·s” de Luik ne dorment plus. Merci d'avance")
    assert query.text == "nos “habitant·e·s” de Luik ne dorment plus."
    assert query.read == "nos habitants de Liège ne dorment plus."


@pytest.mark.parametrize(
    ("text", "expected"),
    [("C. C. A. S.", "CCAS"), ("le C. P. A. S. de Namur", "le CPAS de Namur"), ("M. P. Dupont", "M. P. Dupont")],
)
def test_acronyms_with_points_and_spaces_are_closed(text: str, expected: str) -> None:
    assert parse(text).text == expected
