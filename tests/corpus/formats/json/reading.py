"""Writes a document of JSON to a file and reads it."""

from __future__ import annotations

import json

import newsindex


def read_json(tmp_path, document, name="a.json", **options):
    """The articles of a document, which may be its text, and the corpus with errors and counts."""
    path = tmp_path / name
    path.write_text(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False))
    corpus = newsindex.read(path, **options)
    return list(corpus), corpus


def read_one(tmp_path, document, name="a.json", **options):
    """The only article of a document."""
    articles, corpus = read_json(tmp_path, document, name, **options)
    assert not corpus.errors
    (article,) = articles
    return article
