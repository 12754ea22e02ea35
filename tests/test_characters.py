"""What is seen of a text, and words that the end of a line cut."""

from __future__ import annotations

import pytest

from search.text.characters import joined_lines, seen, tidied


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ﬁnance, eﬀort", "finance, effort"),
        ("Ｆｕｌｌ ！", "Full !"),
        ("un\u00a0local\u202fvide\u3000ici", "un local vide ici"),
        ("par\u00adti\u2060ci\ufeffpation", "participation"),
        ("« cœur » – l’été… 20 €", "« cœur » – l’été… 20 €"),
        ("e\u0301lu", "élu"),
        ("la\u200bcommune\u200bne\u200brépond\u200bpas", "la commune ne répond pas"),
        ("budget\u200bparticipatif", "budget participatif"),  # 18 letters: no word is as long
        ("con\u200bfiance", "confiance"),
        ("tirage\u200bau\u200bsort", "tirage au sort"),
        ("CLT\u200bBruxelles", "CLT Bruxelles"),
        ("Liège,\u200bGand", "Liège, Gand"),
        ("la\u200b commune", "la commune"),
    ],
)
def test_what_looks_alike_is_alike_and_what_nobody_sees_goes(text: str, expected: str) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("partici-\npation", "participation"),
        ("proposit- \r\n  ions", "propositions"),
        ("partici\u00ad\npation", "participation"),
        ("rendez-\nvous", "rendez-vous"),
        ("dit-\nelle", "dit-elle"),
        ("Saint-\nGilles", "Saint-Gilles"),
        ("rien - \nou presque", "rien - \nou presque"),
        ("moyen- et long terme", "moyen- et long terme"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_is_joined_and_a_compound_keeps_its_hyphen(text: str, expected: str) -> None:
    assert joined_lines(text) == expected


def test_a_text_of_pictures_alone_stays() -> None:
    assert tidied("🙏").strip() == "🙏"
    assert tidied("merci 🙏").strip() == "merci"
