"""The greetings and thanks around what a person tells: they say nothing of it."""

from __future__ import annotations

import re
from functools import lru_cache

from .analysis import fold, is_stop_word
from .mail_marks import tells, without_block, without_device, without_subject_marks

_USUAL = (
    "aide aider reponse reponses repondre retour attention temps accueil patience comprehension lecture lire conseil "
    "conseils soutien travail engagement avance message rapide rapidement precieuse beaucoup help helping answer reply "
    "time reading support advice understanding everything consideration work hard quick kind anyway trouble assistance "
    "guidance petite petites petits suggestions pointers idees pistes service disponibilite"
    " collaboration bienveillance"
)
USUAL = frozenset(_USUAL.split())
"""What people give thanks for that ask for nothing, as `fold` writes it, beside function words."""

_WHO = (
    r"(?:à |a )?(?:vous|toutes?|tous|tou\S*te\S*s|(?:toutes? et tous?|tous et toutes|toutes et à tous)|madame|monsieur"
    r"|mesdames|messieurs|mme|mr|m\.|l'équipe|l'equipe|les ami\S*s|le monde|chers?|chères?"
    r"|la (?:team|compagnie|bande|gang|famille)|les (?:gars|gens|filles|copains|copines|voisins|voisines|amis|amies)"
    r"|all|everyone|everybody|there|team|folks|friends|you|guys|both|sir|madam|or|and|to|et)"
)
_NAMED = r"(?-i:[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)"
_OFFICE = (
    r"(?: (?:le|la|l['’])\s?(?:premi[eè]re?[ -])?(?:maire|maïeur|mayeur|bourgmestre|[ée]chevine?|adjointe?"
    r"|directeur|directrice|pr[ée]sidente?|vice-présidente?|conseill(?:er|ère)"
    r"|ministre|secrétaire|députée?|sénat(?:eur|rice)"
    r"|gouverneure?|préf[eè]te?|responsable|coordinat(?:eur|rice)|doyenne?|curé|commissaire|juge)"
    r"(?: (?:communale?|provinciale?|régionale?|municipale?|générale?|adjointe?|déléguée?|d'[ée]tat))?"
    r"(?: (?:de la|de l['’]|des|du|de|d['’])\s?(?-i:[^\W\d_]+)(?: et \w+)?)?)"
)
_TITLED = rf"(?:madame|monsieur|mesdames|messieurs|mme|mrs?|ms|m\.)(?:{_OFFICE}|\.?(?: {_NAMED}){{1,3}})"
_GREETING = (
    rf"(?:(?:re)?-?bonjour|bonsoir|salut|coucou|hello|hi|hey|hiya|greetings|good (?:morning|afternoon|evening|day)"
    r"|bsr|bjr|slt)"
    rf"(?: {_WHO}){{0,4}}"
)
_ADDRESS = (
    rf"(?:{_TITLED}|madame|monsieur|mesdames|messieurs|mme|(?:ch[eè]r[·.(/-]?e?\)?[·./-]?s?|dear)"
    r"(?! (?:loyers?|loca\w+|prix|charges?|rents?|prices?|costs?)\b)"
    r"(?: (?:mrs?|ms|dr|m)\.)?(?: [^\s,;.!?]+){1,5})"
    r"(?: (?:ou|et|or|and|/) (?:madame|monsieur|madam|sir))?"
    rf"(?:{_OFFICE})?"
    r"|to whom (?:it|this) may concern|à qui de droit|a qui de droit"
)
_SUBJECT = r"(?:subject|objet|concerne|re|tr|fwd?)\s*:"
_PLEASANTRY = (
    r"(?:j'espère|en espérant|nous espérons|i hope|we hope|hope|hoping)\b.{0,25}"
    r"\b(?:allez|vas|va|portez|you|your|finds|doing)\b.{0,30}"
    r"|comment (?:allez|vas|va|ça va|ca va)\S*(?: \S+){0,2}|ça va|ca va|how are (?:you|things)(?: \S+){0,3}"
    r"|(?:je|nous) (?:me|nous) permets?(?:ons)? de vous (?:écrire|ecrire|contacter|solliciter)(?: \S+){0,3}"
    r"|(?:excusez|pardonnez|désolée?|desolee?|sorry|excuse|apologies)\b.{0,12}\b(?:déranger|deranger|dérangement|bother"
    r"|disturb|me)\b.{0,12}"
    r"|i (?:wonder|wondered|was wondering|am wondering) (?:if|whether) (?:you|someone|anyone) (?:can|could|might|may)"
    r"(?: be able to)? (?:help|assist|advise)(?: (?:me|us))?"
    r"|(?:une )?petite question|(?:a )?quick question|excuse me|excusez-moi|pardon"
)
_THANKS = (
    r"(?:(?:d'avance|par avance|déjà|deja|with),? )?(?:un (?:grand|tout grand) |grand |mille |many |much |big |my )?"
    r"(?:merci|thanks|thank you|thanking you|thx|cheers|mercis|ta(?= (?:very|muchly|mate|in))|tyvm|(?-i:TIA))\b"
    r"(?: (?:beaucoup|bien|infiniment|encore|déjà|deja|d'avance|par avance"
    r"|à (?:vous|tous|toute?s?)(?: et à (?:tous|toutes))?(?: (?:les |nos |l')\S+)?"
    r"|a million|a lot|so much|very much|muchly|in advance|in anticipation|again"
    r"|ever so much|mates?|all|guys|everyone|folks"
    r"|(?:de|pour|for)\b.{1,40})){0,3}"
    r"|en vous remerciant\b.{0,40}|(?:je|nous) vous remerci\w+\b.{0,40}|(?:s'il (?:vous|te) pla[iî]t|svp|stp|please)"
)
_FORMULA = (
    r"(?:(?:je|nous) (?:vous|te) pri(?:e|ons)\b|veuillez|recevez|agréez|croyez|acceptez|soyez)[^.!?]{0,100}"
    r"\b(?:mes|nos|ma|notre|meilleure?s?|sincères?|cordiales?) (?:\S+ ){0,2}"
    r"(?:salutations?|sentiments|considération|respects|hommages)\b[^.!?\n]{0,80}"
)
_CLOSING = (
    r"(?:(?:bien |très |trop )?(?:cordialement|amicalement|respectueusement|sincèrement"
    r"|chaleureusement|fraternellement)"
    rf"|(?:bien|cordialement) à (?:vous|toi)|{_FORMULA}"
    r"|(?:mes |nos )?(?:sincères |meilleures |cordiales )?salutations(?: \S+){0,3}"
    r"|(?:je|nous|veuillez).{0,20}\bagréer\b.{0,120}"
    r"|(?:any|all) (?:advice|help|ideas?|tips?|pointers?|suggestions?|thoughts?|guidance|support|information|info)"
    r"(?: (?:is|are|would|will|be|most|very|much|gratefully|greatly|really|always)){0,4}"
    r" (?:welcome|appreciated|received|useful|helpful)"
    r"|(?:toute?s?|tous) (?:aide|conseils?|idées?|pistes?|suggestions?|informations?)"
    r" (?:est|sont|serait|seraient|sera|seront)(?: la| le| les)?(?: très)? (?:bienvenue?s?|appréciée?s?|utiles?)"
    r"|(?:(?:please|merci de) )?(?:reply|respond|answer|write back|get back to (?:me|us)|(?:contact|call) (?:me|us))"
    r" at your (?:earliest )?convenience"
    r"|(?:(?:i|we) )?(?:hope|hoping) to hear (?:back )?from you(?: .{1,15})?"
    r"|(?:awaiting|en attendant|dans l'espoir d'|en espérant) ?(?:your|votre|une|un)"
    r" (?:reply|answer|response|réponse|retour|suite favorable)(?: .{1,30})?"
    r"|(?:très )?(?:bonne|belle|excellente) (?:journée|soirée|semaine|fin de \S+|continuation|réception|année)"
    rf"(?: .{{0,15}}|(?: {_WHO}){{1,4}})?"
    r"|bonne nuit(?: .{0,15})?|à (?:bientôt|vous lire|très vite|plus|demain)(?: .{0,10})?"
    r"|au plaisir(?: .{0,25})?"
    r"|dans l'attente\b.{0,40}|bises?|bisous"
    r"|(?:je|nous) rest(?:e|ons|ant)\b.{0,20}\bdisposition\b.{0,80}|n'hésitez pas à .{2,60}"
    r"|(?:je|nous) (?:me|nous) t(?:iens|enons|iendrai|iendrons)\b.{0,20}\bdisposition\b.{0,80}"
    r"|(?:please )?(?:do not|don't) hesitate to .{2,60}"
    r"|(?:please )?feel free to (?:contact|call|write|ask|get)\b.{0,40}"
    r"|(?:should|if) you (?:need|have|require|want) any(?:thing)?"
    r" ?(?:else|more|further|questions?|information|details)\b.{0,50}"
    r"|(?:(?:please|do) )?let (?:me|us) know (?:if|whether|what) you\b.{0,50}"
    r"|(?:what|how) (?:would|do|can|could) you (?:advise|suggest|recommend|think)(?: (?:us|me|we))?"
    r"(?: (?:to|should))?(?: do| proceed)?"
    r"|(?:can|could|would) you (?:please )?(?:point|steer) (?:us|me) in the right direction"
    r"|(?:que|qu'est-ce que vous) (?:nous |me )?(?:conseill|sugg[eé]r|recommand)\w+(?:[- ]vous)?(?: de faire)?"
    r"|(?:with )?(?:my |our |very )?(?:kind|kindest|best|warm|warmest)(?: regards| wishes)?|regards|all the best"
    r"|yours(?: (?:sincerely|faithfully|truly))?|sincerely|have a (?:nice|good|great|lovely|wonderful) .{1,20}"
    r"|(?:i |we )?look(?:ing)? forward to\b.{1,30}"
    r"|(?:speak|talk) soon|see you(?: .{1,15})?|good night(?: .{1,15})?|take care|bye|goodbye"
    r"|au revoir|cdl?t|b[àa]v|bàt|b à v)"
)
_IN_ADVANCE = (
    r"(?:(?:d'|par )avance,? (?:(?:un (?:tout )?grand|mille) )?mercis?"
    r"|(?:(?:un|mille) (?:tout )?(?:grand )?)?mercis? (?:d'|par )avance"
    r"|(?:many |with )?thank(?:s| you)(?: (?:so|very) much)? in advance)(?: (?:à (?:vous|tous)|all|everyone))?"
)
"""Thanks that may come first."""

