"""Finds the articles in a JSON document: the one list of records in it, wherever it lies, or one record.

Every list of records, every object of records by id and every table is a candidate. The candidate whose
records have the most known fields is read; what lies beside it, such as related articles, is counted. A
document in which two candidates are lists of articles is refused: nothing says which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from newsindex.corpus.fields.field_names import field_of, fields_by_column
from newsindex.errors import CorpusError

from .columns import table_records
from .envelopes import unwrapped
from .linked_data import linked_articles
from .shape_table import shape_of
from .value_texts import field_value

_MAX_DEPTH: Final = 8  # of objects and lists around the records
_MAX_NAMES: Final = 500  # of an object that are looked at; what has more is no article
_SAMPLE: Final = 40  # records of a list that are looked at
_ASIDE: Final = re.compile(
    r"(?:relat|similar|recommend|suggest|comment|lire|voir|see_?also|liens|links|associat|image|photo|picture"
    r"|attach|enclos|galler|multimedia|rendition|tag|keyword)",
    re.I,
)
_FEED_LISTS: Final = ("items", "item", "entries", "entry", "posts")
_DIGITS: Final = re.compile(r"\d+")
_MIN_BY_ID: Final = 2  # objects, and known fields of each
_SAID_OF_ALL: Final = {"source": "source", "lang": "language", "headline": "title", "author": "authors"}
_FEED_DEFAULTS: Final = {"title": "source", "authors": "authors"}
_FEED_OBJECTS: Final = ("feed", "channel")
_FEED_VERSION: Final = 100  # characters in which a JSON Feed names its version
_MIN_FIELDS: Final = 3  # of an object with a headline alone that is an article
_NOTHING: Final[Mapping[str, str]] = {}


@dataclass(slots=True)
class RecordList:
    """Records found together: where they lie, their known fields, and what their surroundings say of all."""

    place: str
    records: list[Any]
    fields: set[str]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    is_aside: bool = False
    is_single: bool = False

    def has_text(self) -> bool:
        """Whether the records are whole articles and not only headlines."""
        return {"headline", "body"} <= self.fields


def find_records(document: Any, mapping: Mapping[str, str] | None) -> tuple[RecordList, int]:
    """The records of a document, and how many records of other lists are left aside.

    Raises CorpusError where more than one list of articles lies in the document.
    """
    if articles := linked_articles(document):
        return RecordList("", articles, set()), 0
    found = _merged(_Search(mapping).lists(document))
    lists = [one for one in found if not one.is_single or one.has_text()] or found
    lists = [one for one in lists if not one.is_aside] or lists
    if not lists:
        return RecordList("", document if isinstance(document, list) else [document], set()), 0
    best = max(lists, key=lambda one: (len(one.fields), one.has_text()))
    rivals = [one for one in lists if one is not best and _is_rival(one, best)]
    if rivals:
        places = ", ".join(one.place or "the whole" for one in (best, *rivals))
        raise CorpusError(
            f"there are {len(rivals) + 1} lists of records here ({places:.200}): give each a file of its own"
        )
    return best, sum(len(one.records) for one in found if one is not best and not one.is_single)


def _is_rival(one: RecordList, best: RecordList) -> bool:
    return one.has_text() if best.has_text() else len(one.fields) == len(best.fields)


def _merged(found: Iterable[RecordList]) -> list[RecordList]:
    """The lists, those made one whose places differ in numbers only: pages of results, days, years."""
    by_place: dict[tuple[str, bool], RecordList] = {}
    for one in found:
        one.records, one.defaults = list(_with_defaults(one)), {}
        first = by_place.setdefault((_DIGITS.sub("#", one.place), one.is_single), one)
        if first is not one:
            first.records.extend(one.records)
            first.fields |= one.fields
    return list(by_place.values())


def _with_defaults(found: RecordList) -> Iterator[Any]:
    for record in found.records:
        if found.defaults and isinstance(record, dict):
            said = {field_of(name) for name, value in islice(record.items(), _MAX_NAMES) if value}
            lacking = {name: value for name, value in found.defaults.items() if field_of(name) not in said}
            yield {**record, **lacking}
        else:
            yield record


class _Search:
    """The search for lists of records in one document, with the names that the user gave to fields."""

    def __init__(self, mapping: Mapping[str, str] | None) -> None:
        self._mapping = mapping
        self._by_column = fields_by_column(mapping)

    def fields_of(self, record: Any) -> set[str]:
        """The fields of Article that have a value in a record; none for what is no object."""
        if not isinstance(record, dict):
            return set()
        record = unwrapped(record)
        shape = shape_of(record)
        known = set()
        for name, value in islice(record.items(), _MAX_NAMES):
            known_field = self._by_column.get(name) or field_of(name)
            if known_field and known_field not in known and _says(known_field, value):
                known.add(known_field)
        for shape_field, places in shape.paths.items() if shape else ():
            if any(_says(shape_field, record.get(place.partition(".")[0])) for place in places.split()):
                known.add(shape_field)
        return known

    def lists(
        self, value: Any, place: str = "", depth: int = _MAX_DEPTH, around: Mapping[str, str] = _NOTHING
    ) -> Iterator[RecordList]:
        """The lists of records in a value; ``around`` is what the objects about it say of all records."""
        if not isinstance(value, list | dict):
            return
        if table := table_records(value, self._mapping):
            yield RecordList(place, table, self._fields_of_sample(table))
        elif isinstance(value, list):
            yield from self._of_list(value, place, depth, around)
        elif depth:
            yield from self._of_object(value, place, depth, around)

    def _of_list(
        self, value: list[Any], place: str, depth: int, around: Mapping[str, str]
    ) -> Iterator[RecordList]:
        fields = self._fields_of_sample(value)
        if "headline" in fields or ("body" in fields and (len(fields) > 1 or not place)):
            yield RecordList(place, value, fields, _defaults(around, place), _is_aside(place))
        elif depth:
            for number, item in enumerate(value):
                yield from self.lists(item, f"{place}.{number}", depth - 1, around)

    def _of_object(
        self, value: Mapping[str, Any], place: str, depth: int, around: Mapping[str, str]
    ) -> Iterator[RecordList]:
        own = self.fields_of(value)
        whole = RecordList(place, [value], own, is_aside=_is_aside(place), is_single=True)
        if "body" in own and ("headline" in own or not place):
            yield whole
        elif "headline" in own:
            inner = list(self._inside(value, place, depth, around, own))
            is_feed = any(not one.is_aside and len(one.fields) >= len(own) for one in inner)
            if is_feed or "jsonfeed" in str(value.get("version", ""))[:_FEED_VERSION]:
                yield from inner or [RecordList(place, [], own)]
            elif not place or len(own) >= _MIN_FIELDS:
                yield whole
        elif by_id := self._by_id(value, place):
            yield by_id
        else:
            yield from self._inside(value, place, depth, around, own)

    def _inside(
        self, value: Mapping[str, Any], place: str, depth: int, around: Mapping[str, str], own: set[str]
    ) -> Iterator[RecordList]:
        """The lists in the members of an object; objects in the fields of a feed have none."""
        around = _around(value, around)
        for name, inner in value.items():
            if isinstance(inner, list) or not ("headline" in own and field_of(name)):
                yield from self.lists(inner, f"{place}.{name}".lstrip("."), depth - 1, around)

    def _by_id(self, value: Mapping[str, Any], place: str) -> RecordList | None:
        """The records of an object whose inner objects are all articles, each with its name as its id."""
        inner = {name: record for name, record in value.items() if isinstance(record, dict)}
        if len(inner) < _MIN_BY_ID or any(isinstance(other, list) for other in value.values()):
            return None
        known = [self.fields_of(record) for record in inner.values()]
        if any("headline" not in fields or len(fields) < _MIN_BY_ID for fields in known):
            return None
        names = list(inner)
        records = [
            record if "id" in fields or _are_row_numbers(names) else {"id": name, **record}
            for (name, record), fields in zip(inner.items(), known, strict=True)
        ]
        return RecordList(place, records, set().union(*known), is_aside=_is_aside(place))

    def _fields_of_sample(self, records: list[Any]) -> set[str]:
        return set().union(*(self.fields_of(record) for record in records[:_SAMPLE]))


def _around(value: Mapping[str, Any], around: Mapping[str, str]) -> Mapping[str, str]:
    """What an object says of all records in it: their source, their language, and the title of the feed."""
    said = dict(around)
    for name, inner in islice(value.items(), _MAX_NAMES):
        known_field = field_of(name)
        if known_field in _SAID_OF_ALL and isinstance(said_of_all := field_value(known_field, inner), str):
            said[_SAID_OF_ALL[known_field]] = said_of_all.strip()
        elif name in _FEED_OBJECTS and isinstance(inner, dict) and isinstance(inner.get("title"), str):
            said["title"] = inner["title"]
    return {name: text for name, text in said.items() if text}


def _defaults(around: Mapping[str, str], place: str) -> dict[str, str]:
    """What stands for each record of a list that does not say it; a feed's title is its entries' source."""
    defaults = {name: around[name] for name in ("source", "language") if name in around}
    if place.rpartition(".")[2] in _FEED_LISTS:
        defaults |= {_FEED_DEFAULTS[name]: around[name] for name in _FEED_DEFAULTS if name in around}
    return defaults


def _are_row_numbers(names: list[str]) -> bool:
    """Whether names count from 0 or 1, as those of the rows of a table do; they are no ids."""
    return names[:2] in (["0", "1"], ["1", "2"]) and names[-1].isdecimal()


def _is_aside(place: str) -> bool:
    return _ASIDE.match(place.rpartition(".")[2]) is not None


def _says(known_field: str, value: Any) -> bool:
    """Whether a value can be that of a field; a number is no text, and a list of articles no body."""
    if isinstance(value, str):
        return bool(value.strip())
    if known_field in ("headline", "body"):
        items = value[:3] if isinstance(value, list) else [value]
        if any(isinstance(item, dict) and any(map(_is_headline, item)) for item in items):
            return False
        if isinstance(value, int | float):
            return False
        if isinstance(value, dict) and isinstance(value.get("rendered"), str):
            return bool(value["rendered"].strip())
    return field_value(known_field, value) is not None


def _is_headline(name: object) -> bool:
    return isinstance(name, str) and field_of(name) == "headline"
