"""Filters, orders, pages, counts and collapsing give what a reader expects."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import newsindex
from newsindex import Article

from .conftest import ids
from .press import DISPATCH, LONG_ID, PRESS

DATED = [one for one in PRESS if one.published is not None]
UNDATED = {one.id for one in PRESS if one.published is None}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"source": "HESPRESS"}, {"interpol", "pluies", "gouvernement", "onee-seul", "copie-3"}),
        ({"source": "l'echo"}, {"can", "or", "cooperation", "onee"}),
        ({"source": ["L'Écho", "AFP"]}, {"can", "or", "cooperation", "onee", "copie-1"}),
        ({"section": "meteo"}, {"pluies"}),
        ({"author": "a. un"}, {"interpol", "cooperation"}),
        ({"author": ["a. un", "B. DEUX"], "lang": "fr"}, {"interpol", "cooperation", "or"}),
        ({"lang": "en"}, {"english"}),
        ({"source": "Personne"}, set()),
        ({"source": "Hesp"}, set()),
        ({"source": "hesp*"}, set()),
        ({"since": "2026"}, {"can", "pluies", "peche", "copie-1", "copie-2", "copie-3"}),
        ({"until": "2021"}, {"balises", LONG_ID}),
        ({"until": date(2021, 1, 1)}, {"balises"}),
        ({"since": "2025-11-24", "until": "janvier 2026"}, {"interpol", "can", "pluies", "peche"}),
        ({"since": "2026-01-01", "until": "01/01/2026"}, {"peche"}),
        ({"since": "2026-01", "source": "hespress"}, {"pluies", "copie-3"}),
        ({"since": "2026", "until": "2025"}, set()),
    ],
)  # fmt: skip
def test_filters_keep_what_they_name(presse, filters, expected):
    results = presse.search("", limit=100, **filters)
    assert set(ids(results)) == expected
    assert results.total == len(expected)
    assert {one.id for one in presse.articles(**filters)} == expected


def test_filters_do_not_change_scores(presse):
    scores = {hit.article.id: hit.score for hit in presse.search("marrakech")}
    (hit,) = presse.search("marrakech", section="Météo")
    assert hit.score == pytest.approx(scores["pluies"], rel=1e-5)


# Orders


def test_newest_and_oldest_put_undated_articles_last(presse):
    newest = ids(presse.search("", sort="newest", limit=100))
    oldest = ids(presse.search("", sort="oldest", limit=100))
    dated = newest[: len(DATED)]
    assert dated[:4] == ["copie-3", "copie-2", "copie-1", "can"]
    assert dated[-2:] == [LONG_ID, "balises"]
    assert oldest[: len(DATED)] == dated[::-1]
    assert set(newest[len(DATED) :]) == set(oldest[len(DATED) :]) == UNDATED


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_an_order_by_date_is_of_the_matches_alone(presse, sort):
    found = ids(presse.search("marrakech OU barrage", sort=sort))
    expected = ["onee", "onee-seul", "interpol", "pluies"]
    assert found == (expected if sort == "oldest" else expected[::-1])


def test_of_equally_good_articles_the_newer_comes_first(make_index):
    index = make_index(
        [Article("Même titre", id=str(y), published=date(y, 1, 1)) for y in (2020, 2024, 2022)]
    )
    assert ids(index.search("titre")) == ["2024", "2022", "2020"]


def test_recency_lifts_what_is_new(make_index):
    articles = [
        Article("Barrage, barrage", "Le barrage.", id="vieux", published=date(2015, 1, 1)),
        Article("Le barrage", "Un texte sur autre chose, long de plusieurs mots.", id="neuf",
                published=date(2026, 1, 1)),
        Article("Barrage", "Le barrage.", id="undated"),
    ]  # fmt: skip
    index = make_index(articles)
    assert ids(index.search("barrage"))[-1] == "neuf"
    recent = index.search("barrage", sort="recent")
    assert recent[0].article.id == "neuf"
    relevance = {hit.article.id: hit.score for hit in index.search("barrage")}
    by_id = {hit.article.id: hit.score for hit in recent}
    assert by_id["vieux"] == pytest.approx(relevance["vieux"] * 0.25, rel=1e-3)
    assert by_id["neuf"] == pytest.approx(relevance["neuf"], rel=1e-3)
    assert index.search("barrage", sort="recent", half_life=1e6)[0].article.id != "neuf"


def test_a_date_in_the_future_lifts_no_article_above_those_of_the_newest_day(make_index):
    later = date.today() + timedelta(days=400)
    index = make_index(
        [
            Article("Barrage", id="plus tard", published=later),
            Article("Barrage", id="demain", published=date.today() + timedelta(days=1)),
            Article("Barrage", id="du jour", published=date.today() - timedelta(days=3)),
            Article("Barrage", id="de la veille", published=date.today() - timedelta(days=4)),
            Article("Barrage", id="undated"),
        ]
    )
    for query in ("barrage", ""):
        found = ids(index.search(query, sort="recent"))
        assert found[0] == "du jour"
        assert set(found[1:3]) == {"plus tard", "demain"}
        assert found[3:] == ["de la veille", "undated"]
        assert ids(index.search(query, sort="newest"))[0] == "plus tard", (
            "the order by date is that of the dates"
        )


# Pages


def dispatches(count):
    first = date(2024, 1, 1)
    return [
        Article(f"Dépêche {i}", "Le port de Tanger. " + f"mot{i % 7} " * (i % 5), f"S{i % 3}",
                first + timedelta(days=i // 2) if i % 10 else None, section="AB"[i % 2], id=f"d{i:03}")
        for i in range(count)
    ]  # fmt: skip


@pytest.fixture
def long_index(shared):
    """An index of 120 articles that all have the same words, to be read only."""
    return shared.index("dépêches", dispatches(120))


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "recent"])
@pytest.mark.parametrize("limit", [7, 50])
def test_pages_follow_each_other_without_gaps_or_repetitions(long_index, sort, limit):
    whole = ids(long_index.search("port tanger mot3", sort=sort, limit=1000))
    assert len(whole) == len(set(whole)) == 120
    found, after, totals = [], None, set()
    while after is not None or not found:
        page = long_index.search("port tanger mot3", sort=sort, limit=limit, after=after)
        found += ids(page)
        totals.add(page.total)
        after = page.next
    assert sorted(found) == sorted(whole)
    assert totals == {120}
    if sort in ("newest", "oldest"):
        assert found == whole


def test_pages_of_all_articles_follow_each_other(long_index):
    found, after = [], None
    while after is not None or not found:
        page = long_index.search("", limit=25, after=after)
        found += ids(page)
        after = page.next
    assert sorted(found) == [f"d{i:03}" for i in range(120)]


def test_scores_fall_from_page_to_page(long_index):
    scores, after = [], None
    while after is not None or not scores:
        page = long_index.search("mot3 mot5", limit=10, after=after)
        scores += [hit.score for hit in page]
        after = page.next
    assert scores == sorted(scores, reverse=True)


def test_the_last_page_has_no_next(presse):
    assert presse.search("", limit=len(PRESS)).next is None
    assert presse.search("", limit=len(PRESS) - 1).next is not None
    assert presse.search("rien-de-tel").next is None
    none = presse.search("", limit=0)
    assert (none.hits, none.total) == ((), len(PRESS))


def test_a_cursor_is_for_its_own_search(place, presse):
    cursor = presse.search("", limit=2).next
    with pytest.raises(newsindex.QueryError, match="newest"):
        presse.search("", limit=2, sort="newest", after=cursor)
    for other in ({"query": "maroc"}, {"query": "", "source": "Hespress"}, {"query": "", "operator": "all"}):
        with pytest.raises(newsindex.QueryError):
            presse.search(**other, limit=2, after=cursor)
    index = place.make(PRESS[:5])
    with pytest.raises(newsindex.QueryError):
        index.search("", limit=2, after=cursor)


def test_pages_of_a_snapshot_are_those_of_its_moment(make_index):
    index = make_index(dispatches(30))
    with index.snapshot() as searcher:
        first = searcher.search("port", limit=10)
        index.delete(*[f"d{i:03}" for i in range(0, 30, 3)])
        index.add([Article("Port", "port port port", id="neuf")])
        second = searcher.search("port", limit=10, after=first.next)
        third = searcher.search("port", limit=10, after=second.next)
        found = [*ids(first), *ids(second), *ids(third)]
        assert sorted(found) == [f"d{i:03}" for i in range(30)]
        assert (third.next, len(searcher)) == (None, 30)
        assert "d000" in searcher
        assert searcher.get("neuf") is None
        assert len(list(searcher)) == 30
    assert index.search("port", limit=0).total == 21
    with pytest.raises(newsindex.NewsIndexError, match="closed"):
        searcher.search("port")


# Counts


def test_facets_and_timeline_count_all_matches_not_the_page(long_index):
    results = long_index.search("port", limit=1, facets=["source", "section", "year"], timeline="month")
    assert results.facets["source"] == {"S0": 40, "S1": 40, "S2": 40}
    assert list(results.facets["section"]) == ["A", "B"]
    assert results.facets["year"] == {"2024": 108}
    assert results.timeline == {"2024-01": 55, "2024-02": 53}
    assert results.total == 120


def test_facets_are_of_the_values_as_they_are_written(presse):
    facets = presse.search("", facets=["source", "section", "author", "lang"]).facets
    assert facets["source"]["L'Écho"] == 4
    assert facets["source"]["Hespress"] == 5
    assert list(facets["source"].values()) == sorted(facets["source"].values(), reverse=True)
    assert facets["author"] == {"A. Un": 2, "B. Deux": 2}
    assert facets["lang"]["en"] == 1
    assert sum(facets["section"].values()) == sum(one.section is not None for one in PRESS)
    assert presse.search("rien-de-tel", facets="source").facets == {"source": {}}


def test_names_that_filters_take_for_one_are_one_value_of_a_facet(make_index):
    sources = ["L'Echo", "L'Écho", "L'Écho", "L'ÉCHO", "Le Rif", None]
    index = make_index([Article("Titre", source=source, id=str(i)) for i, source in enumerate(sources)])
    assert index.search("titre", facets="source").facets["source"] == {"L'Écho": 4, "Le Rif": 1}


def test_years_are_listed_the_newest_first(presse):
    years = list(presse.search("", facets="year").facets["year"])
    assert years == sorted(years, reverse=True)
    assert len(years) > 4


@pytest.mark.parametrize(
    ("query", "filters", "expected"),
    [
        ("", {"since": "2026"}, len(UNDATED)),
        ("œuvre", {"since": "2026"}, 1),
        ("œuvre date:2026", {}, 1),
        ("œuvre", {"since": "2026", "source": "Hespress"}, 0),
        ("marrakech", {"since": "2026"}, 0),
        ("", {}, 0),
    ],
)
def test_a_period_tells_how_many_articles_it_leaves_out_as_they_have_no_date(
    presse, query, filters, expected
):
    notes = [note for note in presse.search(query, **filters).notes if note.kind == "undated_left_out"]
    assert [note.values for note in notes] == ([(str(expected),)] if expected else [])


def test_facets_are_of_what_the_filters_let_through(presse):
    results = presse.search("barrage OU marrakech", facets=["section"], source="Hespress")
    assert results.facets["section"] == {"Sécurité": 1, "Météo": 1, "Économie": 1}


def test_many_values_are_counted_exactly(make_index):
    articles = [Article("Un titre", source=f"source {i % 130}", id=str(i)) for i in range(300)]
    facets = make_index(articles).search("titre", facets=["source"]).facets["source"]
    assert len(facets) == 130
    assert facets["source 0"] == 3
    assert facets["source 129"] == 2


@pytest.mark.parametrize(
    ("period", "first", "last", "count"),
    [("day", "2025-11-03", "2026-02-03", 93), ("week", "2025-W45", "2026-W06", 14),
     ("month", "2025-11", "2026-02", 4), ("year", "2025", "2026", 2)],
)  # fmt: skip
def test_a_timeline_has_every_period(presse, period, first, last, count):
    timeline = presse.search("", since="2025-11", timeline=period).timeline
    assert (next(iter(timeline)), list(timeline)[-1], len(timeline)) == (first, last, count)
    assert list(timeline) == sorted(timeline)
    assert sum(timeline.values()) == 8


def test_days_are_those_of_the_time_zone_of_the_index(place):
    for zone, day in (("Europe/Paris", "2026-01-01"), ("America/Montreal", "2025-12-31")):
        index = place.make([one for one in PRESS if one.id == "peche"], timezone=zone)
        assert index.search("", timeline="day").timeline == {day: 1}


# Near-duplicates


def test_near_identical_dispatches_are_shown_once(presse):
    plain = presse.search("trafic tiznit", limit=10)
    assert set(ids(plain)) == {"copie-1", "copie-2", "copie-3"}
    collapsed = presse.search("trafic tiznit", limit=10, collapse=True, facets="source", timeline="day")
    (hit,) = collapsed
    assert hit.article.id == plain[0].article.id
    assert [one.id for one in hit.duplicates] == ids(plain)[1:]
    assert collapsed.total == 3
    assert sum(collapsed.facets["source"].values()) == sum(collapsed.timeline.values()) == 3


def test_a_copy_of_an_article_of_an_earlier_page_is_not_shown_again(make_index):
    articles = []
    for i in range(12):
        text = DISPATCH.replace("Tiznit", f"Ville{i}").replace(
            "eau minérale", f"contrebande numéro {i} de thé{i}"
        )
        text += " ".join(f" détail{i}{n}" for n in range(30))
        articles += [Article(f"Trafic {i}", text, f"S{n}", id=f"{i:02}-{n}") for n in range(3)]
    index = make_index(articles)
    found, copies, after = [], [], None
    while after is not None or not found:
        page = index.search("police judiciaire trafic", limit=5, collapse=True, after=after)
        found += ids(page)
        copies += [copy.id for hit in page for copy in hit.duplicates]
        assert page.total == 36
        after = page.next
    assert len(found) == len({one.split("-")[0] for one in found}) == 12
    assert sorted(found + copies) == sorted(one.id for one in articles)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_of_copies_the_first_in_the_order_is_shown(presse, sort):
    (hit,) = presse.search("trafic tiznit", sort=sort, collapse=True)
    assert hit.article.id == {"newest": "copie-3", "oldest": "copie-1"}[sort]
    assert len(hit.duplicates) == 2


def test_articles_with_the_same_body_are_linked(make_index):
    body = "Une dépêche, reprise telle quelle."
    index = make_index(
        [Article("Un", body, id="1"), Article("Deux", body, id="2"), Article("Sans texte", id="5")],
        [Article("Trois", body, id="3"), Article("Quatre", body.upper(), id="4"), Article("Vide", id="6")],
    )
    assert {one.id for one in index.duplicates_of("1")} == {"2", "3"}
    assert index.duplicates_of("4") == index.duplicates_of("5") == []
    index.delete("2")
    assert [one.id for one in index.duplicates_of("1")] == ["3"]
    for unknown in ("2", "a\ud800"):
        with pytest.raises(newsindex.QueryError, match="no article has the id"):
            index.duplicates_of(unknown)
