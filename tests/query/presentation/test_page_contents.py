"""The texts of a page are read at the first look at one of its hits, all at once, as of the search."""

from __future__ import annotations

import asyncio
import copy
import gc
import pickle
import random
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

import newsindex
from newsindex import Article, DeadlineExceeded, Hit, IndexCorrupt, Results, Snippet, aio
from newsindex.deadline import deadline
from newsindex.query.presentation import page_contents
from newsindex.storage.array_file import BLOCK

ARTICLES = [
    Article(f"Le roi {i}", f"Le corps numéro {i} parle du roi. " * 9, id=f"a{i}", source="Hespress")
    for i in range(20)
]


@pytest.fixture
def index(make_index):
    """An index of twenty articles on one subject."""
    return make_index(ARTICLES)


@pytest.fixture
def pages_read(monkeypatch):
    """The documents of each page that is read, page after page."""
    pages = []

    def show(snapshot, sought, documents, show=page_contents.show_documents):
        pages.append(list(documents))
        return show(snapshot, sought, documents)

    monkeypatch.setattr(page_contents, "show_documents", show)
    return pages


@pytest.fixture
def damaged(make_index):
    """An index in whose stored texts one byte has changed, amid blocks that hold nothing else."""
    rng = random.Random(1)
    bodies = [" ".join(f"roi{rng.getrandbits(64):x}" for _ in range(400)) for _ in range(12)]
    index = make_index([Article("Le roi", body) for body in bodies])
    (path,) = index.path.glob("*.segment")
    (segment,) = index.snapshot()._backend.snapshot.segments
    _, size, start = segment.file.raw().layout["text_frame"]
    assert size > 4 * BLOCK
    index.close()
    content = bytearray(path.read_bytes())
    content[start + size // 2] ^= 1
    path.write_bytes(content)
    with newsindex.open(index.path) as opened:
        yield opened


def test_nothing_is_read_until_a_hit_is_looked_at(index, pages_read):
    results = index.search("roi", limit=5)
    assert (results.total, len(results), len([hit.score for hit in results])) == (20, 5, 5)
    assert pages_read == []


@pytest.mark.parametrize("name", ["article", "headline", "snippet", "duplicates"])
def test_the_first_look_reads_all_hits_of_the_page(index, pages_read, name):
    results = index.search("roi", limit=5)
    getattr(results[3], name)
    assert [len(page) for page in pages_read] == [5]
    for hit in results:
        assert hit.article.headline == hit.headline.text
        assert hit.snippet.spans
        assert hit.duplicates == ()
    assert len(pages_read) == 1


def test_what_was_looked_at_is_the_same_object_afterwards(index):
    (hit,) = index.search("roi", limit=1)
    assert hit.article is hit.article
    assert hit.snippet is hit.snippet


def test_a_hit_equals_one_of_the_same_values(index):
    (hit,) = index.search("roi", limit=1)
    alike = Hit(hit.article, hit.score, hit.headline, hit.snippet, hit.duplicates, hit.explanation)
    (unread,) = index.search("roi", limit=1)
    assert unread == alike
    assert (hash(unread), repr(unread)) == (hash(alike), repr(alike))
    assert index.search("roi") != index.search("roi", highlight=False)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda hit: pickle.loads(pickle.dumps(hit))])
def test_a_copy_of_an_unread_hit_is_a_whole_hit(index, duplicate):
    (hit,) = index.search("roi", limit=1)
    twin = duplicate(hit)
    index.close()
    assert isinstance(twin.snippet, Snippet)
    assert twin == hit


def test_pickled_results_have_all_their_texts(index):
    restored = pickle.loads(pickle.dumps(index.search("roi", limit=3)))
    assert isinstance(restored, Results)
    assert restored.hits == index.search("roi", limit=3).hits


