"""Recency blends with relevance: a half-life halves a score, and no date lifts an article above today's."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

import pytest

import newsindex
from newsindex import Article
from newsindex.query.ranking import final_order

TODAY = date.today()
NEXT_YEAR = TODAY + timedelta(days=365)


def ids(results):
    return [hit.article.id for hit in results]


def test_a_half_life_halves_the_score_and_two_quarter_it(make_index):
    index = make_index(
        [
            Article("Roi", id=str(days), published=date(2020, 6, 30) - timedelta(days=days))
            for days in (0, 10, 20, 30, 4000)
        ]
    )
    relevance = index.search("roi")[0].score
    results = index.search("roi", sort="recent", half_life=10)
    assert ids(results) == ["0", "10", "20", "30", "4000"]
    factors = [hit.score / relevance for hit in results]
    assert factors == pytest.approx([1, 1 / 2, 1 / 4, 1 / 4, 1 / 4], rel=1e-5)


def test_relevance_still_counts_where_age_does(make_index):
    articles = [Article("Le roi reçoit", "Le roi, la reine. " * 3, id="old", published=date(2010, 1, 1)),
                Article("Sport", "Un match, un roi parmi bien d'autres mots du texte.", id="new",
                        published=date(2020, 1, 1)),
                Article("Rien", "Rien.", published=date(2020, 1, 1))]  # fmt: skip
    index = make_index(articles)
    assert [hit.article.id for hit in index.search("roi reine", sort="recent")] == ["old", "new"]


def test_an_article_without_a_date_counts_as_old(make_index):
    index = make_index([Article("Roi", id="undated"), Article("Roi", id="dated", published=date(2020, 1, 1))])
    hits = index.search("roi", sort="recent")
    assert [hit.article.id for hit in hits] == ["dated", "undated"]
    assert hits[0].score == pytest.approx(4 * hits[1].score)


@pytest.mark.parametrize("half_life", [0, -1, math.inf, math.nan])
def test_a_half_life_is_a_number_of_days(make_index, half_life):
    with pytest.raises(newsindex.QueryError, match="half_life"):
        make_index([]).search("roi", half_life=half_life)


@pytest.mark.parametrize("half_life", [0.01, 30, 1e6])
def test_a_date_in_the_future_lifts_no_article_above_those_of_the_newest_day(make_index, half_life):
    index = make_index(
        [
            Article("Roi", id="future", published=NEXT_YEAR),
            Article("Roi", id="of the day", published=date(2020, 1, 21)),
            Article("Roi", id="newest", published=datetime(2020, 1, 21, 18)),
            Article("Roi", id="day before", published=date(2020, 1, 20)),
        ]
    )
    found = ids(index.search("roi", sort="recent", half_life=half_life))
    assert found.index("newest") < found.index("of the day") < found.index("future")


def test_ages_count_from_now_where_all_articles_are_dated_in_the_future(make_index):
    index = make_index([Article("Roi", published=NEXT_YEAR), Article("Roi", id="undated")])
    dated, undated = index.search("roi", sort="recent")
    assert undated.article.id == "undated"
    assert dated.score > 3.5 * undated.score


def test_ages_count_from_an_article_that_is_not_deleted(make_index):
    articles = [Article("Roi", id=str(day), published=date(2020, 1, day)) for day in (1, 11, 21)]
    index = make_index(articles)
    index.delete("21")
    newest, older = index.search("roi", sort="recent", half_life=10)
    assert newest.score == index.search("roi")[0].score
    assert older.score == pytest.approx(newest.score / 2, rel=1e-5)


def test_ages_count_from_the_same_date_on_every_page(make_index, monkeypatch):
    index = make_index(
        [Article("Roi", id=str(i), published=date(2020, 1, 1) + timedelta(days=i)) for i in range(30)]
    )
    minutes = [int((date(2020, 1, day) - date(1970, 1, 1)).days) * 1440 for day in range(5, 25)]
    monkeypatch.setattr(final_order, "newest_publication", lambda snapshot: minutes.pop())
    seen, after = [], None
    for _ in range(10):
        page = index.search("roi", limit=3, sort="recent", after=after)
        seen += ids(page)
        after = page.next
    assert after is None
    assert sorted(seen, key=int) == [str(i) for i in range(30)]


def test_newer_articles_between_pages_do_not_move_the_older(make_index):
    index = make_index([Article("Roi", id=str(i), published=date(2020, 1, 1 + i)) for i in range(12)])
    page = index.search("roi", limit=4, sort="recent")
    index.delete(page[-1].article.id)
    index.add([Article("Roi", id="new", published=date(2021, 1, 1))])
    rest = index.search("roi", limit=20, sort="recent", after=page.next)
    assert set(ids(rest)) - {"new"} == {str(i) for i in range(8)}