_END = r"[\s,;:.!?…-]*"
_OPENS = re.compile(
    rf"(?:{_GREETING}(?:,? {_ADDRESS})?|{_ADDRESS}|{_PLEASANTRY}|{_SUBJECT}|{_IN_ADVANCE}){_END}"
    rf"|{_GREETING} {_NAMED}(?: {_NAMED})?(?: et {_NAMED})?\s*(?:[,!.][\s!.]*|\n\s*)",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(rf"{_TITLED}{_END}", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:qui|dont|que|à qui|avec qui|who|whose|whom|et|and|ou|or)\b"
    r"|(?:\d|(?:notre|votre|le|la|une?|our|your|the|an?) |l['’])[^,.!?\n]*,",
    re.IGNORECASE,
)
_SAID = rf"(?:(?:et|and) )?(?:{_THANKS}|{_CLOSING}|{_GREETING})"
_CLOSES = re.compile(rf"{_SAID}(?: {_SAID})?{_END}", re.IGNORECASE)
_SIGNED = re.compile(rf"(?:{_CLOSING})[\s,;:.!-]*", re.IGNORECASE)
_THANKED = re.compile(rf"(?:(?:et|and) )?(?!s'il|svp|stp|please)(?:{_THANKS})[\s,;:.!-]*", re.IGNORECASE)
_LEADS = re.compile(
    r"\A(?:(?:je|nous) (?:me permets de |nous permettons de )?(?:vous|t')\s?(?:contact|écri|ecri|appel|sollicit)\w+"
    r"|(?:i am|i'm|we are|we're) (?:writing|contacting|emailing)(?: to)?(?: you)?)"
    r" (?:(?:au sujet|à propos|a propos) (?:du|des|de l['’]|de la|de|d['’])|concernant|car|parce que|because"
    r"|about|regarding|concerning"
    r"|with regard to|in relation to)\s*(?=\w)"
    r"|\Ai (?:wonder|wondered|was wondering|am wondering) (?:if|whether) (?:you|someone|anyone) (?:can|could|might|may)"
    r"(?: be able to)? (?:help|assist|advise) (?:me|us) (?:to |with |on |in )?(?=\w)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\A(?:svp|stp|s'il (?:vous|te) pla[iî]t|please)[\s,]+(?=\w)"
    r"|\A(?:bonjour|bonsoir|coucou|hello|hi(?:ya)?|hey)(?: (?:à )?(?:tous|toutes|there|all|everyone))?"
    r"(?:\s+[-–—])?\s+(?=\w)"
    r"|[\s,]+(?:(?:et )?merci(?: d'avance| beaucoup)?|svp|stp|(?:many )?thanks|thank you|thx|please)[\s.!?]*\Z"
    r"|\s*(?:je|nous|veuillez)[^.!?\n]{0,40}\bagréer\b[^.!?]{0,200}(?:[.!?]|\Z)\s*\Z"
    r"|[\s,]+at your (?:earliest )?convenience[\s.!]*\Z",
    re.IGNORECASE,
)
_THANKED_FOR = re.compile(
    r"\b(?:merci|remerci\w+|thanks|thank you|thanking you|thx)\b[^.!?]*?\b(?:de|pour|for)\s+"
    rf"([^.!?]+?)(?:[,\n]\s*{_NAMED}(?: {_NAMED})?)?\s*(?:[.!?]|\Z)",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?:{_FORMULA}[.!]*\s*|.+?)"
    r"(?:(?<=[,;:.!?…])(?<!\b(?-i:M)\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)[ \t]+|\n+|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-Þ][^\s,.!?]*(?: [^\s,.!?]+){0,4}[\s.,]*")
