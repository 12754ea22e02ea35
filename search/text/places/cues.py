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
_NEAR = (
    r"(?:près|autour|à côté|du côté|à proximité|non loin|pas (?:très |trop )?loin|aux (?:alentours|environs|abords)"
    r"|dans les (?:alentours|environs))\s+(?:des|de|du|d['’])"
    r"|near(?:\s+to)?|close\s+to|not\s+(?:too\s+)?far\s+from|around"
)
BEFORE = re.compile(
    rf"(?<![\w'’-])(?P<prep>{_NEAR}|à|a|au|aux|en|dans|chez|in"
    r"|within|across|throughout|at|from|by|par|de|d['’]|du|des|of)?"
    rf"\s*(?:toute?\s+|all\s+(?:of\s+)?)?(?:la\s+|le\s+|les\s+|l['’]\s*|the\s+)?(?P<formal>{_FORMAL})?"
    r"(?:la\s+|le\s+|les\s+|l['’]\s*|the\s+)?\Z",
    re.IGNORECASE,
)
"""What belongs to a name and stands before it: a preposition, "the town of", an article."""

INSIDE = re.compile(
    r"\b(?P<prep>dans|in|within|across|throughout|from)\s+(?:toute?\s+|all\s+(?:of\s+)?)?(?:le\s+|l['’]\s*|the\s+)?"
    r"(?:(?:nord|sud|est|ouest|centre|midi|moitié|nord-est|nord-ouest|sud-est|sud-ouest)"
    r"|(?:north|south|east|west|centre|center|middle|north[ -]?(?:east|west)|south[ -]?(?:east|west))(?:ern)?"
    r"|central)\s*\Z",
    re.IGNORECASE,
)
"""What says that something is in a part of the place behind it ("dans le sud de"); "au sud de" is beside it."""

PART_OF = re.compile(r"\s+(?:de|du|des|d['’]|of)(?![\w-])", re.IGNORECASE)
"""What follows a direction that is no name of its own: "le Nord de la ville"."""

ATTRIBUTED = re.compile(
    r"\A(?:examples?|case stud(?:y|ies)|cases?|lessons|stories|experiments|(?:good|best) practices?)\Z", re.IGNORECASE
)
"""Words for examples, in English, that the name of their place may stand before: "UK examples"."""

AND = re.compile(r"\s*(?:,|/|&|\bet\b|\bou\b|\bni\b|\band\b|\bor\b|\bnor\b)\s*", re.IGNORECASE)
"""What stands between the names of two places that are asked about."""

ELSEWHERE = re.compile(
    r"\b(?:hors|ailleurs|sauf|excepté|comme|pas|autre\w*|except|outside|beyond|like|than|not|elsewhere)"
    r"(?:\s+(?:que?|qu['’]|de|of|in))?\s*\Z|\bqu['’]\s*\Z",
    re.IGNORECASE,
)
NEAR = frozenset({"near", "near to", "close to", "not far from", "not too far from", "around"}) | {
    f"{near} {of}"
    for near in (
        *(
            "près",
            "autour",
            "à côté",
            "du côté",
            "à proximité",
            "non loin",
            "aux alentours",
            "aux environs",
            "aux abords",
        ),
        *("pas loin", "pas très loin", "pas trop loin", "dans les alentours", "dans les environs"),
    )
    for of in ("de", "du", "des", "d'", "d’")
}
"""What says that a place is near, in lower case: it is read before names that are known only."""

IN = NEAR | {"à", "a", "au", "aux", "en", "dans", "chez", "in", "within", "across", "throughout", "at"}
OF = frozenset({"from", "by", "par", "de", "d'", "d’", "du", "des", "of"})
"""Prepositions of place and of origin, in lower case."""

