"""A segment of a few articles leaves no file and holds what was given."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsindex import Article
from newsindex.analyzer import Lexicon
from newsindex.errors import NewsIndexError
from newsindex.indexer import article_segment
from newsindex.indexer.article_segment import segment_of
from newsindex.indexer.scanning.scanners import new_scanner
from newsindex.storage.stored_articles import restore_article

ZONE = ZoneInfo("Europe/Paris")
ARTICLES = [
    Article("Deux", "Le maire parle.", id="b", published=date(2024, 5, 2), source="Le Monde"),
    Article("Un", "La ville dort.", id="a", published=date(2024, 5, 1)),
    Article("Trois", "", id="c"),
]


def test_the_articles_are_in_the_order_of_publication():
    segment = segment_of(ARTICLES, ZONE, new_scanner(Lexicon().french))
    found = [restore_article(segment.text(document), ZONE) for document in range(segment.documents)]
    assert found == [ARTICLES[2], ARTICLES[1], ARTICLES[0]]
    assert segment.find("b") == 2


def test_no_file_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(article_segment, "_temporary_folder", lambda size: Path(tmp_path))
    segment = segment_of(ARTICLES, ZONE, new_scanner(Lexicon().french))
    assert list(tmp_path.iterdir()) == []
    assert segment.text(2).headline == "Deux"


def test_a_memory_file_system_without_room_is_not_used():
    assert article_segment._temporary_folder(1 << 62) == Path(tempfile.gettempdir())


def test_a_file_that_cannot_be_written_is_an_error_that_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(article_segment, "_temporary_folder", lambda size: tmp_path / "missing")
    with pytest.raises(NewsIndexError, match="could not be read or written"):
        segment_of(ARTICLES, ZONE, new_scanner(Lexicon().french))
