"""Hands the records of JSON to the reader of fields, each as a record with plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from newsindex.article import Article
from newsindex.corpus.error_places import with_place
from newsindex.corpus.fields.field_names import has_text_field
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .article_record import Unpublished, article_record, is_plain
from .record_lists import find_records
from .shape_table import shape_of
from .unpublished_records import status_names

_MAX_KNOWN: Final = 256  # kinds of records, by their keys
_MAX_KEYS: Final = 64  # of a record whose keys are kept


class RecordReader:
    """Reads the records of one file.

    Records with keys that were met before and with plain values cost no second look. With ``finds_lists`` a
    record that is no article, but has a list of articles in it, is read as that list.
    """

    def __init__(self, content: FormatInput, *, finds_lists: bool = False) -> None:
        self._content = content
        self._finds_lists = finds_lists
        self._mapped = frozenset((content.fields or {}).values())
        self._known: set[tuple[str, ...]] = set()

    def items(self, record: object, *, line: int | None = None, place: str | None = None) -> FormatItems:
        """The articles of a record and the errors that speak of it; an unpublished one is counted."""
        if not isinstance(record, dict) or (tuple(record) in self._known and is_plain(record)):
            return self._content.items(record, line=line, place=place)
        return self._unwrapped_items(record, line, place)

    def _unwrapped_items(self, record: dict[str, Any], line: int | None, place: str | None) -> FormatItems:
        try:
            prepared = article_record(record, self._mapped)
        except CorpusError as error:
            yield with_place(error, line=line, record=place)
            return
        if isinstance(prepared, Unpublished):
            self._content.pass_over(prepared)
            return
        if prepared is record:
            self._remember(record)
        elif self._finds_lists and not has_text_field(prepared, self._content.fields):
            yield from self._listed(record, prepared, line)
            return
        yield from self._published_items(prepared, line, place)

    def _published_items(
        self, record: Mapping[str, Any], line: int | None, place: str | None
    ) -> list[Article | CorpusError]:
        """The items of a published record; what says whether it is published does not count as unread."""
        unread = self._content.summary.unread
        counts = {name: unread[name] for name in status_names(record)}
        items = list(self._content.items(record, line=line, place=place))
        for name, count in counts.items():
            if count:
                unread[name] = count
            else:
                unread.pop(name, None)
        return items

    def _listed(self, record: dict[str, Any], prepared: Mapping[str, Any], line: int | None) -> FormatItems:
        """The items of the list of articles in a record that is none itself."""
        try:
            found, others = find_records(record, self._content.fields)
        except CorpusError as error:
            yield with_place(error, line=line)
            return
        if others:
            self._content.pass_over("record of another list", others)
        if found.records and found.records[0] is record:
            yield from self._content.items(prepared, line=line)
            return
        reader = RecordReader(self._content)
        for number, inner in enumerate(found.records, 1):
            yield from reader.items(inner, line=line, place=f"record {number}")

    def _remember(self, record: dict[str, Any]) -> None:
        if status_names(record):
            return  # the next record with these keys may be a draft
        if len(record) <= _MAX_KEYS and len(self._known) < _MAX_KNOWN and shape_of(record) is None:
            self._known.add(tuple(record))
