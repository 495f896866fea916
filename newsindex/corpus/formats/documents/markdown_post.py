"""Reads a text in Markdown, with the front matter of a static site or without (Hugo, Jekyll and others).

What front matter says goes before what the text says; a text without a title takes its first heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from newsindex.corpus.fields.field_names import field_of
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.plain_text import whole_text
from newsindex.corpus.html.boilerplate import fold
from newsindex.errors import CorpusError

from .front_matter import split_front_matter
from .markdown_text import markdown_text

_MAX_CHARACTERS: Final = 4 << 20  # more than any article; the parser takes seconds for each million
_FIELD_BY_SITE_NAME: Final = {
    "categories": "section", "category": "section", "rubriques": "section", "authors": "author",
    "auteurs": "author", "publishdate": "published", "createdat": "published", "created": "published",
    "language": "lang", "locale": "lang", "excerpt": "abstract", "chapeau": "abstract", "canonicalurl": "url",
    "originalurl": "url", "externalurl": "url", "permalink": "url",
}  # fmt: skip
_LAYOUT_NAMES: Final = frozenset(
    {"layout", "draft", "published", "type", "weight", "toc", "comments", "cover", "aliases", "menu"}
)
_YES: Final = ("true", "yes", "on", "1", "oui", "vrai")
_DRAFT_NAMES: Final = ("draft", "brouillon", "isdraft", "is_draft")
_STATUS_NAMES: Final = ("status", "statut", "etat", "état", "state")
_UNPUBLISHED: Final = (
    "draft", "brouillon", "private", "privé", "hidden", "pending", "en attente", "unpublished", "non publié",
)  # fmt: skip
_LESSER_DATES: Final = frozenset({"createdat", "created"})  # where no date of publication is stated
_DAY_IN_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d)[-_ ]")
_SECTION_PAGE: Final = "_index"  # of Hugo: the title of a list of articles
_WEB_ADDRESS: Final = re.compile(r"https?://", re.I)
_MAX_HEADLINE: Final = 200  # characters of a first line that is a headline


def read(content: FormatInput) -> FormatItems:
    """The article of a text, and errors for what could not be read of it; a draft is passed over."""
    source, damage = whole_text(content)
    if len(source) > _MAX_CHARACTERS:
        raise CorpusError(f"the text has more than {_MAX_CHARACTERS >> 20} million characters: split it")
    fields, text, error = split_front_matter(source)
    path = PurePosixPath(content.name.replace("\\", "/"))
    reason = _reason_to_pass_over(fields, path)
    if reason:
        content.pass_over(reason)
    else:
        yield from content.items(_record(fields, text, path, content.fields or {}))
    if error:
        yield error
    if damage:
        yield damage


def _reason_to_pass_over(fields: Mapping[str, Any], path: PurePosixPath) -> str | None:
    """The reason why a text is not published: it says so, or lies where Jekyll keeps drafts."""
    flags = {name.lower(): str(value).lower() for name, value in fields.items()}
    if any(flags.get(name) in _YES for name in _DRAFT_NAMES) or flags.get("published") in (
        "false",
        "no",
        "off",
    ):
        return "draft"
    stated = (flags.get(name, "") for name in _STATUS_NAMES)
    if any(status.startswith(_UNPUBLISHED) for status in stated):
        return "draft"
    if "_drafts" in path.parts:
        return "draft"
    return "page of a list" if path.stem.partition(".")[0] == _SECTION_PAGE else None


def _record(
    fields: Mapping[str, Any], text: str, path: PurePosixPath, columns: Mapping[str, str]
) -> dict[str, Any]:
    """The record of a text, by names that fields have; ``columns`` are the user's own names for them."""
    record: dict[str, Any] = {}
    for name, value in sorted(fields.items(), key=_is_lesser_date):
        is_date = name == "published" and str(value).lower() not in _YES  # for Jekyll it is a flag
        known = name if is_date or name in columns.values() else _name_of(name)
        if known == "url" and name not in columns.values() and not _WEB_ADDRESS.match(str(value)):
            known = None  # a path on the site, which is no address
        if known and value not in (None, "", []) and known not in record:
            record[known] = ", ".join(map(str, value)) if isinstance(value, list) else value
    plain = markdown_text(text)
    paragraphs = list(plain.paragraphs)
    stated = {field_of(name) or name for name in record}
    headline = columns.get("headline", "headline")
    title = next(
        (str(record[name]) for name in record if name == headline or field_of(name) == "headline"), ""
    )
    if not title and paragraphs:
        first = paragraphs[0].partition("\n")[0]
        title = plain.heading or (first if len(first) <= _MAX_HEADLINE else "")
        record[headline] = title or first
    if paragraphs and title and fold(paragraphs[0]) == fold(title):
        del paragraphs[0]
    record.setdefault(columns.get("body", "body"), "\n\n".join(paragraphs))
    if "published" not in stated and (day := _DAY_IN_NAME.match(path.name)):
        record[columns.get("published", "published")] = day[1]
    return record


def _is_lesser_date(field: tuple[str, Any]) -> bool:
    """Whether a field tells when the file was made, which counts after when it was published."""
    return "".join(filter(str.isalnum, field[0].lower())) in _LESSER_DATES


def _name_of(name: str) -> str | None:
    """The name for a record: that of front matter, or the field that sites mean by it."""
    plain = "".join(letter for letter in name.lower() if letter.isalnum())
    if plain in _LAYOUT_NAMES:
        return None
    return _FIELD_BY_SITE_NAME.get(plain, name)
