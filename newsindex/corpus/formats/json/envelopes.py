"""Takes a record out of the objects that search engines, databases and services put around it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from newsindex.corpus.fields.field_names import field_of

from .shape_table import shape_of

_ENVELOPES: Final = (
    "_source", "doc", "document", "node", "row", "attributes", "fields", "data", "item", "article", "post",
    "hit", "properties", "content", "metadata", "meta",
)  # fmt: skip
_PARTS: Final = ("_source", "attributes", "fields", "data", "properties", "content", "metadata", "meta")
BOOKKEEPING: Final = frozenset(
    ("_score", "_type", "_version", "_seq_no", "_primary_term", "_routing", "_ignored", "_rev", "sort",
     "highlight", "inner_hits", "matched_queries", "_explanation", "_formatted", "_matchesPosition",
     "_rankingScore", "_highlightResult", "_snippetResult", "_rankingInfo", "highlights", "text_match",
     "text_match_info", "_version_", "row_idx", "truncated_cells", "_links", "@search.score",
     "@search.highlights")
)  # fmt: skip
_CONTENT_KEYS: Final = frozenset(
    ("title", "headline", "titre", "body")
)  # of a record, and not of a text in an object
_SECTION_TEXTS: Final = ("text", "content", "paragraphs")
_MAX_NAMES: Final = 500  # of an object that are looked at for a text; what has more is no article
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
    return _with_sections_as_body(record)


def _with_sections_as_body(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with the texts of its sections as its body; sections that have titles are articles."""
    sections = record.get("sections")
    if "body" in record or not isinstance(sections, list) or not sections:
        return record
    for section in sections:
        if not isinstance(section, dict) or not _CONTENT_KEYS.isdisjoint(section):
            return record
    if not any(name in section for section in sections for name in _SECTION_TEXTS):
        return record
    others = {name: value for name, value in record.items() if name != "sections"}
    return {**others, "body": {"sections": sections}}


def _envelope(record: Mapping[str, Any]) -> str | None:
    """The name of a member that is an envelope: an object in which a text stands, or one beside a text."""
    inner_objects = {name: inner for name in _ENVELOPES if (inner := _inner(record.get(name)))}
    has_text = bool(inner_objects) and _is_article(record)
    if has_text:  # then an object with another name may be another article
        inner_objects = {name: inner for name, inner in inner_objects.items() if name in _PARTS}
    for name, inner in inner_objects.items():
        if name == "content":
            if not _CONTENT_KEYS.isdisjoint(inner):
                return name
        elif name == "_source" or has_text or _is_article(inner):
            return name
    return None


def _is_article(record: Mapping[str, Any]) -> bool:
    names = islice(record, _MAX_NAMES)
    return any(field_of(name) in ("headline", "body") for name in names) or shape_of(record) is not None


def _inner(value: Any) -> Mapping[str, Any]:
    if isinstance(value, list) and len(value) == 1:
        (value,) = value
    return value if isinstance(value, dict) else {}
