"""The fixtures of the tests in this folder."""

from __future__ import annotations

from tests.corpus.formats.file_reading import one_article, read_file

__all__ = ["one_article", "read_file"]