_PERSON = re.compile(r"(?:[A-ZÀ-Þ][^\s,.!?\d]*[\s.,]*){1,3}")
_ROLE = re.compile(r"(?:[^\s,.!?]+[ .,]*){1,5}\s*")


def without_courtesy(text: str) -> str:
    """Return a text without its greeting, its thanks and its signature; as it is when there is nothing else.

    Args:
        text: As `tidied` gives it, lines kept.
    """
    return _rest(text) or text


def is_courtesy(text: str) -> bool:
    """Say whether a text is a greeting, thanks or a signature, and nothing else.

    Thanks in advance for something ("merci de nous aider à trouver un local") ask for it.
    """
    return not _rest(text) and not any(map(_asks_for, _THANKED_FOR.findall(text)))


def _asks_for(thing: str) -> bool:
    """Say whether what thanks are given for is more than help or an answer."""
    words = re.findall(r"[^\W\d_]+", fold(thing))
    return any(not is_stop_word(word) and word not in USUAL for word in words)


@lru_cache(maxsize=64)
def _rest(text: str) -> str:
    """Return what is left of a text without its courtesy."""
    text = without_block(without_device(without_subject_marks(text)), _ends_in_closing)
    parts = _parts(text)
    first = 0
    while first < len(parts) and _opens(parts[first], "".join(parts[first + 1 : first + 2])):
        first += 1
    last = _before_signature(parts, first)
    while first < last and _closes(parts[last - 1]):
        last -= 1
    kept = _BARE.sub("", _unthanked(_LEADS.sub("", "".join(parts[first:last]).strip())))
    return kept.rstrip(" ,;:")


