"""Makes an article of a record with the field names that people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from numbers import Number
from typing import Any, Final

from newsindex.arguments import shown
from newsindex.article import Article
from newsindex.encoding.article_codec import article_from_dict
from newsindex.errors import CorpusError

from .field_names import field_of, fields_by_column
from .publication import publication_date

_NAMED_OBJECTS: Final = ("author", "source", "section")  # fields that may be an object with a name
_LIST_SEPARATORS: Final = {
    "body": "\n\n", "abstract": "\n\n", "author": ", ", "source": ", ", "section": ", ",
}  # fmt: skip
_WRAPPER_PREFIXES: Final = ("$", "@value", "#text")


def article_from(
    record: Mapping[str, object],
    *,
    fields: Mapping[str, str] | None = None,
    source: str | None = None,
    on_error: Callable[[CorpusError], object] | None = None,
) -> Article:
    """The article of a record.

    Names are compared without case, accents and underscores; ``fields`` maps a field of Article to the
    record's own name for it. Of two names for one field the first with a value counts. A single value
    without a field of its own goes to ``extra``, as text. People, publishers and sections may be objects
    with a name, as in schema.org. ``source`` is for records that have none. A record as an index exports
    it is taken as it stands.

    ``on_error`` is called where the record has a date and none that can be read: the article is undated, and
    what is written is kept in ``extra``.

    Raises CorpusError for a value that its field cannot take, and for what Article refuses; also for a date
    that cannot be read, without ``on_error``.
    """
    if not fields and (exported := article_from_dict(record)):
        return replace(exported, source=source) if source and not exported.source else exported
    by_column = fields_by_column(fields)
    values: dict[str, Any] = {}
    extra: dict[str, str] = {}
    wrong_date: CorpusError | None = None
    for name, wrapped in record.items():
        value = _unwrapped(wrapped)
        absent = not value or value.isspace() if isinstance(value, str) else _is_absent(value)
        if absent or not isinstance(name, str):
            continue
        field = (by_column and by_column.get(name)) or field_of(name)
        is_taken = by_column and name not in by_column and field in by_column.values()
        if field is None or field in values or is_taken:
            _keep_extra(extra, name, value)
        elif field == "published":
            published, error = publication_date(value)
            wrong_date = wrong_date or error
            if published is not None:
                values[field] = published
            elif error is not None:
                _keep_extra(extra, name, value)
        else:
            values[field] = _text(field, value)
    if source and not values.get("source"):
        values["source"] = source
    values.setdefault("headline", "")
    article = Article(**values, extra=extra)
    if wrong_date is not None and article.published is None:
        if on_error is None:
            raise wrong_date
        on_error(wrong_date)
    return article


def _unwrapped(value: object) -> object:
    """The value in an object of one, as databases and XML write it: {"$oid": ...}, {"#text": ...}."""
    if isinstance(value, Mapping) and len(value) == 1:
        ((name, inner),) = value.items()
        return inner if isinstance(name, str) and name.startswith(_WRAPPER_PREFIXES) else value
    return value


def _is_absent(value: object) -> bool:
    """Whether a value is None, an empty list, or the NaN or NaT that tables have in their gaps."""
    if isinstance(value, list | tuple):
        return not value
    return value is None or (isinstance(value, float | date) and value != value)


def _keep_extra(extra: dict[str, str], name: str, value: object) -> None:
    if name == "extra" and isinstance(value, Mapping):
        extra.update({_as_text(key): _as_text(item) for key, item in value.items()})
    elif isinstance(value, str | Number | date):
        extra[name] = _as_text(value)


def _text(field: str, value: object) -> str:
    if isinstance(value, str):
        return value.strip("\r\n") if field in ("body", "abstract") else value.strip()
    if isinstance(value, Number):
        return _as_text(value)
    if isinstance(value, Mapping) and field in _NAMED_OBJECTS and isinstance(name := value.get("name"), str):
        return name.strip()
    if isinstance(value, list | tuple) and (field in _LIST_SEPARATORS or len(value) == 1):
        texts = [_list_item(field, item) for item in value]
        return _LIST_SEPARATORS.get(field, "").join(filter(None, texts))
    raise CorpusError(f"{field} must be text, not {shown(value)}")


def _list_item(field: str, value: object) -> str:
    if isinstance(value, list | tuple):
        raise CorpusError(f"{field} must be text or a list of texts, not a list of {shown(value)}")
    return "" if value is None else _text(field, value)


def _as_text(value: object) -> str:
    try:
        return str(value)
    except (ValueError, RecursionError):
        raise CorpusError(f"a value cannot be written as text: {shown(value)}") from None
