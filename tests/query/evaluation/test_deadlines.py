"""Every kind of query ends at its deadline in every segment, and the search after it finds what it should."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from types import SimpleNamespace

import pytest

from newsindex import Article
from newsindex import deadline as deadline_module
from newsindex.deadline import deadline
from newsindex.errors import DeadlineExceeded
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.phrase_matching import find_phrase
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.evaluation.term_expansion import expand
from newsindex.query.similarity.identical_texts import identical_texts
from newsindex.query.similarity.more_like_this import more_like_this_query
from newsindex.query.similarity.near_duplicates import DuplicateGroups
from newsindex.query.syntax.parser import parse_query

SEGMENTS = 3
QUERIES = {
    "word": "barrage",
    "word in a field": "titre:barrage",
    "any of some words": "barrage pluie sécheresse",
    "all of some words": "barrage AND pluie",
    "phrase": '"barrage de Tanger"',
    "loose phrase": '"barrage Tanger"~5',
    "exact word": "=barrages",
    "exact word in a field": "titre:=barrage",
    "wildcard": "barr*",
    "fuzzy word": "barage~2",
    "label": "source:echo",
    "label pattern": "source:e*",
    "id": "id:a1",
    "period": "date:2025",
    "not": "NOT pluie",
    "and not": "barrage -pluie",
    "group": "(barrage OR pluie) (sécheresse OR Tanger)",
    "required and optional": "+barrage pluie",
    "everything": "*",
}


class Clock:
    """A clock that goes on by a second whenever it is read."""

    def __init__(self):
        self.seconds = 0

    def monotonic(self):
        self.seconds += 1
        return self.seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(deadline_module, "time", SimpleNamespace(monotonic=clock.monotonic))
    return clock


def article(i):
    return Article(
        f"Un barrage et des barrages {i}",
        "Le barrage de Tanger : la pluie, les barrages et la sécheresse.",
        "Echo",
        id=f"a{i}",
        published=date(2025, 1, 1),
    )


def news():
    return [[article(3 * i), article(3 * i + 1), Article(f"Rien {i}", "de tel")] for i in range(SEGMENTS)]


def fresh(index):
    """The snapshot of an index as no search has seen it."""
    known = index.snapshot()._backend.snapshot
    return Snapshot(known.commit, known.segments, known.ranking, known.zone)


def found(snapshot, tree):
    """The documents that match a tree and their scores, by segment."""
    evaluator = Evaluator(snapshot)
    return [
        (matches.documents.tolist(), matches.scores.tolist())
        for matches in (evaluator.matches(view, tree) for view in snapshot.views)
    ]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_kind_of_node_ends_at_whatever_step_the_deadline_comes(make_index, clock, query):
    index = make_index(*news())
    tree = parse_query(query, index.zone).tree
    with deadline(1000):
        before = clock.seconds
        expected = found(fresh(index), tree)
        steps = clock.seconds - before
    assert steps >= SEGMENTS
    for step in range(steps):
        snapshot = fresh(index)
        with deadline(step), pytest.raises(DeadlineExceeded):
            found(snapshot, tree)
        assert found(snapshot, tree) == expected


def test_a_phrase_looks_at_the_deadline_for_each_of_its_words(make_index, clock):
    index = make_index([Article("un mot", "mot " * 50)])
    with deadline(1000):
        find_phrase(index.snapshot()._backend.snapshot.views[0], ["mot"] * 40, "text", 1)
    assert clock.seconds > 40


def test_an_expansion_looks_at_the_deadline_in_each_segment(make_index, clock):
    index = make_index(*news())
    for query in ("barr*", "barage~2", "=barrages"):
        tree = parse_query(query, index.zone).tree
        with deadline(1000):
            before = clock.seconds
            expand(fresh(index), tree)
        assert clock.seconds - before >= SEGMENTS


def test_the_texts_of_articles_are_read_until_the_deadline(make_index, clock):
    index = make_index([Article("Barrages, barrage", f"Un barrage, des barrages {i}.") for i in range(9)])
    tree = parse_query("titre:=barrages", index.zone).tree
    with deadline(1000):
        found(fresh(index), tree)
    assert clock.seconds > 9


@pytest.mark.parametrize("step", range(3))
def test_similar_and_identical_articles_are_sought_until_the_deadline(make_index, clock, step):
    index = make_index(*news())
    snapshot = index.snapshot()._backend.snapshot
    with deadline(step), pytest.raises(DeadlineExceeded):
        more_like_this_query(snapshot, "a0")
    with deadline(step), pytest.raises(DeadlineExceeded):
        list(identical_texts(snapshot, *snapshot.require("a0")))


def test_near_duplicates_are_sought_until_the_deadline(make_index, clock):
    index = make_index(*news())

    def groups():
        snapshot = fresh(index)
        duplicates = DuplicateGroups(snapshot, lambda document: document)
        return [
            duplicates.is_shown(address) and duplicates.hidden_by(address)
            for number, view in enumerate(snapshot.views)
            for address in (DocumentAddress(number, document) for document in range(view.segment.documents))
        ]

    with deadline(1000):
        before = clock.seconds
        expected = groups()
        steps = clock.seconds - before
    assert steps > SEGMENTS
    for step in range(steps):
        with deadline(step), pytest.raises(DeadlineExceeded):
            groups()
    assert groups() == expected


def test_threads_that_search_a_new_snapshot_at_once_find_what_one_finds(make_index):
    index = make_index(*news())
    trees = [parse_query(query, index.zone).tree for query in QUERIES.values()]
    alone = [found(fresh(index), tree) for tree in trees]
    for _ in range(5):
        snapshot = fresh(index)
        with ThreadPoolExecutor(8) as threads:
            jobs = [threads.submit(found, snapshot, tree) for tree in trees for _ in range(4)]
            results = [job.result() for job in jobs]
        assert results == [each for each in alone for _ in range(4)]
