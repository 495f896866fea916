"""How the page writes dates, periods and numbers, and which texts it has."""

from __future__ import annotations

import re
import string
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from newsindex.dates.timeline_periods import period_days, search_bounds
from newsindex.web.page.wording.note_texts import FRENCH_NOTES
from newsindex.web.page.wording.page_language import Language, isolated
from newsindex.web.page.wording.problem_texts import FRENCH_PROBLEMS
from newsindex.web.page.wording.translations import TEXTS

FRENCH, ENGLISH = Language("fr"), Language("en")
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("period", "french", "english"),
    [
        ("2026", "2026", "2026"),
        ("2026-08", "août 2026", "August 2026"),
        ("2026-W02", "semaine du 5 janvier 2026", "week of 5 January 2026"),
        ("2026-08-01", "1er août 2026", "1 August 2026"),
        ("2026-13", "2026-13", "2026-13"),
        ("la semaine dernière", "la semaine dernière", "la semaine dernière"),
        ("", "", ""),
    ],
)
def test_a_period_is_written_as_each_language_does(period, french, english):
    assert FRENCH.period(period) == french
    assert ENGLISH.period(period) == english


def test_two_bounds_are_one_period_where_they_are_the_same():
    assert FRENCH.date_range("2026", "2026") == "2026"
    assert FRENCH.date_range("2025-04", "2026-01") == "avril 2025 – janvier 2026"
    assert FRENCH.date_range("2025-04", None) == "début\u00a0: avril 2025"
    assert ENGLISH.date_range(None, "2025-04-02") == "until 2 April 2025"


def test_a_moment_is_local_time_and_midnight_is_a_day():
    assert FRENCH.moment(datetime(2026, 7, 1, 22, 5, tzinfo=UTC), PARIS) == "2 juillet 2026, 0 h 05"
    assert ENGLISH.moment(datetime(2026, 7, 2, 9, 5), PARIS) == "2 July 2026, 09:05"
    assert ENGLISH.moment(datetime(2026, 7, 2), PARIS) == "2 July 2026"
    assert ENGLISH.moment(date(2026, 7, 2), PARIS) == "2 July 2026"
    assert ENGLISH.moment(datetime.max.replace(tzinfo=UTC), PARIS) == "31 December 9999, 23:59"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("neige", "neige"),
        ("طنجة", "\u2068طنجة\u2069"),
        ("\u202eegien", "egien"),  # an override that has no end
        ("\u2069\u202b\u2067طنجة", "\u2068طنجة\u2069"),
        ("neige\u200f !", "\u2068neige\u200f !\u2069"),
    ],
)
def test_a_text_in_a_sentence_does_not_turn_its_other_words_round(text, shown):
    assert isolated(text) == shown
    assert FRENCH.translate("nothing", query=text) == f"Aucun article pour «\u00a0{shown}\u00a0»"


def test_zero_is_singular_in_french_and_plural_in_english():
    assert FRENCH.translate("results", n=0) == "0 article"
    assert ENGLISH.translate("results", n=0) == "0 articles"
    assert FRENCH.translate("results", n=12345) == "12\u202f345 articles"
    assert ENGLISH.translate("results", n=12345) == "12,345 articles"


@pytest.mark.parametrize("key", [key for key, (french, _) in TEXTS.items() if "|" in french])
def test_what_is_counted_is_written_in_the_singular_and_in_the_plural(key):
    values = {name: "x" for name in _names(TEXTS[key][0]) if name != "n"}
    for language in (FRENCH, ENGLISH):
        none, one, two = (language.translate(key, n=n, **values) for n in (0, 1, 2))
        assert "|" not in none + one + two
        assert none.replace("0", "1") == one if language is FRENCH else none.replace("0", "2") == two


@pytest.mark.parametrize("key", [key for key, (french, _) in TEXTS.items() if "{n}" in french])
def test_what_has_a_number_has_a_plural(key):
    french, english = TEXTS[key]
    assert ("|" in french and "|" in english) or key in ("at_most", "csv_first")


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-03-05", date(2026, 3, 5), date(2026, 3, 5)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period, first, last):
    assert period_days(period) == (first, last)


@pytest.mark.parametrize("text", ["", "hier", "2026-13", "2026-W60", "9999-W52", "20-26", "2026-01-"])
def test_what_is_no_period_has_no_days(text):
    assert period_days(text) is None


def test_a_search_is_asked_for_a_week_by_its_days():
    assert search_bounds("2026-W01") == ("2025-12-29", "2026-01-04")
    assert search_bounds("2026-01") == ("2026-01", "2026-01")


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_fill_in_the_same_values(key):
    french, english = TEXTS[key]
    assert french
    assert english
    assert _names(french) == _names(english)
    assert french.count("|") == english.count("|")


def test_no_line_of_french_begins_with_a_sign_that_ends_something():
    for text in (
        *(french for french, _ in TEXTS.values()),
        *FRENCH_NOTES.values(),
        *FRENCH_PROBLEMS.values(),
    ):
        assert not re.search(r"\S [;:!»]|« ", text), "a no-break space stands there"


def _names(form: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name}
