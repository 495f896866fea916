"""What was updated is known by its earlier content, within a bound."""

from __future__ import annotations

import newsindex
from newsindex import Article
from newsindex.indexer import earlier_contents
from newsindex.indexer.earlier_contents import EarlierContents


def test_the_content_before_the_first_update_is_known_and_the_updates_are_counted():
    earlier = EarlierContents()
    earlier.note_update(1, 10, is_replaced=False)
    earlier.note_update(1, 11, is_replaced=True)
    assert [earlier.has(1, content) for content in (10, 11)] == [True, False]
    assert earlier.forget(1) == (2, 1)
    assert (earlier.has(1, 10), earlier.forget(1)) == (False, (0, 0))


def test_of_more_articles_than_the_bound_the_first_are_forgotten(monkeypatch):
    monkeypatch.setattr(earlier_contents, "_MAX_ARTICLES", 2)
    earlier = EarlierContents()
    for id_hash in (1, 1, 2, 3):
        earlier.note_update(id_hash, 10, is_replaced=False)
    assert [earlier.has(id_hash, 10) for id_hash in (1, 2, 3)] == [False, True, True]


def test_an_addition_after_which_nothing_has_changed_makes_no_commit(make_index):
    last = Article("Le pont rouvre", "Il est large.", id="1")
    index = make_index([last])
    commit = index.commit
    assert index.add([Article("Le pont rouvre", "Il est neuf.", id="1"), last]).skipped == 2
    assert (index.commit, index.stats().deleted, list(index)) == (commit, 0, [last])


def test_an_article_of_a_segment_that_the_same_writer_made_is_restored(make_index, monkeypatch):
    monkeypatch.setattr("newsindex.indexer.writer._MAX_BATCH_ROWS", 0)
    first, other = Article("Le pont rouvre", "Il est large.", id="1"), Article("Autre", id="2")
    index = make_index()
    report = index.add([first, other, Article("Le pont rouvre", "Il est neuf.", id="1"), first, other])
    assert (report.added, report.updated, report.skipped) == (2, 0, 3)
    assert sorted(index, key=lambda one: one.id) == [first, other]
    index.check()


def test_an_alert_is_not_told_an_article_that_has_its_content_again(make_index):
    last = Article("Le pont rouvre", "Il est large.", id="1")
    index = make_index([last])
    index.alerts.add("neuf", "neuf")
    report = index.add([Article("Le pont rouvre", "Il est neuf.", id="1"), last])
    assert (report.alerts, list(index.alerts.new("neuf"))) == ([], [])
    assert newsindex.open(index.path).search("large").total == 1
