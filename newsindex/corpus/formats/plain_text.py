"""How is a plain text read? Its first line is the headline, the rest the body; it has no date."""

from __future__ import annotations

from newsindex.article import Article
from newsindex.corpus.inputs.byte_stream import decoded, is_binary, whole
from newsindex.errors import CorpusError

from .format_input import FormatInput, Yielded


def read_text(reading: FormatInput) -> Yielded:
    """One article, and the damage that cut it short if there was any."""
    text, damage = whole_text(reading)
    headline, _, body = text.strip().partition("\n")
    try:
        yield Article(headline.strip(), body.strip(), source=reading.source)
    except CorpusError as error:
        yield damage or error
    else:
        if damage:
            yield damage


def whole_text(reading: FormatInput) -> tuple[str, CorpusError | None]:
    """The text of a file, its lines ended as here, and the damage that cut it short if there was any."""
    content, damage = whole(reading.stream)
    if is_binary(content):
        raise CorpusError("this is not a text file")
    text = decoded(content, cut=damage is not None)
    return text.replace("\r\n", "\n").replace("\r", "\n"), damage
