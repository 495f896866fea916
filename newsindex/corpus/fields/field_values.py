"""Reads the value of each field of an article: text, also from lists, objects and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from numbers import Number
from typing import Any, Final

from newsindex.arguments import shown
from newsindex.errors import CorpusError

from .language_codes import language_code
from .markup import unescaped_address, without_markup
from .mojibake import may_be_damaged, mended
from .person_names import person_name
from .written_values import written_names

NAMED_OBJECTS: Final = ("author", "source", "section")
"""The fields that may be an object with a name."""
_LIST_SEPARATORS: Final = {
    "body": "\n\n", "abstract": "\n\n", "author": ", ", "source": ", ", "section": ", ",
}  # fmt: skip
_NO_LABELS: Final = {"-", "--", "–", "—", "/", "n/a", "#n/a", "nan", "null", "none", "nc", "n.c.", "n.d."}
_MAX_CACHED_CHARACTERS: Final = 200  # of a label


def _is_plain(text: str) -> bool:
    """Whether a text has neither markup nor a sign of a wrong decoding: that of nearly every text."""
    return "<" not in text and "&" not in text and (text.isascii() or not may_be_damaged(text))


def block(value: object) -> str:
    """The text of a body or an abstract, without markup and wrong decoding."""
    text = value.strip("\r\n") if isinstance(value, str) else _text("body", value)
    return text if _is_plain(text) else without_markup(mended(text))


def _headline(value: object) -> str:
    text = value.strip() if isinstance(value, str) else _text("headline", value)
    return text if _is_plain(text) else " ".join(without_markup(mended(text)).split())


def _label(field: str) -> Callable[[object], str]:
    """The reader of a field of which few texts come again and again."""

    def read(value: object) -> str:
        """The label on one line, without markup and wrong decoding."""
        text = value.strip() if isinstance(value, str) else _text(field, value)
        return _cached_label(text) if len(text) <= _MAX_CACHED_CHARACTERS else _cleaned_label(text)

    return read


def _cleaned_label(text: str) -> str:
    if text.lower() in _NO_LABELS:
        return ""
    names = written_names(text)
    return _headline(names if isinstance(names, str) else _text("author", names))


_cached_label: Final = lru_cache(maxsize=4096)(_cleaned_label)


def _text(field: str, value: object) -> str:
    if isinstance(value, str):
        return value.strip("\r\n") if field in ("body", "abstract") else value.strip()
    if isinstance(value, Number):
        return as_text(value)
    if isinstance(value, Mapping) and field in NAMED_OBJECTS and (name := person_name(value)) is not None:
        return name
    if isinstance(value, list | tuple) and (field in _LIST_SEPARATORS or len(value) == 1):
        texts = [_list_item(field, item) for item in value]
        return _LIST_SEPARATORS.get(field, "").join(filter(None, texts))
    raise CorpusError(f"{field} must be text, not {shown(value)}")


def _list_item(field: str, value: object) -> str:
    if isinstance(value, list | tuple):
        raise CorpusError(f"{field} must be text or a list of texts, not a list of {shown(value)}")
    return "" if value is None else _text(field, value)


def as_text(value: object) -> str:
    """A value as Python writes it. Raises CorpusError for one that cannot be written."""
    try:
        return str(value)
    except (ValueError, RecursionError):
        raise CorpusError(f"a value cannot be written as text: {shown(value)}") from None


VALUES: Final[dict[str, Callable[[object], Any]]] = {
    "headline": _headline,
    "body": block,
    "abstract": block,
    "source": _label("source"),
    "url": lambda value: unescaped_address(_text("url", value)),
    "id": lambda value: _text("id", value),
    "section": _label("section"),
    "author": _label("author"),
    "lang": lambda value: language_code(mended(_text("lang", value))),
}
"""What makes the value of each field."""
