"""Which documents of a segment have a word as it was written, and what is that worth?

The postings of a term are its inflections' together. A query word counts three things: its term, more
where a document has the word itself, whatever the accents, and more again where it has it with the very
accents that were typed and others exist in the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analyzer import fold
from ..storage.segment import Segment
from ..storage.spellings import SLOTS

_LONGEST: Final = 64  # letters of a word that a pattern may stand for
_ALL_MARKS: Final = np.arange(1 << SLOTS, dtype=np.uint8)


class Chosen(NamedTuple):
    """Some of the spellings of one term in one segment: the bits of those that have one, and the others."""

    bits: int
    others: tuple[int, ...]
    everything: bool  # whether no spelling of the term is left out


class SegmentSpellings:
    """The spellings of one segment, as queries ask for them."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._known: dict[tuple[int, str], tuple[Chosen, Chosen]] = {}

    def like(self, term: int, spelling: str) -> tuple[Chosen, Chosen]:
        """The spellings of a term that are this word whatever the accents, and those that are exactly it."""
        known = self._known.get((term, spelling))
        if known is None:
            own = [text.decode() for text in self._segment.spelling_texts(term)]
            folded = fold(spelling)
            known = self._known[term, spelling] = (
                self._chosen(term, {i for i, text in enumerate(own) if fold(text) == folded}),
                self._chosen(term, {i for i, text in enumerate(own) if text == spelling}),
            )
        return known

    def _chosen(self, term: int, slots: set[int]) -> Chosen:
        numbers = self._segment.spellings.of_term(term)
        return Chosen(
            sum(1 << slot for slot in slots if slot < SLOTS),
            tuple(numbers[slot] for slot in sorted(slots) if slot >= SLOTS),
            len(slots) == len(numbers),
        )

    def rest(self, term: int, chosen: Chosen) -> Chosen:
        """The spellings of a term that are not among the chosen."""
        own = self._segment.spellings.of_term(term)
        taken = {slot for slot in range(min(len(own), SLOTS)) if chosen.bits >> slot & 1}
        taken |= {number - own.start for number in chosen.others}
        return self._chosen(term, set(range(len(own))) - taken)

    def having(self, term: int, chosen: Chosen) -> NDArray[np.bool_]:
        """Which postings of a term have one of the chosen spellings, shape (postings,)."""
        postings = self._segment.postings
        if chosen.everything:
            return np.ones(postings.document_frequency(term), bool)
        of_mark = _ALL_MARKS & np.uint8(chosen.bits) > 0
        having: NDArray[np.bool_] = of_mark[postings.code_mark][postings.codes(term)]
        rare = postings.rare(term)
        if rare is not None:
            having[rare[0]] = of_mark[postings.rare_marks(term)]
        having[self._listed(term, chosen)] = True
        return having

    def _listed(self, term: int, chosen: Chosen) -> NDArray[np.intp]:
        """The postings of a term that have one of the chosen spellings without a bit."""
        spellings, documents = self._segment.spellings, self._segment.postings.documents(term)
        found = [np.searchsorted(documents, spellings.other_documents(number)) for number in chosen.others]
        return np.unique(np.concatenate([np.zeros(0, np.intp), *found]))

    def factors(
        self, term: int, base: float, worths: Sequence[tuple[Chosen, float]]
    ) -> float | NDArray[np.float32]:
        """``base`` and the worth of each choice that a posting has; one number where all are equal."""
        worths = [(chosen, worth) for chosen, worth in worths if worth]
        base += sum(worth for chosen, worth in worths if chosen.everything)
        worths = [(chosen, worth) for chosen, worth in worths if not chosen.everything]
        if not any(chosen.bits or chosen.others for chosen, _ in worths):
            return base
        of_mark = np.full(len(_ALL_MARKS), base, np.float32)
        for chosen, worth in worths:
            of_mark += np.float32(worth) * (_ALL_MARKS & np.uint8(chosen.bits) > 0)
        postings = self._segment.postings
        factors: NDArray[np.float32] = of_mark[postings.code_mark][postings.codes(term)]
        rare = postings.rare(term)
        if rare is not None:
            factors[rare[0]] = of_mark[postings.rare_marks(term)]
        for chosen, worth in worths:
            if chosen.others:
                listed = self._listed(term, chosen)
                factors[listed[~self._marked(term, chosen)[listed]]] += np.float32(worth)
        return factors

    def _marked(self, term: int, chosen: Chosen) -> NDArray[np.bool_]:
        return self.having(term, chosen._replace(others=()))

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

    def by_term(self, spellings: Iterable[int]) -> dict[int, Chosen]:
        """Spellings by number, gathered by their terms."""
        slots: dict[int, set[int]] = {}
        for number in spellings:
            term = int(self._segment.spellings.terms[number])
            slots.setdefault(term, set()).add(number - self._segment.spellings.of_term(term).start)
        return {term: self._chosen(term, own) for term, own in slots.items()}

    def texts_of(self, term: int, chosen: Chosen) -> set[str]:
        """The chosen spellings of a term as text."""
        own = [text.decode() for text in self._segment.spelling_texts(term)]
        first = self._segment.spellings.of_term(term).start
        return {
            text
            for slot, text in enumerate(own)
            if (slot < SLOTS and chosen.bits >> slot & 1) or first + slot in chosen.others
        }
