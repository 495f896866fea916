"""The index that the examples search."""

from __future__ import annotations

import atexit
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import newsindex

ARTICLES = Path(__file__).parent.parent / "sample_corpus"


def open_index() -> newsindex.Index:
    """Open the index that NEWSINDEX_PATH names; without it, one of the sample articles, deleted at exit."""
    if path := os.environ.get("NEWSINDEX_PATH"):
        return newsindex.open(path)
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    index = newsindex.create(Path(folder.name) / "sample.newsindex")
    index.add(newsindex.read(ARTICLES))
    return index
