"""A facet counts all matches by the values of a field."""

from __future__ import annotations

from newsindex import Article


def test_the_most_frequent_values_come_first_and_equal_ones_by_name(make_index):
    sources = ["B", "A", "C", "C", None]
    index = make_index([Article("Un titre", source=source, id=str(i)) for i, source in enumerate(sources)])
    facets = index.search("titre", limit=1, facets="source").facets
    assert list(facets["source"].items()) == [("C", 2), ("A", 1), ("B", 1)]


def test_deleted_articles_are_not_counted(make_index):
    index = make_index([Article("Un titre", source="A", id="1"), Article("Un titre", source="B", id="2")])
    index.delete("1")
    assert index.search("titre", facets=["source", "lang"]).facets == {"source": {"B": 1}, "lang": {}}
