"""Finds other ways in which the articles of an index write the words of a query.

``COP28`` is also written ``COP 28``, ``20h30`` ``20 h 30``, ``anti-gang`` ``antigang``, ``2e`` ``deuxième``
and ``CAN 2025`` ``#CAN2025``. A variant is a word or a phrase, and only what the index has is given. What was
typed scores most: a variant scores at most ``MAX_VARIANT_WEIGHT`` of what the idf of the typed words gives,
however rare the variant is.

- A word of letters and digits, and a number with a point, may be parted where they meet.
- A word that begins with a prefix such as ``anti``, or that hardly any article has, may be parted.
- Words that hyphens, apostrophes or spaces part may be one word.
- A word may be followed by a number without a space: ``covid`` is in ``COVID19``.
- An ordinal may be a word, and a clock time has several forms (``clock_times.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from functools import lru_cache
from itertools import chain, product
from typing import Final, NamedTuple, Protocol, TypeAlias

from newsindex.analyzer import French, Word, fold
from newsindex.analyzer.characters import HASH
from newsindex.analyzer.ordinals import ORDINAL_WORDS
from newsindex.deadline import check_deadline

from .clock_times import clock_time, written_forms

MAX_VARIANT_WEIGHT: Final = 0.6
"""With the share of its spelling, a variant still scores less than another form of the typed term."""
MAX_JOINED_WORDS: Final = 3
"""How many words that only spaces part may be written as one."""
_MAX_NUMBERED: Final = 20  # words that begin with one and end in a number
_MAX_WORD: Final = 40  # letters of a word that is looked at
_MIN_STEM: Final = 3  # letters of each part of a parted word, and of a word before a number
_MAX_PARTS: Final = 4  # of a word of letters and digits
_RARE: Final = 5  # articles that may have a word that is parted anywhere
_SLIP_SHARE: Final = 200  # a parted form that is so many times rarer than the word is a slip
_PREFIX_LIST: Final = """
    abd aero afro agro ait al anglo anti apres arabo archi arriere audio auto avant ben bi bio bou cine co
    contre cyber demi e eco el electro euro ex extra franco geo hydro hyper infra inter intra islamo judeo
    macro maxi mega meta micro mini mono moto multi nano narco neo non outre para photo pluri poly post pre
    pro pseudo psycho quasi radio re retro semi socio sous super tele thermo trans tri turbo ultra vice video
    week
