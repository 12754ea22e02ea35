"""What tells a sentence that carries a concern from others, as patterns in French and in English; see `concerns`."""

from __future__ import annotations

import re

from .patterns import any_of, spread


def _words(*lists: str) -> frozenset[str]:
    return frozenset(" ".join(lists).split())


# ---- Trouble, want, doubt ------------------------------------------------------------------------------------

_NO_IN_FRENCH = r"ne | n['’]\w+ | pas | plus | jamais | rien | personne | aucune? | sans | ni"
_BUT_IN_FRENCH = (
    "mais | or | pourtant | cependant | alors que | malgré | faute | trop | seule?s? | hélas | au lieu | plutôt"
)
_WANT_IN_FRENCH = (
    r"manqu\w+ | besoin | voudr\w+ | aimer\w+ | souhait\w+ | rêv\w+ | songe\w* | cherch\w+ | faudrait | faut"
    r" | réclam\w+ | demand\w+"
)
_ASK_IN_FRENCH = "comment | pourquoi | combien | savoir"
_SUFFER_IN_FRENCH = (
    r"problèm\w+ | difficult\w+ | crai\w+ | peur | refus\w+ | bloqu\w+ | perd\w* | conflit\w* | coût\w+ | attend\w*"
    r" | menac\w+ | ferm\w+ | abandonn\w+ | vide | risqu\w+ | fatigu\w+ | épuis\w+"
)
_NO_IN_ENGLISH = r"not | \w+n['’]t | cannot | no | never | nobody | nothing | none | nor | without"
_BUT_IN_ENGLISH = "but | yet | though | although | however | only | instead | unless | too"
_WANT_IN_ENGLISH = r"need\w* | lack\w* | want\w* | would | wish\w* | love to"
_ASK_IN_ENGLISH = "how | why | whether"
_SUFFER_IN_ENGLISH = (
    r"problem\w* | trouble\w* | hard | difficult\w* | afraid | frighten\w* | fear\w* | worr\w+ | refus\w+ | lost | lose"
    r" | losing | cost\w* | wait\w* | stop\w* | clos\w+ | empty | threat\w* | tired | risk\w* | fight\w* | struggl\w+"
    r" | stuck"
)
TROUBLE = re.compile(
    r"\b"
    + spread(
        any_of(
            *(_NO_IN_FRENCH, _BUT_IN_FRENCH, _WANT_IN_FRENCH, _ASK_IN_FRENCH, _SUFFER_IN_FRENCH),
            *(_NO_IN_ENGLISH, _BUT_IN_ENGLISH, _WANT_IN_ENGLISH, _ASK_IN_ENGLISH, _SUFFER_IN_ENGLISH),
        )
    )
    + r"\b|\?",
    re.IGNORECASE,
)
"""A word of trouble, want or doubt, or a question mark."""


# ---- Who somebody is -----------------------------------------------------------------------------------------

_I_AM_IN_FRENCH = any_of("je suis | nous sommes")
_I_AM_IN_ENGLISH = any_of("i am | i['’]m | we are | we['’]re")
_I_LIVE_IN_FRENCH = "nous habitons | je m['’]appelle"
_I_WORK_IN_FRENCH = "préside | travaille | dirige | gère | représente | coordonne"
_I_WORK_IN_ENGLISH = "work | run | help run | manage | live | chair | teach | represent | coordinate"
_SO_MANY_INHABITANTS = r"(?:commune|ville|village) (?:de|d['’])\s*[\d\w\x20]*habitants"

INTRODUCTION = re.compile(
    r"\b"
    + spread(
        any_of(
            rf"{_I_AM_IN_FRENCH} | j['’]habite\w* | {_I_LIVE_IN_FRENCH} | moi c['’]est | j['’]enseigne",
            f"je {any_of(_I_WORK_IN_FRENCH, 'tiens')}",
            rf"j['’]ai \w+ ans | (?:formation|retraitée?)\s*, | je vous écris | {_SO_MANY_INHABITANTS}",
            f"{_I_AM_IN_ENGLISH} | i {any_of(_I_WORK_IN_ENGLISH, 'write')}",
            "en tant qu(?:e|['’]\\w+) | having (?:been|lived|worked|chaired|run|led|served)",
            "my name | years old | (?:i|we)(?:['’]ve| have) (?:lived|been|worked)",
        )
    )
    + r"\b",
    re.IGNORECASE,
)
"""A phrase by which people say who they are, anywhere in a sentence."""

_OUTSIDE = r"\s*" + any_of(
    "derni | premi | seul | oubli | exclu | victim", r"last | first | only | ones?\b | forgotten"
)
"""What follows an article where people say how they fare, and not who they are ("the last to know")."""

_ROLES_IN_FRENCH = (
    "agent | élu | échevin | conseill | président | secrétaire | trésor | bénévole | habitant | voisin | enseignant"
    " | professeur | institut | direct(?:eur|rice) | fonctionnaire | maire | bourgmestre | parent | membre | étudiant"
    " | retraité | animat | coordinat | chargé | responsable | assistant | éducat | architecte | urbaniste"
    " | bibliothécaire | employé"
)
_HEADS_IN_ENGLISH = any_of(
    r"head | chair\w* | mayor | director | leader | manager | clerk | secretary | treasurer | owner"
)
_SOMEBODY_IN_FRENCH = any_of(rf"(?:une?|le|la|les|des|deux|trois)\s(?!{_OUTSIDE}) | l['’]", _ROLES_IN_FRENCH)
_SOMEBODY_IN_ENGLISH = any_of(rf"(?:an?|the|two|three)\s(?!{_OUTSIDE}) | one of | part of | members?\b")

