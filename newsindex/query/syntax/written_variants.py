"""Finds other ways in which the articles of an index write the words of a query.

``COP28`` is also written ``COP 28``, ``20h30`` ``20 h 30``, ``anti-gang`` ``antigang`` and ``CAN 2025``
``#CAN2025``. A variant is a word or a phrase; only those whose words the index has are given. What was typed
scores most: a variant scores at most ``MAX_VARIANT_WEIGHT`` of what the idf of the typed words gives, however
rare the variant is.

- A word of letters and digits, and a decimal number, may be parted where they meet.
- A word that begins with a prefix such as ``anti``, or that hardly any article has, may be parted.
- Words that hyphens, apostrophes or spaces part may be one word. Stop words are only joined across hyphens.
- A word may be followed by a number without a space: ``covid`` is in ``COVID19``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from newsindex.analyzer import French, Word, fold
from newsindex.deadline import check_deadline

MAX_VARIANT_WEIGHT: Final = 0.8
MAX_JOINED_WORDS: Final = 3
"""How many words that only spaces part may be written as one."""
_MAX_NUMBERED: Final = 20  # words that begin with one and end in a number
_MAX_WORD: Final = 40  # letters of a word that is looked at
_MIN_PART: Final = 3  # letters of each part of a parted word
_RARE: Final = 5  # articles that may have a word that is parted anywhere
_PREFIXES: Final = (
    "anti", "cyber", "eco", "euro", "extra", "hyper", "mega", "micro", "mini", "multi", "narco", "neo", "non",
    "post", "pro", "semi", "super", "ultra", "week",
)  # fmt: skip
_PREFIX: Final = re.compile("|".join(sorted(_PREFIXES, key=len, reverse=True)))
_LETTERS_OR_DIGITS: Final = re.compile(r"[0-9]+|[a-z]+")
_CLOCK: Final = re.compile(r"([0-9]{1,2})h([0-9]{2})")
_ELIDED_LETTERS: Final = "ld"


class TermDictionary(Protocol):
    """The terms of an index, as the search for variants asks for them."""

    def document_frequency(self, term: str) -> int:
        """How many articles have a term; 0 for an unknown one."""

    def idf(self, term: str) -> float:
        """The inverse document frequency of a term."""

    def numbered_terms(self, term: str, limit: int) -> list[str]:
        """The terms that are a term and a number after it, at most ``limit``."""


class Spelled(NamedTuple):
    """A word of a variant: its term, and its spelling."""

    term: str
    spelling: str


class Variant(NamedTuple):
    """The words of a variant, one or several that follow each other, and the factor of their scores."""

    words: tuple[Spelled, ...]
    weight: float


class WrittenVariants:
    """Finds the variants of the words of one query."""

    def __init__(self, french: French, dictionary: TermDictionary) -> None:
        self._french = french
        self._dictionary = dictionary

    def of_clause(self, text: str, words: Sequence[Word]) -> list[Variant]:
        """The variants of one word, or of the words that hyphens or apostrophes join.

        ``text`` is what was typed, with the elided word before the first one.
        """
        check_deadline()
        if len(words) > 1:
            return self._existing(words, self._joined([word.spelling for word in words]))
        word = words[0]
        if word.stop or len(word.spelling) > _MAX_WORD:
            return []
        variants = self._existing(words, [*self._parted(word), *self._with_elided(text, word)])
        if word.spelling.isalpha() and len(word.spelling) >= _MIN_PART:
            numbered = self._dictionary.numbered_terms(fold(word.spelling), _MAX_NUMBERED)
            variants += [self._variant(words, (Spelled(term, term),)) for term in numbered]
        return variants

    def of_run(self, words: Sequence[Word]) -> list[Variant]:
        """The variants of words that only spaces part, all of them as one word."""
        spellings = [word.spelling for word in words]
        is_clock = spellings[0].isdigit() and spellings[1] == "h"
        if any(word.stop for word in words) or (spellings[0].isdigit() and not is_clock):
            return []
        if sum(map(len, spellings)) > _MAX_WORD:
            return []
        return self._existing(words, self._joined(spellings))

    def _existing(self, typed: Sequence[Word], variants: Iterable[Sequence[str]]) -> list[Variant]:
        """The variants, each a sequence of spellings, whose words the index has."""
        existing = []
        for spellings in variants:
            words = tuple(Spelled(self._french.term(spelling), spelling) for spelling in spellings)
            if all(word.term and self._dictionary.document_frequency(word.term) for word in words):
                existing.append(self._variant(typed, words))
        return existing

    def _variant(self, typed: Sequence[Word], words: tuple[Spelled, ...]) -> Variant:
        """A variant with its weight, by which it scores no more than what was typed."""
        idf = self._dictionary.idf
        ratio = sum(idf(word.term) for word in typed) / sum(idf(word.term) for word in words)
        return Variant(words, MAX_VARIANT_WEIGHT * min(ratio, 1.0))

    def _joined(self, spellings: Sequence[str]) -> Iterator[Sequence[str]]:
        """Some words as one word, and two numbers as one with a decimal comma."""
        if len(spellings) == 2 and all(spelling.isdigit() for spelling in spellings):
            yield [",".join(spellings)]
            return
        yield ["".join(spellings)]

    def _with_elided(self, text: str, word: Word) -> Iterator[Sequence[str]]:
        """A name together with the article before it: ``L'Oréal`` as ``loréal``."""
        elided = text[: word.start].lower()
        if len(elided) == len("l'") and elided[0] in _ELIDED_LETTERS and text[word.start].isupper():
            yield [elided[0] + word.spelling]

    def _parted(self, word: Word) -> Iterator[Sequence[str]]:
        """One word as several that follow each other."""
        folded = fold(word.spelling)
        if "," in folded:
            yield folded.split(",")
            return
        if not folded.isalpha():
            parts = _LETTERS_OR_DIGITS.findall(folded)
            if "".join(parts) == folded and 1 < len(parts) <= MAX_JOINED_WORDS and word.term == folded:
                yield parts
                if clock := _CLOCK.fullmatch(folded):
                    yield [clock[1], clock[2]]
            return
        spelling = word.spelling if len(word.spelling) == len(folded) else folded
        places = {match.end() for match in [_PREFIX.match(folded)] if match}
        if self._dictionary.document_frequency(word.term) <= _RARE:
            places.update(range(_MIN_PART, len(folded) - _MIN_PART + 1))
            if folded[0] in _ELIDED_LETTERS and len(folded) > _MIN_PART:
                yield [spelling[1:]]
        for place in sorted(places):
            if len(folded) - place >= _MIN_PART:
                yield [spelling[:place], spelling[place:]]
