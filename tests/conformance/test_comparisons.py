"""Timelines of several queries, words that stand out, and words that rose."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import newsindex
from newsindex import Article

HARVEST = (
    "Les pluies",
    "La récolte des olives commence dans la vallée",
    "Le prix du blé monte",
    "Un marché plein",
)
STORM = "La tempête Filomena coupe la route du col"


@pytest.fixture
def rising(shared):
    """An index of 150 articles: a storm is in many of the last ones, and an old one."""
    today = date.today()
    stormy = {*range(0, 24, 2), 140}
    articles = [
        Article(
            f"Dépêche {i}",
            f"{HARVEST[i % 4]}. {STORM if i in stormy else 'Rien de neuf'}, dit-on à {i}.",
            source="Le Rif" if i % 3 else "L'Écho",
            published=today - timedelta(days=i // 4),
            id=f"d{i}",
        )
        for i in range(150)
    ]
    return shared.index("montée", articles)


def test_timelines_of_several_queries_share_their_periods(presse):
    timeline = presse.timeline(["marrakech", "barrage OU tiznit", "sans"], unit="month")
    assert timeline.unit == "month"
    assert (timeline.periods[0], timeline.periods[-1], len(timeline.periods)) == ("2025-02", "2026-02", 13)
    assert timeline.totals == (3, 0, 0, 0, 2, 1, 0, 0, 0, 2, 0, 3, 3)
    first, second, third = timeline.series
    assert first.query == "marrakech"
    assert (first.counts[9], first.counts[11], first.total, first.undated) == (1, 1, 2, 0)
    assert first.shares[9] == 0.5
    assert first.shares[1] is None
    assert (second.counts[0], second.counts[12], second.total) == (2, 3, 5)
    assert (third.total, sum(third.counts)) == (third.undated, 0)


@pytest.mark.parametrize("unit", ["day", "week", "year"])
def test_a_timeline_counts_what_a_search_counts(presse, unit):
    timeline = presse.timeline("maroc OU thon OU marrakech", unit=unit, source=["Hespress", "Le Rif"])
    searched = presse.search(
        "maroc OU thon OU marrakech", timeline=unit, limit=0, source=["Hespress", "Le Rif"]
    ).timeline
    assert dict(zip(timeline.periods, timeline.series[0].counts, strict=True)) == searched


def test_timelines_are_checked(presse):
    for wrong in ([], "", ["maroc", " "], ["mot"] * 21):
        with pytest.raises(newsindex.QueryError):
            presse.timeline(wrong)
    with pytest.raises(newsindex.QueryError):
        presse.timeline("maroc", unit="hour")
    assert presse.timeline("rien-de-tel").periods == ()


def test_words_stand_out_against_the_rest(rising):
    words = rising.words("route")
    texts = [word.text.lower() for word in words]
    assert words.articles == 13
    assert words.reference_articles == 137
    assert any("filomena" in text for text in texts)
    assert not any("récolte" in text for text in texts[:3])
    scores = [word.score for word in words]
    assert scores == sorted(scores, reverse=True)
    best = next(word for word in words if "filomena" in word.text.lower())
    assert (best.articles, best.reference) == (13, 0)
    assert best.share == 1.0
    assert best.article_id in rising
    assert rising.search(f"route {best.query}", operator="all", limit=0).total == 13


def test_words_are_of_what_the_filters_let_through(rising):
    words = rising.words("", source="L'Écho")
    assert words.articles == 50
    assert len(rising.words("route", limit=2)) == 2
    assert len(rising.words("rien-de-tel")) == 0


def test_words_that_rose_are_those_of_the_last_days(rising):
    words = rising.trends("5 jours")
    assert any("filomena" in word.text.lower() for word in words)
    best = next(word for word in words if "filomena" in word.text.lower())
    assert best.reference == 0
    assert best.articles >= 10


def test_words_are_checked(presse):
    for wrong in ({"limit": -1}, {"reference": "after"}, {"operator": "some"}):
        with pytest.raises(newsindex.QueryError):
            presse.words("maroc", **wrong)


def test_what_is_dated_in_the_future_is_in_no_period_that_ends_now(make_index):
    day = date.today()
    articles = [
        Article(f"Jour {i}", f"Le jour {i} de la vallée.", published=day - timedelta(days=i), id=f"j{i}")
        for i in (*range(-1, 6), *range(20, 30))
    ]
    later = [
        Article(f"Plus tard {i}", f"Un salon {i}.", published=day + timedelta(days=9 + i)) for i in range(9)
    ]
    index = make_index([*articles, *later])
    assert index.trends("7 jours").articles == 7
    assert index.words(since="7 jours", reference="before").articles == 7
    assert index.words(since="7 jours").articles == 16, "a search since a day has no end"
    assert index.trends("7 jours", until=day + timedelta(days=30)).articles == 16
    with pytest.raises(newsindex.QueryError, match="in the future"):
        index.trends(day + timedelta(days=5))


def test_a_period_that_ends_before_it_begins_is_told_wherever_it_is_asked(presse):
    period = {"since": "2026-02", "until": "2026-01"}
    for notes in (
        presse.search("maroc", **period).notes,
        presse.timeline("maroc", **period).notes,
        presse.words("maroc", **period).notes,
    ):
        assert "reversed_period" in [note.kind for note in notes], notes
