"""Conversion of an article to the bytes that a segment stores and back, with the values of its columns."""

from __future__ import annotations

import hashlib
from operator import attrgetter
from typing import Final
from zoneinfo import ZoneInfo

from newsindex.article import LABEL_FIELDS, OPTIONAL_FIELDS, Article, ReadOnlyDict
from newsindex.dates.local_dates import local_date
from newsindex.encoding.article_codec import parse_iso_date

from .text_store import StoredText, pack_text

LABELS: Final = LABEL_FIELDS
"""The fields by which an index filters and counts."""

_REST_FIELDS: Final = ("id", *OPTIONAL_FIELDS, "abstract")
_rest_values = attrgetter(*_REST_FIELDS)
_NO_EXTRA: Final = ReadOnlyDict()
_set_attribute = object.__setattr__  # an Article is frozen


def pack_article(article: Article, zone: ZoneInfo | None = None) -> bytes:
    """The bytes that are stored of an article, not yet compressed.

    Its moment of publication is written in the local time of ``zone``, if one is given, so that an article
    with the same moment at another offset has the same content.
    """
    rest: dict[str, object] = {
        name: value for name, value in zip(_REST_FIELDS, _rest_values(article), strict=True) if value
    }
    if article.published is not None:
        published = article.published if zone is None else local_date(article.published, zone)
        rest["published"] = published.isoformat()
    if article.extra:
        rest["extra"] = dict(article.extra)
    return pack_text(StoredText(article.headline, article.body, rest))


def restore_article(text: StoredText, zone: ZoneInfo | None = None) -> Article:
    """The article of a stored text; the inverse of :func:`pack_article` followed by unpacking.

    Its moment of publication is in the local time of ``zone``, if one is given: earlier versions stored it
    at the offset with which it came. The values are not validated again, since they come from an article
    that was.
    """
    rest = text.rest
    article = Article.__new__(Article)
    _set_attribute(article, "headline", text.headline)
    _set_attribute(article, "body", text.body)
    for name in OPTIONAL_FIELDS:
        _set_attribute(article, name, rest.get(name))
    _set_attribute(article, "id", rest["id"])
    _set_attribute(article, "abstract", rest.get("abstract", ""))
    written = rest.get("published")
    published = parse_iso_date(written) if written else None
    _set_attribute(article, "published", local_date(published, zone) if zone else published)
    _set_attribute(article, "extra", ReadOnlyDict(rest["extra"]) if "extra" in rest else _NO_EXTRA)
    return article


def hash_content(packed_article: bytes) -> int:
    """The 64-bit BLAKE2b hash of a packed article, equal for equal content."""
    return int.from_bytes(hashlib.blake2b(packed_article, digest_size=8).digest(), "little")
