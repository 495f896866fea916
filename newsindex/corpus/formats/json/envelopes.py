"""Takes a record out of the objects that search engines, databases and services put around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from newsindex.corpus.fields.field_names import has_text_field

from .shapes import shape_of

_ENVELOPES: Final = (
    "_source", "doc", "document", "node", "row", "attributes", "fields", "data", "item", "article", "post", "hit",
    "properties", "content", "metadata", "meta",
)  # fmt: skip
BOOKKEEPING: Final = frozenset(
    ("_score", "_type", "_version", "_seq_no", "_primary_term", "_routing", "_ignored", "_rev", "sort", "highlight",
     "inner_hits", "matched_queries", "_explanation", "_formatted", "_matchesPosition", "_rankingScore",
     "_highlightResult", "_snippetResult", "_rankingInfo", "highlights", "text_match", "text_match_info", "_version_",
     "row_idx", "truncated_cells", "_links", "@search.score", "@search.highlights")
)  # fmt: skip
_MAX_LEVELS: Final = 3


def unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with the members of its envelopes as its own; its own members win.

    What a search engine says of a hit, such as its score, is no part of the record.
    """
    for _ in range(_MAX_LEVELS):
        name = next(filter(lambda name: _is_envelope(record, name), _ENVELOPES), None)
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


def _is_envelope(record: Mapping[str, Any], name: str) -> bool:
    """Whether a member is an envelope: an object in which a text stands, or one beside a text."""
    inner = _inner(record.get(name))
    if not inner:
        return False
    if name == "content":
        return has_text_field([key for key in inner if key in ("title", "headline", "titre", "body")])
    return name == "_source" or _is_article(inner) or _is_article(record)


def _is_article(record: Mapping[str, Any]) -> bool:
    return has_text_field(record) or shape_of(record) is not None


def _inner(value: Any) -> Mapping[str, Any]:
    if isinstance(value, list) and len(value) == 1:
        (value,) = value
    return value if isinstance(value, Mapping) else {}
