"""The date in a line of a press database is found, with its hour, and what is no date is none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from newsindex.corpus.formats.press_databases.header_dates import (
    begins_with_date,
    compact_day,
    find_date,
    is_vague_date,
)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Société, mardi 12 mars 2024 432 mots", date(2024, 3, 12)),
        ("1er août 2023", date(2023, 8, 1)),
        ("Tuesday, March 12, 2024", date(2024, 3, 12)),
        ("March 14, 2024 Thursday", date(2024, 3, 14)),
        ("10 décembre 2019 mardi 3:00 AM GMT", datetime(2019, 12, 10, 3, tzinfo=UTC)),
        ("décembre 10 2019", date(2019, 12, 10)),
        ("le 12 mars 2024 à 14h05", datetime(2024, 3, 12, 14, 5)),
        ("12 Mar 2024 - 9h", datetime(2024, 3, 12, 9)),
        ("March 12, 2024 12:30 a.m.", datetime(2024, 3, 12, 0, 30)),
        ("12 mars 2024 14:05 GMT+1", datetime(2024, 3, 12, 14, 5, tzinfo=timezone(timedelta(hours=1)))),
        (
            "12 mars 2024 14:05:32 UTC -0130",
            datetime(2024, 3, 12, 14, 5, tzinfo=timezone(-timedelta(hours=1.5))),
        ),
        ("2024-03-12", date(2024, 3, 12)),
        ("13. März 2024", date(2024, 3, 13)),
        ("Mittwoch, 4. Dezember 2024", date(2024, 12, 4)),
        ("12/03/2024 432 mots", date(2024, 3, 12)),
        ("31 juin 2024, 1er juillet 2024", date(2024, 7, 1)),
        ("samedi 16, dimanche 17 mars 2024", date(2024, 3, 16)),
        ("samedi 16 et dimanche 17 mars 2024", date(2024, 3, 16)),
        ("Le Monde, dimanche 17, lundi 18 mars 2024, p. 3", date(2024, 3, 17)),
        ("16-17 mars 2024", date(2024, 3, 16)),
        ("16/17 mars 2024", date(2024, 3, 16)),
        ("du 16 au 19 mars 2024", date(2024, 3, 16)),
        ("March 16-17, 2024", date(2024, 3, 16)),
        ("Saturday 16 and Sunday 17 March 2024", date(2024, 3, 16)),
        ("dimanche 31 mars, lundi 1er avril 2024", date(2024, 3, 31)),
        ("samedi 30 novembre - dimanche 1er décembre 2024", date(2024, 11, 30)),
        ("samedi 30, dimanche 1er décembre 2024 à 9h", datetime(2024, 11, 30, 9)),
        ("dimanche 31 décembre 2023, lundi 1er janvier 2024", date(2023, 12, 31)),
        ("no 7, mardi 12 mars 2024", date(2024, 3, 12)),
        ("p. 7, 12 mars 2024", date(2024, 3, 12)),
        ("nos 3-12 mars 2024", date(2024, 3, 12)),
        ("n° 12 - 17 mars 2024", date(2024, 3, 17)),
        ("Page 16 - dimanche 17 mars 2024", date(2024, 3, 17)),
        ("Économie, p. 16 – 17 mars 2024", date(2024, 3, 17)),
        ("Le Scoop 16 – 17 mars 2024", date(2024, 3, 16)),
        ("Vendredi 29, samedi 30 et dimanche 31 mars 2024", date(2024, 3, 29)),
        ("29/30/31 mars 2024", date(2024, 3, 29)),
        ("no 23 - mardi 12 mars 2024", date(2024, 3, 12)),
        ("le 31 et 1er janvier 0001", date(1, 1, 1)),
        ("le 16 et 17 mars 9999", date(9999, 3, 16)),
        ("11 - 2024-03-12", date(2024, 3, 12)),
        ("11 - 12/03/2024", date(2024, 3, 12)),
    ],
)
def test_a_date_is_found(line, value):
    found = find_date(line)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("Société, samedi 16, dimanche 17 mars 2024, p. 7", "Société, "),
        ("Le Monde, du 16 au 17 mars 2024", "Le Monde, "),
        ("Le Monde, no 23 - mardi 12 mars 2024", "Le Monde, no 23 - "),
        ("Le Monde, no 16, dimanche 17 mars 2024", "Le Monde, no 16, "),
        ("p. 11-2024-03-12", "p. 11-"),
    ],
)
def test_what_stands_before_a_date_ends_where_its_first_day_begins(line, before):
    found = find_date(line)
    assert found is not None
    assert line[: found.start] == before


@pytest.mark.parametrize("line", ["mars 2024", "no 12 rues 2024", "31 juin 2024", "", "432 mots"])
def test_no_date_is_found(line):
    assert find_date(line) is None


def test_the_section_stands_before_the_weekday():
    found = find_date("Société, mardi 12 mars 2024, p. 7")
    assert found is not None
    assert "Société, mardi 12 mars 2024, p. 7"[: found.start] == "Société, "
    assert begins_with_date("Le 12 mars 2024, il pleut") is not None
    assert begins_with_date("Dès le 12 mars 2024") is None
    assert begins_with_date("samedi 16, dimanche 17 mars 2024") is not None
    assert begins_with_date("16 et 17 mars 2024") is not None


@pytest.mark.parametrize(
    ("line", "is_vague"), [("mars 2024", True), ("Printemps 2024", True), ("2024", True), ("Le 2024", False)]
)
def test_a_date_without_a_day_is_vague(line, is_vague):
    assert is_vague_date(line) is is_vague


def test_the_number_of_a_document_holds_a_day():
    assert compact_day("news·20240312·PN·023112") == date(2024, 3, 12)
    assert compact_day("news·20241399·PN") is None
