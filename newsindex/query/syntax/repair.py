"""Which signs of a query cannot be meant as syntax?

A headline pasted into the search box has quotes without a pair, colons and question marks. They are read
as the punctuation that they are, and a note says so where it may have been meant otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from newsindex.analyzer import STOP_WORDS
from newsindex.analyzer.characters import GROUP_SPACES
from newsindex.errors import QueryError

from .query_fields import DATE_FIELD_NAMES as DATES
from .query_fields import FIELD_NAMES as FIELDS

WORD_START = r"(?:^|(?<=[\s(:+-])(?<!\w[+-]))"
MAX_BOOST: Final = 1000
_QUOTED: Final = r'"[^"]*"'  # to pass over
_MOMENT: Final = r"(?P<moment>[0-9]{1,2}T[0-9]{2}:[0-9:.Z+-]+)"
_COLON: Final = re.compile(rf"{_QUOTED}|{_MOMENT}|(?:(?<!\w)(?P<field>\w+))?:")
_BOOST: Final = re.compile(rf'{_QUOTED}|\^(?P<number>[^\s()"^]*)')
_QUESTION: Final = re.compile(rf"{_QUOTED}|(?<!\?)(?P<glued>(?<=\w))?\?++(?=[^\w*]|$)")
_DASH: Final = re.compile(rf"{_QUOTED}|(?<![^\s(])(?P<list>(?<=[.!?:;…]\s))?-(?=(?P<word>\w+))")
_GOES_ON: Final = re.compile(r"['’ʼ*?~-]")  # -l'avocat, -la-croix, -sur*: more than a stop word
_NUMBER: Final = re.compile(r"[0-9]*[.,]?[0-9]+")
_PLAIN: Final = re.compile(rf'{_QUOTED}|{WORD_START}=[^\s"]*')
_OPERATOR: Final = re.compile(r"(?<!\S)(?:AND|OR|NOT|ANDNOT|ET|OU|SAUF|NON)(?!\S)")
_PERCENTAGE: Final = re.compile(rf"(?<![^\s(])[+-](?=[0-9]+(?:[.,][0-9]+)?[{GROUP_SPACES}]?%)")
"""The sign of a rise or a fall, ``-1,3 %``, which asks for no more and no less than the number."""
_Reading = Callable[[re.Match[str], list[str]], str]
_WILD: Final = re.compile(r"[*?]\w+\Z")
_SIGN: Final = re.compile(r"\w[*~]|\*\w")
_AFTER_EQUALS: Final = re.compile(r"[*?~]")
_OPEN_END: Final = re.compile(rf"{_QUOTED}|[\[{{]\s*\*\s+TO\b|\bTO\s+\*\s*[\]}}]")
"""``[* TO 2019]``, as other languages write what is open on one side."""
_BRACKET: Final = re.compile(
    rf"{_QUOTED}|(?<!\w)(?:{'|'.join(DATES)}):[\[{{][^\[\]{{}}]*[\]}}]|(?P<stray>[\[\]{{}}])", re.IGNORECASE
)


def repair_query(text: str) -> tuple[str, tuple[str, ...]]:
    """The query without the signs that cannot be meant as syntax, and notes on them.

    Raises QueryError for a weight out of range.
    """
    notes: list[str] = []
    text = _PERCENTAGE.sub(" ", text)
    if _OPERATOR.search(text) and text == text.upper() and _has_stop_words(text):
        text = text.lower()
        notes.append("As all is in capitals, ET, OU, SAUF and NON were read as words.")
    if text.count('"') % 2:
        at = text.rindex('"')
        text = f"{text[:at]} {text[at + 1 :]}"
        notes.append("A quotation mark without its pair was left out.")
    if text.count("(") != text.count(")"):
        text = text.replace("(", " ").replace(")", " ")
        notes.append("Parentheses that do not pair were left out.")
    if "*" in text:
        text = _OPEN_END.sub(
            lambda found: found[0] if found[0].startswith('"') else found[0].replace("*", ""), text
        )
    if "[" in text or "{" in text:  # other brackets are no range, and slow to read as one
        text = _BRACKET.sub(lambda found: found[0] if found["stray"] is None else " ", text)
    readings = (
        ("?", _QUESTION, _question),
        ("^", _BOOST, _boost),
        ("-", _DASH, _dash),
        (":", _COLON, _colon),
    )
    for sign, pattern, read in readings:
        if sign in text:
            text = pattern.sub(partial(_outside_quotes, read, notes), text)
    if any((_AFTER_EQUALS if said[0] == "=" else _SIGN).search(said) for said in _PLAIN.findall(text)):
        notes.append("Between quotation marks and after =, the signs * ? ~ have no meaning.")
    return text, tuple(dict.fromkeys(notes))


def _has_stop_words(text: str) -> bool:
    """Whether a text has a word that sentences have and lists of words between operators do not."""
    return any(word.lower() in STOP_WORDS and not _OPERATOR.fullmatch(word) for word in text.split())


def _outside_quotes(read: _Reading, notes: list[str], found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else read(found, notes)


def _question(found: re.Match[str], notes: list[str]) -> str:
    if found["glued"] is not None:
        if _WILD.search(found.string, max(found.start() - 64, 0), found.start()):
            return found[0]
        notes.append("A ? at the end of a word was read as punctuation; inside a word it is any one letter.")
    return " "


def _boost(found: re.Match[str], notes: list[str]) -> str:
    if not _NUMBER.fullmatch(found["number"]):
        notes.append("A ^ without a number was left out.")
        return f" {found['number']}" if found["number"][:1].isalpha() else " "
    number = float(found["number"].replace(",", "."))
    if not 0 < number <= MAX_BOOST:
        raise QueryError(f"a weight must be above 0 and at most {MAX_BOOST:,}, not {found[0]:.40}")
    return f"^{max(number, 1e-6):.6f}"


def _dash(found: re.Match[str], notes: list[str]) -> str:
    if found["list"] is not None:
        notes.append("A dash after the end of a sentence was read as punctuation.")
        return " "
    if found["word"].lower() in STOP_WORDS and not _GOES_ON.match(found.string, found.end("word")):
        notes.append(f"The dash before {found['word']!r}, a word that all texts have, was left out.")
        return " "
    return found[0]


def _colon(found: re.Match[str], notes: list[str]) -> str:
    if found["moment"]:  # date:2026-01-02T10:30
        return found[0]
    name = found["field"]
    after = found.string[found.end() : found.end() + 1]
    if name and name.lower() in FIELDS and after and not after.isspace():
        return f"{name.lower()}:"
    notes.append("A colon that names no field was read as a space.")
    return f"{name or ''} "
