"""Greetings, addresses, thanks and closings as patterns, in French and in English; `courtesy` reads texts by them.

A part is named for what it is; what is compiled is at the end. All but NAME, PERSON and NAMED read either case.
"""

from __future__ import annotations

import re

from .patterns import any_of, maybe, spread, then_maybe

NAMED = r"(?-i:[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)"
"""A word of a name."""

END = r"[\s,;:.!?…-]*"
SIGNED_END = r"[\s,;:.!-]*"

_GREETINGS = "bonjour | bonsoir | salut"
_TITLES = "madame | monsieur | mesdames | messieurs"


# ---- Greetings and addresses ---------------------------------------------------------------------------------

_WHO = r"(?:à |a )?" + any_of(
    r"vous | toutes? | tous | tou\S*te\S*s | toutes? et tous? | tous et toutes | toutes et à tous",
    rf"{_TITLES} | mme | mr | m\. | l'équipe | l'equipe | les ami\S*s | le monde | chers? | chères?",
    "la (?:team|compagnie|bande|gang|famille)",
    "les (?:gars|gens|filles|copains|copines|voisins|voisines|amis|amies)",
    "all | everyone | everybody | there | team | folks | friends | you | guys | both | sir | madam",
    "or | and | to | et",
)
"""Whom a greeting is for."""

_OFFICES = any_of(
    "maire | maïeur | mayeur | bourgmestre | [ée]chevine? | adjointe? | directeur | directrice",
    "pr[ée]sidente? | vice-présidente? | conseill(?:er|ère) | ministre | secrétaire | députée? | sénat(?:eur|rice)",
    "gouverneure? | préf[eè]te? | responsable | coordinat(?:eur|rice) | doyenne? | curé | commissaire | juge",
)
_KINDS_OF_OFFICE = (
    "communale? | provinciale? | régionale? | municipale? | générale? | adjointe? | déléguée? | d'[ée]tat"
)
_OFFICE = (
    rf"(?: (?:le|la|l['’])\s?(?:premi[eè]re?[ -])?{_OFFICES}{then_maybe(_KINDS_OF_OFFICE)}"
    r"(?: (?:de la|de l['’]|des|du|de|d['’])\s?(?-i:[^\W\d_]+)(?: et \w+)?)?)"
)
"""An office behind a title: "Madame la première échevine de Liège"."""

_TITLED = any_of(_TITLES, r"mme | mrs? | ms | m\.") + rf"(?:{_OFFICE}|\.?(?: {NAMED}){{1,3}})"
"""A person by title and office, or by title and name."""

_DEAR = (
    r"(?:ch[eè]r[·.(/-]?e?\)?[·./-]?s?|dear)"
    r"(?! (?:loyers?|loca\w+|prix|charges?|rents?|prices?|costs?)\b)"
    r"(?: (?:mrs?|ms|dr|m)\.)?(?: [^\s,;.!?]+){1,5}"
)
"""Somebody who is dear, and no rent that is."""

_SOMEBODY = (
    any_of(_TITLED, _TITLES, "mme", _DEAR)
    + r"(?: (?:ou|et|or|and|/) (?:madame|monsieur|madam|sir))?"
    + f"(?:{_OFFICE})?"
)
_ANYBODY = any_of("to whom (?:it|this) may concern", "à qui de droit | a qui de droit")

_GREETING = (
    any_of(
        f"(?:re)?-?bonjour | {_GREETINGS} | coucou | bsr | bjr | slt",
        "hello | hi | hey | hiya | greetings | good (?:morning|afternoon|evening|day)",
    )
    + rf"(?: {_WHO}){{0,4}}"
)


# ---- Between the greeting and the matter ---------------------------------------------------------------------

_SUBJECT = r"(?:subject|objet|concerne|re|tr|fwd?)\s*:"

_CAN_YOU_HELP = (
    "i (?:wonder|wondered|was wondering|am wondering) (?:if|whether) (?:you|someone|anyone) (?:can|could|might|may)"
    "(?: be able to)? (?:help|assist|advise)"
)
_HOPE_YOU_ARE_WELL = (
    any_of("j'espère | en espérant | nous espérons", "i hope | we hope | hope | hoping")
    + r"\b.{0,25}\b"
    + any_of("allez | vas | va | portez", "you | your | finds | doing")
    + r"\b.{0,30}"
)
_HOW_ARE_YOU = any_of(
    r"comment (?:allez|vas|va|ça va|ca va)\S*(?: \S+){0,2} | ça va | ca va", r"how are (?:you|things)(?: \S+){0,3}"
)
_I_TAKE_THE_LIBERTY = (
    r"(?:je|nous) (?:me|nous) permets?(?:ons)? de vous (?:écrire|ecrire|contacter|solliciter)(?: \S+){0,3}"
)
_SORRY_TO_DISTURB = (
    any_of("excusez | pardonnez | désolée? | desolee?", "sorry | excuse | apologies")
    + r"\b.{0,12}\b"
    + any_of("déranger | deranger | dérangement", "bother | disturb | me")
    + r"\b.{0,12}"
)
_PLEASANTRY = any_of(
    *(_HOPE_YOU_ARE_WELL, _HOW_ARE_YOU, _I_TAKE_THE_LIBERTY, _SORRY_TO_DISTURB),
    f"{_CAN_YOU_HELP}(?: (?:me|us))?",
    "(?:une )?petite question | excusez-moi | pardon",
    "(?:a )?quick question | excuse me",
)

