"""The names that people give to the fields of an article, in French and English, in one table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from newsindex.errors import CorpusError

_NAMES: Final = {
    "headline": "headline title titre heading",
    "body": "body text texte content contenu articlebody corps",
    "abstract": "abstract summary description chapo resume",
    "published": "published date pubdate publicationdate datepublished datepublication publishedat datetime",
    "source": "source publisher journal site media",
    "url": "url link lien href",
    "id": "id guid identifiant",
    "section": "section rubrique category categorie",
    "author": "author authors auteur auteurs byline",
    "lang": "lang language langue",
}
_FIELD_BY_NAME: Final = {name: field for field, names in _NAMES.items() for name in names.split()}
_NO_COLUMNS: Final[dict[str, str]] = {}


@lru_cache(maxsize=1024)
def field_of(name: str) -> str | None:
    """The field of Article that a name stands for, compared by its letters and digits alone."""
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return _FIELD_BY_NAME.get("".join(c for c in decomposed if c.isalnum()))


def fields_by_column(fields: Mapping[str, str] | None) -> dict[str, str]:
    """The field of Article for each column that a user's mapping names.

    ``fields`` maps a field to the name of its column. Raises CorpusError for an unknown field.
    """
    if not fields:
        return _NO_COLUMNS
    by_column = {}
    for name, column in fields.items():
        field = field_of(name)
        if field is None:
            raise CorpusError(f"fields: there is no field {name!r}: choose of {', '.join(_NAMES)}")
        by_column[column] = field
    return by_column


def known_fields(names: Iterable[str], fields: Mapping[str, str] | None = None) -> set[str | None]:
    """The fields of Article that some names stand for; None is among them if a name is unknown."""
    by_column = fields_by_column(fields)
    return {by_column.get(name) or field_of(name) for name in names}


def has_text_field(names: Iterable[str], fields: Mapping[str, str] | None = None) -> bool:
    """Whether one of some names stands for a headline or a body."""
    return not known_fields(names, fields).isdisjoint(("headline", "body"))
