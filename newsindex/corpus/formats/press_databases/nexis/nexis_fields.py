"""The names of the fields that Nexis writes around a text, in English, French and German.

Older exports write them in capitals ("LOAD-DATE: …"), newer ones as words ("Load-Date: …").
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from newsindex.dates.french_calendar import plain_letters

_HEAD_NAMES: Final = {
    "headline": "headline titre",
    "author": "byline auteur auteurs autor",
    "section": "section rubrique rubrik",
    "length": "length longueur lange",
    "lead": "highlight encart insert chapeau sous-titre",
    "dateline": "dateline lieu",
}
_TAIL_NAMES: Final = {
    "lang": "language langue sprache",
    "loaded": "load-date date-chargement date-de-chargement update",
    "url": "url",
    "other": (
        "publication-type type-publication type-de-publication journal-code code-journal code-revue subject"
        " sujet geographic geo-localization localisation-geo localisation-geographique company societe person"
        " personne organization organisation ticker stock-symbol symbole-boursier industry activity-sector"
        " secteur-activite secteur-d'activite graphic graphique illustration notes note document-type"
        " type-document correction correction-date distribution series classification acc-no issn country"
        " state city pub-type bibliography"
    ),
}
_FIELD_BY_NAME: Final = {
    name: field
    for table in (_HEAD_NAMES, _TAIL_NAMES)
    for field, names in table.items()
    for name in names.split()
}
HEAD_FIELDS: Final = frozenset(_HEAD_NAMES)
_LABEL: Final = re.compile(r"(?P<name>[^\W\d_][\w' -]{1,28}?)\s?:\s*(?P<value>.*)", re.S)
_UNSURE_NAMES: Final = "person personne company societe organisation notes note url series state city country"
_UNSURE: Final = frozenset(_UNSURE_NAMES.split())


class LabelledLine(NamedTuple):
    """A line that begins with the name of a field.

    ``is_sure`` tells that no text has the name at the beginning of a line by chance.
    """

    field: str
    value: str
    is_sure: bool


def labelled_line(line: str, *, capitals: bool) -> LabelledLine | None:
    """The field and value of a line; None for one of the text. With ``capitals`` names are in capitals."""
    match = _LABEL.fullmatch(line)
    if match is None or (capitals and match["name"] != match["name"].upper()):
        return None
    name = plain_letters(match["name"].strip()).replace(" ", "-").replace("’", "'")
    field = _FIELD_BY_NAME.get(name)
    if field is None:
        return None
    is_sure = name not in _UNSURE if capitals else "-" in name
    return LabelledLine(field, match["value"].strip(), is_sure)
