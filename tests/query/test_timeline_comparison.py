"""Several queries are counted over the same periods, and as shares of what was published in each."""

from __future__ import annotations

import itertools
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article, QueryError
from newsindex.dates.timeline_periods import period_days
from newsindex.timelines import MAX_QUERIES, TIMELINE_UNITS
from tests.properties.strategies import corpora, queries

ARTICLES = [
    Article("La neige tombe", id="1", published=date(2025, 11, 3), source="A"),
    Article("La neige encore", id="2", published=date(2026, 1, 4), source="A"),
    Article("La pluie tombe", id="3", published=date(2026, 1, 5), source="B"),
    Article("Le vent tombe", id="4", published=date(2026, 1, 6), source="B"),
    Article("Le vent d'avant", id="5", published=date(2024, 1, 6), source="B"),
    Article("La neige un jour", id="6", source="A"),
]


@pytest.fixture
def index(make_index):
    return make_index(ARTICLES[:3], ARTICLES[3:])


def test_counts_and_shares_stand_beside_each_other_from_the_first_match_to_the_last(index):
    timeline = index.timeline(["neige", "pluie"])
    assert timeline.unit == "month"
    assert timeline.periods == ("2025-11", "2025-12", "2026-01")
    assert timeline.totals == (1, 0, 3)
    snow, rain = timeline.series
    assert (snow.query, snow.counts, snow.shares) == ("neige", (1, 0, 1), (1.0, None, 1 / 3))
    assert (rain.query, rain.counts, rain.shares) == ("pluie", (0, 0, 1), (0.0, None, 1 / 3))


def test_matches_without_a_date_are_in_the_total_and_in_no_period(index):
    snow = index.timeline("neige").series[0]
    assert (snow.total, sum(snow.counts), snow.undated) == (3, 2, 1)


def test_the_filters_hold_for_the_queries_and_for_the_totals(index):
    timeline = index.timeline(["neige", "tombe"], "year", source="A", since="2025")
    assert (timeline.periods, timeline.totals) == (("2025", "2026"), (1, 1))
    assert [series.counts for series in timeline.series] == [(1, 1), (1, 0)]
    assert [series.total for series in timeline.series] == [2, 1]


def test_the_operator_holds_for_each_query(index):
    either, both = (index.timeline("neige tombe", "year", operator=operator) for operator in ("any", "all"))
    assert (either.series[0].total, both.series[0].total) == (5, 1)


def test_one_wrong_date_does_not_make_millions_of_periods(make_index):
    index = make_index([*ARTICLES, Article("La neige future", id="7", published=date(6000, 12, 31))])
    timeline = index.timeline(["neige", "pluie"], "day")
    assert timeline.periods == ("2025-11-03", "2026-01-04", "2026-01-05", "6000-12-31")
    assert index.timeline("pluie", "day").periods == ("2026-01-05",)


def test_periods_of_the_first_thousand_years_have_four_digits_and_stand_in_order(make_index):
    index = make_index([Article("Un", id=str(year), published=date(year, 3, 5)) for year in (987, 1066)])
    assert index.timeline("un", "year").periods[0] == "0987"
    assert index.timeline("un", "month").periods[0] == "0987-03"
    assert index.timeline("un", "week").periods[0] == "0987-W10"


def test_what_nothing_matches_has_no_periods(index):
    timeline = index.timeline(["absent", "inconnu"])
    assert (timeline.periods, timeline.totals) == ((), ())
    assert [(series.counts, series.total) for series in timeline.series] == [((), 0), ((), 0)]


def test_notes_of_all_queries_are_said_once(index):
    timeline = index.timeline(["neige source:Zeta", "pluie source:Zeta", '"neige'])
    assert len([note for note in timeline.notes if "zeta" in note.casefold()]) == 1
    assert len(timeline.notes) == 2


@pytest.mark.parametrize(
    ("asked", "options", "message"),
    [
        ([], {}, "from 1 to 20 queries, not 0"),
        (["neige"] * (MAX_QUERIES + 1), {}, "from 1 to 20 queries, not 21"),
        (["neige", " "], {}, "no empty query"),
        ("", {}, "no empty query"),
        ("é " * 50_000, {}, "100,000 characters"),
        ("neige \udcff", {}, "Unicode"),
        ("neige", {"unit": "decade"}, "choose one of day, week, month, year"),
        ("neige", {"since": "2999"}, "'2999' is in the future"),
        ("neige", {"since": "jamais"}, "is not a date"),
        ("neige", {"operator": "either"}, "operator"),
    ],
)
def test_what_cannot_be_compared_is_refused(index, asked, options, message):
    with pytest.raises(QueryError, match=message):
        index.timeline(asked, **options)


@pytest.mark.parametrize(
    ("asked", "options"), [(3, {}), ([3], {}), (None, {}), ("a", {"unit": None}), ("a", {"mot": "b"})]
)
def test_an_argument_of_the_wrong_type_is_a_mistake_of_the_program(index, asked, options):
    with pytest.raises(TypeError):
        index.timeline(asked, **options)


def test_a_comparison_ends_at_its_deadline(index):
    with pytest.raises(newsindex.DeadlineExceeded):
        index.timeline(["neige", "pluie"], timeout=0)


def counted_one_by_one(index, asked, unit, filters):
    """The counts of each query by period, and of all articles, made of the articles that a search gives."""

    def by_period(query):
        counts = {}
        for article in index.articles(query, **filters):
            if article.published is not None:
                counts[article.published] = counts.get(article.published, 0) + 1
        return counts

    found = [by_period(query) for query in asked]
    every = by_period("")

    def count(of_days, period):
        first, last = period_days(period)
        return sum(n for day, n in of_days.items() if first <= day <= last)

    return (
        lambda periods: [tuple(count(each, period) for period in periods) for each in found],
        lambda periods: tuple(count(every, period) for period in periods),
    )


@given(
    corpora(max_size=25),
    st.lists(queries, min_size=1, max_size=4),
    st.sampled_from(TIMELINE_UNITS),
    st.fixed_dictionaries({}, optional={"since": st.sampled_from(["2023", "2025-03"]),
                                        "source": st.sampled_from(["hespress", "L'Écho"])}),
    st.data(),
)  # fmt: skip
@pytest.mark.parametrize("compiled", [True, False])
def test_a_comparison_is_what_one_counts_by_hand(compiled, articles, asked, unit, filters, data):
    cut = data.draw(st.integers(0, len(articles)))
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
    ):
        if not compiled:
            patch.setattr("newsindex.query.evaluation.snapshot.Snapshot.compiled", None)
        with newsindex.create(Path(folder) / "i") as index:
            index.add(articles[:cut])
            index.add(articles[cut:])
            asked = [query for query in asked if query.strip()] or ["maroc"]
            timeline = index.timeline(asked, unit, **filters)
            counts, totals = counted_one_by_one(index, asked, unit, filters)
            assert [series.counts for series in timeline.series] == counts(timeline.periods)
            assert timeline.totals == totals(timeline.periods)
            for series in timeline.series:
                assert series.total == index.search(series.query, limit=0, **filters).total
                alone = index.search(series.query, limit=0, timeline=unit, **filters).timeline
                assert {p: n for p, n in zip(timeline.periods, series.counts, strict=True) if n} == {
                    period: count for period, count in alone.items() if count
                }
            days = [period_days(period).first for period in timeline.periods]
            assert days == sorted(days)
            steps = {b - a for a, b in itertools.pairwise(days)}
            assert unit not in ("day", "week") or steps <= {timedelta(1 if unit == "day" else 7)}
