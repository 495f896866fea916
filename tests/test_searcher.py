"""A searcher answers over one snapshot: nothing changes under it, and each question ends in time."""

from __future__ import annotations

import inspect
import io
import math
import time
from types import SimpleNamespace

import pytest

import newsindex
from newsindex import Article, Index, Searcher
from newsindex import deadline as deadline_module
from newsindex.deadline import check_deadline

QUESTIONS = {
    "search": lambda index, **timeout: index.search("journal", **timeout),
    "similar": lambda index, **timeout: index.similar("a1", **timeout),
    "suggest": lambda index, **timeout: index.suggest("jour", **timeout),
    "explain": lambda index, **timeout: index.explain("journal", "a1", **timeout),
    "articles": lambda index, **timeout: list(index.articles("journal", **timeout)),
    "export": lambda index, **timeout: index.export(io.BytesIO(), "journal", **timeout),
}


def article(i):
    return Article(f"Titre {i}", f"Corps numéro {i} du journal.", id=f"a{i}")


def test_the_answers_of_a_snapshot_stay_those_of_its_commit(make_index):
    index = make_index([article(i) for i in range(20)], [article(i) for i in range(20, 30)])
    with index.snapshot() as searcher:
        index.delete(*(f"a{i}" for i in range(0, 30, 2)))
        index.add([article(99)])
        index.optimize()
        pages, after = [], None
        while after is not None or not pages:
            pages.append(searcher.search("journal", limit=7, after=after))
            after = pages[-1].next
        assert sorted(hit.article.id for page in pages for hit in page) == sorted(f"a{i}" for i in range(30))
        assert {page.total for page in pages} == {30}
        assert (len(searcher), len(list(searcher)), len(list(searcher.articles()))) == (30, 30, 30)
        assert "a0" in searcher
        assert "a99" not in searcher
        assert searcher.get("a0") == article(0)
        assert searcher.suggest("jour") == ["journal"]
        assert searcher.commit < index.commit
    assert len(index) == 16
    assert index.get("a0") is None


def test_a_snapshot_outlives_its_index_and_ends_with_its_block(make_index):
    index = make_index([article(1)])
    with index.snapshot() as searcher:
        index.close()
        assert searcher.search("journal").total == 1
        assert repr(searcher) == "<newsindex.Searcher: commit 1, 1 article>"
    with pytest.raises(newsindex.NewsIndexError, match=r"closed: take another with Index\.snapshot"):
        searcher.search("journal")
    assert "closed" in repr(searcher)
    with pytest.raises(newsindex.NewsIndexError, match="closed"):
        index.snapshot()


def test_an_index_can_be_asked_all_that_a_searcher_can():
    questions = {
        name: value for name, value in vars(Searcher).items() if callable(value) and not name.startswith("_")
    }
    for name in questions.keys() - {"close"}:
        assert inspect.signature(getattr(Index, name)) == inspect.signature(getattr(Searcher, name))
        assert getattr(Index, name).__doc__ == getattr(Searcher, name).__doc__


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_ends_at_its_deadline(make_index, question):
    index = make_index([article(1), article(2)])
    ask = QUESTIONS[question]
    assert ask(index, timeout=60) == ask(index) or question in ("search", "similar")
    with pytest.raises(newsindex.DeadlineExceeded, match="allow more time"):
        ask(index, timeout=0)
    with index.snapshot() as searcher, pytest.raises(newsindex.DeadlineExceeded):
        ask(searcher, timeout=0)
    with pytest.raises(TypeError, match="timeout must be a number"):
        ask(index, timeout="1")
    with pytest.raises(newsindex.QueryError, match="timeout must be 0 seconds or more"):
        ask(index, timeout=-1)


def test_the_deadline_reaches_the_steps_of_a_search_and_ends_with_it(make_index, monkeypatch):
    index = make_index([article(1)])
    parse = Searcher._parsed

    def slow(self, query, operator):
        parsed = parse(self, query, operator)
        time.sleep(0.02)
        check_deadline()
        return parsed

    monkeypatch.setattr(Searcher, "_parsed", slow)
    with pytest.raises(newsindex.DeadlineExceeded):
        index.search("journal", timeout=0.01)
    check_deadline()
    assert index.search("journal").total == 1


def test_articles_that_were_found_in_time_can_be_read_at_leisure(make_index, monkeypatch):
    index = make_index([article(1), article(2)])
    found = index.articles("journal", timeout=60)
    first = next(found)
    monkeypatch.setattr(deadline_module, "time", SimpleNamespace(monotonic=lambda: math.inf))
    assert {first.id, next(found).id} == {"a1", "a2"}


@pytest.mark.parametrize("unknown", ["none", "", "a\ud800"])
def test_a_lookup_of_an_unknown_id_gives_none_and_a_question_about_it_is_an_error(make_index, unknown):
    index = make_index([article(1)])
    with index.snapshot() as searcher:
        for asked in (index, searcher):
            assert asked.get(unknown) is None
            assert asked.marked(unknown, "journal") is None
            assert unknown not in asked
            for question in (
                asked.similar,
                asked.duplicates_of,
                lambda name, by=asked: by.explain("a", name),
            ):
                with pytest.raises(newsindex.QueryError, match="no article has the id"):
                    question(unknown)
    for method in (Searcher.get, Searcher.marked):
        assert "None for an id that no article has" in method.__doc__
    for method in (Searcher.similar, Searcher.explain, Searcher.duplicates_of):
        assert "for an id that no article has" in " ".join(method.__doc__.split())
