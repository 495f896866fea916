"""A search of a period says how many articles it left out only because they have no date."""

from __future__ import annotations

from datetime import date

import pytest

from newsindex import Article, Note

ARTICLES = [
    Article("Neige au col", "Il neige.", "Le Rif", date(2026, 1, 5), id="a"),
    Article("Neige au lac", "Il neige.", "Le Rif", date(2025, 1, 5), id="b"),
    Article("Neige en ville", "Il neige.", "Le Rif", id="sans date"),
    Article("Neige sur la côte", "Il neige.", "L'Écho", id="sans date 2"),
    Article("Pluie sur la côte", "Il pleut.", "L'Écho", id="sans date 3"),
]


def left_out(results):
    kind = "undated_left_out"
    return [int(note.values[0]) for note in results.notes if isinstance(note, Note) and note.kind == kind]


@pytest.fixture(params=[True, False], ids=["kernel", "arrays"])
def index(request, make_index):
    if not request.param:
        request.getfixturevalue("without_kernel")
    return make_index(ARTICLES)


@pytest.mark.parametrize(
    ("query", "filters", "expected"),
    [
        ("neige", {"since": "2026"}, [2]),
        ("neige", {"until": "2025"}, [2]),
        ("neige", {"since": "2026", "source": "l'echo"}, [1]),
        ("neige col", {"since": "2026", "operator": "all"}, []),
        ("", {"since": "2026"}, [3]),
        ("neige", {}, []),
        ("", {}, []),
        ("orage", {"since": "2026"}, []),
        ("neige date:2026", {}, [2]),
        ("date:2026", {}, [3]),
        ("date:2026 date:2025", {}, [3]),
        ("neige date:[2020 TO 2026]", {"since": "2026"}, [2]),
        ("neige -ville", {"since": "2026"}, [1]),
        ("(neige ET date:2026) SAUF ville", {}, [1]),
        ("neige -date:2026", {}, []),
        ("neige OU date:2026", {}, []),
        ("neige", {"since": "2026", "until": "2025"}, []),
    ],
)
def test_the_articles_are_counted_that_match_but_for_the_period(index, query, filters, expected):
    results = index.search(query, **filters)
    assert left_out(results) == expected
    assert left_out(index.search(query, collapse=True, **filters)) == expected


def test_the_note_is_a_sentence(index):
    (note,) = index.search("neige", since="2026").notes
    assert note == "2 articles have no date and were left out of the period."
    (note,) = index.search("ville", since="2026").notes
    assert note == "1 article has no date and was left out of the period."


def test_only_the_first_page_tells_it(index):
    page = index.search("neige", 1, since="2025")
    assert left_out(page) == [2]
    assert left_out(index.search("neige", 1, since="2025", after=page.next)) == []


def test_similar_articles_of_a_period_tell_it_too(index):
    assert left_out(index.similar("a", since="2025")) == [2]


def test_deleted_articles_are_not_counted(index):
    index.delete("sans date")
    assert left_out(index.search("neige", since="2026")) == [1]
