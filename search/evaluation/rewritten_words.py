"""Words of the field in the forms that `rewrites` puts them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..text.word_forms import pairs


@dataclass(frozen=True)
class Both:
    """A masculine plural that inclusive writing gives both endings.

    Attributes:
        masculine: As it is written of men: ``habitants``.
        ending: What is written for women beside it: ``e``.
    """

    masculine: str
    ending: str

    def written(self, number: int) -> str:
        """Return one of the usual spellings: with middle points, points, hyphens, brackets or a stroke."""
        stem, end = self.masculine.removesuffix("s"), self.ending
        forms = (f"{stem}·{end}·s", f"{stem}.{end}.s", f"{stem}-{end}-s", f"{stem}({end})s", f"{stem}/{end}s")
        return forms[number % len(forms)]


_PLAIN = (
    "habitants élus agents voisins étudiants adhérents commerçants employés retraités participants amis représentants "
    "militants enseignants intervenants migrants réfugiés exclus avocats marchands artisans délégués salariés associés "
    "adjoints"
)
INCLUSIVE = (
    *(Both(word, "e") for word in _PLAIN.split()),
    *(Both(word, "ne") for word in ("citoyens", "musiciens", "techniciens", "gardiens", "comédiens", "anciens")),
    *(
        Both(word, "rice")
        for word in ("animateurs", "acteurs", "directeurs", "créateurs", "médiateurs", "facilitateurs")
    ),
    *(Both(word, "euse") for word in ("travailleurs", "entrepreneurs", "chercheurs", "porteurs")),
    *(Both(word, "ère") for word in ("conseillers", "ouvriers", "usagers", "jardiniers", "premiers")),
)

PLURAL: Mapping[str, dict[str, str]] = {
    "fr": pairs(
        "élu/élus lieu/lieux local/locaux habitant/habitants citoyen/citoyens commune/communes ville/villes "
        "projet/projets quartier/quartiers service/services réunion/réunions association/associations école/écoles "
        "jardin/jardins bâtiment/bâtiments budget/budgets subvention/subventions voisin/voisins agent/agents "
        "collectif/collectifs atelier/ateliers idée/idées initiative/initiatives bénévole/bénévoles "
        "travail/travaux hôpital/hôpitaux journal/journaux réseau/réseaux bureau/bureaux enjeu/enjeux "
        "rue/rues place/places salle/salles parc/parcs logement/logements jeune/jeunes parent/parents "
        "décision/décisions année/années euro/euros"
    ),
    "en": pairs(
        "resident/residents council/councils councillor/councillors city/cities town/towns project/projects "
        "neighbour/neighbours neighbourhood/neighbourhoods group/groups meeting/meetings service/services "
        "school/schools garden/gardens building/buildings budget/budgets grant/grants officer/officers idea/ideas "
        "volunteer/volunteers charity/charities authority/authorities community/communities family/families "
        "street/streets space/spaces room/rooms park/parks house/houses citizen/citizens decision/decisions "
        "department/departments year/years month/months association/associations library/libraries"
    ),
}

FEMININE: Mapping[str, dict[str, str]] = {
    "fr": pairs(
        "élu/élue élus/élues agent/agente agents/agentes habitant/habitante habitants/habitantes voisin/voisine "
        "voisins/voisines citoyen/citoyenne citoyens/citoyennes conseiller/conseillère conseillers/conseillères "
        "adjoint/adjointe directeur/directrice directeurs/directrices animateur/animatrice "
        "coordinateur/coordinatrice président/présidente étudiant/étudiante étudiants/étudiantes "
        "commerçant/commerçante commerçants/commerçantes retraité/retraitée retraités/retraitées "
        "employé/employée employés/employées "
        "architecte/architecte acteur/actrice acteurs/actrices participant/participante participants/participantes "
        "ouvrier/ouvrière usager/usagère usagers/usagères jardinier/jardinière jardiniers/jardinières "
        "technicien/technicienne travailleur/travailleuse travailleurs/travailleuses échevin/échevine "
        "facilitateur/facilitatrice médiateur/médiatrice porteur/porteuse"
    ),
    "en": {},
}

AMERICAN: dict[str, str] = pairs(
    "neighbourhood/neighborhood neighbourhoods/neighborhoods neighbour/neighbor neighbours/neighbors "
    "centre/center centres/centers programme/program programmes/programs organisation/organization "
    "organisations/organizations organise/organize organised/organized organising/organizing organiser/organizer "
    "organisers/organizers colour/color colours/colors behaviour/behavior labour/labor favour/favor "
    "favourite/favorite honour/honor harbour/harbor theatre/theater metres/meters litre/liter "
    "licence/license defence/defense councillor/councilor councillors/councilors "
    "travelling/traveling cancelled/canceled labelled/labeled fulfil/fulfill enrol/enroll "
    "realise/realize realised/realized recognise/recognize recognised/recognized mobilise/mobilize "
    "authorise/authorize authorised/authorized apologise/apologize formalise/formalize prioritise/prioritize "
    "mum/mom mums/moms grey/gray catalogue/catalog dialogue/dialog ageing/aging judgement/judgment "
    "sceptical/skeptical"
)
