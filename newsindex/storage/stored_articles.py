"""What does an index keep of an article, and how is the article made again from it?"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from newsindex.article import Article

from .text_store import StoredText, pack

LABELS: Final = ("source", "section", "author", "lang")
"""The fields that an index filters and counts by."""

_OPTIONAL: Final = ("source", "url", "section", "author", "lang")
_REST: Final = ("id", *_OPTIONAL, "abstract")
_rest_of = attrgetter(*_REST)
_NOTHING: Final = MappingProxyType[str, str]({})
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
    for name in _OPTIONAL:
        _set(article, name, rest.get(name))
    _set(article, "id", rest["id"])
    _set(article, "abstract", rest.get("abstract", ""))
    published = rest.get("published")
    _set(article, "published", _parsed(published) if published else None)
    _set(article, "extra", MappingProxyType(rest["extra"]) if "extra" in rest else _NOTHING)
    return article


def _parsed(published: str) -> date:
    if len(published) == len("2026-01-02"):
        return date.fromisoformat(published)
    return datetime.fromisoformat(published)


def content_hash(stored: bytes) -> int:
    """A 64-bit hash of a packed article: equal for equal content."""
    return int.from_bytes(hashlib.blake2b(stored, digest_size=8).digest(), "little")
