"""A facet counts all matches by the values of a field."""

from __future__ import annotations

from datetime import date

from newsindex import Article


def test_the_most_frequent_values_come_first_and_equal_ones_by_name(make_index):
    sources = ["B", "A", "C", "C", None]
    index = make_index([Article("Un titre", source=source, id=str(i)) for i, source in enumerate(sources)])
    facets = index.search("titre", limit=1, facets="source").facets
    assert list(facets["source"].items()) == [("C", 2), ("A", 1), ("B", 1)]


SPELLINGS = [
    "L'Echo de Fès",
    "L’ÉCHO DE FÈS",
    "L'Écho de Fès",
    "L'Écho  de Fès",
    "Le Rif",
    "Le Rif",
    "Le Rif",
]


def test_names_that_filters_take_for_one_are_counted_together_under_the_commonest_spelling(make_index):
    sources = [*SPELLINGS, "L'Écho de Fès", None]
    index = make_index([Article("Un titre", source=source, id=str(i)) for i, source in enumerate(sources)])
    counts = index.search("titre", facets="source").facets["source"]
    assert list(counts.items()) == [("L'Écho de Fès", 5), ("Le Rif", 3)]
    for name, count in counts.items():
        assert index.search("titre", source=name).total == count


def test_of_equally_common_spellings_the_one_with_accents_and_small_letters_is_shown(make_index):
    sources = ["L'Echo", "L'Écho", "LE RIF", "Le Rif", "le rif"]
    index = make_index([Article("Un titre", source=source, id=str(i)) for i, source in enumerate(sources)])
    assert index.search("titre", facets="source").facets["source"] == {"le rif": 3, "L'Écho": 2}


def test_spellings_are_counted_together_without_the_kernel_too(make_index, without_kernel):
    index = make_index([Article("Un titre", source=source, id=str(i)) for i, source in enumerate(SPELLINGS)])
    assert index.search("titre", facets="source").facets["source"] == {"L’ÉCHO DE FÈS": 4, "Le Rif": 3}


def test_years_come_the_newest_first_whatever_their_counts(make_index):
    years = [2020, 2019, 2019, 2023, 1998, 1998, 1998, None]
    articles = [
        Article("Un titre", published=year and date(year, 5, 1), id=str(i)) for i, year in enumerate(years)
    ]
    counts = make_index(articles).search("titre", facets="year").facets["year"]
    assert list(counts.items()) == [("2023", 1), ("2020", 1), ("2019", 2), ("1998", 3)]


def test_deleted_articles_are_not_counted(make_index):
    index = make_index([Article("Un titre", source="A", id="1"), Article("Un titre", source="B", id="2")])
    index.delete("1")
    assert index.search("titre", facets=["source", "lang"]).facets == {"source": {"B": 1}, "lang": {}}
