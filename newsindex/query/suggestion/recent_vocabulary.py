"""What is known of the latest articles to suggest words by, and how is it kept from one commit to the next?

A segment never changes but for its deletions, so what was read of it stays true. It is read when it is first
asked for, and only of the latest articles: so however large the index is, that takes one or two seconds and
some tens of megabytes at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, Generic, TypeVar

from numpy.typing import NDArray

from newsindex.analyzer import French
from newsindex.forks import Lock
from newsindex.query.evaluation.caches import BoundedCache
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import Segment

from .headline_phrases import HeadlinePhrases
from .segment_vocabulary import Vocabulary

HEADLINES: Final = 50_000
"""How many articles' headlines are read for phrases."""
WORDS: Final = 4 << 16
"""Of how many articles all words are known."""
_STEP: Final = 1 << 13  # articles by which the part of a segment is rounded: a commit then changes little

Known = TypeVar("Known")


class RecentWords:
    """The words of the latest segments of a snapshot, the latest first."""

    def __init__(self, parts: Sequence[tuple[SegmentView, Vocabulary]], french: French) -> None:
        self._parts = parts
        self._french = french

    def most_frequent(self, prefix: str, most: int) -> Counter[str]:
        """So many words that begin with a prefix, in plain letters, those in the most articles, and in how
        many each is; deleted ones count."""
        total: Counter[str] = Counter()
        for _, vocabulary in self._parts:
            total.update(vocabulary.most_frequent(prefix, most))
        return Counter(dict(total.most_common(most)))

    def near(self, folded: str, distance: int) -> dict[str, tuple[int, int]]:
        """The words some letters at most from one, in plain letters: how many, and in how many articles each
        is; deleted ones count."""
        found: dict[str, tuple[int, int]] = {}
        for _, vocabulary in self._parts:
            for near in vocabulary.near(folded, distance):
                _, articles = found.get(near.word, (0, 0))
                found[near.word] = near.distance, articles + near.articles
        return found

    def spelling(self, folded: str) -> str:
        """The most frequent spelling of a word in plain letters; itself where it is unknown."""
        total: Counter[str] = Counter()
        for view, vocabulary in self._parts:
            number = vocabulary.number(folded)
            if number is not None:
                total[vocabulary.spelling(number, view.segment)] += int(vocabulary.frequency[number])
        return total.most_common(1)[0][0] if total else folded

    def holding(self, spelling: str, most: int = WORDS) -> Iterator[tuple[SegmentView, NDArray[Any]]]:
        """The live documents with a word, whatever its accents, of each segment that has it; none of a stop
        word. Of segments with ``most`` documents together, or a little more."""
        words = self._french.analyze(spelling)
        if len(words) != 1 or words[0].stop:
            return
        for view, _ in self._parts:
            if most <= 0:
                return
            most -= view.segment.documents
            number = view.term_number(words[0].term)
            if number is not None:
                alike = view.spellings.similar(number, words[0].spelling).alike
                documents = view.segment.postings.documents(number)[
                    view.spellings.postings_with(number, alike)
                ]
                if view.segment.live is not None:
                    documents = documents[view.segment.live[documents]]
                yield view, documents


class RecentVocabulary:
    """The words and headlines of the latest segments of one index; threads may share it."""

    def __init__(self) -> None:
        self._vocabularies: _Kept[Vocabulary] = _Kept()
        self._headlines: _Kept[HeadlinePhrases] = _Kept()
        self.forms: dict[tuple[int, str], str] = BoundedCache()  # by commit and word in plain letters
        self.counts: dict[tuple[int, str], tuple[float, int]] = BoundedCache()

    def forget(self) -> None:
        """Let go of everything."""
        self._vocabularies, self._headlines = _Kept(), _Kept()

    def words(self, snapshot: Snapshot) -> RecentWords:
        """The words of the latest segments."""
        parts = [(view, 0) for view, _ in _latest(snapshot, WORDS)]
        known = self._vocabularies.of(parts, lambda segment, _: Vocabulary(segment))
        return RecentWords(known, snapshot.lexicon.french)

    def headlines(self, snapshot: Snapshot) -> list[tuple[SegmentView, HeadlinePhrases]]:
        """The latest headlines by segment, the latest first."""
        french = snapshot.lexicon.french
        return self._headlines.of(
            _latest(snapshot, HEADLINES), lambda segment, first: HeadlinePhrases(segment, first, french)
        )


class _Kept(Generic[Known]):
    """What was read of some segments, from one document of each on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[tuple[str, int], Known] = {}

    def of(
        self, parts: Sequence[tuple[SegmentView, int]], read: Callable[[Segment, int], Known]
    ) -> list[tuple[SegmentView, Known]]:
        """What is read of these, and from now on kept instead of that of others."""
        with self._lock:  # what several threads ask for is read once
            kept = {}
            for view, first in parts:
                key = view.segment.name, first
                kept[key] = self._known[key] if key in self._known else read(view.segment, first)
            self._known = kept
        return [(view, one) for (view, _), one in zip(parts, kept.values(), strict=True)]


def _latest(snapshot: Snapshot, most: int) -> list[tuple[SegmentView, int]]:
    """The segments with the latest articles, so many or a little more, and the first document of each."""
    views = [view for view in snapshot.views if view.segment.documents]
    found = []
    for view in sorted(views, key=lambda view: int(view.segment.published[-1]), reverse=True):
        if most <= 0:
            break
        taken = min(-(-most // _STEP) * _STEP, view.segment.documents)
        most -= taken
        found.append((view, view.segment.documents - taken))
    return found