_IN_ADVANCE = any_of(
    "(?:d'|par )avance,? (?:(?:un (?:tout )?grand|mille) )?mercis?",
    "(?:(?:un|mille) (?:tout )?(?:grand )?)?mercis? (?:d'|par )avance",
    "(?:many |with )?thank(?:s| you)(?: (?:so|very) much)? in advance",
) + then_maybe("à (?:vous|tous) | all | everyone")
"""Thanks that may come first."""


# ---- Thanks --------------------------------------------------------------------------------------------------

_THANK_YOU = any_of(
    "merci | mercis",
    "thanks | thank you | thanking you | thx | cheers | ta(?= (?:very|muchly|mate|in)) | tyvm | (?-i:TIA)",
)
_HOW_MUCH = any_of(
    "beaucoup | bien | infiniment | encore | déjà | deja | d'avance | par avance",
    r"à (?:vous|tous|toute?s?)(?: et à (?:tous|toutes))?(?: (?:les |nos |l')\S+)?",
    "a million | a lot | so much | very much | muchly | in advance | in anticipation | again",
    "ever so much | mates? | all | guys | everyone | folks",
    r"(?:de|pour|for)\b.{1,40}",
)
_PLEASE = any_of("s'il (?:vous|te) pla[iî]t | svp | stp | please")
_THANKS = any_of(
    r"(?:(?:d'avance|par avance|déjà|deja|with),? )?"
    + maybe("un (?:grand|tout grand) | grand | mille", "many | much | big | my")
    + rf"{_THANK_YOU}\b(?: {_HOW_MUCH}){{0,3}}",
    r"en vous remerciant\b.{0,40} | (?:je|nous) vous remerci\w+\b.{0,40}",
    _PLEASE,
)


# ---- Closings ------------------------------------------------------------------------------------------------

_BELIEVE = any_of(r"(?:je|nous) (?:vous|te) pri(?:e|ons)\b | veuillez | recevez | agréez | croyez | acceptez | soyez")
_FORMULA = (
    rf"(?:{_BELIEVE}[^.!?]{{0,100}}\b"
    + any_of("mes | nos | ma | notre | meilleure?s? | sincères? | cordiales?")
    + r" (?:\S+ ){0,2}"
    + any_of("salutations? | sentiments | considération | respects | hommages")
    + r"\b[^.!?\n]{0,80})"
)
"""The formula of a French letter: "Veuillez agréer, Madame, l'expression de mes sentiments distingués"."""

_CORDIALLY = any_of(
    "(?:bien |très |trop )?(?:cordialement|amicalement|respectueusement|sincèrement|chaleureusement|fraternellement)",
    "(?:bien|cordialement) à (?:vous|toi)",
    _FORMULA,
    r"(?:mes |nos )?(?:sincères |meilleures |cordiales )?salutations(?: \S+){0,3}",
    r"(?:je|nous|veuillez).{0,20}\bagréer\b.{0,120} | bises? | bisous | cdl?t | b[àa]v | bàt | b à v",
)
_REGARDS = any_of(
    "(?:with )?(?:my |our |very )?(?:kind|kindest|best|warm|warmest)(?: regards| wishes)? | regards | all the best",
    "yours(?: (?:sincerely|faithfully|truly))? | sincerely",
)

_HELP = any_of(
    "advice | help | ideas? | tips? | pointers? | suggestions? | thoughts? | guidance | support | information | info"
)
_GREATLY = any_of("is | are | would | will | be | most | very | much | gratefully | greatly | really | always")
_ANY_HELP_IS_WELCOME = any_of(
    f"(?:any|all) {_HELP}(?: {_GREATLY}){{0,4}} (?:welcome|appreciated|received|useful|helpful)",
    "(?:toute?s?|tous) (?:aide|conseils?|idées?|pistes?|suggestions?|informations?)"
    " (?:est|sont|serait|seraient|sera|seront)(?: la| le| les)?(?: très)? (?:bienvenue?s?|appréciée?s?|utiles?)",
)