_REFUSAL = (
    r"\b(?:en\s+dehors|à l['’]ext[ée]rieur|à l['’]ex(?:ception|clusion)|hors"
    r"|(?:ailleurs|autre\s+part|(?:d['’]\s*)?autres?|plutôt)\s+qu(?:e\b|['’])"
    r"|sauf|excepté|hormis|(?:mis\s+)?à\s+part|sans\s+(?:compter|parler)|outside|beyond"
    r"|except(?:ing)?(?:\s+for)?|excluding|with\s+the\s+exception|besides|leaving\s+out"
    r"|apart\s+from|(?:other|rather|elsewhere)\s+than|any(?:where|thing)\s+but|ni|neither)(?:(?<=['’])|(?![\w-]))"
    r"|\bqui\s+ne\s+(?:se\s+)?[^\W_]+\s+pas\b"
    r"|\b(?:that|which)\s+(?:(?:are|is|were|was|do|does|did)\s+not|\w+n['’]t)(?:\s+(?:come|happen|based|located))?\b"
    r"|(?P<weak>\b(?:pas|not)\b)"
)
REFUSES_SOMEWHERE = re.compile(_REFUSAL, re.IGNORECASE)
REFUSES = re.compile(
    rf"(?:,\s*)?(?:\b(?:mais|but|et|and|surtout|though)\s+)?(?:{_REFUSAL})"
    r"(?:\s*\b(?:à|a|au|aux|en|dans|chez|in|from|of|de|du|des|la|le|les|the|(?:d|l)(?=['’]))\b['’]?)*\s*\Z",
    re.IGNORECASE,
)
"""What refuses the place behind it; "pas" and "not" do so only where they deny no verb."""

REFUSED = re.compile(
    r"\s*,?\s*(?:exclue?s?|exceptée?s?|mise?s?\s+à\s+part|non\s+comprise?s?|excluded|excepted|aside|not\s+included)\b",
    re.IGNORECASE,
)
"""What refuses the place before it: "Bruxelles exclue"."""

NON = re.compile(r"\b(?:non|not)[- ]+(?P<adjective>(?:sud-|nord-|south |north |latino-)?[^\W\d_]+)", re.IGNORECASE)
"""What refuses the adjective of a place: "non-European", "non belges"."""

REFUSES_BEHIND = re.compile(
    r"(?:[,;:(–-]|\b(?:mais|but|et|and|surtout|svp|stp|please|merci|thanks))\s*\Z|^\s*\Z", re.IGNORECASE
)
"""What stands before "pas" and "not" that deny no verb."""


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
    r")?(?:\s+(?:voir|lire|connaître|trouver|avoir|savoir|citer"
    r"|(?:me|nous)?\s*(?:donner|montrer|citer)|to\s+(?:see|find"
    r"|read|have|know)|(?:show|give|tell|find)\s+(?:me|us)"
    r"|(?:de|of|about|any|some|quelques|d['’]autres|les|la|the))\b)*",
    re.IGNORECASE,
)
"""How a text begins that asks for something: that it is "nous" who ask says nothing of where."""

_EXAMPLE = (
    r"(?:exemples?|exp[ée]riences?|réalisations?|inspirations?|leçons?|témoignages?|bonnes pratiques"
    r"|études? de cas|retours? d['’]expériences?|cas(?: concrets?| pratiques?| réussis?)?"
    r"|examples?|case stud(?:y|ies)|cases?|lessons|stories|experiments|good practices?|best practices?"
    r"|what (?:is|was|has been|gets) done|what (?:happens|exists|works|worked)"
    r"|(?:ce|quelque chose) qui (?:se fait|s['’]est fait|existe|a été fait|marche|a marché)|anything|something"
    r"|quelque chose(?= (?:de |d['’])?(?:semblable|similaire|pareil|comparable|équivalent|analogue"
    r"|du (?:même )?genre|comme (?:ça|cela)|dans ce genre|de ce (?:genre|type))\b))"
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
    r"|qu['’]est-ce qui (?:se fait|existe|a été fait|marche|a marché)|qu['’]a-t-on fait"
    r"|comment\b(?!\s+(?:(?:le|la|les|se|s['’]|y|en)\s*)?[^\W_]+(?:er|ir|re)\b)|(?:en|à) quoi\b|c['’]est quoi\b)",
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
    r"\A\W*(?:(?:city |town )?council\b\s*)?(?:a-t-(?:elle|il|on)\s+|(?:ont|font)-(?:ils|elles)\b\s*)?"
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
    r"|(?:(?:une?|an?)\s+)?(?:habitante?|étudiante?|bénévole|commerçante?"
    r"|enseignante?|agente?|élue?|citoyenne?|resident|student"
    r"|volunteer|shopkeeper|teacher|officer|councillor|citizen)\b"
    r"|\w+(?:er|ir|re)\s+(?:des|du)\s|\w+\s+(?:une?|la|le|les|l['’]|a|an|the|some|more)(?:\s+|(?<=['’]))\w)",
    re.IGNORECASE,
)
"""How a text begins that is a sentence, or says what somebody wants to do: "ouvrir une", "start a", "la mairie"."""