"""
_PREFIXES: Final = frozenset(_PREFIX_LIST.split())
_PREFIX_BEGINNINGS: Final = frozenset(prefix[:2] for prefix in _PREFIXES)
_PREFIX_LENGTHS: Final = sorted({len(prefix) for prefix in _PREFIXES})
_LETTERS_OR_DIGITS: Final = re.compile(r"[0-9]+|[a-z]+")
_ARTICLES_OF_NAMES: Final = ("al", "el", "la", "le", "me")
_ELIDED_LETTERS: Final = "ld"
_FIRST_STOP_WORDS: Final = frozenset(("entre", "je", "la", "le", "les", "me", "nous", "on", "sans", "sous"))
"""Stop words that names and hashtags begin with; others make other words, as ``en`` and ``droit``."""


class Spelled(NamedTuple):
    """A word of a variant: its term, and its spelling."""

    term: str
    spelling: str


class Variant(NamedTuple):
    """The words of a variant, one or several that follow each other, and the factor of their scores."""

    words: tuple[Spelled, ...]
    weight: float


class TermDictionary(Protocol):
    """The terms of an index, as the search for variants asks for them."""

    @property
    def known_variants(self) -> MutableMapping[tuple[str, ...], tuple[Variant, ...]]:
        """What was found before, by what was typed."""

    def document_frequency(self, term: str) -> int:
        """How many articles have a term; 0 for an unknown one."""

    def idf(self, term: str) -> float:
        """The inverse document frequency of a term."""

    def phrase_frequency(self, terms: Sequence[str]) -> int:
        """How many articles have some terms side by side."""

    def numbered_terms(self, term: str, limit: int) -> Sequence[str]:
        """The terms that are a term and a number after it, at most ``limit``."""


class WrittenVariants:
    """Finds the variants of the words of one query."""

    def __init__(self, french: French, dictionary: TermDictionary) -> None:
        self._french = french
        self._dictionary = dictionary
        self._known = dictionary.known_variants

    def of_clause(self, text: str, words: Sequence[Word]) -> tuple[Variant, ...]:
        """The variants of one word, or of the words that hyphens or apostrophes join.

        ``text`` is what was typed, with the elided word before the first one.
        """
        variants = self._known.get((text,))
        if variants is None:
            rules = RULES_OF_WORDS if len(words) == 1 else RULES_OF_COMPOUNDS
            is_stop = len(words) == 1 and words[0].stop
            letters = sum([len(word.spelling) for word in words])
            found = [] if is_stop or letters > _MAX_WORD else self._by_rules(rules, text, words)
            variants = self._known[(text,)] = tuple(found)
        return variants

    def of_run(self, words: Sequence[Word]) -> tuple[Variant, ...]:
        """The variants of two or more words that only spaces part, all of them as one word."""
        spellings = tuple([word.spelling for word in words])
        variants = self._known.get(spellings)
        if variants is None:
            text = " ".join(spellings)
            found = [] if len(text) > _MAX_WORD else self._by_rules(RULES_OF_RUNS, text, words)
            variants = self._known[spellings] = tuple(found)
        return variants

    def _by_rules(self, rules: _Rules, text: str, words: Sequence[Word]) -> list[Variant]:
        check_deadline()
        candidates = [spellings for rule in rules.values() for spellings in rule(self, text, words)]
        return self._existing(words, candidates) if candidates else []

    def _existing(self, typed: Sequence[Word], candidates: Iterable[Sequence[str]]) -> list[Variant]:
        """The variants, each a sequence of spellings, that an article has, without what was ``typed``."""
        existing: dict[tuple[str, ...], Variant] = {tuple([word.term for word in typed]): Variant((), 0.0)}
        for spellings in candidates:
            words = self._spelled(spellings)
            terms = tuple([word.term for word in words])
            if words and terms not in existing and self._stand_together(terms):
                existing[terms] = self._variant(typed, words)
        return list(existing.values())[1:]

    def _spelled(self, spellings: Sequence[str]) -> tuple[Spelled, ...]:
        """The words of some spellings; none where no article has one of them, which is mostly the first."""
        words: list[Spelled] = []
        for spelling in spellings:
            term = self._french.term(spelling)
            if not self._dictionary.document_frequency(term):
                return ()
            words.append(Spelled(term, spelling))
        return tuple(words)

    def _stand_together(self, terms: Sequence[str]) -> bool:
        """Whether an article has some terms, which all are in the index, side by side."""
        return len(terms) == 1 or self._dictionary.phrase_frequency(terms) > 0

    def _frequency(self, terms: Sequence[str]) -> int:
        """How many articles have a word, or words side by side."""
        dictionary = self._dictionary
        if len(terms) == 1:
            return dictionary.document_frequency(terms[0])
        if not all(term and dictionary.document_frequency(term) for term in terms):
            return 0
        return dictionary.phrase_frequency(terms)

    def _variant(self, typed: Sequence[Word], words: tuple[Spelled, ...]) -> Variant:
        """A variant with its weight, by which it scores no more than what was typed."""
        idf = self._dictionary.idf
        ratio = sum(idf(word.term) for word in typed) / sum(idf(word.term) for word in words)
        return Variant(words, MAX_VARIANT_WEIGHT * min(ratio, 1.0))

    def _is_rare(self, spelling: str) -> bool:
        return self._dictionary.document_frequency(self._french.term(spelling)) <= _RARE

    # Rules: each gives variants, as the spellings of their words, of the words that were typed as ``text``.

    def clock_times(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """The forms of a clock time."""
        time = clock_time(text.lower()) if text[0].isdigit() else None
        return () if time is None else written_forms(time)

    def joined_compound(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """A compound as one word; two numbers like those of ``49-3`` as one with a decimal comma."""
        spellings = [word.spelling for word in words]
        if not all(map(str.isdigit, spellings)):
            return (["".join(spellings)],)
        return ([",".join(spellings)],) if list(map(len, spellings)) == [2, 1] else ()

    def joined_run(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """Words that spaces part as one word, as ``endroit`` is of ``en droit``.

        It must not be another word.
        """
        joined = text.replace(" ", "")
        if not joined.isalnum() or joined.isdigit():
            return ()
        if not joined.isalpha() or not any(word.stop for word in words):
            return ([joined],)
        first, last = words[0], words[-1]
        is_name = not last.stop and (not first.stop or first.spelling in _FIRST_STOP_WORDS)
        return ([joined],) if is_name and self._is_rare(joined) else ()

    def hashtags(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """The words of a hashtag."""
        parts = self._french.spellings(text)[:-1] if text[0] == HASH else []
        return (parts,) if parts else ()

    def letters_and_numbers(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """A word of letters and digits in parts, and a number with a point as two, as in ``49.3``."""
        word = words[0]
        if word.spelling.isascii() and word.spelling.isalpha():
            return ()
        folded = fold(word.spelling)
        if "," in folded:
            return (folded.split(","),) if "." in text else ()  # a quantity is not typed with a point
        parts = _LETTERS_OR_DIGITS.findall(folded) if word.term == folded else []
        if 1 < len(parts) <= _MAX_PARTS and "".join(parts) == folded:
            return _groups(parts)
        return ()

    def numbered_words(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """A word with a number right after it."""
        spelling = words[0].spelling
        if not spelling.isalpha() or len(spelling) < _MIN_STEM:
            return ()
        return [[term] for term in self._dictionary.numbered_terms(fold(spelling), _MAX_NUMBERED)]

    def prefixes(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """A word that begins with a prefix as two, unless that is so rare that it is a slip of the pen."""
        word = words[0]
        folded = fold(word.spelling)
        if folded[:2] not in _PREFIX_BEGINNINGS or not folded.isalpha():
            return ()
        found: list[Sequence[str]] = []
        for length in _PREFIX_LENGTHS:
            if folded[:length] in _PREFIXES and len(folded) - length >= _MIN_STEM:
                parts = _split(word, folded, length)
                frequency = self._frequency([self._french.term(part) for part in parts])
                if frequency * _SLIP_SHARE >= self._dictionary.document_frequency(word.term):
                    found.append(parts)
        return found

    def rare_words(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """A rare word as two, the first of which may be the article of a name.

        A name, or a word of one article at most, is given without the elided article that it begins with.
        """
        word = words[0]
        frequency = self._dictionary.document_frequency(word.term)
        if frequency > _RARE:
            return ()
        folded = fold(word.spelling)
        if not folded.isalpha() or len(folded) <= _MIN_STEM:
            return ()
        places = range(_MIN_STEM, len(folded) - _MIN_STEM + 1)
        found: list[Sequence[str]] = [_split(word, folded, place) for place in places]
        if folded[:2] in _ARTICLES_OF_NAMES and len(folded) > 2 * 2:
            found.append(_split(word, folded, 2))
        if folded[0] in _ELIDED_LETTERS and (text[0].isupper() or frequency <= 1):
            found.append([_split(word, folded, 1)[1]])
        return found

    def elided_articles(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """A name together with the article before it: ``L'Oréal`` as ``loréal``."""
        elided = text[: words[0].start].lower()
        if len(elided) == len("l'") and elided[0] in _ELIDED_LETTERS:
            joined = elided[0] + words[0].spelling
            return ([joined],) if self._is_rare(joined) else ()
        return ()

    def ordinals(self, text: str, words: Sequence[Word]) -> Iterable[Sequence[str]]:
        """An ordinal in figures as a word, and the other way round."""
        term = words[0].term
        found: list[Sequence[str]] = [[ordinal] for ordinal in ORDINAL_WORDS.get(term, ())]
        figures = _ordinals_of_words(self._french).get(term)
        return found if figures is None else [*found, [figures]]


