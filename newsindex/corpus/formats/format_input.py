"""What does the reader of a format get, and what does it give?

It gets a :class:`FormatInput` and yields articles, and in the place of what cannot become one the error that
says why. An error that it raises ends the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from newsindex.arguments import shown
from newsindex.article import Article
from newsindex.corpus.fields.records import article_from
from newsindex.corpus.inputs.byte_stream import decoded
from newsindex.errors import CorpusError

Yielded = Iterator[Article | CorpusError]


@dataclass(frozen=True)
class FormatInput:
    """A file being read: its unpacked content, and how records are to be understood."""

    stream: io.BufferedReader
    fields: Mapping[str, str] | None = None
    source: str | None = None

    def head(self) -> str:
        """The first characters, which stay to be read."""
        return decoded(self.stream.peek(), cut=True)

    def article(self, record: object, line: int | None = None) -> Article | CorpusError:
        """The article of a record, or the error that says why there is none."""
        if not isinstance(record, Mapping):
            return CorpusError(f"a record must be an object with fields, not {shown(record)}", line=line)
        try:
            return article_from(record, fields=self.fields, source=self.source)
        except CorpusError as error:
            return CorpusError(error.reason, line=line)


Reader = Callable[[FormatInput], Yielded]
