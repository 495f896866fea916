"""A search finds, orders, counts and pages as a reader expects."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import newsindex
from newsindex import Article
from newsindex.deadline import deadline
from newsindex.errors import DeadlineExceeded

NEWS = [
    Article("Interpol à Marrakech", "L'assemblée d'Interpol s'ouvre à Marrakech.", "Hespress",
            date(2025, 11, 24), section="Sécurité", author="A. Un", lang="fr", id="1"),
    Article("CAN 2025 : le Maroc en finale", "Le Maroc rencontre le Sénégal.", "L'Écho",
            date(2026, 1, 16), section="Sport", id="2"),
    Article("L'or au plus haut", "Le cours de l'or monte encore, son prix aussi.", "L'Écho",
            date(2025, 11, 3), section="Économie", id="3"),
    Article("Pluies à Marrakech", "", "Hespress", date(2026, 1, 2), section="Météo", id="4"),
    Article("Une œuvre rare", "Le musée expose une œuvre de jeunesse du peintre.", None, None, id="5"),
    Article("La pêche au thon", "La saison de pêche commence.", "Le Rif",
            datetime(2025, 12, 31, 23, 30, tzinfo=UTC), id="6"),
]  # fmt: skip


@pytest.fixture
def index(make_index):
    return make_index(NEWS[:3], NEWS[3:])


def ids(results):
    return [hit.article.id for hit in results]


def test_the_article_with_both_words_comes_first(index):
    results = index.search("Interpol Marrakech")
    assert ids(results) == ["1", "4"]
    assert results[0].score > results[1].score > 0
    assert results.total == len(results) == 2


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("oeuvre", ["5"]), ("œuvres", ["5"]), ("or", ["3"]), ("son", ["3"]), ("CAN", ["2"]),
        ("peche", ["6"]), ("péché", ["6"]), ("l’assemblée", ["1"]), ("titre:thon", ["6"]),
        ("titre:sénégal", []), ("texte:sénégal", ["2"]), ("id:3", ["3"]),
        ("marrakech source:hespress date:2026", ["4"]), ("rien-de-tel", []), ("", None),
    ],
)  # fmt: skip
def test_a_query_finds_its_articles(index, typed, expected):
    found = ids(index.search(typed))
    assert sorted(found) == [a.id for a in NEWS] if expected is None else found == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"source": "HESPRESS"}, "14"), ({"source": "l'echo"}, "23"), ({"section": "meteo"}, "4"),
        ({"author": "a. un"}, "1"), ({"lang": "fr"}, "1"), ({"source": "Personne"}, ""),
        ({"since": "2026"}, "246"), ({"until": "2025-11"}, "13"), ({"until": date(2025, 11, 3)}, "3"),
        ({"since": "2025-11-24", "until": "janvier 2026"}, "1246"),
        ({"since": "2026-01-01", "until": "01/01/2026"}, "6"),  # 23:30 UTC is the next day in Paris
    ],
)  # fmt: skip
def test_filters_keep_what_they_name(index, filters, expected):
    assert sorted(ids(index.search("", **filters))) == list(expected)


def test_the_order_by_date_puts_undated_articles_last(index):
    assert ids(index.search("", sort="newest")) == ["2", "4", "6", "1", "3", "5"]
    assert ids(index.search("", sort="oldest")) == ["3", "1", "6", "4", "2", "5"]


def test_of_equally_good_articles_the_newer_comes_first(make_index):
    articles = [Article("Même titre", id=str(y), published=date(y, 1, 1)) for y in (2020, 2024, 2022)]
    assert ids(make_index(articles).search("titre")) == ["2024", "2022", "2020"]


def test_facets_and_timeline_count_all_matches_not_the_page(index):
    results = index.search("", limit=1, facets=["source", "year"], timeline="month")
    assert results.facets["source"] == {"Hespress": 2, "L'Écho": 2, "Le Rif": 1}
    assert results.facets["year"] == {"2026": 3, "2025": 2}
    assert results.timeline == {"2025-11": 2, "2025-12": 0, "2026-01": 3}
    assert list(results.timeline) == sorted(results.timeline)


@pytest.mark.parametrize(
    ("period", "first", "last", "count"),
    [("day", "2025-11-03", "2026-01-16", 75), ("week", "2025-W45", "2026-W03", 11),
     ("year", "2025", "2026", 2)],
)  # fmt: skip
def test_a_timeline_has_every_period(index, period, first, last, count):
    timeline = index.search("", timeline=period).timeline
    assert (next(iter(timeline)), list(timeline)[-1], len(timeline)) == (first, last, count)
    assert sum(timeline.values()) == 5


@pytest.mark.parametrize(
    "wrong",
    [{"limit": -1}, {"limit": 10_001}, {"sort": "best"}, {"operator": "some"}, {"facets": ["mood"]},
     {"timeline": "hour"}, {"since": "hier ou demain"}, {"after": "???"}],
)  # fmt: skip
def test_a_setting_that_makes_no_sense_is_refused(index, wrong):
    with pytest.raises(newsindex.QueryError):
        index.search("maroc", **wrong)


def test_a_cursor_is_for_its_own_order(index):
    cursor = index.search("", limit=2).next
    with pytest.raises(newsindex.QueryError, match="newest"):
        index.search("", limit=2, sort="newest", after=cursor)


def test_the_last_page_has_no_next(index):
    assert index.search("", limit=6).next is None
    assert index.search("", limit=0).hits == ()


def test_a_source_that_no_article_has_is_named_in_a_note(make_index):
    index = make_index([newsindex.Article("Un titre", source="Le Monde")])
    (note,) = index.search("source:Le Monde titre").notes
    assert "'Le'" in note
    assert index.search('source:"le monde" titre').notes == ()


@pytest.mark.parametrize("options", [{}, {"sort": "newest"}, {"sort": "recent"}, {"collapse": True}])
def test_a_search_ends_at_its_deadline(index, options):
    with deadline(-1), pytest.raises(DeadlineExceeded):
        index.search("marrakech", **options)
    assert index.search("marrakech", **options).total == 2


def test_the_words_of_a_phrase_score_beside_a_word_of_one_field_and_another_word(make_index):
    index = make_index([Article("Rabat", "Maroc, Tanger.", id="1"), Article("Rabat", "Tanger.", id="2")])
    with_field = index.search('"maroc qatar" titre:rabat tanger')
    assert [hit.article.id for hit in with_field] == ["1", "2"]
    assert with_field[0].score > with_field[1].score