_AT_YOUR_CONVENIENCE = "at your (?:earliest )?convenience"
_CALL_ME = any_of("reply | respond | answer | write back | get back to (?:me|us) | (?:contact|call) (?:me|us)")
_ANSWER_IS_AWAITED = any_of(
    f"(?:(?:please|merci de) )?{_CALL_ME} {_AT_YOUR_CONVENIENCE}",
    "(?:(?:i|we) )?(?:hope|hoping) to hear (?:back )?from you(?: .{1,15})?",
    r"(?:i |we )?look(?:ing)? forward to\b.{1,30}",
    "(?:awaiting|en attendant|dans l'espoir d'|en espérant) ?(?:your|votre|une|un)"
    " (?:reply|answer|response|réponse|retour|suite favorable)(?: .{1,30})?",
    r"dans l'attente\b.{0,40}",
)
_AT_YOUR_DISPOSAL = any_of(
    r"(?:je|nous) rest(?:e|ons|ant)\b.{0,20}\bdisposition\b.{0,80}",
    r"(?:je|nous) (?:me|nous) t(?:iens|enons|iendrai|iendrons)\b.{0,20}\bdisposition\b.{0,80}",
    "n'hésitez pas à .{2,60} | (?:please )?(?:do not|don't) hesitate to .{2,60}",
    r"(?:please )?feel free to (?:contact|call|write|ask|get)\b.{0,40}",
    "(?:should|if) you (?:need|have|require|want) any(?:thing)?"
    r" ?(?:else|more|further|questions?|information|details)\b.{0,50}",
    r"(?:(?:please|do) )?let (?:me|us) know (?:if|whether|what) you\b.{0,50}",
)
_WHAT_WOULD_YOU_ADVISE = any_of(
    "(?:what|how) (?:would|do|can|could) you (?:advise|suggest|recommend|think)(?: (?:us|me|we))?"
    "(?: (?:to|should))?(?: do| proceed)?",
    "(?:can|could|would) you (?:please )?(?:point|steer) (?:us|me) in the right direction",
    r"(?:que|qu'est-ce que vous) (?:nous |me )?(?:conseill|sugg[eé]r|recommand)\w+(?:[- ]vous)?(?: de faire)?",
)
_GOOD_DAY = any_of(
    "(?:très )?(?:bonne|belle|excellente) "
    + any_of(r"journée | soirée | semaine | fin de \S+ | continuation | réception | année")
    + rf"(?: .{{0,15}}|(?: {_WHO}){{1,4}})?",
    "bonne nuit(?: .{0,15})? | good night(?: .{1,15})?",
    "have a (?:nice|good|great|lovely|wonderful) .{1,20}",
)
_SEE_YOU = any_of(
    "à (?:bientôt|vous lire|très vite|plus|demain)(?: .{0,10})? | au plaisir(?: .{0,25})? | au revoir",
    "(?:speak|talk) soon | see you(?: .{1,15})? | take care | bye | goodbye",
)
_CLOSING = any_of(
    *(_CORDIALLY, _REGARDS, _ANY_HELP_IS_WELCOME, _ANSWER_IS_AWAITED, _AT_YOUR_DISPOSAL),
    *(_WHAT_WOULD_YOU_ADVISE, _GOOD_DAY, _SEE_YOU),
)


# ---- What texts are read by ----------------------------------------------------------------------------------

OPENS = re.compile(
    any_of(f"{_GREETING}(?:,? {_SOMEBODY}|{_ANYBODY})?", _SOMEBODY, _ANYBODY, _PLEASANTRY, _SUBJECT, _IN_ADVANCE)
    + END
    + rf"|{_GREETING} {NAMED}(?: {NAMED})?(?: et {NAMED})?\s*(?:[,!.][\s!.]*|\n\s*)",
    re.IGNORECASE,
)
TOLD_OF = re.compile(_TITLED + END, re.IGNORECASE)
GOES_ON = re.compile(
    any_of("qui | dont | que | à qui | avec qui", "who | whose | whom", "et | and | ou | or")
    + r"\b|(?:\d|(?:notre|votre|le|la|une?|our|your|the|an?) |l['’])[^,.!?\n]*,",
    re.IGNORECASE,
)
"""What follows a person who is told of, and is no address."""