SAYS_WHO = re.compile(
    r"\W*"
    + spread(
        any_of(
            f"{_I_AM_IN_FRENCH} {_SOMEBODY_IN_FRENCH} | j['’]habite | {_I_LIVE_IN_FRENCH}",
            rf"je {any_of(_I_WORK_IN_FRENCH)}\b | (?:c['’]est )?en tant qu",
            rf"{_I_AM_IN_ENGLISH} {_SOMEBODY_IN_ENGLISH} | i {any_of(_I_WORK_IN_ENGLISH)}\b | my name | we live",
            rf"as (?:an?\b|(?:the )?{_HEADS_IN_ENGLISH}\b)",
        )
    ),
    re.IGNORECASE,
)
"""How a sentence begins that says who somebody is."""


# ---- What only announces, and what leans on the sentence before it -------------------------------------------

ANNOUNCED = _words(
    "autre autres deuxieme troisieme quatrieme premier premiere second seconde dernier derniere nouveau nouvelle gros",
    "grand grande important importante importants importantes grave graves souci soucis probleme problemes question",
    "questions point points preoccupation preoccupations inquietude inquietudes difficulte difficultes sujet sujets",
    "chose choses other others another third fourth first last further big main serious worry worries problem problems",
    "concern concerns issue issues trouble troubles matter matters thing things",
)
"""Content words of sentences that only announce what comes after them ("There is a second worry."), as `fold` writes
them."""

COUNTS = _words(
    "voici voila enfin ensuite abord finir terminer deux trois quatre cinq plusieurs quelques",
    "finally lastly firstly secondly thirdly two three four five several few",
)
"""Words that count or order what is told, beside the stop words, as `fold` writes them."""

_JOINED_BY = any_of(
    "et | mais | or | alors | donc | puis | avec | sans | pour | sauf que",
    "and | but | so | or | then | yet | with | if",
)
_NOBODY_DOES = r"(?! (?:(?:nous|me|lui|leur|vous) )?(?:faut|faudrait|manque|y a|s['’]agit))"
"""Behind "il" where it stands for nobody: "il nous faut"."""

LEANS = re.compile(
    spread(
        f"(?:{_JOINED_BY} )?"
        + any_of(
            f"elles? | ils?{_NOBODY_DOES} | cela | ça | c['’]était | cette | cet | ces | celle | celui | celles | ceux",
            "on y | pas (?:des?|un|la|le|les)",
            "it(?!['’]s (?:hard|difficult)) | they | them | that | this | these | those | he | she",
        )
        + r"\b"
    ),
    re.IGNORECASE,
)
"""How a sentence begins that leans on the one before it."""

THEM = re.compile(r"\b" + any_of("them | it | les | leur | y | eux | elles") + r"\W*$", re.IGNORECASE)
"""How a short one ends."""


# ---- What is told in an order, and what is not asked for -----------------------------------------------------

_BEGINS_A_PART = r"(?:\A|(?<=[.;:,!?]\s)|(?<=[.;:,!?]\set\s)|(?<=[.;:,!?]\sand\s))"
ORDER = tuple(
    re.compile(_BEGINS_A_PART + spread(any_of(words)) + r"(?![\w-])", re.IGNORECASE)
    for words in (
        "first | firstly | d['’]abord | tout d['’]abord | premièrement | primo",
        "second | secondly | then | ensuite | puis | deuxièmement | secundo",
        "third | thirdly | finally | lastly | enfin | troisièmement | tertio",
    )
)
"""How the parts of something begin that is told in an order: the first, the second and the third."""

_PROPOSE_IN_FRENCH = any_of("parl | propos | conseill | recommand | envoy | renvoy | suggér")
SPARE_US = re.compile(
    r"\W*"
    + spread(
        any_of(
            f"(?:surtout,? )?(?:s['’]il vous plaît,? )?ne(?: nous| me)? {_PROPOSE_IN_FRENCH}(?:ez|e|er) (?:pas|plus)",
            f"(?:inutile|pas la peine) de (?:nous|me) {_PROPOSE_IN_FRENCH}er",
            "(?:and )?(?:please,? )?(?:do not|don['’]t) (?:send|point|refer|suggest|recommend|propose|tell|offer|talk)",
            "(?:please,? )?no need to (?:send|suggest|recommend|propose|tell|mention)",
        )
        + r"\b"
    ),
    re.IGNORECASE,
)
"""How a sentence begins that says what nobody shall propose."""

_NOT_ASKING_IN_FRENCH = any_of(
    r"ne (?:voul\w+|veu[xt]|cherch\w+|demand\w+|souhait\w+) pas", "n['’](?:avons|a|ai) pas besoin"
)
NOT_WANTED = re.compile(
    r"\W*"
    + spread(
        any_of(
            f"(?:nous|on|je) {_NOT_ASKING_IN_FRENCH} (?:de |d['’]|un|une|le|la)",
            "(?:we|i) (?:do not|don['’]t) (?:want|need)",
            "(?:we|i)(?:['’]re| are|['’]m| am) not (?:looking|asking|searching) for",
        )
    ),
    re.IGNORECASE,
)
"""How a sentence begins that says what is not wanted."""

HAS_ALREADY = re.compile(
    r"\b"
    + spread(
        any_of(
            "(?:en |l['’])(?:avons|a|ai|avions|avait)(?: déjà)? (?:une?|eu|essayé|tenté|fait|plusieurs)",
            "(?:we|i)(?:['’]ve| have)?(?: already)? (?:have|had|got|tried|done) (?:one|that|it|them|several|enough)",
        )
    )
    + r"\b",
    re.IGNORECASE,
)
"""What says that it is there, or was tried."""
