"""How is one JSON document read: a list of records, one record, or an object with a list of them?"""

from __future__ import annotations

import json
from typing import Any

from ..errors import CorpusError
from .reading import Reading, Yielded
from .record import has_text
from .stream import whole


def read_json(reading: Reading) -> Yielded:
    """The article of each record of the document."""
    content, damage = whole(reading.stream)
    if damage:
        raise damage
    try:
        document = json.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"this is not JSON: {why_not_json(error)}") from None
    yield from map(reading.article, _records(document, reading))


def _records(document: Any, reading: Reading) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and not has_text(document, reading.fields):
        listings: list[list[Any]] = [value for value in document.values() if _is_listing(value)]
        if len(listings) == 1:
            return listings[0]
    return [document]


def _is_listing(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def why_not_json(error: Exception) -> str:
    """What is wrong with JSON, in a few words."""
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:100]
