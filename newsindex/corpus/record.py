"""How does a record with the field names that people use become an article?"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from ..article import Article
from ..errors import CorpusError
from .dates import parse_date

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


def article_from(
    record: Mapping[str, object],
    *,
    fields: Mapping[str, str] | None = None,
    source: str | None = None,
) -> Article:
    """An article from a record.

    Names are compared without case, accents and underscores; ``fields`` maps our field to the
    record's own name for it. Of two names for one field the first with a value counts. What
    has no field of its own goes to ``extra``. ``source`` is for records that have none.

    Raises CorpusError.
    """
    own = {theirs: ours for ours, theirs in (fields or {}).items()}
    values: dict[str, Any] = {}
    extra: dict[str, str] = {}
    for name, value in record.items():
        if value is None or value == "" or not isinstance(name, str):
            continue
        field = own.get(name) or _field(name)
        taken = field in values or (name not in own and field in own.values())
        if field is None or taken:
            _keep(extra, name, value)
        else:
            values[field] = value
    if source:
        values.setdefault("source", source)
    return Article(**_converted(values), extra=extra)


@lru_cache(maxsize=1024)
def _field(name: str) -> str | None:
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return _FIELD_OF.get("".join(c for c in decomposed if c.isalnum()))


def _keep(extra: dict[str, str], name: str, value: object) -> None:
    if name == "extra" and isinstance(value, Mapping):
        extra.update({str(key): str(item) for key, item in value.items()})
    elif isinstance(value, str | int | float):
        extra[name] = str(value)


def _converted(values: dict[str, Any]) -> dict[str, Any]:
    converted: dict[str, Any] = {
        name: _text(name, value) for name, value in values.items() if name != "published"
    }
    converted.setdefault("headline", "")
    if "published" in values:
        converted["published"] = _published(values["published"])
    return converted


def _published(value: object) -> object:
    try:
        return parse_date(value)
    except ValueError:
        raise CorpusError(f"{value!r:.60} is not a date: write it like 2026-01-31 or 31/01/2026") from None


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value.strip() if name not in ("body", "abstract") else value.strip("\n\r")
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ("\n\n" if name == "body" else ", ").join(value)
    raise CorpusError(f"{name} must be text, not {value!r:.60}")
