"""A moment is shown by the clocks of the index's zone, and stays the same moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.dates.local_dates import local_date

PARIS = ZoneInfo("Europe/Paris")
zones = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def test_a_moment_has_the_time_of_the_zone():
    assert (
        local_date(datetime(2024, 3, 12, 13, 5, tzinfo=UTC), PARIS).isoformat() == "2024-03-12T14:05:00+01:00"
    )
    assert (
        local_date(datetime(2024, 7, 12, 23, 5, tzinfo=UTC), PARIS).isoformat() == "2024-07-13T01:05:00+02:00"
    )


@pytest.mark.parametrize(
    "published",
    [None, date(2024, 3, 12), datetime(2024, 3, 12, 14, 5), datetime.max.replace(tzinfo=UTC),
     datetime(1900, 1, 1, tzinfo=UTC)],
)  # fmt: skip
def test_what_has_no_other_time_there_is_what_it_is(published):
    assert local_date(published, PARIS) is published


@given(st.datetimes(timezones=zones))
def test_it_is_the_same_moment(moment):
    local = local_date(moment, PARIS)
    assert local == moment
    assert local_date(local, PARIS).isoformat() == local.isoformat()
