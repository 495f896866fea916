"""Near-duplicates: articles with almost the same text, and which of them a search shows.

The signatures of the index (``indexer/building/signatures.py``) name the articles that may be near-duplicates
of one, and their words decide: at least three of four must be the same, in the same order. A search shows,
in the order of its matches, each match that is not a near-duplicate of one shown before it. So whether an
article is shown depends on the query and its filters alone, and not on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

import numpy as np

from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO, UNDATED
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.storage.segment import SIGNED_BODY, Segment

MAX_DIFFERING_SHARE: Final = 0.25
"""The share of words that may differ."""
_SHORT_TEXT: Final = 150
"""Words below which fewer may differ: of n words the share n / 150. Below 13 words none may."""
MAX_LISTED: Final = 100
"""How many near-duplicates are listed beside the article that is shown; more are not shown either."""
_MAX_COMPARED_WORDS: Final = 5000
"""Words of either text that are compared."""
_MAX_COMPARED_CHARACTERS: Final = 40 * _MAX_COMPARED_WORDS
"""Characters of either text that are split into words, however long the words are."""
MAX_DIFFERING_BINS: Final = 26
"""Bins of signatures that may differ; near-duplicates differ in about 16."""
MAX_DIFFERING_FIRST_BITS: Final = 20
"""Bins that may differ in the first of their two bits."""
_MIN_LENGTH_RATIO: Final = 0.55
"""The length of the shorter text over that of the longer: below it, too many words differ."""
_WORD: Final = re.compile(r"\w+")


class DuplicateGroups:
    """The near-duplicates among the matches of one search."""

    def __init__(self, snapshot: Snapshot, sort_position: Callable[[DocumentAddress], Any]) -> None:
        """``sort_position`` gives the position of a document in the order of the search.

        Positions can be compared with each other; it is None where the document is no match.
        """
        self._snapshot = snapshot
        self._sort_position = cache(sort_position)
        self._shown_for: dict[DocumentAddress, DocumentAddress] = {}  # a match, and the one shown for it
        self._hidden_by: dict[DocumentAddress, list[DocumentAddress]] = {}
        self._last_shown: dict[tuple[int, ...], DocumentAddress] = {}  # by signature

    def hidden_by(self, document: DocumentAddress) -> list[DocumentAddress] | None:
        """The matches that are not shown because this one is, in order, at most MAX_LISTED.

        None where this one is not shown itself. It must be called for the matches in their order.
        """
        signature = self._signature(document)
        same_signature = self._last_shown.get(signature)
        if same_signature is not None and self.are_near_duplicates(same_signature, document):
            return None
        if document not in self._shown_for:
            self._decide(document)
        shown = self._last_shown[signature] = self._shown_for[document]
        return self._hidden_by.get(document, []) if shown == document else None

    def _decide(self, document: DocumentAddress) -> None:
        """Decides which documents of the group of a match are shown."""
        group = self._group(document)
        shown_for: dict[DocumentAddress, DocumentAddress] = {}
        hidden_by: dict[DocumentAddress, list[DocumentAddress]] = {}
        for member in sorted(group, key=self._sort_position) if len(group) > 1 else group:
            before = (shown for shown in hidden_by if self.are_near_duplicates(shown, member))
            shown = shown_for[member] = next(before, member)
            hidden = hidden_by.setdefault(shown, [])
            if shown != member:
                hidden.append(member)
        if len(group) <= MAX_LISTED:
            self._shown_for.update(shown_for)
            self._hidden_by.update(hidden_by)
        else:  # the group may not be whole, so it is not known to which group its other members belong
            self._shown_for[document] = shown_for[document]
            self._hidden_by[document] = hidden_by.get(document, [])

    def _group(self, document: DocumentAddress) -> set[DocumentAddress]:
        """A match, the matches that are its near-duplicates, those that are near-duplicates of these, etc.

        Beyond MAX_LISTED maybe not all of them are given, and some that are none.
        """
        group = {document}
        unseen = [document]
        while unseen and len(group) <= MAX_LISTED:
            for other in self._near_duplicates(unseen.pop()):
                if other not in group and self._sort_position(other) is not None:
                    group.add(other)
                    unseen.append(other)
        return group

    def _near_duplicates(self, document: DocumentAddress) -> Iterable[DocumentAddress]:
        """The live documents of the index that are near-duplicates of one, whether they match or not.

        Where there are more candidates than MAX_LISTED, the first matches among the candidates are taken.
        """
        known = self._snapshot.near_duplicates.get(document)
        if known is None:
            candidates = self.candidates(document)
            if len(candidates) > MAX_LISTED:
                matches = [other for other in candidates if self._sort_position(other) is not None]
                return sorted(matches, key=self._sort_position)[:MAX_LISTED]
            known = frozenset(other for other in candidates if self.are_near_duplicates(document, other))
            self._snapshot.near_duplicates[document] = known
        return known

    def _signature(self, document: DocumentAddress) -> tuple[int, ...]:
        signatures = self._snapshot.segments[document.segment].signatures
        return tuple(signatures[:, document.document].tolist())

    def candidates(self, document: DocumentAddress, minutes: int | None = None) -> list[DocumentAddress]:
        """The other live documents whose signatures and lengths are like those of one.

        With ``minutes``, only those without a date, and those that were published at most so long before or
        after it.
        """
        first_bits, second_bits = map(np.uint64, self._signature(document))
        length = _signed_length(self._snapshot.segments[document.segment], document.document)
        candidates: list[DocumentAddress] = []
        for number, segment in enumerate(self._snapshot.segments):
            check_deadline()
            for part in self._parts(segment, document, minutes):
                differing = segment.signatures[0, part] ^ first_bits
                close = np.flatnonzero(np.bitwise_count(differing) <= MAX_DIFFERING_FIRST_BITS)
                differing = differing[close]
                close += part.start
                bins = np.bitwise_count(differing | segment.signatures[1, close] ^ second_bits)
                is_candidate = bins <= MAX_DIFFERING_BINS
                if segment.live is not None:
                    is_candidate &= segment.live[close]
                for other in close[is_candidate].tolist():
                    shorter, longer = sorted((length, _signed_length(segment, other)))
                    if shorter >= _MIN_LENGTH_RATIO * longer:
                        candidates.append(DocumentAddress(number, other))
        candidates.remove(document)
        return candidates

    def _parts(self, segment: Segment, document: DocumentAddress, minutes: int | None) -> list[slice]:
        """The documents of a segment that may be candidates for one; they are in order of publication."""
        published = int(self._snapshot.segments[document.segment].published[document.document])
        if minutes is None or published == UNDATED:
            return [slice(0, segment.documents)]
        bounds = np.clip([LONG_AGO, published - minutes, published + minutes + 1], LONG_AGO, FAR_AHEAD)
        undated, first, last = np.searchsorted(segment.published, bounds.astype(np.int32)).tolist()
        return [slice(0, undated), slice(first, last)]

    def are_near_duplicates(self, first: DocumentAddress, second: DocumentAddress) -> bool:
        """Whether so many words of two documents are the same that they are near-duplicates."""
        from rapidfuzz.distance import Indel  # not needed to start

        check_deadline()
        for one, other in ((first, second), (second, first)):
            known = self._snapshot.near_duplicates.get(one)
            if known is not None:
                return other in known
        whole = not (self._has_signed_body(first) and self._has_signed_body(second))
        texts = [self._text(document, whole) for document in (first, second)]
        if texts[0] == texts[1]:
            return _WORD.search(texts[0]) is not None
        words, others = map(_compared_words, texts)
        longest = max(len(words), len(others))
        threshold = 1 - min(MAX_DIFFERING_SHARE, longest / _SHORT_TEXT)
        similarity: float = Indel.normalized_similarity(words, others, score_cutoff=threshold)
        return longest > 0 and similarity >= threshold

    def _has_signed_body(self, document: DocumentAddress) -> bool:
        return bool(self._snapshot.segments[document.segment].body_length[document.document] >= SIGNED_BODY)

    def _text(self, document: DocumentAddress, whole: bool) -> str:
        """The body in lower case, or the ``whole`` article, headline and body."""
        stored = self._snapshot.segments[document.segment].text(document.document)
        return (f"{stored.headline}\n{stored.body}" if whole else stored.body).lower()


def _compared_words(text: str) -> list[str]:
    return _WORD.findall(text, 0, _MAX_COMPARED_CHARACTERS)[:_MAX_COMPARED_WORDS]


def _signed_length(segment: Segment, document: int) -> int:
    """The number of words of which the signature of a document is made."""
    body = int(segment.body_length[document])
    return body if body >= SIGNED_BODY else body + int(segment.headline_length[document])
