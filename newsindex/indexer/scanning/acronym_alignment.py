"""Aligns the letters of an acronym with the words of its long name, at the lowest cost.

A word gives its initial. A function word (``de``, ``la``, ``et``) gives a letter or none, and so does a last
word that follows four letters or more: ``l'électricité et de l'eau potable (ONEE)``. A content word that
gives more letters than its initial, or none, costs more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from newsindex.analyzer import fold

_MIN_LETTERS_BEFORE_LAST: Final = 4  # of an acronym to which the last word of the long name gives none
_MAX_PREFIX: Final = 3  # letters that one word gives
_MAX_WORDS: Final = 24  # of a long name, function words counted
_FUNCTION_LETTER: Final = 1
_LAST_WORD: Final = 5
PREFIX_LETTER: Final = 10
_NO_LETTER: Final = 40
"""The costs of a letter that a function word gives, of a last word without a letter, of a letter of a content
word after its initial, and of another content word without a letter."""
_MAX_COST: Final = 59
ARTICLES: Final = frozenset(("l", "la", "le", "les", "the"))
"""The function words with which a long name may begin."""
_FUNCTION_WORDS: Final = ARTICLES.union(
    re.findall(
        r"\w+",
        """
        a au aux avec chez d dans de des du en entre et n ou par pour s sans sous sur un une vers
        and at by for in of on or to with das dei del della der di do dos e el fur und y
        """,
    )
)
"""Words that need not give a letter: articles, prepositions and conjunctions, also those of other languages
that names in French news are in."""
_EDITORS_NOTE: Final = "ndlr"


class AcronymLetters(NamedTuple):
    """The letters of an acronym, in lower case and folded."""

    folded: str
    endings: tuple[str, ...]  # with one of which the last word of the long name begins

    @classmethod
    def of(cls, folded: str) -> AcronymLetters:
        """The letters with their endings."""
        return cls(folded, tuple(folded[-size:] for size in range(1, _MAX_PREFIX + 1)))


class NameWord(NamedTuple):
    """A folded word; whether it is a function word."""

    folded: str
    is_function: bool


class Alignment(NamedTuple):
    """What it costs to make an acronym of some last words, and how many these are."""

    cost: int
    words: int


@lru_cache(1 << 15)
def read_word(token: str) -> NameWord | None:
    """The word of a token; None for a sign."""
    folded = fold(token.lower())
    return NameWord(folded, folded in _FUNCTION_WORDS) if folded and folded != _EDITORS_NOTE else None


def is_function_word(token: str) -> bool:
    """Whether a token is a function word."""
    word = read_word(token)
    return word is not None and word.is_function


def may_precede_last(letters: AcronymLetters, tokens: Sequence[str]) -> bool:
    """Whether the last token but one may give the last letter of an acronym, and the last one none."""
    if len(letters.folded) < _MIN_LETTERS_BEFORE_LAST or len(tokens) < 2:
        return False
    word = read_word(tokens[-2])
    return word is not None and not word.is_function and word.folded[0] == letters.folded[-1]


def align(letters: AcronymLetters, tokens: Sequence[str]) -> Alignment | None:
    """The cheapest way to make an acronym of the last words, of equal ones the shortest; None without any."""
    last = read_word(tokens[-1]) if tokens else None
    if last is None or last.is_function or not last.folded.startswith(letters.endings):
        return None
    folded = letters.folded
    left = len(folded) - 1
    if last.folded[0] == folded[left]:  # most acronyms are the initials of their content words
        for count, token in enumerate(reversed(tokens[:-1]), 2):
            word = read_word(token)
            if word is None:
                break
            if not word.is_function:
                if word.folded[0] != folded[left - 1]:
                    break
                left -= 1
                if not left:
                    return Alignment(0, _without_head(folded, tokens[-count:]))
    return _align_any(folded, tokens)


def _align_before_last(letters: AcronymLetters, tokens: Sequence[str]) -> Alignment | None:
    """The way to make an acronym of the initials of the content words before the last one."""
    if not may_precede_last(letters, tokens) or read_word(tokens[-1]) is None or is_function_word(tokens[-1]):
        return None
    alignment = align(letters, tokens[:-1])
    return Alignment(_LAST_WORD, alignment.words + 1) if alignment and not alignment.cost else None


def best_alignment(letters: AcronymLetters, tokens: Sequence[str]) -> Alignment | None:
    """The cheaper of the ways to make an acronym with the last word and before it; None without any."""
    with_last = align(letters, tokens)
    if with_last is not None and not with_last.cost:
        return with_last
    before_last = _align_before_last(letters, tokens)
    if with_last is None or before_last is None:
        return with_last or before_last
    return before_last if before_last.cost < with_last.cost else with_last


def _without_head(letters: str, tokens: Sequence[str]) -> int:
    """How many last words are the name, where these give the letters of an acronym.

    In ``leader de la France insoumise (LFI)`` it is the article that gives the first letter.
    """
    if letters[0] == "l" and tokens[0].islower():
        for count in range(len(tokens) - 1, 1, -1):
            article, noun = tokens[-count], tokens[-count + 1]
            if noun[0].isupper() and article.lower() in ARTICLES:
                return count
            if not is_function_word(article):
                break
    return len(tokens)


def _align_any(letters: str, tokens: Sequence[str]) -> Alignment | None:
    """The same as :func:`align`, without its short way.

    The words are read from the last to the first, with the cost by the number of letters that are still to
    be given.
    """
    best: Alignment | None = None
    costs = {len(letters): 0}
    for count, token in enumerate(reversed(tokens[-_MAX_WORDS:]), 1):
        word = read_word(token)
        if word is None:
            break
        costs = _step(letters, word, costs)
        done = costs.pop(0, None)
        if done is not None and (best is None or done < best.cost):
            best = Alignment(done, count)
        if not costs or (best is not None and best.cost == 0):
            break
    return best


def _step(letters: str, word: NameWord, costs: Mapping[int, int]) -> dict[int, int]:
    """The costs after one more word, which gives some of the letters that are still to be given or none."""
    folded, is_function = word
    first = folded[0]
    following: dict[int, int] = {}
    for left, cost in costs.items():
        if left < len(letters):
            without = cost if is_function else cost + _NO_LETTER
            if without <= following.get(left, _MAX_COST):
                following[left] = without
        elif is_function:
            continue
        for size in range(1, min(_MAX_PREFIX, left) + 1):
            if letters[left - size] != first or not folded.startswith(letters[left - size : left]):
                continue
            if is_function and size == left and folded not in ARTICLES:
                continue
            added = cost + (_FUNCTION_LETTER * size if is_function else PREFIX_LETTER * (size - 1))
            if added <= following.get(left - size, _MAX_COST):
                following[left - size] = added
    return following