_Rules: TypeAlias = dict[str, Callable[[WrittenVariants, str, Sequence[Word]], Iterable[Sequence[str]]]]
RULES_OF_WORDS: Final[_Rules] = {
    "clock times": WrittenVariants.clock_times,
    "hashtags": WrittenVariants.hashtags,
    "letters and numbers": WrittenVariants.letters_and_numbers,
    "prefixes": WrittenVariants.prefixes,
    "rare words": WrittenVariants.rare_words,
    "elided articles": WrittenVariants.elided_articles,
    "ordinals": WrittenVariants.ordinals,
    "numbered words": WrittenVariants.numbered_words,
}
"""The rules for one word; what each costs is measured by leaving it out."""
RULES_OF_COMPOUNDS: Final[_Rules] = {
    "clock times": WrittenVariants.clock_times,
    "joined compounds": WrittenVariants.joined_compound,
}
"""The rules for words that hyphens or apostrophes join."""
RULES_OF_RUNS: Final[_Rules] = {
    "clock times": WrittenVariants.clock_times,
    "joined words": WrittenVariants.joined_run,
}
"""The rules for words that only spaces part."""


@lru_cache(8)
def _ordinals_of_words(french: French) -> dict[str, str]:
    """The ordinals in figures by the terms of their words."""
    return {french.term(word): ordinal for ordinal, words in ORDINAL_WORDS.items() for word in words}


def _split(word: Word, folded: str, place: int) -> tuple[str, str]:
    """The spelling of a word in two parts, without its accents where they would move the place."""
    spelling = word.spelling if len(word.spelling) == len(folded) else folded
    return spelling[:place], spelling[place:]


def _groups(parts: Sequence[str]) -> Iterator[list[str]]:
    """All ways to write some parts as two words or more, the parts of a word joined."""
    for spaces in product((" ", ""), repeat=len(parts) - 1):
        written = "".join(chain(*zip(parts, (*spaces, ""), strict=True))).split()
        if len(written) > 1:
            yield written
