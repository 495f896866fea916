"""Fixtures that read a file: its articles, the messages of its errors, and what was passed over."""

from __future__ import annotations

import pytest

import newsindex
from tests.corpus.error_messages import message


@pytest.fixture
def read_file(tmp_path):
    def read_file(content, name, **options):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        corpus = newsindex.read(path, **options)
        articles = list(corpus)
        return articles, [message(error) for error in corpus.errors], dict(corpus.summary.passed_over)

    return read_file


@pytest.fixture
def one_article(read_file):
    def one_article(content, name, **options):
        (article,), errors, _ = read_file(content, name, **options)
        assert errors == []
        return article

    return one_article
