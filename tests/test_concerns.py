"""The concerns of a letter: what carries one, what leans on the sentence before, what is courtesy."""

from __future__ import annotations

import math

import pytest

from search.text.concerns import (
    LETTER_FROM,
    Concern,
    concerns,
    cues,
    lettered_sentences,
    log_odds,
    only_announces,
    only_introduces,
    only_refuses,
)

FRENCH = """Bonjour,

Je m'appelle Line, j'habite Mons depuis vingt ans et je travaille à la poste, au guichet du fond.
Notre maison de quartier ferme à la fin de l'année et personne ne nous dit où nous irons ensuite.
L'échevin nous a promis un local.
Il ne répond plus à nos lettres depuis le printemps.
Nous cherchons aussi de quoi payer une animatrice, car nos bénévoles sont épuisés et ne viennent plus le samedi.
Comment font les autres villes pour que les gens qui ne parlent pas français osent venir aux réunions ?

Merci d'avance pour vos conseils, et bonne continuation.
Line"""
ENGLISH = """Dear all,

I'm the secretary of our allotment society, which has sixty plots, two sheds and a view of the gasworks.
The council owns the land and will not give us a lease longer than a year, so nobody dares to plant a tree.
There is another society across the river. We've never met them.
Also tools! We tried to buy a rotavator together, but nobody wanted to look after it or pay for the repairs.
How do we get younger people onto the committee before the rest of us are too tired to carry on?

Thanks for any advice,
Joan"""


def test_every_concern_of_a_letter_is_found_and_nothing_else_of_it() -> None:
    assert [concern.words for concern in concerns(FRENCH)] == [
        "Notre maison de quartier ferme à la fin de l'année et personne ne nous dit où nous irons ensuite.",
        "L'échevin nous a promis un local. Il ne répond plus à nos lettres depuis le printemps.",
        "Nous cherchons aussi de quoi payer une animatrice, car nos bénévoles sont épuisés et ne viennent plus le "
        "samedi.",
        "Comment font les autres villes pour que les gens qui ne parlent pas français osent venir aux réunions ?",
    ]
    assert [concern.words for concern in concerns(ENGLISH)] == [
        "The council owns the land and will not give us a lease longer than a year, so nobody dares to plant a tree.",
        "There is another society across the river. We've never met them.",
        "Also tools! We tried to buy a rotavator together, but nobody wanted to look after it or pay for the repairs.",
        "How do we get younger people onto the committee before the rest of us are too tired to carry on?",
    ]


@pytest.mark.parametrize("text", [FRENCH, ENGLISH])
def test_the_words_of_a_concern_stand_in_the_text(text: str) -> None:
    typed = " ".join(text.split())
    assert all(concern.words in typed for concern in concerns(text))
    assert all(reading in typed for concern in concerns(text) for reading in concern.readings)


def test_what_leans_on_the_sentence_before_is_searched_alone_and_with_it() -> None:
    [concern] = [one for one in concerns(ENGLISH) if "never met" in one.words]
    assert concern == Concern(
        "There is another society across the river. We've never met them.",
        ("We've never met them.", "There is another society across the river. We've never met them."),
    )


def test_a_concern_beside_another_is_searched_by_its_own_sentence_alone() -> None:
    [concern] = [one for one in concerns(FRENCH) if one.words.startswith("Comment")]
    assert concern.readings == (concern.words,)


def test_a_text_that_was_sent_twice_has_the_concerns_it_has_once() -> None:
    short = " ".join(FRENCH.splitlines()[3:6])
    assert len(short.split()) < LETTER_FROM < 3 * len(short.split())
    assert concerns(f"{short}\n{short}\n{short}") == ()
    assert [one.words for one in concerns(f"{ENGLISH}\n{ENGLISH}")] == [
        one.words for one in concerns(" ".join(ENGLISH.split()))
    ]


def test_a_short_text_that_says_three_things_is_answered_one_by_one() -> None:
    three = "Nous cherchons un local pour le chœur. Personne ne vient aux réunions. Nous n'avons plus un sou."
    assert [one.words for one in concerns(three)] == [
        "Nous cherchons un local pour le chœur.",
        "Personne ne vient aux réunions.",
        "Nous n'avons plus un sou.",
    ]
    assert concerns(three.rsplit(". ", 1)[0] + ".") == ()  # two are mostly one need, told in two sentences


