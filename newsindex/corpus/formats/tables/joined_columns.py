"""Puts together what a table holds in several columns: a day and its hour, the parts of a day, and a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from newsindex.corpus.fields.field_names import field_of, fields_by_column, name_words
from newsindex.corpus.fields.month_first import day_first, is_month_first, may_be_date
from newsindex.corpus.fields.publication import publication_date

_HOURS: Final = {
    "heure", "heure publication", "heure parution", "heure diffusion", "horaire", "time", "hour", "et",
}  # fmt: skip
_DAYS: Final = ("jour", "jj", "day")
_MONTHS: Final = ("moi", "mois", "month", "mm")  # "moi" is "mois" without its plural
_YEARS: Final = ("annee", "an", "year", "aaaa", "yyyy")
_GIVEN_NAMES: Final = {
    "prenom", "prenom auteur", "prenom journaliste", "first name", "given name", "author first name",
}  # fmt: skip
_FAMILY_NAMES: Final = {
    "nom", "nom famille", "nom auteur", "nom journaliste", "last name", "family name", "surname",
    "author last name",
}  # fmt: skip
_ARTICLES: Final = ("de", "du", "l", "la", "le")


class JoinedColumns(NamedTuple):
    """The columns of a table that belong together, by their names; None for what the table does not have."""

    moment: tuple[str, str] | None = None
    day: tuple[str, str, str] | None = None
    person: tuple[str, str] | None = None
    month_first: tuple[str, ...] = ()

    def join(self, record: dict[str, Any]) -> None:
        """Puts together the values of a row."""
        for column in self.month_first:
            record[column] = day_first(record.get(column))
        if self.day:
            _join_day(record, self.day)
        if self.moment:
            _join_moment(record, *self.moment)
        if self.person:
            _join_person(record, *self.person)


def joined_columns(
    header: Sequence[str],
    fields: Mapping[str, str] | None = None,
    rows: Sequence[Sequence[Any]] = (),
    *,
    month_first: bool = False,
) -> JoinedColumns:
    """The columns of a header row that belong together; what the user maps stands alone.

    The first ``rows`` below it tell whether dates have the month before the day, which ``month_first`` says
    of all.
    """
    by_column = fields_by_column(fields)
    known = {name: by_column.get(name) or field_of(name) for name in header if name}
    names = {_plain(name): name for name in reversed(known) if name not in by_column}
    mapped = set(by_column.values())
    dates = [name for name, field in known.items() if field == "published"]
    day = None if "published" in mapped else _day_columns(names, dates)
    hour = next((name for plain, name in names.items() if plain in _HOURS and not known[name]), None)
    first_date = day[0] if day else next(iter(dates), None)
    return JoinedColumns(
        moment=(first_date, hour) if first_date and hour else None,
        day=day,
        person=None if "author" in mapped else _person_columns(names, known),
        month_first=tuple(
            name
            for number, name in enumerate(header)
            if may_be_date(name, by_column)
            and (month_first or is_month_first(row[number] for row in rows if number < len(row)))
        ),
    )


def _plain(name: str) -> str:
    return " ".join(word for word in name_words(name) if word not in _ARTICLES)


def _day_columns(names: Mapping[str, str], dates: Iterable[str]) -> tuple[str, str, str] | None:
    parts = [
        next((names[plain] for plain in kind if plain in names), None) for kind in (_DAYS, _MONTHS, _YEARS)
    ]
    day, month, year = parts
    if day is None or month is None or year is None or any(name != day for name in dates):
        return None
    return day, month, year


def _person_columns(names: Mapping[str, str], known: Mapping[str, str | None]) -> tuple[str, str] | None:
    given = next((name for plain, name in names.items() if plain in _GIVEN_NAMES), None)
    family = next((name for plain, name in names.items() if plain in _FAMILY_NAMES), None)
    others = any(field == "author" and name not in (given, family) for name, field in known.items())
    return None if given is None or family is None or others else (given, family)


def _join_day(record: dict[str, Any], columns: tuple[str, str, str]) -> None:
    """Writes the three parts of a day as one date, in the place of the day."""
    day, month, year = (_text(record.get(column)) for column in columns)
    if not (day and month and year) or publication_date(day)[0]:
        return
    written = f"{day}/{month}/{year}" if day.isdigit() and month.isdigit() else f"{day} {month} {year}"
    for column in columns:
        record.pop(column, None)
    record["date" if field_of(columns[0]) != "published" else columns[0]] = written


def _join_moment(record: dict[str, Any], date_column: str, hour_column: str) -> None:
    """Writes the hour behind its day, where the day has none and both together are a moment."""
    column = date_column if date_column in record else "date"
    hour = _clock(record.get(hour_column))
    day, _ = publication_date(record.get(column))
    if not hour or day is None or (isinstance(day, datetime) and (day.hour or day.minute)):
        return
    moment, _ = publication_date(f"{day.strftime('%d/%m/%Y')} {hour}")
    if isinstance(moment, datetime):
        record[column] = moment
        del record[hour_column]


def _clock(value: object) -> str:
    if isinstance(value, float) and 0 < value < 1:
        minutes = round(value * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, datetime):
        return value.strftime("%H:%M:%S")
    return _text(value)


def _join_person(record: dict[str, Any], given_column: str, family_column: str) -> None:
    given, family = _text(record.get(given_column)), _text(record.get(family_column))
    if not family and not given:
        return
    for column in (given_column, family_column):
        record.pop(column, None)
    record["author"] = family if given and given in family else f"{given} {family}".strip()


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, date) else str(value).strip()
