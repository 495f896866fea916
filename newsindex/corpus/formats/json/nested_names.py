"""The names of people, publishers and sections in the objects and lists in which JSON has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from newsindex.corpus.fields.person_names import FAMILY_KEYS, GIVEN_KEYS, PARTICLE_KEYS

_MAX_DEPTH: Final = 4
_MAX_NAMES: Final = 200
_FULL_NAME_KEYS: Final = ("name", "literal", "full_name", "fullName", "displayName", "display_name")
_NAME_KEYS: Final = (
    "name", "original", "author", "label", "libelle", "libellé", "titre",
    "title", "value", "#text", "@value", "_text", "rendered", "domain", "uri", "id", "slug",
)  # fmt: skip
_FAMILY_KEYS: Final = (*FAMILY_KEYS, "surname")
_WRAPPERS: Final = ("data", "attributes", "node", "nodes", "edges")
_ROLE_KEYS: Final = ("creatorType", "role", "jobtitle")
_AUTHOR_ROLES: Final = frozenset(
    ("author", "auteur", "reporter", "writer", "journalist", "journaliste", "creator", "byline")
)


def names_of(value: Any) -> Iterator[str]:
    """The names in a value; of people with roles only the authors, if there are any."""
    yield from _names(value, _MAX_DEPTH)


def _names(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if name := " ".join(value.split()):
            yield name
    elif isinstance(value, list) and depth:
        for item in _authors(value[:_MAX_NAMES]):
            yield from _names(item, depth - 1)
    elif isinstance(value, dict) and depth:
        if person := _person(value):
            yield person
            return
        inner = next(
            (value[key] for key in (*_NAME_KEYS, *_WRAPPERS) if isinstance(value.get(key), dict | list)),
            None,
        )
        yield from _names(inner, depth - 1)


def _authors(values: list[Any]) -> list[Any]:
    authors = [item for item in values if isinstance(item, dict) and _role(item) in _AUTHOR_ROLES]
    return authors or values


def _role(person: Mapping[str, Any]) -> str:
    return next((str(person[key]).lower() for key in _ROLE_KEYS if person.get(key)), "")


def _person(value: Mapping[str, Any]) -> str:
    """The name of one person or organization: `given family`, or a name in one piece."""
    if names := _texts(value, _FULL_NAME_KEYS):
        return names[0]
    keys = (GIVEN_KEYS, PARTICLE_KEYS, _FAMILY_KEYS)
    parts = [text for names in keys for text in _texts(value, names)]
    if _texts(value, _FAMILY_KEYS) and len(parts) > 1:
        return " ".join(parts)
    return next(iter([*_texts(value, _NAME_KEYS), *parts]), "")


def _texts(value: Mapping[str, Any], keys: tuple[str, ...]) -> list[str]:
    texts = [" ".join(value[key].split()) for key in keys if isinstance(value.get(key), str)]
    return [text for text in texts if text]
