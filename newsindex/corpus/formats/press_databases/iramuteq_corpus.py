"""Reads a corpus of IRaMuTeQ or Alceste: texts under lines of starred variables (``*source_Hespress``).

A variable whose name is that of a field is the field; a whole date is the date of a text that has no other,
and some short names are those of the source. The others are kept in ``extra``. The first line of a text is
its headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import dropwhile
from typing import Final, NamedTuple

from newsindex.corpus.fields.field_names import field_of, fields_by_column
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .exported_article import check_failures, language_code, one_line
from .text_paragraphs import paragraphs

_VARIABLE: Final = r"\*[^\s*_]+(?:_\S*)?"
_STARS: Final = re.compile(
    rf"^[^\S\n]*(?:\*{{4}}(?:[^\S\n]+{_VARIABLE})+|\d{{2,8}}(?:[^\S\n]+\*[^\s*_]+_\S+)+)[^\S\n]*$", re.M
)
_OTHER_STARS: Final = re.compile(r"^[^\S\n]*\*{4}[^\S\n]+\S[^\n]*$", re.M)  # a start, though written wrongly
_THEME: Final = re.compile(r"-\*(?P<theme>\S.*)")
_DATE_FIGURES: Final = re.compile(r"((?:19|20)\d\d) (\d\d?)(?: (\d\d?))?|(\d\d?) (\d\d?) ((?:19|20)\d\d)")
_WHOLE_DATE: Final = re.compile(
    r"(?:19|20)\d\d(?:[- /]?)(?:0\d|1[0-2])(?:[- /]?)(?:[0-2]\d|3[01])|\d\d?[- /]\d\d?[- /](?:19|20)\d\d"
)
_SHORT_SOURCES: Final = ("j", "jal", "jnl", "jrn", "jrnl", "med", "src", "so")
_MAX_HEADLINE_CHARACTERS: Final = 300
_DATE_PARTS: Final = (("an", "annee", "année", "year"), ("mois", "month"), ("jour", "day"))


class _Text(NamedTuple):
    """A text of a corpus: the values of its variables, its themes and its lines."""

    variables: dict[str, str]
    themes: list[str]
    lines: list[str]


def is_iramuteq_text(text: str) -> bool:
    """Whether a text begins with a line of starred variables."""
    match = _STARS.search(text)
    return match is not None and not text[: match.start()].strip("\ufeff \t\r\n")


def read_iramuteq_text(text: str, content: FormatInput) -> FormatItems:
    """The article of each text of a corpus."""
    by_column = fields_by_column(content.fields)
    number = 0
    failures = 0
    for number, part in enumerate(_texts(text), 1):
        for item in content.items(_record(part, by_column), place=f"text {number}"):
            failures += isinstance(item, CorpusError)
            yield item
        check_failures(failures, "IRaMuTeQ corpus")
    if not number:
        raise CorpusError(
            "this IRaMuTeQ corpus holds no text: a text begins with a line such as **** *source_Nom"
        )


def _texts(corpus: str) -> Iterator[_Text]:
    starts = [match.span() for match in _STARS.finditer(corpus)]
    starts = sorted({*starts, *(match.span() for match in _OTHER_STARS.finditer(corpus))})
    for (start, end), following in zip(starts, [*starts[1:], (len(corpus), 0)], strict=False):
        lines = corpus[end : following[0]].split("\n")
        themes = [match["theme"] for line in lines if (match := _THEME.match(line.strip()))]
        kept = [line for line in lines if not _THEME.match(line.strip())]
        yield _Text(_variables(corpus[start:end]), themes, kept)


def _variables(line: str) -> dict[str, str]:
    """The values of the variables of a line; underscores in them stand for spaces."""
    variables: dict[str, str] = {}
    for variable in re.findall(r"(?<=\s)\*([^\s*]+)", line):
        name, _, value = variable.partition("_")
        variables.setdefault(name, one_line(value.replace("_", " ")) or "1")
    return variables


def _record(text: _Text, by_column: Mapping[str, str]) -> dict[str, object]:
    lines = list(dropwhile(lambda line: not line.strip(), text.lines))
    record, others, extra = _sorted_variables(text.variables, by_column)
    if "published" not in record and (published := _date_of_parts(extra | others)):
        record["published"] = published
    _take_short_names(record, others)
    names = {by_column.get(name, name): name for name in record}
    if date_name := names.get("published"):
        record[date_name] = _DATE_FIGURES.sub(_iso_date, record[date_name], count=1)
    if "lang" in record:
        record["lang"] = language_code(record["lang"]) or ""
    if "headline" not in names and lines and len(lines[0]) <= _MAX_HEADLINE_CHARACTERS:
        record["headline"] = one_line(lines.pop(0))
    if text.themes:
        extra["theme"] = ", ".join(text.themes)
    body = "\n\n".join(paragraphs(lines))
    return {"headline": "", **record, **others, "body": body, "extra": extra}


def _sorted_variables(
    variables: Mapping[str, str], by_column: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The variables that are fields or that the user maps, those of unknown names, and all others."""
    record: dict[str, str] = {}
    others: dict[str, str] = {}
    extra: dict[str, str] = {}
    for name, value in variables.items():
        field = name if name in by_column else field_of(name)
        is_part = value.isdigit() and any(name in names for names in _DATE_PARTS)
        if is_part or field in ("body", "abstract", "id") or field in record:
            extra[name] = value
        elif field is None:
            others[name] = value
        else:
            record[field] = value
    return record, others, extra


def _take_short_names(record: dict[str, str], others: dict[str, str]) -> None:
    """Takes the source and the date from variables of short names, as ``*j_LeMonde *d_2026-01-31``."""
    for name, value in list(others.items()):
        if "published" not in record and _WHOLE_DATE.fullmatch(value):
            record["published"] = others.pop(name)
        elif "source" not in record and name.lower() in _SHORT_SOURCES and not value.isdigit():
            record["source"] = others.pop(name)


def _iso_date(match: re.Match[str]) -> str:
    year, month, day, first, second, last = match.groups()
    if last:
        return f"{last}-{int(second):02}-{int(first):02}"
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def _date_of_parts(extra: dict[str, str]) -> str | None:
    """The date whose year, month and day are a variable each; the month may be a name."""
    year, month, day = (next((extra[name] for name in names if name in extra), "") for names in _DATE_PARTS)
    if not (year.isdigit() and day.isdigit() and month):
        return None
    return f"{year}-{int(month):02}-{int(day):02}" if month.isdigit() else f"{day} {month} {year}"
