"""Compares the words of two documents: whether so many are the same that they are near-duplicates."""

from __future__ import annotations

import re
from typing import Final

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.storage.segment import SIGNED_BODY

MAX_DIFFERING_SHARE: Final = 0.25
"""The share of words that may differ."""
_SHORT_TEXT: Final = 150
"""Words below which fewer may differ: of n words the share n / 150. Below 13 words none may."""
_MAX_COMPARED_WORDS: Final = 5000
"""Words of either text that are compared."""
_MAX_COMPARED_CHARACTERS: Final = 40 * _MAX_COMPARED_WORDS
"""Characters of either text that are split into words, however long the words are."""
_WORD: Final = re.compile(r"\w+")


def are_near_duplicates(snapshot: Snapshot, first: DocumentAddress, second: DocumentAddress) -> bool:
    """Whether at least three of four words of two documents are the same, in the same order.

    Of short texts more must be the same. The bodies are compared, and the headlines too where a body is
    short.
    """
    from rapidfuzz.distance import Indel  # not needed to start

    check_deadline()
    whole = not (_has_signed_body(snapshot, first) and _has_signed_body(snapshot, second))
    texts = snapshot.coded_texts.texts()
    words, others = (
        texts.text((address, whole), lambda address=address: _compared_words(snapshot, address, whole))  # type: ignore[misc]
        for address in (first, second)
    )
    longest = max(len(words), len(others))
    threshold = 1 - min(MAX_DIFFERING_SHARE, longest / _SHORT_TEXT)
    similarity: float = Indel.normalized_similarity(words, others, score_cutoff=threshold)
    return longest > 0 and similarity >= threshold


def _has_signed_body(snapshot: Snapshot, address: DocumentAddress) -> bool:
    return bool(snapshot.segments[address.segment].body_length[address.document] >= SIGNED_BODY)


def _compared_words(snapshot: Snapshot, address: DocumentAddress, whole: bool) -> list[str]:
    """The first words in lower case of the body, or of the ``whole`` article, headline and body."""
    stored = snapshot.segments[address.segment].text(address.document)
    text = (f"{stored.headline}\n{stored.body}" if whole else stored.body).lower()
    return _WORD.findall(text, 0, _MAX_COMPARED_CHARACTERS)[:_MAX_COMPARED_WORDS]