def test_a_short_text_and_a_letter_of_one_concern_are_answered_as_a_whole() -> None:
    need = "Nous cherchons un local et personne ne nous répond."
    assert concerns(need) == ()
    assert concerns(" ".join([need] * 3)) == ()
    courtesy = "Merci beaucoup pour votre aide. " * (LETTER_FROM // 4)
    assert concerns(f"{need} {courtesy}") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour Madame, bonjour Monsieur,",
        "En vous remerciant de votre attention, je reste à votre disposition.",
        "Que nous conseillez-vous ?",
        "Recevez mes sincères salutations.",
        "Dear Sir or Madam,",
        "Any pointers would be great.",
        "Many thanks in advance to everybody.",
        "I look forward to hearing from you.",
        "What would you advise us to do?",
        "Should you need anything else, please do not hesitate to contact me.",
        "Je reste à votre disposition pour tout complément d'information.",
    ],
)
def test_courtesy_carries_no_concern(text: str) -> None:
    assert concerns(" ".join([text] * 40)) == ()


def test_cues_are_counted_as_on_paper() -> None:
    assert cues("Nobody answers, and we don't know why.", 4, 10) == {
        "trouble": 3.0,  # nobody, don't, why
        "courtesy": 0.0,
        "introduction": 0.0,
        "words": math.log(7),
        "edge": 0.0,
    }
    assert cues("Bonjour, je suis Ana.", 0, 10) == {
        "trouble": 0.0,
        "courtesy": 1.0,
        "introduction": 1.0,
        "words": math.log(4),
        "edge": 1.0,
    }


def test_folded_lines_are_put_together_and_bullets_stand_alone() -> None:
    assert lettered_sentences(
        "We have a hall\nthat nobody uses.\r\n\r\nWe need:\n- a lease\n- Two keys\n\nYours,\nMo"
    ) == [
        "We have a hall that nobody uses.",
        "We need:",
        "a lease",
        "Two keys",
        "Yours,",
        "Mo",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It cost $80,000. We got nothing back.",
        "On nous renvoie au 311. Il y a aussi une chicane.",
        "They have been empty since 2019. Developers wait.",
        "Les bénévoles sont fatigués – beaucoup ont arrêté – et nous aussi.",
        "A 501(c)(3) and a club share the hall - badly.",
    ],
)
def test_dashes_and_numbers_inside_a_line_are_no_bullets(text: str) -> None:
    assert " ".join(lettered_sentences(text)) == text
    assert " ".join(lettered_sentences(f"Bonjour,\n{text}")) == f"Bonjour, {text}"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- no hall - no money - nobody comes", ["no hall", "no money", "nobody comes"]),
        ("* la salle est vendue\n* le bail finit en mars", ["la salle est vendue", "le bail finit en mars"]),
        ("1. a garden\n2) two families quarrel", ["a garden", "two families quarrel"]),
        (
            "the hall is sold / volunteers are tired / no grant",
            ["the hall is sold", "volunteers are tired", "no grant"],
        ),
        (
            "Bonjour,\nnos soucis :\n- trouver une salle\n- payer l'assurance\nMerci",
            ["trouver une salle", "payer l'assurance"],
        ),
    ],
    ids=["marks in a line", "marks", "numbers", "bars", "between a greeting and thanks"],
)
def test_each_item_of_a_list_is_a_concern_however_short_the_text(text: str, items: list[str]) -> None:
    assert [concern.words for concern in concerns(text)] == items


@pytest.mark.parametrize(
    "text",
    [
        "The garden - open to all - needs a lease",
        "a walk/ride to school",
        "Une salle et/ou un jardin / gratuits si possible",
        "- la salle est vendue",
        "- merci\n- bonne journée",
        "- 12\n- 2024",
    ],
)
def test_what_is_no_list_is_read_as_a_whole(text: str) -> None:
    assert concerns(text) == ()


def test_lines_of_a_mail_end_where_the_next_word_had_room() -> None:
    thoughts = (
        "on n'a plus d'assurance\nles ados cassent les bacs du jardin chaque samedi et personne ne dit rien\nune idée"
    )
    assert lettered_sentences(thoughts) == [
        "on n'a plus d'assurance",
        "les ados cassent les bacs du jardin chaque samedi et personne ne dit rien une idée",
    ]
    assert lettered_sentences("> the hall is too small\n> > for us all\n>\n> nobody answers") == [
        "the hall is too small for us all",
        "nobody answers",
    ]


def test_a_letter_in_markup_is_cut_as_its_text_is() -> None:
    lines = [
        "Chers élus,",
        *(f"La rue {n} n'est jamais nettoyée et personne ne répond aux habitants." for n in range(9)),
    ]
    marked = "".join(f"<p>{line}</p>" for line in lines)
    assert concerns(marked) == concerns("\n\n".join(lines)) != ()


