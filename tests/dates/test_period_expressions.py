"""What a reader types as a date is a period or refused, at once; tests/golden/dates.tsv says which period."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.dates.minutes import FAR_AHEAD, LAST_PUBLICATION, LONG_AGO
from newsindex.dates.period_expressions import (
    ends_itself,
    is_period,
    is_relative,
    parse_period,
    parse_range,
)

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 1, 21, 14, 30)
PIECES = st.sampled_from(
    [
        "2026", "31", "9999", "0000", "1er", "janvier", "févr.", "lundi", "dernier", "prochaine", "en cours",
        "début", "mi", "fin", "du", "au", "et", "de", "la", "le", "semaine", "an", "90", "trimestre", "t1",
        "hiver", "ce", "matin", "soir", "hier", "avant", "après", "depuis", "jusqu'à", "il y a", "jours",
        "heures", "derniers", "à", "10h30", "l'", "-", "/", ".", ",", ":", "+", "T", "Z", "W", "(",
        "\u0301\u0316", "\u0663", "\ufdfa", "\ud800", "\x00",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=9).map(" ".join) | st.lists(PIECES, max_size=9).map("".join) | st.text()
DAYS = st.sampled_from(
    [
        "31", "29", "1er", "2 mars", "29 février", "31 janvier 2026", "mars", "fin mars", "mars 2026", "2026",
        "hier", "demain", "mardi", "lundi dernier", "jeudi prochain", "la semaine dernière", "cette année",
        "le mois dernier", "il y a 3 jours", "3 jours", "10h", "hier soir", "hiver", "31/12", "T1 2026",
    ]
)  # fmt: skip
RANGES = st.builds(
    "{} {} {} {}".format, st.sampled_from(["du", "de", ""]), DAYS, st.sampled_from(["au", "à", "-"]), DAYS
)
REPEATED = st.builds(
    lambda texts, times: "".join(texts) * times, st.lists(TEXTS, max_size=4), st.integers(1, 20_000)
)


@given(TEXTS)
def test_any_text_is_a_period_or_refused_by_one_error(text):
    try:
        start, end = parse_period(text, PARIS, NOW)
    except newsindex.QueryError:
        return
    assert LONG_AGO <= start <= LAST_PUBLICATION
    assert end <= FAR_AHEAD
    assert start < end or is_relative(text)


@given(TEXTS | RANGES, st.datetimes(datetime(1980, 1, 1), datetime(2080, 1, 1)))
def test_what_is_a_period_at_one_moment_is_one_at_any_moment(text, now):
    assert problem(text, now) == problem(text, NOW)
    if is_period(text):
        assert problem(text, NOW) in ("", "reversed_dates", "beyond_calendar")


def problem(text, now):
    try:
        parse_period(text, PARIS, now)
    except newsindex.QueryError as error:
        return error.kind
    return ""


@pytest.mark.parametrize("day", range(366))
def test_a_day_of_the_week_ends_a_period_whatever_day_it_is(day):
    now = datetime(2026, 1, 1, 9) + timedelta(days=day)
    for text in ("d'hier à mardi", "du mois dernier au 5 janvier", "du 31 à hier", "du 29 au 2 mars"):
        period = parse_period(text, PARIS, now)
        assert period.start < period.end, text


def test_a_relative_period_may_end_before_it_begins_and_another_may_not():
    period = parse_period("de la semaine dernière au mois dernier", PARIS, NOW)
    assert period.start > period.end
    period = parse_period("de la semaine dernière au mois dernier", PARIS, datetime(2026, 3, 4))
    assert period.start < period.end
    with pytest.raises(newsindex.QueryError, match="ends before it begins"):
        parse_period("2025-12 à 2025-11", PARIS, NOW)


@pytest.mark.parametrize(
    ("first", "last", "together"),
    [
        ("mardi", "jeudi", "mardi à jeudi"),
        ("janvier", "mars 2025", "janvier à mars 2025"),
        ("2025-01", "mars", "2025-01 à mars"),
        ("2025-01", "2025-03", "2025-01 à 2025-03"),
        ("", "mars 2025", "jusqu'en mars 2025"),
        ("mars 2025", "", "depuis mars 2025"),
        ("2025-11", "20 ans", "du 2025-11 à aujourd'hui"),
        ("mars", "décembre 9999", "mars à décembre 9999"),
        ("mars 9999", "avril", "mars 9999 à avril"),
    ],
)
def test_the_bounds_of_a_range_give_each_other_the_year(first, last, together):
    assert parse_range(first, last, PARIS, NOW) == parse_period(together, PARIS, NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3 au 5 janvier", True), ("3-5 janvier", True), ("2025 - 2026", True), ("2025-11", False),
     ("depuis mardi", False), ("3-janvier-2025", False), ("demain-peut-être", False), ("x" * 300, False)],
)  # fmt: skip
def test_a_text_with_its_last_day_is_told_from_one_period(text, expected):
    assert ends_itself(text) == expected


@given(REPEATED)
def test_a_text_of_any_length_is_answered_at_once(text):
    started = time.process_time()
    with suppress(newsindex.QueryError):
        parse_period(text, PARIS, NOW)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "text", ["du " + "hier au " * 8000, "a" + "\u0316\u0301" * 8000, "1" * 11, "1" * 2000]
)
def test_long_texts_and_long_numbers_are_no_dates(text):
    with pytest.raises(newsindex.QueryError, match="is not a date"):
        parse_period(text, PARIS, NOW)


@pytest.mark.parametrize("when", ["9999", "9999-12-31", date.max, "du 1er janvier 9998 au 31 décembre 9999"])
def test_years_that_are_stored_as_the_last_minute_are_that_minute(when):
    assert parse_period(when, PARIS, NOW) == (LAST_PUBLICATION, FAR_AHEAD)


def test_an_article_of_the_end_of_the_calendar_is_found_by_its_date(make_index):
    index = make_index([Article("Fin", id="end", published=date.max), Article("Un", id="1", published=NOW)])
    assert [hit.article.id for hit in index.search("date:9999")] == ["end"]
    assert [hit.article.id for hit in index.search("", since="9999")] == ["end"]
    assert [hit.article.id for hit in index.search("avant:9999")] == ["1"]
