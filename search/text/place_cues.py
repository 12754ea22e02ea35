"""What tells a place that is asked about from one that is merely said: the words around it, as patterns."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOKEN = re.compile(r"[^\W_]+")
"""A word."""

JOINT = re.compile(r"[ .'’-]{0,2}")
"""What may stand between two words of one name."""

_FORMAL = (
    r"(?:ville|commune|municipalité|région|province|métropole|mairie|canton|pays|état|city|town|municipality|region"
    r"|province|county|state|country|council)\s+(?:de\s+|d['’]\s*|du\s+|des\s+|of\s+)?"
)
BEFORE = re.compile(
    r"(?<![\w'’-])(?P<prep>à|a|au|aux|en|dans|chez|in|within|across|throughout|around|at|from|by|par|de|d['’]|du|des|of)?"
    rf"\s*(?:toute?\s+|all\s+(?:of\s+)?)?(?:la\s+|le\s+|les\s+|l['’]\s*|the\s+)?(?P<formal>{_FORMAL})?"
    r"(?:la\s+|le\s+|les\s+|l['’]\s*|the\s+)?\Z",
    re.IGNORECASE,
)
"""What belongs to a name and stands before it: a preposition, "the town of", an article."""

AND = re.compile(r"\s*(?:,|/|&|\bet\b|\bou\b|\band\b|\bor\b)\s*", re.IGNORECASE)
"""What stands between the names of two places that are asked about."""

ELSEWHERE = re.compile(
    r"\b(?:hors|ailleurs|sauf|excepté|comme|pas|autre\w*|except|outside|beyond|like|than|not|elsewhere)"
    r"(?:\s+(?:que?|qu['’]|de|of|in))?\s*\Z|\bqu['’]\s*\Z",
    re.IGNORECASE,
)
IN = frozenset({"à", "a", "au", "aux", "en", "dans", "chez", "in", "within", "across", "throughout", "around", "at"})
OF = frozenset({"from", "by", "par", "de", "d'", "d’", "du", "des", "of"})
"""Prepositions of place and of origin, in lower case."""


SELF = re.compile(
    r"\b(?:je|j|nous|notre|nos|(?<!-)on|mon|ma|mes|moi|i|we|our|ours|my|me|us|mine)(?=\b|['’])", re.IGNORECASE
)
"""What people speak of themselves with."""

LEAD = re.compile(
    r"\A\W*(?:(?:et|and|mais|but|so|alors|ok|please|svp)\s+)*(?:"
    r"(?:est-ce que\s+)?(?:je|nous|on)\s+(?:(?:re)?cherch\w+|voudr\w+|aimer\w+|souhait\w+|veux|voulons)"
    r"|j['’](?:aimerais|aurais besoin de|ai besoin de)"
    r"|(?:peux-tu|pouvez-vous|pourriez-vous|avez-vous|auriez-vous|as-tu|connaissez-vous|connais-tu|sauriez-vous)"
    r"|(?:donne[rz]?|montre[rz]?|cite[rz]?|trouve[rz]?|dites|dis|indique[rz]?)[- ](?:moi|nous)"
    r"|y a-t-il|y a t il|existe-t-il|est-ce qu['’]il (?:y a|existe)|il y a|quels? sont|où (?:sont|trouver|voir)"
    r"|(?:i|we)(?:['’]m|['’]re| am| are)?\s+(?:looking|searching)\s+for|(?:i|we)(?:['’]d| would)?\s+(?:want|need|like)"
    r"|(?:show|give|tell|find)\s+(?:me|us)|(?:can|could)\s+you|do you\s+(?:have|know)|have you got|are there|is there"
    r"|what are|where are"
    r")?(?:\s+(?:voir|lire|connaître|trouver|avoir|savoir|citer|(?:me|nous)?\s*(?:donner|montrer|citer)|to\s+(?:see|find"
    r"|read|have|know)|(?:show|give|tell|find)\s+(?:me|us)|(?:de|of|about|any|some|quelques|d['’]autres|les|la|the))\b)*",
    re.IGNORECASE,
)
"""How a text begins that asks for something: that it is "nous" who ask says nothing of where."""

_EXAMPLE = (
    r"(?:exemples?|exp[ée]riences?|réalisations?|inspirations?|leçons?|témoignages?|bonnes pratiques"
    r"|études? de cas|retours? d['’]expériences?|cas(?: concrets?| pratiques?| réussis?)?"
    r"|examples?|case stud(?:y|ies)|cases?|lessons|stories|experiments|good practices?|best practices?"
    r"|what (?:is|was|has been|gets) done|what (?:happens|exists|works|worked)"
    r"|(?:ce|quelque chose) qui (?:se fait|s['’]est fait|existe|a été fait|marche|a marché)|anything|something)"
)
HEAD = re.compile(rf"(?<![\w-])(?:(?:des?|d['’]|les|un|une|the|some|any)\s*)?{_EXAMPLE}(?![\w-])", re.IGNORECASE)
"""Words for examples."""

NO_HEAD = re.compile(
    r"\b(?:(?:par|for)(?=\s*\Z)|en|au|aux|en tout|dans tous les|notre|nos|mon|ce|ces|in|our|my|this|the"
    r"|l['’]|la|le)\s*\Z",
    re.IGNORECASE,
)
"""What stands before such words when they ask for nothing: "par exemple", "notre cas"."""

_ADMIN = (
    r"(?:(?:la|le|les|l['’]|the)\s*)?(?:(?:ville|région|commune|city|town|region|council)\s+(?:de\s+|d['’]|of\s+)?)?"
)
DOES = re.compile(
    r"\A\W*(?:(?:et|and|mais|but|so|alors)\s+)?(?:"
    rf"(?:what|how)(?:['’]s|\s+(?:did|does|do|has|have|is|are|was|were))\s+{_ADMIN}"
    r"|qu['’]\s*(?:a|ont|avait)(?:-t-(?:elle|il|on))?\s+(?:bien\s+)?(?:fait|tenté|essayé|mis en place|réussi"
    rf"|décidé|lancé|créé|changé|inventé)\s+{_ADMIN}"
    rf"|(?:que|qu['’]est-ce que|comment)\s+(?:(?:a|ont)\s+fait\s+|fait\s+|font\s+|s['’]y prend\w*\s+)?{_ADMIN})\Z",
    re.IGNORECASE,
)
"""How a question begins whose next word is who does something: "what did", "comment"."""

THERE = re.compile(
    r"\A\W*(?:(?:et|and|mais|but|so|alors)\s+)?(?:"
    r"(?:who|where|which|what|how)\b(?!\s+(?:to|can|could|should|must|may|might)\b)|(?:is|are) there\b|any\w*\b"
    r"|has (?:any|some|it)\w*\b|have (?:any|some)\w*\b"
    r"|(?:qui|où)\b(?!\s+[^\W_]+(?:er|ir|re)\b)|quell?e?s?\b|y a-t-il\b|existe-t-il\b|est-ce qu['’]il (?:y a|existe)\b"
    r"|connaissez-vous\b|avez-vous\b"
    r"|que se passe-t-il|comment (?:ça|cela) se passe"
    r"|(?:que|comment) (?:fait-on|font-ils|font-elles|ont-ils fait|fait-il)"
    r"|qu['’]est-ce qui (?:se fait|existe|a été fait|marche|a marché)|qu['’]a-t-on fait)",
    re.IGNORECASE,
)
"""How a question begins about what is done, by whom or where."""

MIGHT = re.compile(
    r"\b(?:peut|peuvent|pourrai\w*|doit|doivent|faut|faudrait|can|could|should|must|may|might)\b", re.IGNORECASE
)
"""What makes of such a question one about what somebody may do here: "who can help in Leeds?"."""

TOWNS = re.compile(
    r"\b(?:villes?|communes?|municipalit\w+|régions?|pays|cities|towns|councils?|places|countries)\s*\Z", re.IGNORECASE
)
"""What may stand before "de Flandre", "of Spain" when a question is about towns there."""

DONE = re.compile(
    r"\A\W*(?:(?:city |town )?council\b\s*)?(?:a-t-(?:elle|il|on)\s+|ont-(?:ils|elles)\s+)?"
    r"(?:(?:been\s+)?(?:do|done|doing|try|tried)\b"
    r"|(?:a|ont)\s+(?:fait|mis en place)\b|fait\b|font\b|fait-(?:elle|il)\b)?",
    re.IGNORECASE,
)
"""What a question says behind who does something, and means nothing else: "do", "a-t-elle fait"."""

IS_DONE = re.compile(
    r"\s+(?:is|are|was|were|has|have|been|being|a|ont|est|a été)\b(?:\s+been)?(?:\s+(?:done|fait|tried|happening)\b)?",
    re.IGNORECASE,
)
"""The same before where something is done: "is done"."""

LINK = re.compile(
    r"\A\W*(?:(?:de|d['’]|des|du|of|for|pour|sur|about|on|avec|with|que|qui|where|où|that|les|la|le"
    r"|l['’]|the)(?:\s+|(?<=['’])|\Z))+"
    r"|\A\W+",
    re.IGNORECASE,
)
"""What joins a subject to the words before it."""

TELLS = re.compile(
    r"\b(?:il|elle|ils|elles|ça|cela|c|qui|que|qu|est|sont|était|étaient|ont|avait|va|vont|fait|font|peut|peuvent|doit"
    r"|doivent|veut|veulent|ne|n|pas|jamais|rien|personne|sans|besoin|manqu\w+|problèmes?|conflits?|(?:re)?cherch\w+"
    r"|trouver|comment|pourquoi|quand|habit\w+|vi[st]|vivons|viens|he|she|it|they|that|who|is|are|was|were|has|have|had"
    r"|does|do|did|can|could|will|would|should|must|not|\w+n['’]t|no|never|without|needs?|lack\w*|problems?|conflicts?"
    r"|troubles?|looking|how|why|wants?|refus\w+|clos(?:es|ed|ing)|stop\w*|ferm\w+|bloqu\w+|menac\w+|against|contre"
    r"|stuck|help|aide|aidez)(?=\b|['’])|[!?]",
    re.IGNORECASE,
)
"""Words of a text that tells or asks more than a subject."""

CLAUSE = re.compile(
    r"\A\W*(?:(?:la|le|les|l['’]|the)\s*(?!\w+\s*[:,])\w"
    r"|(?:mairie|commune|maire|bourgmestre|échevin\w*|élus?|administration|habitants|voisins|riverains|council|mayor"
    r"|residents|neighbours|neighbors|people|officials)\b"
    r"|(?:(?:une?|an?)\s+)?(?:habitante?|étudiante?|bénévole|commerçante?|enseignante?|agente?|élue?|citoyenne?|resident|student"
    r"|volunteer|shopkeeper|teacher|officer|councillor|citizen)\b"
    r"|\w+(?:er|ir|re)\s+(?:des|du)\s|\w+\s+(?:une?|la|le|les|l['’]|a|an|the|some|more)(?:\s+|(?<=['’]))\w)",
    re.IGNORECASE,
)
"""How a text begins that is a sentence, or says what somebody wants to do: "ouvrir une", "start a", "la mairie"."""

EMPTY = _words(
    "exemple exemples example examples cas case cases fait faits faire done doing try chose choses thing "
    "things ville villes commune communes city cities town towns place places endroit endroits lieu lieux "
    "projet projets project projects initiative initiatives pratique pratiques practice practices region "
    "regions pays country countries existe exist exists trouve connaissez avez plait work works marche "
    "concret concrets concrete good bon bons bonne bonnes autre autres other others moins see voir show know "
    "savoir interessant interessants interesting"
)
"""Words that say nothing of a subject where a place is asked about, as `fold` writes them."""
ALONE = re.compile(r"\A\W*(?:et|and|(?:and )?(?:what|how) about|qu['’]en est-il|rien|tout)?\W*\Z", re.IGNORECASE)
"""What may stand before a place that is all there is: "et à Gand ?", "what about Paris?"."""

TOWN = _words(
    "city cities town towns council councils municipality municipalities village villages region regions "
    "ville villes commune communes municipalites mairies metropoles quartiers"
)
"""What an adjective of a place may stand beside: "communes wallonnes", "Italian cities"."""

NOUN_PHRASE = re.compile(
    r"\A\W*(?:la|le|les|l['’]|the)\s*(?:[^\W_]+|.*(?:ifs?|ives?|[eé]es?|és?|eux|euses?|aux|al|ales?|aires?|ains?|aines?|iens?"
    r"|iennes?|oyens?|oyennes?|ables?|ibles?|els?|elles?|(?<!pl)(?<!nd)(?<!mpl)iques?))\s*\Z",
    re.IGNORECASE,
)
"""An article and one word, or something that ends in an adjective: no sentence, though it begins like one."""

LANGUAGE = re.compile(r"\b(?:in|en|into|from|du|de l['’])\s*\Z", re.IGNORECASE)
"""What stands before the name of a language."""

NO_PLACE = _words(
    "french english dutch german spanish italian francais anglais neerlandais january february march april "
    "may june july august september october november december janvier fevrier mars avril mai juin juillet "
    "aout septembre octobre novembre decembre noel paques christmas easter excel word powerpoint pdf internet "
    "facebook monsieur madame mme mr mrs lord saint sainte"
)
"""What is written like a name behind "à" or "in" and is no place, as `fold` writes it."""


ASKING = _words(
    "what what's who who's how where which is are any anyone anybody anything somebody has have qu que comment qui ou "
    "quel quelle quels quelles y existe est connaissez avez et and mais but so alors ca"
)
"""Words that a question begins with, as `fold` writes them."""

MARKS = ' ,:;–-«»"'
"""What may stand around a name."""
