"""Reads RIS, as Zotero, Mendeley and press databases export lists of articles (extra: ris)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import rispy

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.plain_text import whole_text
from newsindex.corpus.html.html_tree import plain_text

_TAG: Final = re.compile(r"([A-Z][A-Z0-9])  -")
_BEGINNING: Final = re.compile(r"^(?=TY  -)", re.M)
_FIELDS: Final = {
    "headline": ("TI", "T1", "CT", "BT"),
    "source": ("T2", "JO", "JF", "JA", "J2", "BT", "T3", "PB"),
    "published": ("DA", "PY", "Y1"),
    "author": ("AU", "A1", "A2"),
    "abstract": ("AB", "N2"),
    "url": ("UR", "L2", "LK"),
    "lang": ("LA",),
    "section": ("SE",),
}
"""The tags of each field of an article, the best first."""
_SLASHED_DATE: Final = re.compile(r"(\d{4})(?:/(\d{0,2}))?(?:/(\d{0,2}))?(?:/.*)?", re.S)
_DOI_ADDRESS: Final = "https://doi.org/"


class _TagParser(rispy.RisParser):  # type: ignore[misc]  # rispy is not checked
    """rispy's parser, for lines that end right after the hyphen too."""

    def parse_line(self, line: str) -> tuple[str | None, str]:
        """The tag and the content of a line; no tag for one that continues the line before."""
        tag = _TAG.match(line)
        return (tag[1], line[tag.end() :].strip()) if tag else (None, line.strip())


class _Tags(dict[str, str]):
    """A mapping of each tag to itself, which lists each tag's values: no value of a tag is lost."""

    def __missing__(self, tag: str) -> str:
        return tag

    def __contains__(self, tag: object) -> bool:
        return True


def read(content: FormatInput) -> FormatItems:
    """The article of each reference, also of one without its end."""
    content = replace(content, fields=None)
    text, damage = whole_text(content)
    text = _BEGINNING.sub("ER  - \n", text) + "\nER  - "  # an end too many is passed over
    parser = _TagParser(mapping=_Tags(), list_tags=_Tags(), delimiter_tags_mapping={})
    for number, reference in enumerate(parser.parse(text), 1):
        yield from content.items(_record(reference), place=f"reference {number}")
    if damage:
        yield damage


def _record(reference: Mapping[str, list[str]]) -> dict[str, object]:
    """The fields of a reference; a line that continues a text is a further value of its tag."""
    values = {tag: texts for tag, given in reference.items() if (texts := _texts(given))}
    found = {
        field: next((values[tag] for tag in tags if tag in values), [""]) for field, tags in _FIELDS.items()
    }
    record: dict[str, object] = {field: plain_text(texts[0]) for field, texts in found.items()}
    doi = values.get("DO", [""])[0]
    return record | {
        "headline": " ".join(plain_text(" ".join(found["headline"])).split()),
        "abstract": plain_text("\n".join(found["abstract"])),
        "author": ", ".join(map(_given_family, filter(None, found["author"]))),
        "published": _date(values),
        "url": found["url"][0] or (doi and (doi if doi.startswith("http") else _DOI_ADDRESS + doi)),
    }


def _texts(given: object) -> list[str]:
    texts = given if isinstance(given, list) else [given]
    return [text.strip() for text in texts if isinstance(text, str) and text.strip()]


def _given_family(name: str) -> str:
    """The name "Ouazzani, Salma" as "Salma Ouazzani"; a suffix such as "Jr." stays at the end."""
    family, *given = (part.strip() for part in name.split(","))
    return " ".join(filter(None, [*given[:1], family, *given[1:]]))


def _date(values: Mapping[str, list[str]]) -> str:
    """The fullest date of a reference, as year-month-day where it has these."""
    dates = [text for tag in _FIELDS["published"] for text in values.get(tag, [])]
    return max(map(_dashed, dates), key=len, default="")


def _dashed(date: str) -> str:
    """A date of RIS, "2024/03/12/" or "2024///", with hyphens; any other text as it is."""
    slashed = _SLASHED_DATE.fullmatch(date.strip())
    return "-".join(part.zfill(2) for part in slashed.groups() if part) if slashed else date
