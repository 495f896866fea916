"""Writes the name of a person as it stands in a byline: the given name, then the family name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_NAME_KEYS: Final = ("name", "literal", "fullName", "displayName", "display_name", "title")
GIVEN_KEYS: Final = (
    "given",
    "givenName",
    "given_name",
    "firstName",
    "first_name",
    "firstname",
    "prenom",
    "prénom",
)
PARTICLE_KEYS: Final = ("dropping-particle", "non-dropping-particle")
FAMILY_KEYS: Final = ("family", "familyName", "family_name", "lastName", "last_name", "lastname", "nom")
_BYLINE_PREFIX: Final = re.compile(r"(?:(?:écrit|rédigé|written) )?(?:par|by)\s*[:,]?\s+(?=[^\W\d_])", re.I)


def person_name(person: Mapping[str, object]) -> str | None:
    """The name in an object, as CSL, Zotero and schema.org write people and publishers; None without one."""
    if any(isinstance(person.get(key), str) for key in _NAME_KEYS):
        return _text(person, _NAME_KEYS)
    given, family = _text(person, GIVEN_KEYS), _text(person, FAMILY_KEYS)
    if not family or (not given and "nom" in person):  # "nom" alone may be the name of anything
        return None
    particles = (_text(person, (key,)) for key in PARTICLE_KEYS)
    return " ".join(filter(None, (given, *particles, family)))


def _text(person: Mapping[str, object], keys: tuple[str, ...]) -> str:
    texts = (value.strip() for key in keys if isinstance(value := person.get(key), str))
    return next(filter(None, texts), "")


def byline_name(byline: str) -> str:
    """The names in a byline: "Par Salma Ouazzani" is "Salma Ouazzani"."""
    prefix = _BYLINE_PREFIX.match(byline)
    return byline[prefix.end() :] if prefix else byline


def given_name_first(names: str, *, is_inverted: bool = False) -> str:
    """Names that were written ``Family, Given`` as ``Given Family``, parted by commas.

    A comma may as well stand between two people. The order is turned only where ``is_inverted`` says that
    the export writes names so, or where several names are parted by semicolons and each has one comma.
    """
    people = [name.strip() for name in names.split(";") if name.strip()]
    is_single = len(people) < 2 and not names.rstrip().endswith(";")
    if not is_inverted and (is_single or any(name.count(",") != 1 for name in people)):
        return names
    return ", ".join(map(_turned, people))


def _turned(name: str) -> str:
    family, comma, given = (part.strip() for part in name.partition(","))
    return f"{given} {family}".strip() if comma else name
