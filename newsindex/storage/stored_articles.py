"""Conversion of an article to the bytes that a segment stores and back, with the values of its columns."""

from __future__ import annotations

import hashlib
from operator import attrgetter
from typing import Final

from newsindex.article import LABEL_FIELDS, OPTIONAL_FIELDS, Article, ReadOnlyDict
from newsindex.encoding.article_codec import parse_iso_date

from .text_store import StoredText, pack_text

LABELS: Final = LABEL_FIELDS
"""The fields by which an index filters and counts."""

_REST_FIELDS: Final = ("id", *OPTIONAL_FIELDS, "abstract")
_rest_values = attrgetter(*_REST_FIELDS)
_NO_EXTRA: Final = ReadOnlyDict()
_set_attribute = object.__setattr__  # an Article is frozen


def pack_article(article: Article) -> bytes:
    """The bytes that are stored of an article, not yet compressed."""
    rest: dict[str, object] = {
        name: value for name, value in zip(_REST_FIELDS, _rest_values(article), strict=True) if value
    }
    if article.published is not None:
        rest["published"] = article.published.isoformat()
    if article.extra:
        rest["extra"] = dict(article.extra)
    return pack_text(StoredText(article.headline, article.body, rest))


def restore_article(text: StoredText) -> Article:
    """The article of a stored text; the inverse of :func:`pack_article` followed by unpacking.

    The values are not validated again, since they come from an article that was.
    """
    rest = text.rest
    article = Article.__new__(Article)
    _set_attribute(article, "headline", text.headline)
    _set_attribute(article, "body", text.body)
    for name in OPTIONAL_FIELDS:
        _set_attribute(article, name, rest.get(name))
    _set_attribute(article, "id", rest["id"])
    _set_attribute(article, "abstract", rest.get("abstract", ""))
    published = rest.get("published")
    _set_attribute(article, "published", parse_iso_date(published) if published else None)
    _set_attribute(article, "extra", ReadOnlyDict(rest["extra"]) if "extra" in rest else _NO_EXTRA)
    return article


def hash_content(packed_article: bytes) -> int:
    """The 64-bit BLAKE2b hash of a packed article, equal for equal content."""
    return int.from_bytes(hashlib.blake2b(packed_article, digest_size=8).digest(), "little")
