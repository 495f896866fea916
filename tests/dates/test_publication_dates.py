"""A written date means what a French reader takes it for."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.dates.publication import library_dates, written_dates
from newsindex.dates.publication.common_forms import common_date
from newsindex.dates.publication.unreadable_dates import UnreadableDate
from newsindex.dates.publication_dates import is_no_date, parse_date


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
        45363,
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


def _names(text):
    return text.split()


_FRENCH = _names("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
_FRENCH_SHORT = _names("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.")
_ENGLISH = _names("January February March April May June July August September October November December")
_MOROCCAN = _names("يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر")
_TUNISIAN = _names("جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر")
_FRENCH_DAYS = _names("lundi mardi mercredi jeudi vendredi samedi dimanche")
_ENGLISH_DAYS = _names("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_ARABIC_DAYS = _names("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد")


def written_days(day):
    """The day in the forms of the press, which name the month."""
    month, weekday = day.month - 1, day.weekday()
    first = "1er" if day.day == 1 else str(day.day)
    yield f"{first} {_FRENCH[month]} {day.year}"
    yield f"{_FRENCH_DAYS[weekday]} {first} {_FRENCH[month]} {day.year}"
    yield f"{_FRENCH_DAYS[weekday][:3]}. {first} {_FRENCH_SHORT[month]} {day.year}".upper()
    yield f"{day.day:02d}-{_FRENCH_SHORT[month]}-{day.year}"
    yield f"{day.day} {_ENGLISH[month][:3]} {day.year}"
    yield f"{_ENGLISH_DAYS[weekday]}, {_ENGLISH[month]} {day.day}, {day.year}"
    yield f"{_ENGLISH_DAYS[weekday][:3]} {_ENGLISH[month][:3]} {day.day} {day.year}"
    yield f"{_ARABIC_DAYS[weekday]} {day.day} {_MOROCCAN[month]} {day.year}"
    yield f"{day.day} {_TUNISIAN[month]} {day.year}"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_with_the_name_of_its_month_is_read_back(day):
    for written in written_days(day):
        assert parse_date(written) == day, written


@given(st.dates(date(1980, 1, 1), date(2026, 12, 31)))
def test_a_year_of_two_figures_is_one_of_the_century_past(day):
    for form in ("{0:%d/%m/%y}", "{0.day}.{0.month}.{0:%y}", "{0:%d-%m-%y}", "{0.day} mars {0:%y}"):
        read = parse_date(form.format(day))
        assert (read.year, read.day) == (day.year, day.day)


@given(st.datetimes(datetime(1500, 1, 1), datetime(2199, 12, 31)), st.integers(-12 * 4, 14 * 4))
def test_a_moment_is_read_back_in_every_way_to_write_its_time(moment, quarters):
    moment = moment.replace(second=0, microsecond=0)
    clocks = ("à {0:%H}h{0:%M}", "- {0:%H}:{0:%M}", "{0.hour} h {0:%M}", ", {0.hour}H{0:%M}", "{0:%I:%M} PM")
    for written in [*written_days(moment.date()), moment.strftime("%d/%m/%Y"), moment.strftime("%Y.%m.%d")]:
        for clock in clocks:
            if not (clock.endswith("PM") and moment.hour < 12):
                assert parse_date(f"{written} {clock.format(moment)}") == moment
                assert parse_date(f"Publié le {written} {clock.format(moment)} (mis à jour hier)") == moment
    zone = timezone(timedelta(minutes=15 * quarters))
    there = moment.replace(tzinfo=zone)
    for form in (
        "%Y%m%dT%H%M%S%z",
        "%d/%m/%Y %H:%M %z",
        "%a, %d %b %Y %H:%M:%S %z",
        "%a %b %d %H:%M:%S %z %Y",
    ):
        assert parse_date(there.strftime(form)) == there, there.strftime(form)
    assert parse_date(moment.strftime("%Y%m%d%H%M%S")) == moment


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


@given(st.datetimes(datetime(1000, 1, 1)), st.sampled_from([" {0:%H}:{0:%M}", " à {0:%H}h{0:%M}", ""]))
def test_the_quick_way_for_frequent_forms_reads_what_the_grammar_reads(moment, clock):
    for written in (f"{moment.day}/{moment.month}/{moment.year}", *list(written_days(moment))[:2]):
        text = written + clock.format(moment)
        assert common_date(text) == written_dates._read.__wrapped__(text) != None  # noqa: E711


def test_a_form_that_the_grammar_does_not_know_is_left_to_the_library(monkeypatch):
    assert parse_date("12 mars 2024 14:05 IST") == date(2024, 3, 12)  # of which zone the hour is, is not said
    monkeypatch.setattr(library_dates, "_parser", lambda: None)
    with pytest.raises(UnreadableDate):
        parse_date("13 mars 2024 14:05 IST")


def test_a_mistake_of_the_library_is_no_date(monkeypatch):
    monkeypatch.setattr(library_dates, "_parser", object)
    with pytest.raises(UnreadableDate):
        parse_date("14 mars 2024 14:05 IST")


@pytest.mark.parametrize("absent", [None, 0, 0.0, False, "", "n.d.", datetime(1, 1, 1), date(1, 1, 1)])
def test_what_stands_where_a_date_is_missing_is_no_date(absent):
    assert is_no_date(absent)


@pytest.mark.parametrize("value", ["2024", "hier", 1, True, [], date(2024, 3, 12), "-" * 300])
def test_what_is_a_date_or_a_wrong_one_is_not_missing(value):
    assert not is_no_date(value)


@pytest.mark.parametrize("zone", ["Europe/Nulle", "America/Argentina", "Africa/" + "x" * 20])
def test_a_zone_that_there_is_not_is_an_unreadable_date_and_no_other_error(zone):
    """Some of these names are folders of the database of zones."""
    for written in (f"2026-01-02 10:00 {zone}", f"le 2 janvier 2026 à 10h ({zone})"):
        with pytest.raises(UnreadableDate):
            parse_date(written)


@pytest.mark.parametrize(("zone", "hour"), [
    ("America/Argentina/Buenos_Aires", 13), ("America/Port-au-Prince", 15), ("Africa/Porto-Novo", 9),
    ("Africa/Dar_es_Salaam", 7), ("America/Port_of_Spain", 14), ("Indian/Reunion", 6), ("Pacific/Wallis", 22),
    ("Atlantic/Azores", 11),
])  # fmt: skip
def test_a_zone_may_be_named_by_region_and_town(zone, hour):
    for written in (f"2026-01-02 10:00 {zone}", f"le 2 janvier 2026 à 10h ({zone})"):
        assert parse_date(written).astimezone(UTC).hour == hour
