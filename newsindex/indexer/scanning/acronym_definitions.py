"""Finds where a text defines an acronym: ``Long name (ACRONYM)`` and ``ACRONYM (long name)``.

The words before a parenthesis, or in it, are the long name of an acronym where its letters are their
initials, in order. The search for a short and a long form around a parenthesis, and the alignment of their
letters from the right, are those of Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text", Pacific Symposium on Biocomputing 2003. They let a letter stand anywhere in a
word; the acronyms of French news are made of initials, and to require these is more precise.

A definition is *loose* where a content word gives more letters than its initial (``Mouvement démocrate
(MoDem)``), where another one gives none (see acronym_alignment.py), and where the acronym has only two
letters: one such definition alone is no proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from newsindex.analyzer import fold
from newsindex.analyzer.characters import APOSTROPHES

from .acronym_alignment import (
    ARTICLES,
    PREFIX_LETTER,
    AcronymLetters,
    Alignment,
    align,
    best_alignment,
    is_function_word,
    may_precede_last,
    read_word,
)

_MAX_LETTERS: Final = 10  # of an acronym
_MIN_LOWER_LETTERS: Final = 4  # of an acronym that has one capital, such as Insee
_MIN_STRICT_LETTERS: Final = 3  # of an acronym that one definition proves
_MAX_NAME: Final = 160  # characters of a long name in parentheses
_MAX_LETTER_NAME: Final = 18  # characters of another long name for each letter, and once more
_MAX_KNOWN: Final = 6  # long names of one acronym that are recognised at once
_QUOTES: Final = '«»"“”„'
_ACRONYM: Final = r"[^\W\d_](?:[.&-]?[^\W\d_]){1,11}\.?"
_INSIDE: Final = rf"([^\W\d_][^()\n]{{6,{_MAX_NAME}}})\)"
_CAPITAL: Final = "A-ZÀ-ÖØ-Þ"
_AFTER_ACRONYM: Final = "|".join(
    [rf"(?<=[{_CAPITAL}.{_QUOTES}]\s\()", rf"(?<=[{_CAPITAL}]s\s\()"]
    + [rf"(?<=\b[{_CAPITAL}]\w{{{size - 1}}}\s\()" for size in range(_MIN_LOWER_LETTERS, _MAX_LETTERS + 1)]
)
"""After the opening parenthesis: what stands before it may be an acronym, of one capital or in capitals."""
_PARENTHESIS: Final = re.compile(
    rf"\((?:[\s{_QUOTES}]{{0,2}}(?:(?:ci-après|dite?|en abrégé|ou|sigle)\b[\s:{_QUOTES}]*)?"
    rf"({_ACRONYM})[\s{_QUOTES}]{{0,2}}[),;:/]"
    rf"|(?:{_AFTER_ACRONYM}){_INSIDE})"
)
"""A parenthesis that begins with an acronym, whose long name may stand before it; or else one after a word,
which may hold the long name of that word."""
_LONG_NAME: Final = re.compile(rf"\({_INSIDE}")
_WRITTEN: Final = re.compile(rf"(?<![\w.&-])({_ACRONYM})[{_QUOTES}\s]+\Z")
_LONGEST_WRITTEN: Final = 28  # characters of an acronym with dots and quotation marks
_ENDING: Final = 6  # characters of an acronym that have its last letters, with a sign between each two
_WORD_WINDOW: Final = 20  # characters in which the last word before a parenthesis is looked for
_TOKEN: Final = re.compile(rf"[^\W_]+|[.;:!?()\[\]\n…–—|•*=+<>/{_QUOTES}]")
"""A word, or a sign that no long name holds."""
_MAX_ENDS: Final = 3  # of the last and of the first commas in a parenthesis, where the long name may end
_NAME_END: Final = re.compile(r"[,;:–—/]| - |\Z")
_BEFORE_NAME: Final = re.compile(r"(?:(?:ex|ou|pour|sigle d[eu])\b[\s-]*)?", re.IGNORECASE)
_INITIALS_BEFORE_NAME: Final = frozenset("eloprstELOPRST")
"""The initials of articles and of what else may stand before the long name in a parenthesis."""
_SIGNS: Final = re.compile(r"[.&-]")


class Definition(NamedTuple):
    """An acronym as it is written, without dots; its long name, with single spaces; whether it is loose."""

    acronym: str
    name: str
    is_loose: bool


class _Acronym(NamedTuple):
    """A written acronym without dots and the *s* of a plural, and its letters.

    ``known`` has the last long names that were the initials of their content words, which is so whatever
    stands before them: they are recognised at once, and most definitions are of a few names.
    """

    text: str
    letters: AcronymLetters
    known: list[Definition]


def find_definitions(text: str, places: Sequence[int] | None = None) -> Iterator[Definition]:
    """The definitions of acronyms in a text; one that is written several times comes several times.

    ``places`` are those of the opening parentheses that are worth a look, in ascending order; by default all
    are looked at.
    """
    for match in _PARENTHESIS.finditer(text) if places is None else _matches(text, places):
        definition: Definition | None = None
        if match.lastindex == 1:
            definition = _before(text, match.start(), match[1])
            if definition is None and text[match.end() - 1] != ")":
                inside = _LONG_NAME.match(text, match.start())
                definition = _within(text, match.start(), inside.end(1)) if inside else None
        else:
            definition = _within(text, match.start(), match.end() - 1)
        if definition is not None:
            yield definition


def _matches(text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of _PARENTHESIS that begin at some places; no match has another parenthesis in it."""
    for place in places:
        match = _PARENTHESIS.match(text, place)
        if match is not None:
            yield match


