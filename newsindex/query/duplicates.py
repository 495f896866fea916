"""Which articles say almost the same, and which one of them does a search show?

The signatures of the index (indexer/signatures.py) name the articles that may be near-identical to one, and
their words decide: at least three of four must be the same, in the same order. Of the matches a search shows,
in its order, each that no shown one before it is near-identical to. So whether an article is shown
depends on the query and its filters alone, never on the page that it falls on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np

from ..storage.segment import SIGNED_BODY, Segment
from .snapshot import Snapshot

TOLERANCE: Final = 0.25
"""The share of words that may differ."""
_SHORT: Final = 150
"""Of a short text fewer may differ: of n words one in 150 / n. Below 13 words none may."""
_COMPARED: Final = 5000  # words of either text
_DIFFERING: Final = 26  # bins; near-identical articles differ in about 16
_DIFFERING_FIRST: Final = 20  # bins by their first bits
_SHORTER: Final = 0.55  # a text of less than so much of the other's words differs in too many
_MOST: Final = 100  # articles that are compared with one
_LARGEST: Final = 1000  # articles of a family
_WORD: Final = re.compile(r"\w+")


class Document(NamedTuple):
    """A document of a snapshot: the number of its segment, and its own number there."""

    segment: int
    document: int


class Families:
    """The near-identical matches of one search; ``place`` tells where a document stands in the order of the
    search, None where it is no match."""

    def __init__(self, snapshot: Snapshot, place: Callable[[Document], Any]) -> None:
        self._snapshot = snapshot
        self._place = place
        self._hidden: dict[Document, list[Document]] = {}  # by each document that is shown, once known

    def hidden_by(self, document: Document) -> list[Document] | None:
        """The matches that are not shown because this one is, in order; None where it is not shown itself."""
        near = self._near(document)
        if not near:
            return []
        if document not in self._hidden:
            self._settle(document)
        return self._hidden.get(document)

    def _settle(self, document: Document) -> None:
        """Find out who is shown of all that are near-identical to a match, to each other, and so on."""
        family = {document: self._place(document)}
        unseen = [document]
        while unseen and len(family) < _LARGEST:
            for other in self._near(unseen.pop()):
                if other not in family and (place := self._place(other)) is not None:
                    family[other] = place
                    unseen.append(other)
        shown: dict[Document, list[Document]] = {}
        for member in sorted(family, key=family.__getitem__):
            near = self._near(member)
            first = next((leader for leader in shown if leader in near), None)
            if first is None:
                shown[member] = []
            else:
                shown[first].append(member)
        self._hidden.update(shown)

    def _near(self, document: Document) -> frozenset[Document]:
        """The live documents of the index that are near-identical to one, matches or not."""
        known = self._snapshot.near.get(document)
        if known is None:
            candidates = self._candidates(document)
            known = frozenset(other for other in candidates if self._alike(document, other))
            self._snapshot.near[document] = known
        return known

    def _candidates(self, document: Document) -> list[Document]:
        """The documents whose signatures and lengths are like those of one, the most alike first."""
        own = self._snapshot.segments[document.segment]
        first, second = own.signatures[:, document.document]
        length = _signed_length(own, document.document)
        found: list[tuple[int, Document]] = []
        for number, segment in enumerate(self._snapshot.segments):
            differing = segment.signatures[0] ^ first
            which = np.flatnonzero(np.bitwise_count(differing) <= _DIFFERING_FIRST)
            bins = np.bitwise_count(differing[which] | segment.signatures[1, which] ^ second)
            near = bins <= _DIFFERING
            if segment.live is not None:
                near &= segment.live[which]
            for other, count in zip(which[near].tolist(), bins[near].tolist(), strict=True):
                shorter, longer = sorted((length, _signed_length(segment, other)))
                if shorter >= _SHORTER * longer:
                    found.append((count, Document(number, other)))
        return [other for _, other in sorted(found)[: _MOST + 1] if other != document]

    def _alike(self, first: Document, second: Document) -> bool:
        from rapidfuzz.distance import Indel  # not needed to start

        if first in self._snapshot.near.get(second, ()):
            return True
        whole = not (self._has_body(first) and self._has_body(second))
        text, other = self._text(first, whole), self._text(second, whole)
        if text == other:
            return True
        words, others = _WORD.findall(text)[:_COMPARED], _WORD.findall(other)[:_COMPARED]
        longest = max(len(words), len(others))
        least = 1 - min(TOLERANCE, longest / _SHORT)
        similar: float = Indel.normalized_similarity(words, others, score_cutoff=least)
        return longest > 0 and similar >= least

    def _has_body(self, document: Document) -> bool:
        return bool(self._snapshot.segments[document.segment].body_length[document.document] >= SIGNED_BODY)

    def _text(self, document: Document, whole: bool) -> str:
        """The body, or the ``whole`` article, in lower case."""
        stored = self._snapshot.segments[document.segment].text(document.document)
        return (f"{stored.headline}\n{stored.body}" if whole else stored.body).lower()


def _signed_length(segment: Segment, document: int) -> int:
    """The words that the signature of a document is made of."""
    body = int(segment.body_length[document])
    return body if body >= SIGNED_BODY else body + int(segment.headline_length[document])
