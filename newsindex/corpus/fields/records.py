"""Makes an article of a record with the field names that people use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from numbers import Number
from typing import Any, Final

from newsindex.article import FIELDS, Article
from newsindex.dates.publication_dates import parse_date
from newsindex.encoding.article_codec import article_from_dict
from newsindex.errors import CorpusError

from .addresses import page_address, site_host
from .field_names import (
    SOURCE_OR_DATE,
    FieldMapping,
    Meaning,
    fields_by_column,
    has_text_field,
    meaning_of,
)
from .field_values import NAMED_OBJECTS, VALUES, as_text, block
from .person_names import byline_name, given_name_first
from .publication import publication_date

_WRAPPER_PREFIXES: Final = ("$", "@value", "#text")
_INVERTED_NAMES: Final = ("Item Type",)  # columns of Zotero, which writes "Family, Given" in tables
_LEADS: Final = ("LP", "lp")  # Factiva's code of the paragraphs that begin a text; TD has the others
_MAX_UNREAD_NAMES: Final = 1000
_MAX_UNREAD_CHARACTERS: Final = 100  # of a name that is counted


def article_from(
    record: Mapping[str, object],
    *,
    fields: Mapping[str, str] | None = None,
    source: str | None = None,
    unread: Counter[str] | None = None,
    on_error: Callable[[CorpusError], object] | None = None,
) -> Article:
    """The article of a record.

    Names are compared without case, accents, plural and words such as "of the article"; ``fields`` maps a
    field of Article to the record's own name for it, and the usual names count where the record has no such
    name. Of two names for one field the first with a value counts, a name of second choice (``hostname``
    for the source) only where there is no other. A single value without a field of its own goes to
    ``extra``, as text; ``unread`` counts the names that no field took, a thousand at most. People,
    publishers and sections may be objects with a name, as in schema.org. ``source`` is for records that
    have none.

    Markup, entities and wrongly decoded characters in a value become text. A language becomes its code of
    two letters, and a source that is the address of a page is the article's address. A record as an index
    exports it is taken as it stands.

    ``on_error`` is called where the record has a date and none that can be read: the article is undated, and
    what is written is kept in ``extra``.

    Raises CorpusError for a value that its field cannot take, and for what Article refuses; also for a date
    that cannot be read, without ``on_error``.
    """
    if not fields and len(record) == len(FIELDS) and (exported := article_from_dict(record)):
        return replace(exported, source=source) if source and not exported.source else exported
    by_column = fields_by_column(fields)
    mapped = _mapped(record, fields, by_column) if by_column else None
    values: dict[str, Any] = {}
    extra: dict[str, str] = {}
    second: list[tuple[str, str, object]] = []
    wrong_dates: list[CorpusError] = []
    for name, value in record.items():
        if isinstance(value, str):
            if not value or value.isspace():
                continue
        else:
            value = _unwrapped(value)
            if _is_absent(value):
                continue
        if not isinstance(name, str):
            continue
        meaning = meaning_of(name) if mapped is None else _meaning(name, by_column, mapped)
        if meaning is None:
            _keep_extra(extra, name, value, unread)
            continue
        field, is_second_choice, is_plural = meaning
        if field == "source" and isinstance(value, str):
            field, is_second_choice, value = _place_of_source(name, value.strip(), is_second_choice)
        if field in values or (is_plural and _is_collection(field, value)):
            _keep_extra(extra, name, value, unread)
        elif is_second_choice:
            second.append((name, field, value))
        elif field == "published":
            _take_date(values, extra, wrong_dates, name, value)
        else:
            values[field] = VALUES[field](value)
    if second:
        _take_second_choices(second, values, extra, wrong_dates, unread)
    _complete(values, record, source, fields)
    article = Article(**values, extra=extra)
    if wrong_dates and article.published is None:
        if on_error is None:
            raise wrong_dates[0]
        on_error(wrong_dates[0])
    return article


def _take_second_choices(
    second: list[tuple[str, str, object]],
    values: dict[str, Any],
    extra: dict[str, str],
    wrong_dates: list[CorpusError],
    unread: Counter[str] | None,
) -> None:
    """Takes the values of names of second choice for the fields that have no value yet."""
    for name, field, value in second:
        if field in values:
            _keep_extra(extra, name, value, unread)
        elif field == "published":
            _take_date(values, extra, wrong_dates, name, value)
        else:
            values[field] = VALUES[field](value)


def _complete(
    values: dict[str, Any],
    record: Mapping[str, object],
    source: str | None,
    mapping: Mapping[str, str] | None,
) -> None:
    """Adds to the values of fields what follows from the others and from the source that the user names."""
    if source and not values.get("source"):
        values["source"] = source
    if "author" in values:
        values["author"] = _bylines(values["author"], record)
    if "id" in values and "url" not in values and _is_page(values["id"]):
        values["url"] = values["id"]
    for name in _LEADS:
        if name in record and (lead := values.get("abstract")) == block(record[name] or ""):
            values["body"] = _with_lead(lead, values.get("body", ""))
    values.setdefault("headline", "")
    if not values["headline"] and not values.get("body") and record and not has_text_field(record, mapping):
        names = ", ".join(name for name in record if isinstance(name, str))
        raise CorpusError(
            f"an article needs a headline or a body: none of these names is known as one: {names:.200}"
        )


def _with_lead(lead: str, body: str) -> str:
    """The text of which the lead is the first paragraph; it may stand in the body already."""
    return body if not lead or body.startswith(lead) else f"{lead}\n\n{body}".rstrip()


def _take_date(
    values: dict[str, Any],
    extra: dict[str, str],
    wrong_dates: list[CorpusError],
    name: str,
    value: object,
) -> None:
    """Takes the date of publication; one that cannot be read is kept in ``extra`` as it is written."""
    published, error = publication_date(value, name)
    if published is not None:
        values["published"] = published
    elif error is not None:
        wrong_dates.append(error)
        _keep_extra(extra, name, value, None)


def _mapped(
    record: Mapping[str, object], fields: Mapping[str, str] | None, by_column: Mapping[str, str]
) -> set[str]:
    """The fields for which a record has the column that the user names."""
    if isinstance(fields, FieldMapping):
        fields.meet(record)
    return {field for column, field in by_column.items() if column in record}


def _meaning(name: str, by_column: Mapping[str, str], mapped: set[str]) -> Meaning | None:
    """What a name stands for where the user maps columns: a field that is mapped has no other name."""
    if field := by_column.get(name):
        return Meaning(field)
    meaning = meaning_of(name)
    return None if meaning and meaning.field in mapped else meaning


def _place_of_source(name: str, text: str, is_second_choice: bool) -> tuple[str, bool, str]:
    """The field of what stands in the place of a source, whether it is a second choice there, and its text.

    It may be the address of the page or of the site, or a date.
    """
    if page_address(text):
        return "url", True, text
    if host := site_host(text):
        return "source", True, host
    if text[-1:].isdigit() and name.lower() == SOURCE_OR_DATE and _is_date(text):
        return "published", True, text
    return "source", is_second_choice, text


def _is_collection(field: str, value: object) -> bool:
    """Whether the value of a name in the plural is a collection of other things, as the links of a page."""
    return field not in NAMED_OBJECTS and isinstance(value, list | tuple | Mapping)


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


def _is_page(id: str) -> bool:
    """Whether an id is the address of a page; with a mark behind it, it may be that of a part of one."""
    return id.startswith("http") and "#" not in id and page_address(id)


def _bylines(author: str, record: Mapping[str, object]) -> str:
    """The names of people as bylines have them, without the word before them in print."""
    author = byline_name(author)
    if "," not in author and ";" not in author:
        return author
    return given_name_first(author, is_inverted=any(key in record for key in _INVERTED_NAMES))


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


def _keep_extra(extra: dict[str, str], name: str, value: object, unread: Counter[str] | None) -> None:
    if name == "extra" and isinstance(value, Mapping):
        extra.update({as_text(key): as_text(item) for key, item in value.items()})
        return
    if unread is not None and (name in unread or _may_be_counted(name, unread)):
        unread[name] += 1
    if isinstance(value, str | Number | date):
        extra[name] = as_text(value)


def _may_be_counted(name: str, unread: Counter[str]) -> bool:
    return len(unread) < _MAX_UNREAD_NAMES and len(name) <= _MAX_UNREAD_CHARACTERS
