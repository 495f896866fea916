"""Builds a segment of a few articles and opens it; no file is left of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from newsindex.article import Article
from newsindex.storage.segment import Segment, hash_id
from newsindex.storage.stored_articles import hash_content, pack_article

from .building.batch import Batch
from .building.segment_builder import Block
from .pending_batch import PendingBatch
from .scanning.scanners import WordScanner

_MEMORY: Final = Path("/dev/shm")  # a file system in memory, where the system has one


def segment_of(
    articles: Sequence[Article], zone: ZoneInfo, scanner: WordScanner, *, learns_acronyms: bool = False
) -> Segment:
    """Returns a segment of some articles, whose ids differ; there must be one article at least.

    ``zone`` is that of the index. The file of the segment is read into memory and deleted.
    """
    batch, builder = PendingBatch(zone), Batch(scanner, learns_acronyms)
    packed = [pack_article(article, zone) for article in articles]
    for article, text in zip(articles, packed, strict=True):
        batch.add(article, hash_id(article.id), hash_content(text))
    builder.scan(Block(packed, [text for one in articles for text in (one.headline, one.body)]))
    path = _temporary_folder() / f"newsindex-{uuid4().hex}.segment"
    try:
        builder.build(path, batch.columns([range(len(packed))]))
        return Segment(path, mapped=False)
    finally:
        path.unlink(missing_ok=True)


@cache
def _temporary_folder() -> Path:
    """The folder for files that live for an instant."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())
