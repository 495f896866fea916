"""Reads a plain text: its first line is the headline, the rest the body; it has no date."""

from __future__ import annotations

from typing import Final

from newsindex.article import Article
from newsindex.corpus.inputs.binary_content import not_a_text
from newsindex.corpus.inputs.bounded_reading import decode_text, is_binary, read_whole
from newsindex.errors import CorpusError

from .format_input import FormatInput, FormatItems

TEXT_SUFFIXES: Final = (".txt", ".text")  # under these names texts of many formats lie


def read_text(content: FormatInput) -> FormatItems:
    """One article, and the damage that cut it short if there was any."""
    text, damage = whole_text(content)
    headline, _, body = text.strip().partition("\n")
    try:
        yield Article(headline.strip(), body.strip(), source=content.source)
    except CorpusError as error:
        yield damage or error
    else:
        if damage:
            yield damage


def whole_text(content: FormatInput) -> tuple[str, CorpusError | None]:
    """The text of a file with line ends of one kind, and the damage that cut it short if there was any.

    Byte order marks are left out: files that were joined to one have them inside.
    """
    raw, damage = read_whole(content.stream)
    if is_binary(raw):
        raise not_a_text(content.name, is_unpacked=True)  # noise that was never packed is refused before
    text = decode_text(raw, is_cut=damage is not None)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", ""), damage
