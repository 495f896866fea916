"""A written date means what a French reader takes it for."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.dates.publication_dates import parse_date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-01-02", date(2026, 1, 2)), ("02/01/2026", date(2026, 1, 2)), ("2.1.2026", date(2026, 1, 2)),
        ("02 - 01 - 2026", date(2026, 1, 2)), ("2 janvier 2026", date(2026, 1, 2)),
        ("1er Février 2026", date(2026, 2, 1)), ("vendredi 2 janv. 2026", date(2026, 1, 2)),
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02 03:04", datetime(2026, 1, 2, 3, 4)),
        (1767312000, datetime(2026, 1, 2, tzinfo=UTC)),
        (1767312000000, datetime(2026, 1, 2, tzinfo=UTC)),
        (date(2026, 1, 2), date(2026, 1, 2)), (20260102, date(2026, 1, 2)), ("20260102", date(2026, 1, 2)),
        ("2026/01/02", date(2026, 1, 2)), ("1767312000", datetime(2026, 1, 2, tzinfo=UTC)),
        ("02/01/2026 10:30", datetime(2026, 1, 2, 10, 30)),
        ("02 - 01 - 2026 à 10h30", datetime(2026, 1, 2, 10, 30)),
        ("le 2 janvier 2026 à 10h", datetime(2026, 1, 2, 10)),
        ("2 janvier 2026, 10:30:15", datetime(2026, 1, 2, 10, 30, 15)),
        ("2026-01-02 03:04:05 UTC", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02 03:04:05 +0100", datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=1)))),
        ("Fri, 02 Jan 2026 10:00:00 GMT", datetime(2026, 1, 2, 10, tzinfo=UTC)),
        ("Fri, 02 Jan 2026", date(2026, 1, 2)), ("1er août 2026", date(2026, 8, 1)),
        ("1-01-2026", date(2026, 1, 1)), ("01-1-2026", date(2026, 1, 1)),
    ],
)  # fmt: skip
def test_dates_are_what_a_french_reader_means(written, meant):
    assert parse_date(written) == meant


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "31/02/2026",
        "hier",
        "12",
        "0001-01-01",
        "2 x 2026",
        "2 ma 2026",
        "2 jui 2026",  # June or July
        "02 Jan 2026 10:00:00 +99999999999999",
        "02/01/2026 25:00",
        "1" * 15,
        "1" * 2000,
        "Fri, 02 Jan 2026 10:00:00 GMT" + " x" * 100,
        "2 janvier 2026" + "\u0316\u0301" * 8000,
        True,
        None,
        [],
        1e30,
        10**400,
        float("nan"),
        float("inf"),
        2026,
        20261302,
        date(1, 1, 1),
    ],
)
def test_what_is_no_date_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - the caller says what was wrong
        parse_date(wrong)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_back_however_it_is_written(day):
    for form in (
        "{0:%Y}-{0:%m}-{0:%d}",
        "{0.day}/{0.month}/{0.year}",
        "{0:%d} - {0:%m} - {0.year}",
        "{0.day}.{0:%m}.{0.year}",
    ):
        assert parse_date(form.format(day)) == day


_PIECES = st.sampled_from(
    [
        "2026",
        "02",
        "1er",
        "mai",
        "Fri,",
        "Jan",
        "10:00",
        "+0100",
        "Z",
        " ",
        "-",
        "/",
        "T",
        "à",
        "h",
        "0",
        ":",
        "\u0663",
    ]
)


@given(st.lists(_PIECES, max_size=9).map("".join) | st.text(max_size=20) | st.integers() | st.floats())
def test_anything_is_a_date_or_refused(written):
    try:
        parsed = parse_date(written)
    except ValueError:
        return
    assert isinstance(parsed, date)


@given(st.lists(_PIECES | st.text(max_size=5), max_size=6).map("".join), st.integers(1, 20_000))
def test_a_text_of_any_length_is_answered_at_once(written, times):
    started = time.process_time()
    with suppress(ValueError):
        parse_date(written * times)
    assert time.process_time() - started < 0.5
