"""Threads share one index: each search sees one commit, whole."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import newsindex
from newsindex import Article

COMMIT = 20  # articles


def batch(number):
    return [
        Article(
            f"Sécheresse {number}",
            f"Le journal du matin parle de la sécheresse, numéro {number * COMMIT + i}.",
            id=f"{number}-{i}",
            source=f"Journal {i % 3}",
        )
        for i in range(COMMIT)
    ]


SEARCHES = [
    {"query": "secheresse"},
    {"query": '"journal du matin"', "facets": ["source"], "timeline": "year"},
    {"query": "sécher* matin", "operator": "all"},
    {"query": "jurnal~"},
    {"query": "=sécheresse", "sort": "newest"},
    {"query": "titre:secheresse", "collapse": True},
    {"query": ""},
]


@pytest.fixture
def switching():
    """Threads that take turns much more often."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(interval)


def searching(index, is_over):
    """Search until it is over, and twice at the least; returns the counts that were seen."""
    seen = []
    for turn in range(10_000):
        results = index.search(limit=50, **SEARCHES[turn % len(SEARCHES)])
        assert results.total % COMMIT == 0
        assert len({hit.article.id for hit in results}) == len(results)
        for counts in results.facets.values():
            assert sum(counts.values()) == results.total
        seen.append(results.total)
        if is_over.is_set() and turn > 2 * len(SEARCHES):
            return seen
    return seen


def test_threads_search_while_one_writes_and_another_refreshes(make_index, switching):
    index = make_index(batch(0))
    reader = newsindex.open(index.path)
    is_over = threading.Event()

    def refreshing():
        while not is_over.is_set():
            reader.refresh()

    with ThreadPoolExecutor(6) as threads:
        seen = [threads.submit(searching, each, is_over) for each in (index, index, reader, reader)]
        refreshed = threads.submit(refreshing)
        try:
            for number in range(1, 6):
                index.add(batch(number))
            with index.writer() as writer:
                for article in batch(3):
                    writer.delete(article.id)
            index.optimize()
        finally:
            is_over.set()
        refreshed.result()
        assert all(future.result() for future in seen)
    reader.refresh()
    assert index.search("secheresse").total == reader.search("secheresse").total == 5 * COMMIT
    index.check()


def test_threads_write_to_one_index_in_turn(make_index, switching):
    index = make_index()
    with ThreadPoolExecutor(4) as threads:
        reports = list(threads.map(lambda number: index.add(batch(number), timeout=60), range(8)))
    assert [report.added for report in reports] == [COMMIT] * 8
    assert len(index) == 8 * COMMIT


def test_threads_get_texts_that_share_a_dictionary(make_index, switching):
    articles = [Article(f"Titre {i}", f"Le corps {i} du journal. " * 9, id=str(i)) for i in range(2100)]
    index = make_index(articles)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(index.get, [article.id for article in articles[::5]])) == articles[::5]


def test_a_search_ends_though_another_thread_closes_the_index(make_index):
    index = make_index(batch(0))
    found = iter(index)
    first = next(found)
    closing = threading.Thread(target=index.close)
    closing.start()
    closing.join()
    assert len([first, *found]) == COMMIT