@lru_cache(1 << 14)
def _read_acronym(written: str) -> _Acronym | None:
    """The acronym of a written word; None for a word that is none."""
    text = written.replace(".", "")
    if len(text) > 2 and text[-1] == "s" and text[:-1].isupper():
        text = text[:-1]
    letters = text if text.isalpha() else _SIGNS.sub("", text)
    if not 2 <= len(letters) <= _MAX_LETTERS:
        return None
    if not letters.isupper() and sum(map(str.isupper, letters)) < 2:
        is_name = letters[0].isupper() and len(letters) >= _MIN_LOWER_LETTERS  # such as Insee
        if not is_name:
            return None
    folded = fold(letters.lower())
    if len(folded) != len(letters):
        return None
    return _Acronym(text, AcronymLetters.of(folded), [])


@lru_cache(1 << 10)
def _initial(character: str) -> str:
    """The folded first letter of a character; "" where it is none."""
    return fold(character.lower())[:1]


def _before(text: str, end: int, written: str) -> Definition | None:
    """The definition whose long name stands before the parenthesis at ``end``, in which the acronym is."""
    acronym = _read_acronym(written)
    if acronym is None:
        return None
    tokens = _TOKEN.findall(text, max(0, end - _WORD_WINDOW), end)
    ending = written[-_ENDING:].lower()
    if tokens and _initial(tokens[-1][0]) not in ending and _initial(tokens[-2:][0][0]) not in ending:
        return None
    for known in acronym.known:
        name = known.name
        if text.endswith(name, 0, end - 1) and not text[end - len(name) - 2 : end - len(name) - 1].isalnum():
            return known
    last = read_word(tokens[-1]) if tokens else None
    if last is None:
        if not tokens or tokens[-1] not in _QUOTES:
            return None
    elif not last.folded.startswith(acronym.letters.endings) and not may_precede_last(
        acronym.letters, tokens
    ):
        return None
    start = max(0, end - _MAX_LETTER_NAME * (len(acronym.letters.folded) + 1))
    tokens = _TOKEN.findall(text, start, end)
    while tokens and tokens[-1] in _QUOTES:
        tokens.pop()
    alignment = best_alignment(acronym.letters, tokens)
    if alignment is None:
        return None
    definition = _definition(acronym, text, end, tokens, alignment)
    if definition is not None and not alignment.cost and len(acronym.known) < _MAX_KNOWN:
        acronym.known.append(definition)
    return definition


def _within(text: str, start: int, last: int) -> Definition | None:
    """The definition whose long name stands in the parenthesis from ``start`` to ``last``, after the acronym.

    It is the longest one that there is.
    """
    first = text.rfind(" ", 0, start - 2) + 1
    if text[first] in _QUOTES and text[first + 1].isspace():
        first = text.rfind(" ", 0, max(first - 1, 0)) + 1
    if text[first + 1] in APOSTROPHES:
        first += len("l'")
    letter, name = text[first], start + 1
    if (
        letter != text[name]
        and letter.isalpha()
        and text[name] not in _INITIALS_BEFORE_NAME
        and _initial(letter) != _initial(text[name])
    ):
        return None
    if start - first > _LONGEST_WRITTEN or text[first:start].islower():
        return None
    written = _WRITTEN.search(text, first, start)
    acronym = _read_acronym(written[1]) if written else None
    if acronym is None:
        return None
    before = _BEFORE_NAME.match(text, name, last)
    name = before.end() if before else name
    tokens = _TOKEN.findall(text, name, min(name + _WORD_WINDOW, last))
    if acronym.letters.folded[0] not in [_initial(token[0]) for token in tokens[:2]]:
        return None
    ends = sorted({place.start() for place in _NAME_END.finditer(text, name, last)}, reverse=True)
    for end in (*ends[:_MAX_ENDS], *ends[_MAX_ENDS:][-_MAX_ENDS:]):
        tokens = _TOKEN.findall(text, name, end)
        is_list = "," in text[name:last]
        alignment = align(acronym.letters, tokens) if is_list else best_alignment(acronym.letters, tokens)
        if alignment and all(map(is_function_word, tokens[: -alignment.words])):
            return _definition(acronym, text, end, tokens, alignment)
    return None


def _definition(
    acronym: _Acronym, text: str, end: int, tokens: Sequence[str], alignment: Alignment
) -> Definition | None:
    """The definition by the last words of the text before ``end``, of which there must be two."""
    first = tokens[-alignment.words]
    is_short = len(acronym.letters.folded) < _MIN_STRICT_LETTERS
    if alignment.words < 2 or (is_short and first in ARTICLES):
        return None
    start = text.rindex(tokens[-1], 0, end)
    name_end = start + len(tokens[-1])
    for token in reversed(tokens[-alignment.words : -1]):
        start = text.rindex(token, 0, start)
    is_loose = is_short or alignment.cost >= PREFIX_LETTER
    return Definition(acronym.text, " ".join(text[start:name_end].split()), is_loose)
