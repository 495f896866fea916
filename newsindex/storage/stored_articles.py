"""Conversion of an article to the bytes that a segment stores and back, with the values of its columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from newsindex.article import LABEL_FIELDS, OPTIONAL_FIELDS, Article, ReadOnlyDict
from newsindex.dates.local_dates import local_date
from newsindex.encoding.article_codec import parse_iso_date
from newsindex.wording import counted

from .array_file import OLDEST_WITH_TEXTS, ArrayFile
from .manifest import SegmentEntry
from .system_errors import damaged_file_error
from .text_store import StoredText, TextsReader, pack_text, unpack_text

LABELS: Final = LABEL_FIELDS
"""The fields by which an index filters and counts."""

_RELEASE_INTERVAL: Final = 4096  # documents that are read until the memory of their pages is given back
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


def read_live_articles(folder: Path, entry: SegmentEntry, zone: ZoneInfo) -> Iterator[Article]:
    """The live articles of a segment in order of publication.

    The segment may be of any version that stores them in this form; for ``zone`` see :func:`restore_article`.

    Raises FileNotFoundError, IndexCorrupt, IndexTooOld and IndexTooNew.
    """
    file = ArrayFile(folder / entry.name, oldest=OLDEST_WITH_TEXTS)
    if file.meta["documents"] != entry.documents:
        raise damaged_file_error(file.path, f"it should have {counted(entry.documents, 'document')}")
    deleted = set(np.frombuffer(entry.deleted, "<u2").tolist())
    texts = TextsReader(file)
    for document in range(entry.documents):
        if document not in deleted:
            yield restore_article(unpack_text(texts.packed_text(document)), zone)
        if document % _RELEASE_INTERVAL == _RELEASE_INTERVAL - 1:
            file.release_pages()


def hash_content(packed_article: bytes) -> int:
    """The 64-bit BLAKE2b hash of a packed article, equal for equal content."""
    return int.from_bytes(hashlib.blake2b(packed_article, digest_size=8).digest(), "little")
