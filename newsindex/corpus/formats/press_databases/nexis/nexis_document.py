"""Takes the parts of one document of Nexis from the blocks of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from newsindex.corpus.formats.press_databases.exported_article import (
    ExportedArticle,
    author_names,
    is_notice,
    is_word_count,
    language_code,
    one_line,
    page_number,
    section_name,
    source_name,
)
from newsindex.corpus.formats.press_databases.header_dates import begins_with_date, find_date, is_vague_date
from newsindex.corpus.formats.press_databases.text_paragraphs import paragraphs

from .nexis_fields import HEAD_FIELDS, labelled_line

Block = list[str]
_TAIL_HEADINGS: Final = ("Classification", "Graphic", "Graphique", "Notes", "Grafik", "Klassifizierung")


@dataclass(slots=True)
class NexisDocument:
    """What a document says of its article.

    ``head`` and ``tail`` are values by the names of nexis_fields.py. A document that ends with neither a
    field nor a copyright has no tail.
    """

    headline: str = ""
    source: str = ""
    date_line: str = ""
    leads: list[str] = field(default_factory=list)
    head: dict[str, str] = field(default_factory=dict)
    body: list[Block] = field(default_factory=list)
    tail: dict[str, str] = field(default_factory=dict)
    has_tail: bool = False

    def article(self) -> ExportedArticle:
        """The article; a document without a line for its date has that of its loading."""
        section = self.head.get("section", "")
        found = find_date(self.date_line) or find_date(self.tail.get("loaded", ""))
        byline = self.head.get("author", "")
        published = None if found else self.date_line
        if is_vague_date(self.date_line):
            found, published = None, self.date_line
        return ExportedArticle(
            headline=self.head.get("headline") or self.headline,
            paragraphs=paragraphs(chain.from_iterable((*block, "") for block in self.body)),
            lead=one_line(" ".join([*self.leads, self.head.get("lead", "")])),
            source=source_name(self.source),
            published=found.value if found else published or None,
            author=author_names(byline) or byline or None,
            section=section_name(section),
            lang=language_code(self.tail.get("lang", self.head.get("lang", ""))),
            url=self.tail.get("url") if self.tail.get("url", "").startswith("http") else None,
            page=page_number(section),
            dateline=self.head.get("dateline"),
        )


def blocks_of(lines: Iterable[str], *, capitals: bool) -> list[Block]:
    """The runs of lines that are not blank; a line with the name of a field begins a new one."""
    return list(_blocks(lines, capitals=capitals))


def _blocks(lines: Iterable[str], *, capitals: bool) -> Iterator[Block]:
    block: Block = []
    for line in map(one_line, lines):
        begins = labelled_line(line, capitals=capitals) or (not capitals and line in _TAIL_HEADINGS)
        if block and (begins or not line):
            yield block
            block = []
        if line:
            block.append(line)
    if block:
        yield block


def is_date_line(line: str) -> bool:
    """Whether a line begins with a date, or is a month and a year."""
    return begins_with_date(line) is not None or is_vague_date(line)


def take_head_fields(document: NexisDocument, blocks: Sequence[Block], *, capitals: bool) -> int:
    """Takes the fields that stand before the text from the first blocks; returns how many blocks that were.

    Blocks without a name between two fields are a standfirst.
    """
    labels = [labelled_line(block[0], capitals=capitals) for block in blocks[:16]]
    names = [label.field if label else None for label in labels]
    end = names.index("length") + 1 if "length" in names else 0
    while end < len(names) and names[end] in HEAD_FIELDS:
        end += 1
    has_text = end < len(blocks) and not _is_tail(blocks[end], capitals=capitals)
    for number, (block, label) in enumerate(zip(blocks[:end], labels, strict=False), 1):
        if label is None:
            document.leads.append(" ".join(block))
            continue
        is_length = label.field == "length" and is_word_count(label.value)
        if is_length or (number == end and not has_text):  # the next lines belong to the text
            document.body += [block[1:]] if number == end and block[1:] else []
            document.leads += block[1:] if number < end else []
            block = block[:1]
        if label.field != "length":
            document.head.setdefault(label.field, " ".join([label.value, *block[1:]]).strip())
    return end


def take_text_and_tail(document: NexisDocument, blocks: Sequence[Block], *, capitals: bool) -> None:
    """Takes the text from the blocks after the head, and the fields and the copyright after it."""
    end = _tail_start(blocks, capitals=capitals)
    document.body += blocks[:end]
    for block in blocks[end:]:
        label = labelled_line(block[0], capitals=capitals)
        document.has_tail = document.has_tail or label is None or label.is_sure
        if label:
            document.tail.setdefault(label.field, " ".join([label.value, *block[1:]]).strip())


def _tail_start(blocks: Sequence[Block], *, capitals: bool) -> int:
    """The number of the first block after the text: a field that no text has, or the last run of fields."""
    start = len(blocks)
    while start and _is_tail(blocks[start - 1], capitals=capitals):
        start -= 1
    for number, block in enumerate(blocks[:start]):
        label = labelled_line(block[0], capitals=capitals)
        is_heading = not capitals and block[0] in _TAIL_HEADINGS
        if is_heading or (label and label.is_sure and label.field not in HEAD_FIELDS):
            return number
    return start


def _is_tail(block: Block, *, capitals: bool) -> bool:
    label = labelled_line(block[0], capitals=capitals)
    return (label is not None and label.field not in HEAD_FIELDS) or is_notice(block[0])
