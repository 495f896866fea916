"""Makes one text, date or list of names of the objects and lists in which tools of JSON wrap a value.

What no rule knows is None: the caller decides what becomes of it. Nothing deeper than a few levels is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from newsindex.errors import CorpusError
from newsindex.optional import missing_library

from .nested_names import names_of

_MAX_DEPTH: Final = 12
_HTML_KEYS: Final = ("rendered", "processed", "html", "body_html", "content_html")
_TEXT_KEYS: Final = (
    "plain", "plaintext", "text", "value", "#text", "@value", "_text", "__text", "__cdata", "$t", "main",
    "original", "raw", "$oid", "$numberLong", "$numberInt", "name",
)  # fmt: skip
_PART_KEYS: Final = (
    "summary", "headline", "sections", "paragraphs", "blocks", "content", "children", "body",
)  # fmt: skip
_DATE_KEYS: Final = (
    "$date", "$numberLong", "@value", "#text", "value", "rendered", "iso", "date", "utc", "seconds",
    "_seconds", "raw", "literal",
)  # fmt: skip
_NO_TEXT_TYPES: Final = frozenset(
    ("image", "picture", "photo", "video", "audio", "gallery", "embed", "iframe", "ad", "advert", "table",
     "twitter", "related", "newsletter", "html_embed")
)  # fmt: skip
_PARAGRAPH_TYPES: Final = frozenset(
    ("paragraph", "heading", "text", "p", "h1", "h2", "h3", "listitem", "list_item")
)
_MAIN_ROLES: Final = ("main", "body", "headline", "default", "")
_CLOCK_PARTS: Final = 5  # of a date in numbers, from which on it has an hour


def html_text(markup: str) -> str:
    """The text of HTML. Raises CorpusError without the library (extra: html)."""
    if "<" not in markup and "&" not in markup:
        return markup
    try:
        from newsindex.corpus.html.html_tree import plain_text  # an extra
    except ImportError as error:
        raise CorpusError(missing_library("html", error)) from None
    return plain_text(markup)


def field_value(field: str, value: object) -> object:
    """The value of a field of Article: an object or a list as text, or None; another value as it is."""
    if not isinstance(value, dict | list):
        return value
    if field == "published":
        return _date(value, _MAX_DEPTH)
    if field in ("author", "source", "section"):
        return ", ".join(dict.fromkeys(names_of(value))) or None
    pieces = [piece.strip() for piece in _pieces(value, _MAX_DEPTH)]
    pieces = [piece for piece in pieces if piece]
    if field in ("body", "abstract"):
        return "\n\n".join(pieces) or None
    if field == "headline":
        return " ".join(" ".join(pieces).split()) or None
    return pieces[0] if pieces else None


def _pieces(value: Any, depth: int) -> Iterator[str]:
    """The texts in a value, in the order of the document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list) and depth:
        for item in _representation(value):
            yield from _pieces(item, depth - 1)
    elif isinstance(value, dict) and depth:
        yield from _object_pieces(value, depth)


def _object_pieces(value: Mapping[str, Any], depth: int) -> Iterator[str]:
    kind = str(value.get("type", "")).lower()
    if kind in _NO_TEXT_TYPES:
        return
    for key in _HTML_KEYS:
        if isinstance(value.get(key), str):
            yield html_text(value[key])
            return
    for key in _TEXT_KEYS:
        if isinstance(inner := value.get(key), str | int | float) and inner != "":
            yield html_text(inner) if _is_html(value) and isinstance(inner, str) else str(inner)
            return
    if languages := _by_language(value):
        yield languages
        return
    parts = [_pieces(value[key], depth - 1) for key in value if _is_part(key, value[key])]
    if kind in _PARAGRAPH_TYPES:
        yield "".join(text for part in parts for text in part)
    else:
        for part in parts:
            yield from part


def _is_part(key: str, value: Any) -> bool:
    """Whether a member has a part of the text; a list of data has records rather."""
    return key in _PART_KEYS or key in _TEXT_KEYS or (key == "data" and isinstance(value, dict))


def _is_html(value: Mapping[str, Any]) -> bool:
    kind = value.get("contenttype") or value.get("contentType") or value.get("type")
    return isinstance(kind, str) and ("html" in kind or "xml" in kind)


def _by_language(value: Mapping[str, Any]) -> str | None:
    """The French text of an object with a text for each language, else its first."""
    texts = {
        name[:2].lower(): text
        for name, text in list(value.items())[:_MAX_DEPTH]
        if isinstance(text, str) and name[:2].isalpha() and (len(name) == 2 or name[2:3] in "-_")
    }
    return texts.get("fr") or next(iter(texts.values()), None)


def _representation(values: list[Any]) -> Sequence[Any]:
    """The main one of representations with roles or content types; all items of another list."""
    objects = [item for item in values if isinstance(item, dict) and item.get("value")]
    if not any("contenttype" in item or "role" in item for item in objects):
        return values
    for role in _MAIN_ROLES:
        if chosen := [item for item in objects if role == str(item.get("role") or "").lower()]:
            return [next(filter(_is_html, chosen), chosen[0])]
    return objects[:1]


def _date(value: Any, depth: int) -> object:
    """The date in an object or a list: parts in numbers as ISO 8601, otherwise the first value."""
    if isinstance(value, dict) and depth:
        if parts := value.get("date-parts"):
            return _date(parts[:1] if isinstance(parts, list) else parts, depth - 1)
        inner = (_date(value[key], depth - 1) for key in _DATE_KEYS if value.get(key))
        return next(filter(None, inner), None)
    if isinstance(value, list) and depth:
        numbers = [int(item) for item in value[:6] if str(item).isdigit() and len(str(item)) <= 4]
        if len(numbers) == min(len(value), 6) > 1 or (len(numbers) == 1 == len(value) and numbers[0] > 999):
            return _iso_date(numbers)
        return next(filter(None, (_date(item, depth - 1) for item in value[:_MAX_DEPTH])), None)
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _iso_date(numbers: list[int]) -> str:
    day = "-".join(f"{number:02}" for number in numbers[:3])
    if len(numbers) < _CLOCK_PARTS:
        return day
    return f"{day}T" + ":".join(f"{number:02}" for number in numbers[3:])
