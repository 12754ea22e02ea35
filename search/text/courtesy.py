"""The greetings and thanks around what a person tells: they say nothing of it."""

from __future__ import annotations

import re

from .analysis import fold, is_stop_word
from .mail_marks import without_block, without_device, without_subject_marks

_USUAL = (
    "aide aider reponse reponses repondre retour attention temps accueil patience comprehension lecture lire conseil "
    "conseils soutien travail engagement avance message rapide rapidement precieuse beaucoup help helping answer reply "
    "time reading support advice understanding everything consideration work hard quick kind anyway trouble assistance "
    "guidance suggestions pointers idees pistes suggestions service disponibilite collaboration bienveillance"
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
    r"(?: (?:le|la|l['’])\s?(?:premi[eè]re?[ -])?(?:maire|maïeur|mayeur|bourgmestre|[ée]chevine?|adjointe?|directeur|directrice"
    r"|présidente?|presidente?|vice-présidente?|conseill(?:er|ère)|ministre|secrétaire|députée?|sénat(?:eur|rice)"
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
    r"(?: [^\s,;.!?]+){{1,5}})"
    rf"(?: (?:ou|et|or|and|/) (?:madame|monsieur|madam|sir))?"
    r"(?: (?:le|la|l')\s?(?:maire|bourgmestre|directeur|directrice|président|présidente|conseiller|conseillère))?"
)
_PLEASANTRY = (
    r"(?:j'espère|en espérant|nous espérons|i hope|we hope|hope|hoping)\b.{0,25}"
    r"\b(?:allez|vas|va|portez|you|your|finds|doing)\b.{0,30}"
    r"|comment (?:allez|vas|va|ça va|ca va)\S*(?: \S+){0,2}|ça va|ca va|how are (?:you|things)(?: \S+){0,3}"
    r"|(?:je|nous) (?:me|nous) permets?(?:ons)? de vous (?:écrire|ecrire|contacter|solliciter)(?: \S+){0,3}"
    r"|(?:excusez|pardonnez|désolée?|desolee?|sorry|excuse|apologies)\b.{0,12}\b(?:déranger|deranger|dérangement|bother"
    r"|disturb|me)\b.{0,12}|(?:une )?petite question|(?:a )?quick question|excuse me|excusez-moi|pardon"
)
_THANKS = (
    r"(?:un (?:grand|tout grand) |grand |mille |many |much |big )?(?:merci|thanks|thank you|thx|cheers|mercis)\b"
    r"(?: (?:beaucoup|bien|infiniment|encore|déjà|deja|d'avance|par avance"
    r"|à (?:vous|tous|toute?s?)(?: et à (?:tous|toutes))?(?: (?:les |nos |l')\S+)?"
    r"|a million|a lot|so much|very much|in advance|again|ever so much"
    r"|(?:de|pour|for)\b.{1,40})){0,3}"
    r"|en vous remerciant\b.{0,40}|(?:je|nous) vous remerci\w+\b.{0,40}|(?:s'il (?:vous|te) pla[iî]t|svp|stp|please)"
)
_CLOSING = (
    r"(?:(?:bien |très )?cordialement|(?:bien|cordialement) à (?:vous|toi)|amicalement|respectueusement|sincèrement"
    r"|(?:sincères |meilleures |cordiales )?salutations(?: \S+){0,3}|(?:je|nous|veuillez).{0,20}\bagréer\b.{0,120}"
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
    r"|(?:kind|kindest|best|warm|warmest)(?: regards| wishes)?|regards|all the best|best wishes"
    r"|yours(?: (?:sincerely|faithfully|truly))?|sincerely|have a (?:nice|good|great|lovely|wonderful) .{1,20}"
    r"|(?:i |we )?look(?:ing)? forward to\b.{1,30}"
    r"|(?:speak|talk) soon|see you(?: .{1,15})?|good night(?: .{1,15})?|take care|bye|goodbye|au revoir|cdt|bàv)"
)
_OPENS = re.compile(rf"(?:{_GREETING}|{_ADDRESS}|{_PLEASANTRY})[\s,;:.!?…-]*", re.IGNORECASE)
_CLOSES = re.compile(rf"(?:(?:et|and) )?(?:{_THANKS}|{_CLOSING}|{_GREETING})[\s,;:.!?…-]*", re.IGNORECASE)
_SIGNED = re.compile(rf"(?:{_CLOSING})[\s,;:.!-]*", re.IGNORECASE)
_THANKED = re.compile(rf"(?:(?:et|and) )?(?!s'il|svp|stp|please)(?:{_THANKS})[\s,;:.!-]*", re.IGNORECASE)
_BARE = re.compile(
    r"\A(?:svp|stp|s'il (?:vous|te) pla[iî]t|please)[\s,]+(?=\w)"
    r"|\A(?:bonjour|bonsoir|coucou|hello|hi(?:ya)?|hey)(?: (?:à )?(?:tous|toutes|there|all|everyone))?"
    r"(?:\s+[-–—])?\s+(?=\w)"
    r"|[\s,]+(?:(?:et )?merci(?: d'avance| beaucoup)?|svp|stp|(?:many )?thanks|thank you|thx|please)[\s.!?]*\Z"
    r"|\s*(?:je|nous|veuillez)[^.!?\n]{0,40}\bagréer\b[^.!?]{0,200}(?:[.!?]|\Z)\s*\Z",
    re.IGNORECASE,
)
_THANKED_FOR = re.compile(
    r"\b(?:merci|remerci\w+|thanks|thank you|thx)\b[^.!?]*?\b(?:de|pour|for)\s+([^.!?]+)", re.IGNORECASE
)
_PART = re.compile(r".+?(?:(?<=[,;:.!?…])[ \t]+|\n+|\Z)", re.DOTALL)
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


def _rest(text: str) -> str:
    """Return what is left of a text without its courtesy."""
    parts = [part[0] for part in _PART.finditer(text)]
    first = 0
    while first < len(parts) and _OPENS.fullmatch(parts[first]):
        first += 1
    last = _before_signature(parts, first)
    while first < last and _CLOSES.fullmatch(parts[last - 1]):
        last -= 1
    kept = _BARE.sub("", _unthanked("".join(parts[first:last]).strip()))
    return kept.rstrip(" ,;:")


def _unthanked(text: str) -> str:
    """Leave out thanks that begin with a capital after words without a mark: "local currency Many thanks"."""
    starts = re.finditer(r"\s+(?=[A-ZÀ-Þ])", text)
    return next((text[: start.start()] for start in starts if _CLOSES.fullmatch(text, start.end())), text)


def _before_signature(parts: list[str], first: int) -> int:
    """Say where the names behind a closing begin; at the end of the text when there are none."""
    for n in range(max(first, len(parts) - 4), len(parts) - 1):
        name, *roles = parts[n + 1 :]
        signed = _NAME if _SIGNED.fullmatch(parts[n]) else _PERSON if _THANKED.fullmatch(parts[n]) else None
        if signed and signed.fullmatch(name) and all(map(_ROLE.fullmatch, roles)):
            return n + 1
    return len(parts)
