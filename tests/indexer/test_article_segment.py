"""A segment of a few articles leaves no file and holds what was given."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from newsindex import Article
from newsindex.analyzer import Lexicon
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
    monkeypatch.setattr(article_segment, "_temporary_folder", lambda: Path(tmp_path))
    segment = segment_of(ARTICLES, ZONE, new_scanner(Lexicon().french))
    assert list(tmp_path.iterdir()) == []
    assert segment.text(2).headline == "Deux"
