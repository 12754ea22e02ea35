"""Words that are known in one country only: a text that has one is read elsewhere too, so it is to be explained.

In a library's glossary, or where the text first has it. The list holds more than the shipped library uses, so that the
next entry is looked at too; what is not in it is nobody's but a reader's to notice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "fr": (
        "[ée]chevine?s?|bourgmestres?|asbl|subsides?|tutelle|collège communal|régies? (?:de quartier|foncière)s?"
        "|gardiens? de la paix|écoles? de devoirs|maisons? médicales?|foncières? solidaires?|tiers-lieux?|emphytéoses?"
        "|ba(?:il|ux) emphytéotiques?|intercommunales?|parastata(?:l|ux)|éducation permanente|ministres?-présidente?s?"
        "|corregimientos?|bricothèques?|agglos?|CPAS|CCAS|SPF|Beliris|Ostbelgien|SCIC|SCOP|PTCE|EPCI|QPV|ZUS|PLUi?|MJC"
        "|CAF|DDT|DREAL|ONEM|FOREM|Actiris|SLRB|COCOF|COCOM|PCS|PCDR|CLDR|RCA|AIS|AMO|CEC|CRIE|PAC|UVCW|MRC|CLSC|OBNL"
        "|wethouders?|schepenen?|gemeenten?|gmina|Bezirk|Kommune"
        "|Landkreis|wards?|boroughs?|charit(?:y|ies)|CIC|quangos?"
    ),
    "en": (
        "alderm[ae]n|alderwom[ae]n|échevine?s?|asbl|vzw|régies? de quartier|third places?|secondments?|wards?|boroughs?"
        "|parish councils?|housing estates?|charit(?:y|ies)|corregimientos?|arrondissements?|agglomerations?"
        "|popular[- ]education|prefects?|prefectures?|quangos?|freeholds?|selectm[ae]n|wethouders?|schepenen?"
        "|gemeenten?|gmina|Bezirk|Kommune|Landkreis|sortition|match(?:ed|ing)? fund(?:ing|s)?|CPAS|CCAS|SPF|FPS|Beliris"
        "|Ostbelgien|SCICs?|SCOPs?|PTCE|EPCI|CICs?|LEPs?|CVS|VCSE|NHS|GP|HOAs?|PCDR|CLDR|MRC|OBNL|COCOF"
    ),
}

LOCAL_WORDS: Mapping[str, re.Pattern[str]] = {
    language: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])(?! [A-ZÀ-Þ])") for language, words in _WORDS.items()
}
"""Language of a text to what finds them; acronyms as they are written, words in small letters."""
