"""What compares many articles: timelines of several queries, and the words that stand out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from newsindex import Article, QueryError


@pytest.fixture
def weekly(shared):
    """An index of forty articles on two subjects, one a day, which share their other words."""
    subjects = ["du marché au poisson", "du barrage de Tiznit"]
    articles = [
        Article(
            "Conseil municipal",
            f"La ville parle {subjects[day % 2]} ce matin {day}.",
            id=f"jour-{day}",
            published=date(2026, 1, 1) + timedelta(days=day - 1),
        )
        for day in range(1, 41)
    ]
    return shared.index("semaines", articles)


def test_timelines_count_each_query_and_its_share_of_all_articles(weekly):
    timeline = weekly.timeline(["barrage", "poisson"], "month")
    assert timeline.periods == ("2026-01", "2026-02")
    assert timeline.totals == (31, 9)
    assert [series.counts for series in timeline.series] == [(16, 4), (15, 5)]
    assert timeline.series[0].shares == (16 / 31, 4 / 9)


def test_an_unknown_unit_and_an_empty_query_are_refused(weekly):
    with pytest.raises(QueryError, match="no timeline by"):
        weekly.timeline("barrage", "hour")
    with pytest.raises(QueryError, match="no empty query"):
        weekly.timeline(["barrage", " "])


def test_the_words_of_a_search_stand_out_against_the_other_articles(weekly):
    words = weekly.words("barrage")
    assert (words.articles, words.reference_articles) == (20, 20)
    assert [(word.text, word.articles, word.reference) for word in words] == [("Tiznit", 20, 0)]
    assert weekly.search(f"(barrage) ET {words[0].query}").total == 20


def test_the_words_of_a_period_stand_out_against_the_time_before(weekly):
    words = weekly.words(since="2026-02-01", until="2026-02-09", reference="before")
    assert (words.articles, words.reference_articles) == (9, 31)
    assert weekly.words("poisson", since="2026-02-01", until="2026-02-09", reference="before").articles == 5
