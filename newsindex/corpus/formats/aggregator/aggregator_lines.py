"""Recognises single lines of a press aggregator's page, in French, Arabic or English.

They are the line that says where and when an article was published, notices about a reported image, the
link to the source, and the name of an author.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

_WEEKDAY: Final = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
_VERB: Final = r"(?:Publiée?|Parue?|Postée?|Diffusée?|Mise? en ligne)"
_DATED_LINE: Final = re.compile(
    rf"{_VERB}(?: par (?P<author>\S.{{0,59}}?))?(?: (?:dans|sur)(?: :)? (?P<source>\S.{{0,59}}?))?"
    r"(?:,? le (?:: )?| *[(|–—-] *(?=(?:le )?[^()|]*\d\)?$)(?:le )?)"
    rf"(?P<date>(?:{_WEEKDAY},? )?\d.{{0,40}}?[\dh](?: (?:UTC|GMT))?)"
    r"(?:,? par (?P<later_author>\S.{0,59}?))?(?:,? (?:dans|sur) (?P<later_source>\S.{0,59}?))?"
    r"\)?(?:[ ,;|(–—-]+(?:mis à jour|modifié|actualisé) .*)?\.?",
    re.I,
)
_UNDATED_LINE: Final = re.compile(
    r"Publiée?(?! le )(?: par (?P<author>[A-ZÀ-Þ].{0,59}?))?"
    r"(?: dans (?P<source>[A-ZÀ-Þ\d].{0,59}?))?"
    rf"(?: le (?P<date>(?:{_WEEKDAY}|\d).{{0,40}}))?(?<![.,;:!?…])"
)
_ARABIC_LINE: Final = re.compile(
    r"ن[\u064b-\u0652]?شرت? (?:في|بجريدة|على) (?P<source>\S.{0,59}?) (?:يوم|بتاريخ|في) (?:: )?"
    r"(?P<date>\D{0,12}\d.{0,40}\d)\.?"
)
_ENGLISH_LINE: Final = re.compile(
    r"Published in (?P<source>\S.{0,59}?) on (?P<date>(?:[A-Z]\w+,? )?(?:[A-Z]\w+ )?\d.{0,40}\d)\.?"
)
_AGGREGATOR_DATE: Final = re.compile(r"\d\d - \d\d - (?:19|20)\d\d")
_DATE_DASHES: Final = re.compile(r"(?<=\d) ?[–—‑−] ?(?=\d)")
_NOTICES: Final = re.compile(
    r"merci d'avoir signalé|cette image sera automatiquement bloquée"
    r"|.{0,120}\bimages?\b.{0,80}\bsignalez[- ](?:l[ea]|l'image|nous).{0,20}$|signaler (?:cette |l')image\W*$"
    r"|شكرا على الإبلاغ|سيتم حجب هذه الصورة|thank you for reporting|this image will be automatically blocked"
)
_SOURCE_LINK: Final = re.compile(
    r"(?:(?:cliquez|appuyez)\s+ici\s+pour\s+(?:lire|consulter|voir)\s+l\W{1,2}article\s+"
    r"(?:depuis|sur|à)\s+(?:sa|la)\s+source\b\W*"
    r"|(?:انقر|اضغط)\s+هنا\s+لقراءة\s+(?:الخبر|المقال)\s+من\s+مصدره\W*"
    r"|click\s+here\s+to\s+read\s+the\s+(?:story|article)\s+from\s+its\s+source\b\W*)++",
    re.I,
)
_NAME: Final = (
    r"(?:[A-ZÀ-Þ][\w'’.-]*|\b(?:de|du|des|le|la|el|al|ben|bin|ibn|ould|van|von|et|avec)\b|d['’]\w+)"
)
_AUTHOR_LINE: Final = re.compile(
    rf"(?:(?:par|by) *:? +)?(?P<name>[A-ZÀ-Þ][\w'’.-]*(?:,? {_NAME}){{1,6}}(?:, (?:AFP|MAP|APS|TAP))?)"
)
_MARKED_AUTHOR_LINE: Final = re.compile(r"(?:(?:Par|PAR|By) *:? +|بقلم *:? *)(?P<name>\S.{1,58}[^.!?])")
_AGENCY_LINE: Final = re.compile(r"\(?(?P<name>AFP|MAP|APS|TAP|Reuters|EFE|ANSA|LNT|[Ll]a [Rr]édaction)\)?")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'"))
_MAX_PUBLISHED_CHARACTERS: Final = 400
_MAX_HEADLINE_CHARACTERS: Final = 250
_MAX_AUTHOR_CHARACTERS: Final = 60
_MIN_HEADLINE_WORDS: Final = 3  # on average over a list: a menu has fewer


class Line(NamedTuple):
    """A line of a page that is not blank; ``follows_blank`` where a blank line stands over it."""

    text: str
    follows_blank: bool = False


def page_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, without white space around them."""
    lines = []
    follows_blank = True
    for line in map(_stripped, text.splitlines()):
        if line:
            lines.append(Line(line, follows_blank))
        follows_blank = not line
    return lines


