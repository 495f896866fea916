"""Which documents of a segment have a word as it was written, and what is that worth?

The postings of a term are its inflections' together. A document with the word itself, whatever the accents,
is worth more than one with its inflections only, and a little more again with the very accents that
were typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import fold
from newsindex.forks import cached_property
from newsindex.storage.segment import Segment
from newsindex.storage.spelling_table import SLOTS

from .bm25f import BM25F, TermWeight
from .caches import BoundedCache

_LONGEST: Final = 64  # letters of a word that a pattern may stand for
_ALL_MARKS: Final = np.arange(1 << SLOTS, dtype=np.uint8)
_HAS_ANY: Final = _ALL_MARKS[:, np.newaxis] & _ALL_MARKS > 0  # of some bits, whether a mark has one
_HAS_ANY_FLOAT: Final = _HAS_ANY.astype(np.float32)


class SpellingSet(NamedTuple):
    """Some of the spellings of one term in one segment: the bits of those that have one, and the others."""

    bits: int
    others: tuple[int, ...]
    everything: bool  # whether no spelling of the term is left out


NONE: Final = SpellingSet(0, (), False)
"""None of a term's spellings."""


class Factors(NamedTuple):
    """What postings are multiplied by for their spellings: by mark, shape (marks,); by code, shape (codes,);
    and postings whose marks do not say that they are worth more, and by how much."""

    of_mark: NDArray[np.float32]
    of_code: NDArray[np.float32]
    listed: Sequence[tuple[NDArray[np.intp], np.float32]]