def _parts(text: str) -> list[str]:
    """Cut a text behind its marks and its lines; a formula of politeness is one part."""
    return [part[0] for part in _PART.finditer(text)]


def _opens(part: str, after: str) -> bool:
    """Say whether a part of a text only opens it; a person the next part tells of is no address ("Mrs Bo, who ...")."""
    if not _OPENS.fullmatch(part) or _LEADS.match(part):
        return False
    return not (_TOLD_OF.fullmatch(part) and _GOES_ON.match(after))


def _closes(part: str) -> bool:
    """Say whether a part of a text only closes it."""
    return bool(_CLOSES.fullmatch(part)) and not any(map(_asks_for, _THANKED_FOR.findall(part)))


def _ends_in_closing(text: str) -> bool:
    """Say whether a text ends with a closing or thanks, as before a name."""
    part = _parts(text)[-1]
    return bool(_SIGNED.fullmatch(part)) or bool(_THANKED.fullmatch(part) and _closes(part))


def _unthanked(text: str) -> str:
    """Leave out thanks that begin with a capital after words without a mark: "local currency Many thanks"."""
    starts = re.finditer(r"\s+(?=[A-ZÀ-Þ])", text)
    return next((text[: start.start()] for start in starts if _closes(text[start.end() :])), text)


def _before_signature(parts: list[str], first: int) -> int:
    """Say where the names behind a closing begin; at the end of the text when there are none."""
    for n in range(max(first, len(parts) - 4), len(parts) - 1):
        name, *roles = parts[n + 1 :]
        signed = _NAME if _SIGNED.fullmatch(parts[n]) else _PERSON if _THANKED.fullmatch(parts[n]) else None
        if signed and signed.fullmatch(name) and all(_ROLE.fullmatch(role) and not tells(role) for role in roles):
            return n + 1
    return len(parts)