def test_a_hit_has_no_other_attributes(index):
    (hit,) = index.search("roi", limit=1)
    assert not hasattr(hit, "body")
    with pytest.raises(AttributeError, match="'Hit' object has no attribute 'body'"):
        hit.body  # noqa: B018 - the look is what is tested
    with pytest.raises(AttributeError):
        hit.score = 1.0


def test_hits_show_the_commit_that_was_searched(index):
    expected = [hit.article for hit in index.search("roi")]
    results = index.search("roi")
    index.add([Article("Autre titre", "Autre corps", id=article.id) for article in ARTICLES])
    index.delete("a3")
    index.optimize()
    assert [hit.article for hit in results] == expected


def test_hits_can_be_looked_at_after_the_closing(index):
    with index.snapshot() as searcher:
        of_searcher = searcher.search("roi")
    results = index.search("roi")
    expected = [hit.article for hit in index.search("roi")]
    index.close()
    assert [hit.article for hit in results] == [hit.article for hit in of_searcher] == expected


def test_a_page_that_has_been_read_holds_no_segment(index):
    results = index.search("roi")
    snapshot = weakref.ref(index.snapshot()._backend.snapshot)
    index.close()
    gc.collect()
    assert snapshot() is not None
    assert results[0].snippet.text
    gc.collect()
    assert snapshot() is None


def test_threads_that_look_at_once_get_the_same_contents(index):
    for _ in range(50):
        results = index.search("roi")
        barrier = threading.Barrier(4)

        def look(results=results, barrier=barrier):
            barrier.wait()
            return [hit.snippet for hit in results]

        with ThreadPoolExecutor(4) as threads:
            pages = [future.result() for future in [threads.submit(look) for _ in range(4)]]
        assert pages == [pages[0]] * 4


def test_a_damaged_text_is_found_by_the_look_at_its_page(damaged):
    results = damaged.search("roi", limit=12)
    assert results.total == 12
    for name in ("article", "headline", "snippet", "duplicates"):
        with pytest.raises(IndexCorrupt, match=r"\.segment"):
            getattr(results[0], name)
    with pytest.raises(IndexCorrupt):
        repr(results)


def test_a_search_with_a_timeout_reads_its_page(index, pages_read):
    results = index.search("roi", limit=5, timeout=60)
    assert [len(page) for page in pages_read] == [5]
    assert results[0].snippet.spans
    assert len(pages_read) == 1


def test_a_search_with_a_timeout_finds_damaged_texts_itself(damaged):
    with pytest.raises(IndexCorrupt):
        damaged.search("roi", limit=12, timeout=60)


def test_a_look_that_takes_too_long_is_given_up_and_a_later_one_reads_the_page(index):
    results = index.search("roi")
    with deadline(-1), pytest.raises(DeadlineExceeded):
        results[0].snippet  # noqa: B018 - the look is what is tested
    assert results[0].snippet.spans


def test_the_pages_of_a_loop_are_read_in_its_threads(index, monkeypatch):
    readers = []

    def show(*arguments, show=page_contents.show_documents):
        readers.append(threading.get_ident())
        return show(*arguments)

    monkeypatch.setattr(page_contents, "show_documents", show)

    async def run():
        found = await aio.search(index, "roi", limit=2)
        alike = await aio.similar(index, "a1", limit=2)
        return threading.get_ident(), [*found, *alike], len(readers)

    loop, hits, pages = asyncio.run(run())
    assert pages == 2
    assert loop not in readers
    assert all(hit.snippet.text for hit in hits)
    assert len(readers) == 2


def test_the_duplicates_of_a_collapsed_page_are_read_with_it(make_index):
    body = (
        "Une dépêche assez longue pour que deux copies se ressemblent, mot pour mot, du début à la fin. " * 3
    )
    index = make_index([Article("Dépêche", body, id=f"d{i}", source=f"Journal {i}") for i in range(3)])
    (hit,) = index.search("dépêche", collapse=True)
    assert hit.snippet.text
    index.close()
    assert {hit.article.id, *(article.id for article in hit.duplicates)} == {"d0", "d1", "d2"}
