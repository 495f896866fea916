"""Takes a record out of the objects that search engines, databases and services put around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from newsindex.corpus.fields.field_names import has_text_field

from .shape_table import shape_of

_ENVELOPES: Final = (
    "_source", "doc", "document", "node", "row", "attributes", "fields", "data", "item", "article", "post",
    "hit", "properties", "content", "metadata", "meta",
)  # fmt: skip
BOOKKEEPING: Final = frozenset(
    ("_score", "_type", "_version", "_seq_no", "_primary_term", "_routing", "_ignored", "_rev", "sort",
     "highlight", "inner_hits", "matched_queries", "_explanation", "_formatted", "_matchesPosition",
     "_rankingScore", "_highlightResult", "_snippetResult", "_rankingInfo", "highlights", "text_match",
     "text_match_info", "_version_", "row_idx", "truncated_cells", "_links", "@search.score",
     "@search.highlights")
)  # fmt: skip
_CONTENT_KEYS: Final = ("title", "headline", "titre", "body")  # of a record, and not of a text in an object
_MAX_LEVELS: Final = 3


def unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with the members of its envelopes as its own; its own members win.

    What a search engine says of a hit, such as its score, is no part of the record.
    """
    for _ in range(_MAX_LEVELS):
        name = _envelope(record)
        if name is None:
            break
        merged = {key: value for key, value in record.items() if key != name and key not in BOOKKEEPING}
        for key, value in _inner(record[name]).items():
            if merged.get(key) in (None, ""):
                merged[key] = value
            elif merged[key] != value:
                merged.setdefault(f"{key} 2", value)
        record = merged
    return record


def _envelope(record: Mapping[str, Any]) -> str | None:
    """The name of a member that is an envelope: an object in which a text stands, or one beside a text."""
    inner_objects = {name: inner for name in _ENVELOPES if (inner := _inner(record.get(name)))}
    has_text = bool(inner_objects) and _is_article(record)
    for name, inner in inner_objects.items():
        if name == "content":
            if has_text_field([key for key in inner if key in _CONTENT_KEYS]):
                return name
        elif name == "_source" or has_text or _is_article(inner):
            return name
    return None


def _is_article(record: Mapping[str, Any]) -> bool:
    return has_text_field(record) or shape_of(record) is not None


def _inner(value: Any) -> Mapping[str, Any]:
    if isinstance(value, list) and len(value) == 1:
        (value,) = value
    return value if isinstance(value, dict) else {}
