"""Makes of a record as a tool writes it a record with the field names and plain values that an article takes.

The record is taken out of its envelopes; its shape says where the fields are; values in objects and lists
become text. What is left of objects and lists goes to ``extra`` under dotted names, which name no field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

from newsindex.article import FIELDS
from newsindex.corpus.fields.field_names import field_of
from newsindex.corpus.formats.xml.shortcodes import without_shortcodes

from .envelopes import BOOKKEEPING, unwrapped
from .extra_values import extra_values
from .shape import Place, Shape
from .shape_table import WORDPRESS, shape_of
from .unpublished_records import unpublished_reason
from .value_texts import field_value, html_text

_NESTED: Final = frozenset((dict, list))
_ALL_FIELDS: Final = frozenset(FIELDS)
_NO_EXPORT: Final = " "  # a name that no exported article has
_NO_DATE: Final = "0000-00-00"
_REST_NOT_SENT: Final = re.compile(r"\[\+?\d+ chars\]")
_TEXTS: Final = ("headline", "body", "abstract")
_HTML_ENDS: Final = ("html", "rendered", "_nitf")  # of places of HTML
_SEPARATED: Final = ("author", "section")  # fields in which trafilatura puts semicolons between several
_ADDRESS: Final = re.compile(r"https?://(?:www\.)?([^/\s]+)\S*$", re.I)


class Unpublished(str):
    """The reason for which a record is passed over, in the place of the record."""

    __slots__ = ()


def is_plain(record: Mapping[str, Any]) -> bool:
    """Whether no value of a record is an object or a list."""
    return _NESTED.isdisjoint(map(type, record.values()))


def article_record(record: Mapping[str, Any], mapped: frozenset[str]) -> Mapping[str, Any] | Unpublished:
    """The record with plain values, or the reason for which it is no published article.

    ``mapped`` are the names that the user gave to fields: their values are left under them.
    """
    if record.keys() == _ALL_FIELDS:  # as an index exports it
        return record
    record = unwrapped(record)
    shape = shape_of(record)
    if reason := unpublished_reason(record, shape):
        return Unpublished(reason)
    if shape is None and is_plain(record) and not any(map(_is_flag, record.items())):
        return record
    fields = dict(_shaped_fields(record, shape, mapped)) if shape else {}
    result = {field: value for field, (value, _) in fields.items()}
    taken = {place for _, place in fields.values()}
    if shape:
        taken |= shape.set_aside
    extra: dict[str, Any] = {}
    for name, value in record.items():
        if name in mapped or name not in taken:
            if name in result:
                extra.update(extra_values(name, value))
            else:
                _add_member(name, value, result, extra, taken - mapped)
    result.update((name, extra.pop(name)) for name in mapped & extra.keys())
    if result.get("abstract") == result.get("body"):
        result.pop("abstract", None)
    if extra:
        result["extra"] = extra
    if result.keys() == _ALL_FIELDS:
        result[_NO_EXPORT] = None  # else it would be taken for an exported article, and as it stands
    return result


def _shaped_fields(
    record: Mapping[str, Any], shape: Shape, mapped: frozenset[str]
) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Each field that the shape finds in a record, with its value and its place."""
    taken: set[str] = set()
    for field, places in shape.places:
        for place in places:
            if place.parts[0] not in record or place.text in mapped:
                continue
            value = _value(field, place, record)
            if value is not None and value != "" and (place.text not in taken or field == "abstract"):
                taken.add(place.text)
                yield field, (_adjusted(shape, field, value), place.text)
                break


def _value(field: str, place: Place, record: Mapping[str, Any]) -> Any:
    """The plain value at a place; None where there is none."""
    value: Any = record
    for part in place.parts:
        if isinstance(value, list):
            number = int(part) if part.isdecimal() else 0
            value = value[number] if number < len(value) else None
            if part.isdecimal():
                continue
        value = value.get(part) if isinstance(value, dict) else None
    if field in ("author", "section") and not isinstance(value, str | dict | list):
        return None  # the number of an author says nothing to a reader
    value = field_value(field, value)
    if not isinstance(value, str):
        return None if isinstance(value, dict | list | bool) else value
    value = value.strip()
    if field in _TEXTS and place.text.endswith(_HTML_ENDS):
        return html_text(value)
    if field == "published" and place.text.endswith("_gmt"):
        return None if value.startswith(_NO_DATE) else f"{value.replace(' ', 'T')}Z".replace("ZZ", "Z")
    return value


def _adjusted(shape: Shape, field: str, value: Any) -> Any:
    """The value without what one tool alone does to it."""
    if not isinstance(value, str):
        return value
    if shape.name == WORDPRESS and field in _TEXTS and "[" in value:
        return without_shortcodes(value).strip()
    if shape.name == "trafilatura" and field in _SEPARATED:
        return ", ".join(filter(None, (part.strip() for part in value.split(";"))))
    if field == "source" and (address := _ADDRESS.match(value)):
        return address[1]
    sent, _, rest = value.rpartition("[")
    if field == "body" and _REST_NOT_SENT.fullmatch(f"[{rest}"):
        return sent.removesuffix(" ").removesuffix("...").rstrip(" \n…")
    return value


def _is_flag(member: tuple[str, Any]) -> bool:
    """Whether a member says that something is so in the place of a date."""
    return member[1].__class__ is bool and field_of(member[0]) == "published"


def _add_member(
    name: str, value: Any, result: dict[str, Any], extra: dict[str, Any], taken: Set[str]
) -> None:
    """Adds a member of a record to the plain values, or what no field takes of it to the extra values."""
    if _is_flag((name, value)):
        extra[name] = str(value)  # whether it is published, and not when
        return
    if not isinstance(value, dict | list):
        result[name] = value
        return
    field = field_of(name)
    plain = field_value(field, value) if field else None
    if plain is not None or field == "headline":
        result[name] = value if plain is None else plain
        if field == "published" and isinstance(value, list) and isinstance(value[0], str):
            extra.update(extra_values(name, value[1:]))
    elif name == "extra" and isinstance(value, dict):
        extra.update(value)
    elif name not in BOOKKEEPING:
        extra.update(pair for pair in extra_values(name, value) if pair[0] not in taken)