_SAID = rf"(?:(?:et|and) )?{any_of(_THANKS, _CLOSING, _GREETING)}"
CLOSES = re.compile(rf"{_SAID}(?: {_SAID})?{END}", re.IGNORECASE)
SIGNED = re.compile(_CLOSING + SIGNED_END, re.IGNORECASE)
THANKED = re.compile(rf"(?:(?:et|and) )?(?!s'il|svp|stp|please){_THANKS}{SIGNED_END}", re.IGNORECASE)
"""Closing, and thanks, before a name."""

_I_WRITE_TO_YOU = any_of(
    r"(?:je|nous) (?:me permets de |nous permettons de )?(?:vous|t')\s?(?:contact|écri|ecri|appel|sollicit)\w+",
    "(?:i am|i'm|we are|we're) (?:writing|contacting|emailing)(?: to)?(?: you)?",
)
_BECAUSE = any_of(
    "(?:au sujet|à propos|a propos) (?:du|des|de l['’]|de la|de|d['’]) | concernant | car | parce que | because",
    "about | regarding | concerning | with regard to | in relation to",
)
LEADS = re.compile(
    rf"\A{_I_WRITE_TO_YOU} {_BECAUSE}\s*(?=\w)|\A{_CAN_YOU_HELP} (?:me|us) (?:to |with |on |in )?(?=\w)",
    re.IGNORECASE,
)
"""What leads to the matter, in its sentence."""

_BARE_GREETING = (
    any_of("bonjour | bonsoir | coucou", "hello | hi(?:ya)? | hey")
    + r"(?: (?:à )?(?:tous|toutes|there|all|everyone))?(?:\s+[-–—])?"
)
_BARE_THANKS = any_of(
    "(?:et )?merci(?: d'avance| beaucoup)? | svp | stp", "(?:many )?thanks | thank you | thx | please"
)
BARE = re.compile(
    rf"\A{_PLEASE}[\s,]+(?=\w)|\A{_BARE_GREETING}\s+(?=\w)|[\s,]+{_BARE_THANKS}[\s.!?]*\Z"
    r"|\s*(?:je|nous|veuillez)[^.!?\n]{0,40}\bagréer\b[^.!?]{0,200}(?:[.!?]|\Z)\s*\Z"
    rf"|[\s,]+{_AT_YOUR_CONVENIENCE}[\s.!]*\Z",
    re.IGNORECASE,
)
"""What is courteous at either end of a sentence that tells something."""

THANKED_FOR = re.compile(
    r"\b(?:merci|remerci\w+|thanks|thank you|thanking you|thx)\b[^.!?]*?\b(?:de|pour|for)\s+"
    rf"([^.!?]+?)(?:[,\n]\s*{NAMED}(?: {NAMED})?)?\s*(?:[.!?]|\Z)",
    re.IGNORECASE,
)

_NO_ABBREVIATION = r"(?<!\b(?-i:M)\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)"
PART = re.compile(
    rf"(?:{_FORMULA}[.!]*\s*|.+?)(?:(?<=[,;:.!?…]){_NO_ABBREVIATION}[ \t]+|\n+|\Z)", re.DOTALL | re.IGNORECASE
)
NAME = re.compile(r"[A-ZÀ-Þ][^\s,.!?]*(?: [^\s,.!?]+){0,4}[\s.,]*")
PERSON = re.compile(r"(?:[A-ZÀ-Þ][^\s,.!?\d]*[\s.,]*){1,3}")
ROLE = re.compile(r"(?:[^\s,.!?]+[ .,]*){1,5}\s*")

_ASKED_FOR_IN_FRENCH = any_of("pistes? | conseils? | idées? | lectures | lumières | suggestions? | contacts")
_ASKED_FOR_IN_ENGLISH = any_of("help | advice | ideas? | pointers | suggestions? | thoughts? | tips")
COURTEOUS = re.compile(
    spread(
        r"\b"
        + any_of(
            rf"{_GREETINGS} | {_TITLES} | merci | cordialement | remerci\w+ | salutations | respectueusement",
            r"sentiments (?:les|distingués) | (?:bien|sincèrement) à vous | amicalement | bises",
            r"pardon\w* | excus\w+ | preneu(?:r|se) | conseill\w+",
            f"(?:vos|des|quelques|toute?s?) {_ASKED_FOR_IN_FRENCH}",
            "dear | hello | hi | hey | greetings | thank | thanks | cheers",
            r"yours | regards | faithfully | sincerely | appreciat\w+ | grateful\w* | best(?: wishes)?,?$",
            f"sorry for | any {_ASKED_FOR_IN_ENGLISH} | advise",
            "(?:be|hear) (?:glad|happy|pleased|from you|how others)",
        )
        + r"\b"
    ),
    re.IGNORECASE,
)
"""A word or phrase that sentences of courtesy have, and of other sentences few."""
