"""Near-duplicates: articles with almost the same text, and which of them a search shows.

The signatures of the index name the candidates, articles that may be near-duplicates of one
(``signature_candidates.py``), and their words decide (``text_comparison.py``). A search shows, in the order
of its matches, each match that is not a near-duplicate of one shown before it. So whether an article is shown
depends on the query and its filters alone, and not on the page.

Articles that share boilerplate have thousands of candidates. Of so many, those with the most similar
signatures are compared; where MAX_LISTED of these are near-duplicates, also those that are first in the order
of the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from heapq import nsmallest
from typing import Any, Final

import numpy as np

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot

from .signature_candidates import SignedText, find_candidates, like_lengths, like_signatures, signed_text
from .text_comparison import are_near_duplicates

MAX_LISTED: Final = 100
"""How many near-duplicates are listed beside the article that is shown; more are not shown either."""


class DuplicateGroups:
    """The near-duplicates among the matches of one search."""

    def __init__(
        self, snapshot: Snapshot, sort_position: Callable[[DocumentAddress], Any], is_from_first: bool = True
    ) -> None:
        """``sort_position`` gives the position of a document in the order of the search.

        Positions can be compared with each other; it is None where the document is no match.
        ``is_from_first`` tells that :meth:`is_shown` is asked about all matches from the first one on, and
        not from a later one.
        """
        self._snapshot = snapshot
        self._sort_position = cache(sort_position)
        self._is_from_first = is_from_first
        self._shown = _ShownDocuments()
        self._shown_for: dict[DocumentAddress, DocumentAddress] = {}  # a match, and the one shown for it
        self._alike: dict[DocumentAddress, list[DocumentAddress]] = {}

    def is_shown(self, document: DocumentAddress) -> bool:
        """Whether a match is not a near-duplicate of one shown before it.

        It must be called for the matches in their order.
        """
        first = self._first_shown(document)
        if first is None:
            if not self._is_from_first:
                self._decide(document)
                first = self._shown_for[document]  # itself, or one on an earlier page
            first = first or document
            self._shown.append(first, signed_text(self._snapshot, first))
        return first == document

    def hidden_by(self, document: DocumentAddress) -> list[DocumentAddress]:
        """The matches that are not shown because ``document`` is, in order, at most MAX_LISTED.

        :meth:`is_shown` must have said before that the document is shown.
        """
        alike = self._near_duplicates(document)
        if not alike:
            return []
        hidden = []
        position = self._sort_position(document)
        for other in alike:
            if self._sort_position(other) > position and self._is_shown_for(document, other):
                hidden.append(other)
                if len(hidden) == MAX_LISTED:
                    break
        return hidden

    def _is_shown_for(self, document: DocumentAddress, other: DocumentAddress) -> bool:
        """Whether ``document`` is the first match that is shown of which ``other`` is a near-duplicate."""
        if self._is_from_first:
            return self._first_shown(other) == document
        if other not in self._shown_for:
            self._decide(other)
        return self._shown_for[other] == document

    def _first_shown(self, document: DocumentAddress) -> DocumentAddress | None:
        """The first of the matches known to be shown so far of which a document is a near-duplicate."""
        alike = self._shown.alike(signed_text(self._snapshot, document))
        return next((shown for shown in alike if self.are_near_duplicates(shown, document)), None)

    def _decide(self, document: DocumentAddress) -> None:
        """Finds the match that is shown for a document, which is itself or one before it.

        Whether those before it are shown is found in the same way, from the first one on.
        """
        undecided = [document]
        while undecided:
            check_deadline()
            last = undecided[-1]
            position = self._sort_position(last)
            before = (other for other in self._near_duplicates(last) if self._sort_position(other) < position)
            first = next((other for other in before if self._shown_for.get(other, other) == other), last)
            if first == last or first in self._shown_for:
                self._shown_for[last] = first
                undecided.pop()
            else:
                undecided.append(first)

    def _near_duplicates(self, document: DocumentAddress) -> list[DocumentAddress]:
        """The other matches that are near-duplicates of one, in order."""
        found = self._alike.get(document)
        if found is None:
            alike = {other for other in self._compared(document) if self._sort_position(other) is not None}
            found = self._alike[document] = sorted(alike, key=self._sort_position)
        return found

    def _compared(self, document: DocumentAddress) -> Iterator[DocumentAddress]:
        """The near-duplicates of a document among its closest candidates, whether they match or not.

        Where these are many there are probably more, so the candidates that are the first matches follow.
        """
        known = self._snapshot.near_duplicates.get(document)
        if known is None:
            closest = find_candidates(self._snapshot, document).closest
            known = tuple(other for other in closest if self.are_near_duplicates(document, other))
            self._snapshot.near_duplicates[document] = known
        yield from known
        if len(known) >= MAX_LISTED:
            others = find_candidates(self._snapshot, document).others
            matches = (other for other in others if self._sort_position(other) is not None)
            for other in nsmallest(MAX_LISTED, matches, key=self._sort_position):
                if self.are_near_duplicates(document, other):
                    yield other

    def candidates(self, document: DocumentAddress, minutes: int | None = None) -> list[DocumentAddress]:
        """The documents that may be near-duplicates of one, the closest ones where they are very many.

        With ``minutes``, only those without a date, and those that were published at most so long before or
        after it.
        """
        return find_candidates(self._snapshot, document, minutes).closest

    def are_near_duplicates(self, first: DocumentAddress, second: DocumentAddress) -> bool:
        """Whether so many words of two documents are the same that they are near-duplicates."""
        return are_near_duplicates(self._snapshot, first, second)


class _ShownDocuments:
    """The documents that are known to be shown so far, with their signatures.

    They are in order where all matches were looked at from the first one on.
    """

    def __init__(self) -> None:
        self._addresses: list[DocumentAddress] = []
        self._bits = np.empty((2, 16), np.uint64)
        self._lengths = np.empty(16, np.int64)

    def append(self, address: DocumentAddress, text: SignedText) -> None:
        """Adds a document after the others."""
        place = len(self._addresses)
        if place == len(self._lengths):
            self._bits = np.concatenate([self._bits, np.empty_like(self._bits)], axis=1)
            self._lengths = np.concatenate([self._lengths, np.empty_like(self._lengths)])
        self._bits[:, place] = text.first_bits, text.second_bits
        self._lengths[place] = text.length
        self._addresses.append(address)

    def alike(self, text: SignedText) -> Iterator[DocumentAddress]:
        """The documents whose signatures and lengths are like those of a text."""
        count = len(self._addresses)
        places, _ = like_signatures(self._bits[0, :count], self._bits[1, :count], text)
        if not places.size:
            return
        for place in places[like_lengths(self._lengths[places], text)].tolist():
            yield self._addresses[place]
