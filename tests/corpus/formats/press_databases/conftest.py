"""What the tests of press databases share."""

from __future__ import annotations

import pytest

import newsindex
from tests.corpus.error_messages import message


@pytest.fixture
def read(tmp_path):
    """Read a content as a file: its articles, and the messages of its errors."""

    def read(content, name="export.txt", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        corpus = newsindex.read(path, **options)
        return list(corpus), [message(error) for error in corpus.errors]

    return read
