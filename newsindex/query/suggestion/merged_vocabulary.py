"""The vocabularies of several segments, seen as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from numpy.typing import NDArray

from newsindex.analyzer import French
from newsindex.analyzer.characters import HASH
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.segment_view import SegmentView

from .segment_vocabulary import NearWord, SegmentVocabulary

_MIN_SPELLING_SHARE: Final = 0.1  # of the articles with a word; a smaller share are errors


class MergedVocabulary:
    """The folded words of some segments of a snapshot, the one with the latest articles first."""

    def __init__(self, parts: Sequence[tuple[SegmentView, SegmentVocabulary]], french: French) -> None:
        self._parts = parts
        self._french = french

    def most_frequent(self, prefix: str, limit: int) -> Counter[str]:
        """The words that begin with a prefix and have the highest document frequencies, with these.

        Deleted documents count.
        """
        frequency: Counter[str] = Counter()
        for _, vocabulary in self._parts:
            check_deadline()
            frequency.update(vocabulary.most_frequent(prefix, limit))
        return Counter(dict(frequency.most_common(limit)))

    def near(self, folded: str, max_distance: int) -> list[NearWord]:
        """The words within an edit distance of a folded word; deleted documents count."""
        merged: dict[str, NearWord] = {}
        for _, vocabulary in self._parts:
            check_deadline()
            for near in vocabulary.near(folded, max_distance):
                known = merged.get(near.word)
                frequency = near.document_frequency + (known.document_frequency if known else 0)
                merged[near.word] = NearWord(near.word, near.distance, frequency)
        return list(merged.values())

    def spelling(self, folded: str) -> str:
        """The most frequent spelling of a folded word, without the ``#`` of a hashtag.

        It is the word itself where no segment has it.
        """
        frequency: Counter[str] = Counter()
        for view, vocabulary in self._parts:
            number = vocabulary.number(folded)
            if number is not None:
                spelling = vocabulary.spelling(number, view.segment)
                frequency[spelling.removeprefix(HASH)] += int(vocabulary.document_frequency[number])
        return frequency.most_common(1)[0][0] if frequency else folded

    def is_spelled_with(self, folded: str, beginning: str) -> bool:
        """Whether more than a tenth of the articles with a folded word spell it with these first letters."""
        total = accented = 0
        for view, vocabulary in self._parts:
            number = vocabulary.number(folded)
            if number is not None:
                for spelling, frequency in vocabulary.spellings(number, view.segment).items():
                    total += frequency
                    accented += frequency * spelling.startswith(beginning)
        return accented > _MIN_SPELLING_SHARE * total

    def documents_with(
        self, spelling: str, max_documents: int | None = None
    ) -> Iterator[tuple[SegmentView, NDArray[Any]]]:
        """The live documents that have a word, whatever its accents, of each segment that has it, ascending.

        There are none for a stop word. Once the segments seen hold ``max_documents``, no further one is read.
        """
        words = self._french.analyze(spelling)
        if len(words) != 1 or words[0].stop:
            return
        seen = 0
        for view, _ in self._parts:
            if max_documents is not None and seen >= max_documents:
                return
            check_deadline()
            seen += view.segment.documents
            number = view.term_number(words[0].term)
            if number is not None:
                chosen = view.spellings.similar(number, words[0].spelling).alike
                documents = view.segment.postings.documents(number)[
                    view.spellings.postings_with(number, chosen)
                ]
                if view.segment.live is not None:
                    documents = documents[view.segment.live[documents]]
                yield view, documents