@pytest.mark.parametrize(
    ("sentence", "announces"),
    [
        ("There is a second worry.", True),
        ("Voici trois points importants.", True),
        ("My other question is this:", True),
        ("Finally, two last points.", True),
        ("Il y a aussi un deuxième souci.", True),
        ("Voici nos trois questions :", True),
        ("What is the problem?", False),
        ("There is a second worry about the roof.", False),
        ("Le problème, c’est le bail.", False),
        ("Nobody came.", False),
    ],
)
def test_a_sentence_that_only_announces_others_carries_nothing(sentence: str, announces: bool) -> None:
    assert only_announces(sentence) is announces


@pytest.mark.parametrize(
    ("sentence", "introduces"),
    [
        ("I am a social worker in Leeds.", True),
        ("As head of the housing office,", True),
        ("Je suis agent de quartier.", True),
        ("Nous sommes une ASBL de douze membres active depuis 2012.", True),
        ("We are a small club and nobody answers us.", False),
        ("We are ignored by the council.", False),
        ("Je suis fatiguée de courir après la mairie.", False),
        ("Les habitants sont une force.", False),
        ("I am the treasurer of a sailing club", True),
        ("We are the last to hear about plans", False),
        ("Nous sommes des oubliés", False),
        ("Je suis directement concerné par le projet", False),
        ("As the council cut our grant,", False),
    ],
)
def test_a_sentence_that_only_says_who_somebody_is_introduces(sentence: str, introduces: bool) -> None:
    assert only_introduces(sentence) is introduces


def test_what_is_announced_is_a_concern_and_not_its_announcement() -> None:
    filler = "The shed stands behind the school and has been used by us every week since the old mayor opened it. " * 4
    letter = (
        f"{filler}\n\nNobody at the council answers our letters about the lease any more. There is a second worry. "
        f"Three people do everything and they are tired. {filler}"
    )
    words = [concern.words for concern in concerns(letter)]
    assert "Three people do everything and they are tired." in words
    assert not [one for one in words if "second worry" in one]


def test_an_html_list_is_answered_item_by_item() -> None:
    text = "<ul><li>trouver un local</li><li>assurer les bénévoles</li></ul>"
    assert [concern.words for concern in concerns(text)] == ["trouver un local", "assurer les bénévoles"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1) no hall 2) tired volunteers 3) no answers", ["no hall", "tired volunteers", "no answers"]),
        ("Two things: 1. Who pays? 2. Who keeps the keys?", ["Who pays?", "Who keeps the keys?"]),
        ("a) trouver un local b) garder des clés", ["trouver un local", "garder des clés"]),
        ("(1) trouver un local ; (2) garder des clés", ["trouver un local", "garder des clés"]),
        (
            "First, our hall is closed and we have no room; second, nobody reads our paper any more; third, the town "
            "never answers our letters.",
            [
                "First, our hall is closed and we have no room;",
                "second, nobody reads our paper any more;",
                "third, the town never answers our letters.",
            ],
        ),
    ],
)
def test_a_list_that_is_counted_in_one_line_is_cut(text: str, words: list[str]) -> None:
    assert [concern.words for concern in concerns(text)] == words


@pytest.mark.parametrize("text", ["The fair on the 3. of May was cancelled, see Art. 5 of it.", "En 1. je ne sais pas"])
def test_numbers_that_count_nothing_cut_nothing(text: str) -> None:
    assert concerns(text) == ()


@pytest.mark.parametrize(
    ("sentence", "refuses"),
    [
        ("We do not want a newsletter; we have had one for years.", True),
        ("We are not looking for a repair shop, we already have one.", True),
        ("Please do not send us to a training, we have tried that.", True),
        ("Surtout, ne nous parlez pas de charte.", True),
        ("Nous ne voulons pas de tribune, nous en avons déjà une.", True),
        ("We do not want cars in our street.", False),
        ("We don't want the hall closed; the council has already closed two.", False),
        ("Nous n'avons pas besoin d'un logo, nous en avons déjà un.", True),
        ("Nous ne trouvons pas de local.", False),
        ("Nous n'avons pas de local, nous en avons eu un.", False),
        ("On ne trouve pas de comptable, on l'a essayé deux fois.", False),
        ("We don't have a hall, we had one.", False),
        ("Nous ne sommes pas un parti, nous l'avons déjà dit.", False),
    ],
)
def test_what_is_said_not_to_be_asked_for_is_no_concern(sentence: str, refuses: bool) -> None:
    assert only_refuses(sentence) == refuses
    assert (log_odds(sentence, 1, 3) == -math.inf) == refuses


def test_who_somebody_is_is_told_with_more_than_a_verb() -> None:
    for sentence in (
        "C'est en tant que mère de trois enfants que j'écris",
        "Having chaired the tenants' group for nine years I write to you",
    ):
        assert cues(sentence, 1, 3)["introduction"] == 1.0
