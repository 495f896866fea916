"""Reads a content that a test wrote as one file."""

from __future__ import annotations

import newsindex


def read_as(tmp_path, content, name="a.xml", **options):
    """The articles of a content, the messages of its errors, and what was passed over."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    corpus = newsindex.read(path, **options)
    articles = list(corpus)
    return articles, [str(error) for error in corpus.errors], dict(corpus.summary.passed_over)