def _stripped(line: str) -> str:
    return line.strip("\ufeff\u200e\u200f" + string.whitespace + "\u00a0\u202f")


def published(line: str) -> dict[str, str] | None:
    """The source, author and date of the line that says where and when; None for any other line."""
    if len(line) > _MAX_PUBLISHED_CHARACTERS:
        return None
    line = " ".join(_composed(line).split())
    patterns = (_DATED_LINE, _UNDATED_LINE, _ARABIC_LINE, _ENGLISH_LINE)
    match = next(filter(None, (pattern.fullmatch(line) for pattern in patterns)), None)
    if match is None:
        return None
    found = {name.removeprefix("later_"): text for name, text in match.groupdict().items() if text}
    if "source" in found:
        found["source"] = found["source"].strip(' «»"“”')
    if "date" in found:
        found["date"] = _DATE_DASHES.sub("-", found["date"])
    return found or None


def is_dated_in_source(line: str) -> bool:
    """Whether a line says both in which source and when an article was published."""
    return {"source", "date"} <= (published(line) or {}).keys()


def has_aggregator_date(line: str) -> bool:
    """Whether a line has a date with spaces around its hyphens, as aggregators write it and few others do."""
    return _AGGREGATOR_DATE.search(line) is not None


def is_notice(line: str) -> bool:
    """Whether a line speaks of an image that readers report."""
    return len(line) <= _MAX_HEADLINE_CHARACTERS and _NOTICES.match(comparable(line)) is not None


def source_link_end(line: str) -> int:
    """Where the link to the source ends with which a line begins; 0 for any other line."""
    match = _SOURCE_LINK.match(line)
    return match.end() if match else 0


def author_name(line: str) -> str | None:
    """The name of the author that a line consists of; None for any other line."""
    if len(line) > _MAX_AUTHOR_CHARACTERS:
        return None
    line = " ".join(_composed(line).split())
    patterns = (_AGENCY_LINE, _MARKED_AUTHOR_LINE, _AUTHOR_LINE)
    match = next(filter(None, (pattern.fullmatch(line) for pattern in patterns)), None)
    return match["name"] if match else None


def is_like_headline(line: str) -> bool:
    """Whether a line may be a headline: it is short and does not end as a sentence does."""
    return len(line) <= _MAX_HEADLINE_CHARACTERS and not line.endswith((".", ",", ";"))


def are_like_headlines(lines: Iterable[str]) -> bool:
    """Whether lines may be headlines, and are too long for the entries of a menu."""
    words = [len(line.split()) if is_like_headline(line) else 0 for line in lines]
    return bool(words) and all(words) and sum(words) >= _MIN_HEADLINE_WORDS * len(words)


def comparable(text: str) -> str:
    """A text without its differences of case, white space, apostrophes and ways to write accents."""
    return " ".join(_composed(text).translate(_APOSTROPHES).casefold().split())


def _composed(text: str) -> str:
    """A text with each accent on its letter: some systems write the two apart."""
    return unicodedata.normalize("NFC", text)
