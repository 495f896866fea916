"""Builds a segment of a few articles and opens it; no file is left of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from newsindex.article import Article
from newsindex.storage.segment import Segment, hash_id
from newsindex.storage.stored_articles import hash_content, pack_article
from newsindex.storage.system_errors import translate_system_errors

from .building.batch import Batch
from .building.segment_builder import Block
from .pending_batch import PendingBatch
from .scanning.scanners import WordScanner

_MEMORY: Final = Path("/dev/shm")  # a file system in memory, where the system has one; often of 64 MB
_SIZE_RATIO: Final = 8  # more than the size of a segment over that of its packed articles
_LEAST_SIZE: Final = 1 << 16  # more than the size of a segment of one short article


def segment_of(
    articles: Sequence[Article], zone: ZoneInfo, scanner: WordScanner, *, learns_acronyms: bool = False
) -> Segment:
    """Returns a segment of some articles, whose ids differ; there must be one article at least.

    ``zone`` is that of the index. The file of the segment is read into memory and deleted. Raises
    NewsIndexError where it cannot be written.
    """
    batch, builder = PendingBatch(zone), Batch(scanner, learns_acronyms)
    packed = [pack_article(article, zone) for article in articles]
    for article, text in zip(articles, packed, strict=True):
        batch.add(article, hash_id(article.id), hash_content(text))
    builder.scan(Block(packed, [text for one in articles for text in (one.headline, one.body)]))
    folder = _temporary_folder(_LEAST_SIZE + _SIZE_RATIO * sum(map(len, packed)))
    path = folder / f"newsindex-{uuid4().hex}.segment"
    try:
        with translate_system_errors(folder):
            builder.build(path, batch.columns([range(len(packed))]))
        return Segment(path, mapped=False)
    finally:
        path.unlink(missing_ok=True)


def _temporary_folder(size: int) -> Path:
    """The folder for a file of at most ``size`` bytes that lives for an instant."""
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= size:
        return _MEMORY
    return Path(tempfile.gettempdir())
