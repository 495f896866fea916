"""Which articles say almost the same, and which one of them does a search show?

The signatures of the index (indexer/signatures.py) name the articles that may be near-identical to one, and
their words decide: at least three of four must be the same, in the same order. Of the matches a search shows,
in its order, each that no shown one before it is near-identical to. So whether an article is shown
depends on the query and its filters alone, never on the page that it falls on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import SIGNED_BODY, Segment

TOLERANCE: Final = 0.25
"""The share of words that may differ."""
_SHORT: Final = 150
"""Of a short text fewer may differ: of n words one in 150 / n. Below 13 words none may."""
MOST_LISTED: Final = 100
"""How many articles are listed beside the one that is shown; more of them are not shown either."""
_COMPARED: Final = 5000  # words of either text
_DIFFERING: Final = 26  # bins; near-identical articles differ in about 16
_DIFFERING_FIRST: Final = 20  # bins by their first bits
_SHORTER: Final = 0.55  # a text of less than so much of the other's words differs in too many
_WORD: Final = re.compile(r"\w+")


class DocumentAddress(NamedTuple):
    """A document of a snapshot: the number of its segment, and its own number there."""

    segment: int
    document: int


class DuplicateGroups:
    """The near-identical matches of one search; ``place`` tells where a document stands in the order of the
    search, None where it is no match."""

    def __init__(self, snapshot: Snapshot, place: Callable[[DocumentAddress], Any]) -> None:
        self._snapshot = snapshot
        self._place = cache(place)
        self._shown: dict[
            DocumentAddress, DocumentAddress
        ] = {}  # what is shown for a match: itself, or another
        self._hidden: dict[DocumentAddress, list[DocumentAddress]] = {}
        self._by_signature: dict[tuple[int, ...], DocumentAddress] = {}  # what was shown last

    def hidden_by(self, document: DocumentAddress) -> list[DocumentAddress] | None:
        """The matches that are not shown because this one is, in order, up to MOST_LISTED; None where it is
        not shown itself. To be asked of the matches in their order."""
        signature = self._signature(document)
        same = self._by_signature.get(signature)
        if same is not None and self._alike(same, document):
            return None
        if document not in self._shown:
            self._settle(document)
        shown = self._by_signature[signature] = self._shown[document]
        return self._hidden.get(document, []) if shown == document else None

    def _settle(self, document: DocumentAddress) -> None:
        """Find out who is shown of all that are near-identical to a match, to each other, and so on."""
        family = self._family(document)
        shown: dict[DocumentAddress, DocumentAddress] = {}
        hidden: dict[DocumentAddress, list[DocumentAddress]] = {}
        for member in sorted(family, key=self._place) if len(family) > 1 else family:
            first = next((leader for leader in hidden if self._alike(leader, member)), member)
            shown[member] = first
            others = hidden.setdefault(first, [])
            if first != member:
                others.append(member)
        if len(family) <= MOST_LISTED:
            self._shown.update(shown)
            self._hidden.update(hidden)
        else:  # who else is in it is not known of all
            self._shown[document] = shown[document]
            self._hidden[document] = hidden.get(document, [])

    def _family(self, document: DocumentAddress) -> set[DocumentAddress]:
        """A match and those that are near-identical to it, to each other, and so on; where that is more than
        MOST_LISTED, maybe not all of them, and some that are not."""
        family = {document}
        unseen = [document]
        while unseen and len(family) <= MOST_LISTED:
            for other in self._near(unseen.pop()):
                if other not in family and self._place(other) is not None:
                    family.add(other)
                    unseen.append(other)
        return family

    def _near(self, document: DocumentAddress) -> Iterable[DocumentAddress]:
        """The live documents of the index that are near-identical to one, matches or not; where more than
        MOST_LISTED may be, the best matches of these."""
        known = self._snapshot.near.get(document)
        if known is None:
            candidates = self._candidates(document)
            if len(candidates) > MOST_LISTED:
                matches = [other for other in candidates if self._place(other) is not None]
                return sorted(matches, key=self._place)[:MOST_LISTED]
            known = frozenset(other for other in candidates if self._alike(document, other))
            self._snapshot.near[document] = known
        return known

    def _signature(self, document: DocumentAddress) -> tuple[int, ...]:
        signatures = self._snapshot.segments[document.segment].signatures
        return tuple(signatures[:, document.document].tolist())

    def _candidates(self, document: DocumentAddress) -> list[DocumentAddress]:
        """The live documents whose signatures and lengths are like those of one."""
        own = self._snapshot.segments[document.segment]
        first, second = map(np.uint64, self._signature(document))
        length = _signed_length(own, document.document)
        found: list[DocumentAddress] = []
        for number, segment in enumerate(self._snapshot.segments):
            differing = segment.signatures[0] ^ first
            which = np.flatnonzero(np.bitwise_count(differing) <= _DIFFERING_FIRST)
            bins = np.bitwise_count(differing[which] | segment.signatures[1, which] ^ second)
            near = bins <= _DIFFERING
            if segment.live is not None:
                near &= segment.live[which]
            for other in which[near].tolist():
                shorter, longer = sorted((length, _signed_length(segment, other)))
                if shorter >= _SHORTER * longer:
                    found.append(DocumentAddress(number, other))
        found.remove(document)
        return found

    def _alike(self, first: DocumentAddress, second: DocumentAddress) -> bool:
        from rapidfuzz.distance import Indel  # not needed to start

        for one, other in ((first, second), (second, first)):
            known = self._snapshot.near.get(one)
            if known is not None:
                return other in known
        whole = not (self._has_body(first) and self._has_body(second))
        texts = [self._text(document, whole) for document in (first, second)]
        if texts[0] == texts[1]:
            return _WORD.search(texts[0]) is not None
        words, others = (_WORD.findall(text)[:_COMPARED] for text in texts)
        longest = max(len(words), len(others))
        least = 1 - min(TOLERANCE, longest / _SHORT)
        similar: float = Indel.normalized_similarity(words, others, score_cutoff=least)
        return longest > 0 and similar >= least

    def _has_body(self, document: DocumentAddress) -> bool:
        return bool(self._snapshot.segments[document.segment].body_length[document.document] >= SIGNED_BODY)

    def _text(self, document: DocumentAddress, whole: bool) -> str:
        """The body, or the ``whole`` article, in lower case."""
        stored = self._snapshot.segments[document.segment].text(document.document)
        return (f"{stored.headline}\n{stored.body}" if whole else stored.body).lower()


def _signed_length(segment: Segment, document: int) -> int:
    """The words that the signature of a document is made of."""
    body = int(segment.body_length[document])
    return body if body >= SIGNED_BODY else body + int(segment.headline_length[document])
