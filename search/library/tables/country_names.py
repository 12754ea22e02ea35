"""Other names of countries that tables have: codes, abbreviations, parts that are written for the whole."""

from __future__ import annotations

from collections.abc import Mapping

_CODES = {
    "argentina": "AR ARG", "australia": "AU AUS", "austria": "AT AUT", "belgium": "BE BEL", "brazil": "BR BRA",
    "canada": "CA CAN", "colombia": "CO COL", "croatia": "HR HRV", "czech-republic": "CZ CZE", "denmark": "DK DNK",
    "estonia": "EE EST", "finland": "FI FIN", "france": "FR FRA", "germany": "DE DEU", "greece": "GR GRC EL",
    "hungary": "HU HUN", "iceland": "IS ISL", "india": "IN IND", "ireland": "IE IRL", "italy": "IT ITA",
    "japan": "JP JPN", "kenya": "KE KEN", "latvia": "LV LVA", "luxembourg": "LU LUX", "mexico": "MX MEX",
    "netherlands": "NL NLD", "new-zealand": "NZ NZL", "philippines": "PH PHL", "poland": "PL POL",
    "portugal": "PT PRT", "romania": "RO ROU", "slovenia": "SI SVN", "south-korea": "KR KOR", "spain": "ES ESP",
    "sweden": "SE SWE", "switzerland": "CH CHE", "taiwan": "TW TWN", "united-kingdom": "GB GBR UK",
    "united-states": "US USA", "uruguay": "UY URY",
}  # fmt: skip
"""ISO 3166-1, and what the European Union writes for Greece and the United Kingdom."""

_NAMES = {
    "canada": "Québec",
    "czech-republic": "Czechia, République tchèque",
    "ireland": "Éire, Republic of Ireland, République d’Irlande",
    "luxembourg": "Grand-Duché de Luxembourg, Grand Duchy of Luxembourg",
    "netherlands": "Hollande, Holland, The Netherlands",
    "south-korea": "Corée, Korea",
    "united-kingdom": "Grande-Bretagne, Great Britain, Angleterre, England, Écosse, Scotland, Pays de Galles, Wales, "
    "Irlande du Nord, Northern Ireland",
    "united-states": "États-Unis d’Amérique, United States of America, America",
}

OTHER_NAMES: Mapping[str, str] = {
    **{code: key for key, codes in _CODES.items() for code in codes.split()},
    **{name: key for key, names in _NAMES.items() for name in names.split(", ")},
}
"""A name to the key of the country in the closed list ``countries``."""
