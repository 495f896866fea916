"""What a reader types as a date is a period or refused, at once; tests/golden/dates.tsv says which period."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.dates.minutes import FAR_AHEAD, LAST_PUBLICATION, LONG_AGO
from newsindex.dates.period_expressions import parse_period

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
REPEATED = st.builds(
    lambda texts, times: "".join(texts) * times, st.lists(TEXTS, max_size=4), st.integers(1, 20_000)
)


@given(TEXTS)
def test_any_text_is_a_period_or_refused_by_one_error(text):
    try:
        start, end = parse_period(text, PARIS, NOW)
    except newsindex.QueryError:
        return
    assert LONG_AGO <= start < end <= FAR_AHEAD


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