EMPTY = _words(
    "exemple exemples example examples cas case cases fait faits faire done doing try chose choses thing "
    "things one ones ville villes commune communes city cities town towns place places endroit endroits lieu lieux "
    "projet projets project projects initiative initiatives pratique pratiques practice practices region "
    "regions pays country countries existe exist exists trouve connaissez avez plait work works marche "
    "concret concrets concrete good bon bons bonne bonnes autre autres other others moins see voir show know "
    "savoir interessant interessants interesting like similar same kind sort type semblable semblables similaire "
    "similaires pareil pareils comparable comparables equivalent equivalents analogue meme memes genre chose "
    "municipality municipalities municipalite municipalites"
)
"""Words that say nothing of a subject where a place is asked about, as `fold` writes them."""
ALONE = re.compile(
    r"\A\W*(?:et|and|(?:and )?(?:what|how) about|qu['’]en est-il|rien|tout"
    r"|(?:et |and )?(?:y en a-t-il|il y en a|est-ce qu['’]il y en a|la même chose|idem|the same))?\W*\Z",
    re.IGNORECASE,
)
"""What may stand before a place that is all there is: "et à Gand ?", "what about Paris?"."""

TOWN = _words(
    "city cities town towns council councils municipality municipalities village villages region regions "
    "ville villes commune communes municipalite municipalites mairies metropole metropoles quartier quartiers pays "
    "country countries neighbourhood neighbourhoods neighborhood neighborhoods"
)
"""What an adjective of a place may stand beside: "communes wallonnes", "Italian cities"."""

HEAD_OF_ADJECTIVE = _words(
    "initiative initiatives projet projets project projects demarche demarches association associations collectif "
    "collectifs cooperative cooperatives experimentation experimentations scheme schemes"
)
"""What else it may stand beside where a text begins with both: "initiatives bruxelloises"."""

ARTICLES = _words("un une des de d a an some any quelques plusieurs several other autres")
"""What may stand before them there, as `fold` writes it: "les communes wallonnes" tells of them all."""

RELATIVE = re.compile(
    r"\A\W*(?:(?P<who>(?:qui|où|that|which|where|who)\s+(?:has"
    r"|have|had|ont|avaient|est|sont|are|is|do|does|fait|font)?\b)"
    r"|(?:des?|d['’]|du|of|for|with|avec|pour|sur|on|about|et|and|in|en)(?:\b|(?<=['’]))"
    r"|[^\W\d_]{3,}(?:ing|ed|ant|ée?s?)\b)",
    re.IGNORECASE,
)
"""How it is said which towns: "qui ont", "with", "sharing"; what tells of them begins otherwise."""

WHO = re.compile(r"\b(?:les|the)\s+\Z", re.IGNORECASE)
"""What stands before those who live somewhere: "les Danois"."""

OF_THEM = re.compile(
    r"\s*(?:\Z|[?!.,]|(?:do|done|doing|did|try|tried|font|ont|manage|handle|deal|organi[sz]e|run"
    r"|share|fund|finance|involve|solve|about|for|with|on|pour|avec|sur|contre|face|de|d['’])(?![\w]))",
    re.IGNORECASE,
)
"""What follows those who live somewhere, where they could be taken for something else."""

TONGUE = re.compile(r"\W*(?:language|langue|word|words|lessons?|class|classes|course|courses)\b", re.IGNORECASE)
"""What makes of an adjective the name of a language."""

NOUN_PHRASE = re.compile(
    r"\A\W*(?:la|le|les|l['’]|the)\s*(?:[^\W_]+"
    r"|.*(?:ifs?|ives?|[eé]es?|és?|eux|euses?|aux|al|ales?|aires?|ains?|aines?|iens?"
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
    "quel quelle quels quelles y existe est connaissez avez et and mais but so alors ca en a c"
)
"""Words that a question begins with, as `fold` writes them."""

MARKS = ' ,:;–-«»"'
"""What may stand around a name."""
