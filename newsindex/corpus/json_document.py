"""How is one JSON document read: a list of records, one record, or an object with a list of them?"""

from __future__ import annotations

import json
from typing import Any

from ..article import Article
from ..errors import CorpusError
from .reading import Reading, Yielded
from .record import has_text, known
from .stream import whole


def read_json(reading: Reading) -> Yielded:
    """The article of each record of the document."""
    content, damage = whole(reading.stream)
    if damage:
        raise damage
    try:
        document = json.loads(content.decode())
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise CorpusError(f"this is not JSON: {why_not_json(error)}", line=line) from None
    for number, record in enumerate(_records(document, reading), 1):
        item = reading.article(record)
        yield item if isinstance(item, Article) else CorpusError(f"record {number}: {item.reason}")


def _records(document: Any, reading: Reading) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and "body" not in known(document, reading.fields):
        listings: list[list[Any]] = [value for value in document.values() if _is_listing(value, reading)]
        if len(listings) == 1:
            return listings[0]
    return [document]


def _is_listing(value: Any, reading: Reading) -> bool:
    """Whether a value is a list of articles; one of images or of tags is not."""
    return isinstance(value, list) and any(
        isinstance(item, dict) and has_text(item, reading.fields) for item in value
    )


def why_not_json(error: Exception) -> str:
    """What is wrong with JSON, in a few words."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return str(error)[:100]
