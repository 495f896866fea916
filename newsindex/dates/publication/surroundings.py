"""Takes away what stands around a date of publication: its label, its author, and the date of an update.

``Publié par X le 12 mars 2024 à 14h05 (mis à jour le 13)`` gives ``12 mars 2024 à 14h05``. A text before the
date is only taken away where it has no figures and is a label, an author or a place, so that no other date
is mistaken for that of publication.
"""

from __future__ import annotations

import re
from typing import Final

from .calendar_names import WEEKDAY

_UPDATED: Final = re.compile(
    r"(?:\b(?:(?:derniere|last) )?(?:mise?s? a jour|maj\b|m\.a\.j|modifi|actualis|corrigee? le|updated?\b"
    r"|modified|edited|revised)|(?:اخر |تم ال)?تحديث)"
)
_PUBLISHED: Final = re.compile(
    r"\b(?:publi(?:ee?s?|cation|shed)\b|mise?s? en ligne\b|parue?s? le\b|posted?e?\b|نشر)"
)
_OTHER_CALENDAR: Final = re.compile(r" ?(?:الموافق(?: ل)?|correspondant au) ?")
_EXTENT: Final = re.compile(
    r"[^\w)]*(?:(?:temps )?(?:de )?lecture\W*)?(?:\d{1,6} ?(?:min(?:utes?)?|mn)\b(?: (?:de lecture|read))?"
    r"|\d{1,6} ?(?:commentaires?|comments?|vues?|views|partages|mots|words)\b"
    r"|(?:dans la |au |en |le )?\b(?:matin(?:ee)?|soir(?:ee)?|apres-midi)"
    r"|\bpp?\. ?\d{1,4}|\bpage \d{1,4})\W*$"
)
_BYLINE_AFTER: Final = re.compile(r"[\s,;|·•/-]{1,5}(?:par|by|بقلم) [^\d]{1,80}$")
_DAY_AHEAD: Final = (
    rf"(?=(?:{WEEKDAY}[ ,]{{0,2}})?(?:le )?(?:\d|premier\b)|(?:{WEEKDAY}[ ,]{{0,2}})?[^\W\d]{{3,9}}\.? \d)"
)
_KINDS_OF_TEXT: Final = r"(?:article|texte|video|premiere|1ere|initialement|info|depeche|tribune)"
_LABEL: Final = re.compile(
    rf"(?:(?:{_KINDS_OF_TEXT} )?(?:publi(?:ee?s?|cation|shed)|mise?s? en ligne|parue?s?|parution"
    r"|post(?:ee?s?|ed)|creee?s?|creation|created|redigee?|ecrite?|ajoutee?|diffus(?:ee?|ion)|edition|editee?|numero|journal"
    r"|datee?|released|issued|uploaded|written|mise?s? a jour|dernieres? (?:mises? a jour|modifications?)"
    r"|(?:last )?updated|modifiee?s?|actualisee?s?"
    r"|par|by|(?:تم )?(?:ال)?نشر|نشرت|كتب|بتاريخ|بقلم|تاريخ|اخر تحديث)\b|يوم )"
    rf"[^\d]{{0,120}}?(?<![^\W\d]){_DAY_AHEAD}"
)
_PLACE: Final = re.compile(rf"[^\d,;:]{{2,60}}(?:, (?:le|ce)| du) {_DAY_AHEAD}")
UNCERTAIN: Final = re.compile(
    r"\b(?:avant|apres|vers|environ|depuis|jusqu"
    r"|circa|ca|c\.|before|after|since|until|pas le|قبل|بعد|منذ)(?!\w)"
)
"""Words that make a date one before or after which something was."""
_EDGES: Final = r"[\s,;:.|·•*/<>«»\"“”()\[\]-]|\b(?:a|at|le|the|on|of|du|en|l'|في)(?![\w.'])"
_LEADING: Final = re.compile(rf"(?:{_EDGES})+")
_TRAILING: Final = re.compile(
    r"(?:[\s,;:.|·•*/<>«»\"“”()\[\]-]|(?<!\w)(?:a|at|le|the|on|of|du|vers|@|في|علي|الساعه))+$"
)


def without_update(text: str) -> str:
    """The part of a text that tells of the publication, where another part tells of an update."""
    updated = _UPDATED.search(text)
    if updated is None:
        return text
    before = text[: updated.start()]
    if any(map(str.isdigit, before)):
        return before
    published = _PUBLISHED.search(text, updated.end())
    return text[published.start() :] if published else text


def calendars(text: str) -> list[str]:
    """The date, or both where a text gives it in two calendars: ``2 رمضان 1445 الموافق 12 مارس 2024``."""
    return _OTHER_CALENDAR.split(text, maxsplit=1) if "موافق" in text or "corresp" in text else [text]


def without_extent(text: str) -> str:
    """The text without the time that the article takes to read, its page, or the author after the date."""
    return _BYLINE_AFTER.sub("", _EXTENT.sub("", text))


def without_label(text: str) -> str:
    """The text without a label, an author or a place before the date, and without signs around it."""
    match = _LABEL.match(text) or _PLACE.match(text)
    if match and not UNCERTAIN.search(match[0]):
        text = text[match.end() :]
    return without_edges(text)


def without_edges(text: str) -> str:
    """The text without signs, articles and prepositions at its ends."""
    leading = _LEADING.match(text)
    return _TRAILING.sub("", text[leading.end() :] if leading else text)
