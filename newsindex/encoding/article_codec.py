"""Converts an article to a dictionary of plain values, and such a dictionary back to the article.

The dictionary has every field of Article by its own name, its publication date in ISO form. JSON answers
and exports are written from it. A record that has exactly these fields is read as it stands: nothing is
trimmed and no date is guessed, so that an exported article comes back to the last character.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from newsindex.article import FIELDS, RECORD_FIELDS, Article
from newsindex.errors import CorpusError

_ALL_FIELDS: Final = frozenset(FIELDS)


def article_to_dict(article: Article, *, with_body: bool = True) -> dict[str, Any]:
    """The fields of an article by name, in the order of a record."""
    record = {name: getattr(article, name) for name in RECORD_FIELDS}
    record["extra"] = dict(article.extra)
    if article.published is not None:
        record["published"] = article.published.isoformat()
    if not with_body:
        del record["body"]
    return record


def article_from_dict(record: Mapping[str, object]) -> Article | None:
    """The article that :func:`article_to_dict` made a record of; None for any other record.

    ``extra`` may be a JSON object in text, and a date that is not known may be empty, as in CSV.
    """
    if record.keys() != _ALL_FIELDS:
        return None
    values: dict[str, Any] = dict(record)
    try:
        values["published"] = _published(values["published"])
        if isinstance(values["extra"], str):
            values["extra"] = json.loads(values["extra"] or "{}")
        return Article(**values)
    except (CorpusError, ValueError, RecursionError):
        return None


def _published(value: object) -> date | None:
    if not value:
        return None
    if not isinstance(value, str):
        raise ValueError
    return parse_iso_date(value)


def parse_iso_date(text: str) -> date:
    """The date, or the datetime where there is a time, that ``isoformat`` wrote. Raises ValueError."""
    if len(text) == len("2026-01-02"):
        return date.fromisoformat(text)
    return datetime.fromisoformat(text)
