"""What does an index keep of an article, and how is the article made again from it?"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date, datetime
from operator import attrgetter
from typing import Final
from zoneinfo import ZoneInfo

from newsindex.article import LABEL_FIELDS, OPTIONAL_FIELDS, Article, ReadOnlyDict
from newsindex.encoding.article_codec import parse_iso_date

from .segment import UNDATED
from .text_store import StoredText, pack

LABELS: Final = LABEL_FIELDS
"""The fields that an index filters and counts by."""

_LAST: Final = (1 << 31) - 2  # minutes: what is later, in the year 6053, counts as then
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_REST: Final = ("id", *OPTIONAL_FIELDS, "abstract")
_rest_of = attrgetter(*_REST)
_NOTHING: Final = ReadOnlyDict()
_set = object.__setattr__  # an Article is frozen


def packed(article: Article) -> bytes:
    """The article as it is stored."""
    rest: dict[str, object] = {
        name: value for name, value in zip(_REST, _rest_of(article), strict=True) if value
    }
    if article.published is not None:
        rest["published"] = article.published.isoformat()
    if article.extra:
        rest["extra"] = dict(article.extra)
    return pack(StoredText(article.headline, article.body, rest))


def restore_article(text: StoredText) -> Article:
    """The inverse of :func:`packed`, after unpacking; what was an article is not checked again."""
    rest = text.rest
    article = Article.__new__(Article)
    _set(article, "headline", text.headline)
    _set(article, "body", text.body)
    for name in OPTIONAL_FIELDS:
        _set(article, name, rest.get(name))
    _set(article, "id", rest["id"])
    _set(article, "abstract", rest.get("abstract", ""))
    published = rest.get("published")
    _set(article, "published", parse_iso_date(published) if published else None)
    _set(article, "extra", ReadOnlyDict(rest["extra"]) if "extra" in rest else _NOTHING)
    return article


def content_hash(stored: bytes) -> int:
    """A 64-bit hash of a packed article: equal for equal content."""
    return int.from_bytes(hashlib.blake2b(stored, digest_size=8).digest(), "little")


def minutes(published: date | None, zone: ZoneInfo) -> int:
    """Minutes from 1970 to a publication, in the local time of ``zone``; UNDATED for None.

    A day counts from its first minute; a moment without a time zone is local already.
    """
    if published is None:
        return UNDATED
    of_day = 0
    if isinstance(published, datetime):
        if published.tzinfo is not None:
            with suppress(OverflowError):  # at the ends of the calendar a moment keeps its own clock
                published = published.astimezone(zone)
        of_day = published.hour * 60 + published.minute
    return min((published.toordinal() - _EPOCH_DAY) * 1440 + of_day, _LAST)
