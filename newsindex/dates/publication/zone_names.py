"""Time zones as dates name them: an offset, a name such as CET, or ``heure de Paris``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSETS: Final[Mapping[str, float]] = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "tu": 0, "tuc": 0, "t.u.": 0, "wet": 0, "west": 1, "bst": 1,
    "cet": 1, "met": 1, "mez": 1, "hnec": 1, "cest": 2, "mest": 2, "mesz": 2, "haec": 2, "eet": 2, "eest": 3,
    "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "hne": -5, "hae": -4, "hnc": -6, "hac": -5, "hnr": -7, "har": -6, "hnp": -8, "hap": -7,
    "بتوقيت غرينتش": 0, "بتوقيت جرينتش": 0,
}  # fmt: skip
"""Hours from UTC. A name with several meanings in the press (IST, AST) is not among them."""
_ZONES_OF_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "Europe/Paris": ("paris", "france"), "Europe/Brussels": ("bruxelles",), "Europe/Zurich": ("geneve",),
    "Europe/London": ("londres", "london"), "Africa/Casablanca": ("maroc", "rabat", "casablanca"),
    "Africa/Algiers": ("alger", "algerie"), "Africa/Tunis": ("tunis", "tunisie"),
    "Africa/Dakar": ("dakar",), "Africa/Abidjan": ("abidjan",), "Asia/Beirut": ("beyrouth",),
    "America/Toronto": ("montreal", "quebec"), "America/New_York": ("new york", "et"),
    "America/Los_Angeles": ("pt",),
}  # fmt: skip
_PLACES: Final = {place: zone for zone, places in _ZONES_OF_PLACES.items() for place in places}
_ZONE: Final = re.compile(
    r"[ ,]{0,2}[(\[]? ?(?:"
    rf"(?P<name>{'|'.join(sorted(map(re.escape, _OFFSETS), key=len, reverse=True))}|et|pt)(?![\w'])"
    r"(?: ?(?P<shift>[+-] ?\d{1,2}(?::?\d\d)?)(?!\d))?"
    r"|(?P<offset>[+-]\d\d:?\d\d|\+\d{1,2})(?![\d/.-])"
    rf"|heures? (?:locale )?(?:de |du |d'|en )?(?P<place>{'|'.join(_PLACES)})\b"
    rf"|(?P<city>{'|'.join(name for name in _PLACES if len(name) > 2)}) time\b"
    r"|heures? locale\b|local time\b"
    r"|(?P<key>(?:africa|america|asia|atlantic|australia|europe|indian|pacific)(?:/[a-z_-]{2,20}){1,2})\b"
    r") ?[)\]]?(?: ?[(\[][^\d()\[\]]{1,60}[)\]])?"
)
_OFFSET: Final = re.compile(r"([+-]) ?(\d{1,2}?):?(\d\d)?")
_MAX_HOURS: Final = 14
_WORD_OF_KEY: Final = re.compile("[a-z]+")
_SMALL_WORDS: Final = ("au", "es", "of")  # Port-au-Prince, Dar_es_Salaam, Port_of_Spain


def zone_after(text: str, position: int) -> tuple[tzinfo | None, int]:
    """The zone that a text names at a position, and where its name ends; None where it names none.

    Raises ValueError for an offset that no place has, and for a zone that there is not.
    """
    match = _ZONE.match(text, position)
    if match is None:
        return None, position
    return _zone(match), match.end()


def _zone(match: re.Match[str]) -> tzinfo | None:
    if written := match["offset"] or match["shift"]:
        return _offset_zone(written)
    if place := match["place"] or match["city"]:
        return ZoneInfo(_PLACES[place])
    if key := match["key"]:
        return _zone_of_key(key)
    if name := match["name"]:
        return ZoneInfo(_PLACES[name]) if name in _PLACES else _fixed(60 * _OFFSETS[name])
    return None


def _zone_of_key(key: str) -> ZoneInfo:
    """The zone of a key of the IANA database that is written in small letters, as ``africa/porto-novo``."""
    name = _WORD_OF_KEY.sub(lambda word: word[0] if word[0] in _SMALL_WORDS else word[0].capitalize(), key)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:  # the latter where the name is that of a folder
        raise ValueError(f"{name} is no time zone") from error


def _offset_zone(written: str) -> timezone:
    match = _OFFSET.fullmatch(written)
    hours, minutes = (int(match[2]), int(match[3] or 0)) if match else (_MAX_HOURS + 1, 0)
    if hours > _MAX_HOURS or minutes > 59:
        raise ValueError
    return _fixed((60 * hours + minutes) * (-1 if written.startswith("-") else 1))


def _fixed(minutes: float) -> timezone:
    return timezone(timedelta(minutes=minutes)) if minutes else UTC
