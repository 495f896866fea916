"""Compared timelines as lines with markers, and as rows of figures."""

from __future__ import annotations

from newsindex import Series, Timeline
from newsindex.web.page.comparison_chart import HEIGHT, make_comparison_chart
from newsindex.web.page.wording.page_language import Language

MONTHS = Timeline(
    "month",
    ("2026-01", "2026-02", "2026-03", "2026-04"),
    (10, 0, 4, 8),
    (
        Series("neige", (5, 0, 1, 4), (0.5, None, 0.25, 0.5), 10),
        Series("pluie", (0, 0, 4, 2), (0.0, None, 1.0, 0.25), 7),
    ),
)


def drawn(timeline=MONTHS, code="fr", *, by_share=False):
    return make_comparison_chart(timeline, Language(code), by_share=by_share)


def test_the_highest_count_of_all_lines_is_at_the_top_and_zero_at_the_bottom():
    chart = drawn()
    assert chart.highest == "5"
    assert chart.lines[0].parts == ["125.0,0.0 375.0,1000.0 625.0,800.0 875.0,200.0"]
    assert [marker.y for marker in chart.lines[1].markers] == [HEIGHT, HEIGHT, HEIGHT / 5, HEIGHT * 0.6]
    assert [marker.x for marker in chart.lines[0].markers] == [12.5, 37.5, 62.5, 87.5]


def test_a_line_of_shares_is_broken_where_there_are_no_articles_at_all():
    chart = drawn(by_share=True)
    assert chart.highest == "100,0\N{NARROW NO-BREAK SPACE}%"
    assert [line.parts for line in chart.lines] == [
        ["125.0,500.0", "625.0,750.0 875.0,500.0"],
        ["125.0,1000.0", "625.0,0.0 875.0,750.0"],
    ]
    assert len(chart.lines[0].markers) == 3


def test_a_marker_says_what_it_stands_for():
    titles = [marker.title for marker in drawn(code="en").lines[0].markers]
    assert titles[0] == "neige · January 2026: 5 articles (50.0%)"
    assert titles[1] == "neige · February 2026: 0 articles"


def test_a_long_line_has_few_markers_at_other_places_than_the_others_and_one_at_each_lonely_point():
    count = 400
    shares = [0.5 if place != 7 else None for place in range(count)]
    shares[6] = None
    shares[8], shares[9] = 0.5, None
    series = tuple(Series(name, (1,) * count, tuple(shares), count) for name in "abc")
    days = tuple(f"{year}" for year in range(1600, 1600 + count))
    chart = drawn(Timeline("year", days, (2,) * count, series), by_share=True)
    places = [{marker.x for marker in line.markers} for line in chart.lines]
    assert all(20 <= len(each) <= 26 for each in places)
    alone = 100 * 8.5 / count
    assert set.intersection(*places) == {alone}


def test_the_rows_have_the_figures_of_the_chart():
    first, second, *_ = drawn().rows
    assert (first.name, first.since, first.until, first.articles) == (
        "janvier 2026",
        "2026-01",
        "2026-01",
        10,
    )
    assert first.cells == [(5, "50,0\N{NARROW NO-BREAK SPACE}%"), (0, "0,0\N{NARROW NO-BREAK SPACE}%")]
    assert second.cells == [(0, ""), (0, "")]


def test_lines_of_zeros_lie_at_the_bottom():
    zeros = Timeline("year", ("2026",), (3,), (Series("a", (0,), (0.0,), 0),))
    for by_share in (True, False):
        assert drawn(zeros, by_share=by_share).lines[0].markers[0].y == HEIGHT
