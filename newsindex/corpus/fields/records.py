"""How does a record with the field names that people use become an article?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from numbers import Number
from typing import Any, Final

from newsindex.arguments import shown
from newsindex.article import Article
from newsindex.dates.publication_dates import parse_date
from newsindex.encoding.export import as_exported
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
_FIELD_OF: Final = {name: field for field, names in _NAMES.items() for name in names.split()}
_NAMED: Final = ("author", "source", "section")
_SEVERAL: Final = {"body": "\n\n", "abstract": "\n\n", "author": ", ", "source": ", ", "section": ", "}
_WRAPPERS: Final = ("$", "@value", "#text")
_NO_MAP: Final[dict[str, str]] = {}


def article_from(
    record: Mapping[str, object],
    *,
    fields: Mapping[str, str] | None = None,
    source: str | None = None,
) -> Article:
    """An article from a record.

    Names are compared without case, accents and underscores; ``fields`` maps our field to the
    record's own name for it. Of two names for one field the first with a value counts. What
    has no field of its own and is one value goes to ``extra``, as text. People, publishers and
    sections may be objects with a name, as in schema.org. ``source`` is for records that have none.
    A record as an index exports it is taken as it stands.

    Raises CorpusError for a value that its field cannot take, and for what Article refuses.
    """
    if not fields and (exported := as_exported(record)):
        return replace(exported, source=source) if source and not exported.source else exported
    own = columns(fields) if fields else _NO_MAP
    values: dict[str, Any] = {}
    extra: dict[str, str] = {}
    for name, found in record.items():
        value = _unwrapped(found)
        absent = not value or value.isspace() if isinstance(value, str) else _is_absent(value)
        if absent or not isinstance(name, str):
            continue
        field = (own and own.get(name)) or field_of(name)
        if field is None or field in values or (own and name not in own and field in own.values()):
            _keep(extra, name, value)
        elif field == "published":
            values[field] = _published(value)
        else:
            values[field] = _text(field, value)
    if source and not values.get("source"):
        values["source"] = source
    values.setdefault("headline", "")
    return Article(**values, extra=extra)


@lru_cache(maxsize=1024)
def field_of(name: str) -> str | None:
    """The field of Article that a name stands for."""
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return _FIELD_OF.get("".join(c for c in decomposed if c.isalnum()))


def columns(fields: Mapping[str, str]) -> dict[str, str]:
    """The field of Article for each name of a user's mapping. Raises CorpusError for no such field."""
    own = {}
    for ours, theirs in fields.items():
        field = field_of(ours)
        if field is None:
            raise CorpusError(f"fields: there is no field {ours!r}: choose of {', '.join(_NAMES)}")
        own[theirs] = field
    return own


def has_text(names: Iterable[str], fields: Mapping[str, str] | None = None) -> bool:
    """Whether one of the names stands for a headline or a body."""
    return not known(names, fields).isdisjoint(("headline", "body"))


def known(names: Iterable[str], fields: Mapping[str, str] | None = None) -> set[str | None]:
    """The fields of Article that some names stand for; None is among them for other names."""
    own = columns(fields) if fields else _NO_MAP
    return {own.get(name) or field_of(name) for name in names}


def _unwrapped(value: object) -> object:
    """The value in what databases and XML write as an object of one: {"$oid": ...}, {"#text": ...}."""
    if isinstance(value, Mapping) and len(value) == 1:
        ((name, inner),) = value.items()
        return inner if isinstance(name, str) and name.startswith(_WRAPPERS) else value
    return value


def _is_absent(value: object) -> bool:
    """None, an empty list, or the NaN and NaT that tables have in their gaps."""
    if isinstance(value, list | tuple):
        return not value
    return value is None or (isinstance(value, float | date) and value != value)


def _keep(extra: dict[str, str], name: str, value: object) -> None:
    if name == "extra" and isinstance(value, Mapping):
        extra.update({_written(key): _written(item) for key, item in value.items()})
    elif isinstance(value, str | Number | date):
        extra[name] = _written(value)


def _published(value: object) -> date:
    try:
        return parse_date(value)
    except ValueError:
        raise CorpusError(f"{shown(value)} is not a date: write it like 2026-01-31 or 31/01/2026") from None


def _text(field: str, value: object) -> str:
    if isinstance(value, str):
        return value.strip("\r\n") if field in ("body", "abstract") else value.strip()
    if isinstance(value, Number):
        return _written(value)
    if isinstance(value, Mapping) and field in _NAMED and isinstance(name := value.get("name"), str):
        return name.strip()
    if isinstance(value, list | tuple) and (field in _SEVERAL or len(value) == 1):
        return _SEVERAL.get(field, "").join(filter(None, [_item(field, item) for item in value]))
    raise CorpusError(f"{field} must be text, not {shown(value)}")


def _item(field: str, value: object) -> str:
    if isinstance(value, list | tuple):
        raise CorpusError(f"{field} must be text or a list of texts, not a list of {shown(value)}")
    return "" if value is None else _text(field, value)


def _written(value: object) -> str:
    try:
        return str(value)
    except (ValueError, RecursionError):
        raise CorpusError(f"a value cannot be written as text: {shown(value)}") from None