class SegmentSpellings:
    """The spellings of one segment, as queries ask for them."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._known: dict[tuple[int, str], tuple[SpellingSet, SpellingSet]] = BoundedCache()
        self._has_any: dict[int, NDArray[np.float32]] = {}

    def like(self, term: int, spelling: str) -> tuple[SpellingSet, SpellingSet]:
        """The spellings of a term that are this word whatever the accents, and those that are exactly it."""
        known = self._known.get((term, spelling))
        if known is None:
            known = self._known[term, spelling] = self._like(term, spelling)
        return known

    def _like(self, term: int, spelling: str) -> tuple[SpellingSet, SpellingSet]:
        own = self._segment.spelling_texts(term)
        typed = spelling.encode()
        folded = fold(spelling)
        plain = folded.encode()
        like = [
            slot
            for slot, text in enumerate(own)
            if text in (typed, plain) or (not text.isascii() and fold(text.decode()) == folded)
        ]
        exact = [slot for slot in like if own[slot] == typed]
        whatever = self._chosen(term, like)
        return whatever, whatever if exact == like else self._chosen(term, exact)

    def _chosen(self, term: int, slots: Collection[int]) -> SpellingSet:
        if not slots:
            return NONE
        numbers = self._segment.spellings.of_term(term)
        return SpellingSet(
            sum([1 << slot for slot in slots if slot < SLOTS]),
            tuple([numbers[slot] for slot in sorted(slots) if slot >= SLOTS]),
            len(slots) == len(numbers),
        )

    def rest(self, term: int, chosen: SpellingSet) -> SpellingSet:
        """The spellings of a term that are not among the chosen."""
        own = self._segment.spellings.of_term(term)
        taken = {slot for slot in range(min(len(own), SLOTS)) if chosen.bits >> slot & 1}
        taken |= {number - own.start for number in chosen.others}
        return self._chosen(term, set(range(len(own))) - taken)

    def having(self, term: int, chosen: SpellingSet) -> NDArray[np.bool_]:
        """Which postings of a term have one of the chosen spellings, shape (postings,)."""
        postings = self._segment.postings
        if chosen.everything:
            return np.ones(postings.document_frequency(term), bool)
        having: NDArray[np.bool_] = _HAS_ANY[chosen.bits][postings.marks(term)]
        if chosen.others:
            having[self._listed(term, chosen)] = True
        return having

    def _listed(self, term: int, chosen: SpellingSet) -> NDArray[np.intp]:
        """The postings of a term that have one of the chosen spellings without a bit."""
        spellings, documents = self._segment.spellings, self._segment.postings.documents(term)
        found = [documents.searchsorted(spellings.other_documents(number)) for number in chosen.others]
        return found[0] if len(found) == 1 else np.unique(np.concatenate([np.zeros(0, np.intp), *found]))

    def factors(self, term: int, spelling: str, worth: TermWeight, ranking: BM25F) -> float | Factors:
        """What the postings of a term are multiplied by for a word: more with its very form whatever the
        accents, most with the accents as typed; one number where all are worth the same."""
        if not worth.form:
            return worth.stem
        alike, exact = self.like(term, spelling)
        if alike is NONE:
            return worth.stem
        weighted = [(alike, ranking.spelling * worth.form), (exact, ranking.accents * worth.form)]
        if alike.everything and (exact.everything or exact is NONE):
            return worth.stem + sum([more for chosen, more in weighted if chosen is not NONE])
        of_mark = np.full(len(_HAS_ANY), worth.stem, np.float32)
        of_code = np.full(len(self._segment.postings.code_mark), worth.stem, np.float32)
        for chosen, more in weighted:
            of_mark += _HAS_ANY_FLOAT[chosen.bits] * np.float32(more)
            of_code += self._codes(chosen.bits) * np.float32(more)
        listed = [
            (self._without_bits(term, chosen), np.float32(more)) for chosen, more in weighted if chosen.others
        ]
        return Factors(of_mark, of_code, listed)

    def _codes(self, bits: int) -> NDArray[np.float32]:
        """Which codes are of postings with one of some spellings, 1 or 0."""
        known = self._has_any.get(bits)
        if known is None:
            marks = self._segment.postings.code_mark
            known = self._has_any[bits] = _HAS_ANY_FLOAT[bits][marks]
        return known

    def document_frequency(self, term: int, spelling: str) -> int:
        """How many live documents have each spelling that is a word whatever the accents, added up."""
        alike = self.like(term, spelling)[0]
        live, spellings = self._segment.live, self._segment.spellings
        first = spellings.of_term(term).start
        with_bit = [slot for slot in range(SLOTS) if alike.bits >> slot & 1]
        if live is None:
            numbers = [*(first + slot for slot in with_bit), *alike.others]
            return sum(map(spellings.document_frequency, numbers))
        if alike is NONE:
            return 0
        marks = self._segment.postings.marks(term)[live[self._segment.postings.documents(term)]]
        frequencies = [np.count_nonzero(marks & (1 << slot)) for slot in with_bit]
        frequencies += [np.count_nonzero(live[spellings.other_documents(number)]) for number in alike.others]
        return int(sum(frequencies))

    def _without_bits(self, term: int, chosen: SpellingSet) -> NDArray[np.intp]:
        """The postings of a term that have one of the chosen spellings, none of them with a bit."""
        listed = self._listed(term, chosen)
        if not chosen.bits:
            return listed
        marks = self._segment.postings.details(term, listed)[1]
        without: NDArray[np.intp] = listed[~_HAS_ANY[chosen.bits][marks]]
        return without

    @cached_property
    def _folded(self) -> tuple[bytes, NDArray[np.intp]]:
        """All spellings without accents, each after a line end, and where these line ends are."""
        texts = (text.decode() for text in self._segment.spellings.texts(self._segment.term_texts()))
        lines = "\n".join(fold(text) if len(text) <= _LONGEST else "" for text in texts)
        listing = f"\n{lines}\n".encode()
        return listing, np.flatnonzero(np.frombuffer(listing, np.uint8) == 10)

    def matching(self, pattern: re.Pattern[bytes]) -> dict[str, list[int]]:
        """The spellings that a pattern finds, by their folded text; it matches from one line end on."""
        listing, ends = self._folded
        found: dict[str, list[int]] = {}
        matches = list(pattern.finditer(listing))
        numbers = np.searchsorted(ends, [match.start() for match in matches]).tolist()
        for number, match in zip(numbers, matches, strict=True):
            found.setdefault(match[0][1:].decode(), []).append(number)
        return found

    def near(self, folded: str, distance: int) -> dict[str, list[int]]:
        """The spellings some letters at most from a word (one more, one less, another, or two that changed
        places), by their folded text."""
        from rapidfuzz import process  # not needed to start
        from rapidfuzz.distance import OSA

        listing, _ = self._folded
        words = listing.decode().split("\n")[1:-1]
        found: dict[str, list[int]] = {}
        for text, _, number in process.extract(
            folded, words, scorer=OSA.distance, score_cutoff=distance, limit=None
        ):
            if text:
                found.setdefault(text, []).append(number)
        return found

    def by_term(self, spellings: Iterable[int]) -> dict[int, SpellingSet]:
        """Spellings by number, gathered by their terms."""
        slots: dict[int, set[int]] = {}
        for number in spellings:
            term = int(self._segment.spellings.terms[number])
            slots.setdefault(term, set()).add(number - self._segment.spellings.of_term(term).start)
        return {term: self._chosen(term, own) for term, own in slots.items()}

    def texts_of(self, term: int, chosen: SpellingSet) -> set[str]:
        """The chosen spellings of a term as text."""
        own = [text.decode() for text in self._segment.spelling_texts(term)]
        first = self._segment.spellings.of_term(term).start
        return {
            text
            for slot, text in enumerate(own)
            if (slot < SLOTS and chosen.bits >> slot & 1) or first + slot in chosen.others
        }
