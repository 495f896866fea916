"""The input of a format's reader, and the type of the reader.

A reader takes a :class:`FormatInput` and yields articles; in the place of what cannot become one it yields
the error that says why. A CorpusError that it raises ends the file. Errors name the line or the record that
they speak of; the file is added by the caller.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from newsindex.arguments import shown
from newsindex.article import Article
from newsindex.corpus.error_places import with_place
from newsindex.corpus.fields.field_names import FieldMapping
from newsindex.corpus.fields.month_first import with_day_first
from newsindex.corpus.fields.records import article_from
from newsindex.corpus.inputs.bounded_reading import decode_text
from newsindex.corpus.summary import Summary
from newsindex.errors import CorpusError

FormatItems = Iterator[Article | CorpusError]


@dataclass(frozen=True, slots=True)
class FormatInput:
    """A file being read: its unpacked content, and how its records are to be understood.

    ``fields`` maps a field of Article to the name that it has in the records; ``source`` is for articles
    that name none; ``month_first`` says that dates in figures have the month before the day. ``summary``
    counts what the reader passes over. ``name`` is the name of the file, with those of the archives around
    it.
    """

    stream: io.BufferedReader
    fields: Mapping[str, str] | None = None
    source: str | None = None
    summary: Summary = field(default_factory=Summary)
    name: str = ""
    month_first: bool = False

    def head(self) -> str:
        """The first characters, which remain to be read."""
        return decode_text(self.stream.peek(), is_cut=True)

    def pass_over(self, reason: str, count: int = 1) -> None:
        """Counts what is in the file and is no article, by the reason: "attachment", "draft", "menu"."""
        self.summary.passed_over[reason] += count

    def meet_columns(self, names: Iterable[str]) -> None:
        """Notes the columns of a table, of which the user's mapping may name some, even if it has no rows."""
        if isinstance(self.fields, FieldMapping):
            self.fields.meet(names)

    def items(self, record: object, *, line: int | None = None, place: str | None = None) -> FormatItems:
        """The article of a record, then the error of a date that cannot be read; or why there is no article.

        ``line`` counts from 1; ``place`` names the record for its errors, as in "row 12".
        """
        if not isinstance(record, Mapping):
            reason = f"a record must be an object with fields, not {shown(record)}"
            yield CorpusError(reason, line=line, record=place)
            return
        if self.month_first:
            record = with_day_first(record, self.fields)
        errors: list[CorpusError] = []
        article: Article | None = None
        try:
            article = article_from(
                record,
                fields=self.fields,
                source=self.source,
                unread=self.summary.unread,
                on_error=errors.append,
            )
        except CorpusError as refused:
            errors = [refused]
        if article is not None:
            yield article
        for error in errors:
            yield with_place(error, line=line, record=place)


Reader = Callable[[FormatInput], FormatItems]
