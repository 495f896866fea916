"""The words and headlines of the latest articles of an index, kept from one commit to the next.

A segment never changes but for its deletions, so what was read of it stays true. It is read when it is first
asked for, and only the latest articles are: however large the index is, that takes one or two seconds and
some tens of megabytes at most. A completion reads no more than it needs, and one of the next ones the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from newsindex.forks import Lock
from newsindex.query.evaluation.caches import BoundedCache
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import Segment

from .headline_phrases import HeadlinePhrases
from .merged_vocabulary import MergedVocabulary
from .segment_headlines import SegmentHeadlines
from .segment_words import SegmentWords
from .surface_forms import SurfaceForm

MAX_HEADLINES: Final = 50_000
"""The number of articles whose headlines are read for phrases."""
MAX_ARTICLES: Final = 4 << 16
"""The number of articles whose words are known."""
_ROUNDING: Final = 1 << 13  # articles; part of a segment is read from a multiple on, which few commits change

Value = TypeVar("Value")


class RecentVocabulary:
    """The words and headlines of the latest segments of one index; threads may share it.

    ``text_forms`` and ``weights`` hold what was computed for words, by the commit and the folded word: its
    surface forms in texts, and the sum of its articles' weights with their number.
    """

    def __init__(self) -> None:
        self._words: _SegmentCache[SegmentWords] = _SegmentCache()
        self._headlines: _SegmentCache[SegmentHeadlines] = _SegmentCache()
        self.text_forms: dict[tuple[int, str], Counter[SurfaceForm]] = BoundedCache(large_values=True)
        self.weights: dict[tuple[int, str], tuple[float, int]] = BoundedCache()

    def forget(self) -> None:
        """Releases all that is kept."""
        self._words, self._headlines = _SegmentCache(), _SegmentCache()
        self.text_forms.clear()
        self.weights.clear()

    def words(self, snapshot: Snapshot) -> MergedVocabulary:
        """The words of the latest segments of a snapshot."""
        parts = [(view, words.all()) for view, words in self._segment_words(snapshot)]
        return MergedVocabulary(parts, snapshot.lexicon.french)

    def words_with(self, snapshot: Snapshot, prefix: str) -> MergedVocabulary:
        """The words of the latest segments of a snapshot, those with a prefix at least."""
        parts = [(view, words.beginning_with(prefix)) for view, words in self._segment_words(snapshot)]
        return MergedVocabulary(parts, snapshot.lexicon.french)

    def _segment_words(self, snapshot: Snapshot) -> list[tuple[SegmentView, SegmentWords]]:
        parts = [(view, 0) for view, _ in _latest_parts(snapshot, MAX_ARTICLES)]
        return self._words.of(parts, lambda segment, _: SegmentWords(segment))

    def headlines(
        self, snapshot: Snapshot, words: Sequence[str], prefix: str
    ) -> list[tuple[SegmentView, HeadlinePhrases]]:
        """The latest headlines of a snapshot by segment, the one with the latest articles first.

        Those at least that phrases need which begin with some folded words and one with a prefix.
        """
        of_segments = self._segment_headlines(snapshot)
        return [(view, headlines.beginning_with(words, prefix)) for view, headlines in of_segments]

    def _segment_headlines(self, snapshot: Snapshot) -> list[tuple[SegmentView, SegmentHeadlines]]:
        french = snapshot.lexicon.french
        words = {view.segment.name: words for view, words in self._segment_words(snapshot)}
        return self._headlines.of(
            _latest_parts(snapshot, MAX_HEADLINES),
            lambda segment, first: SegmentHeadlines(segment, first, french, words[segment.name]),
        )

    def read_further(self, snapshot: Snapshot) -> None:
        """Reads a part of what earlier completions left unread: the words of a segment, or some headlines."""
        if not any(words.read_further() for _, words in self._segment_words(snapshot)):
            any(headlines.read_further() for _, headlines in self._segment_headlines(snapshot))


class _SegmentCache(Generic[Value]):
    """Readers of segments, each from one document of its segment on; those last asked for are kept."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: dict[tuple[str, int], Value] = {}

    def of(
        self, parts: Sequence[tuple[SegmentView, int]], make: Callable[[Segment, int], Value]
    ) -> list[tuple[SegmentView, Value]]:
        """The reader of each segment from its first document on, made where it is not known.

        What one has read before a deadline stays known, so that the next call goes on from there.
        """
        keys = [(view.segment.name, first) for view, first in parts]
        with self._lock:
            values = self._values = {key: self._values[key] for key in keys if key in self._values}
            for (view, first), key in zip(parts, keys, strict=True):
                if key not in values:
                    values[key] = make(view.segment, first)
        return [(view, values[key]) for (view, _), key in zip(parts, keys, strict=True)]


def _latest_parts(snapshot: Snapshot, max_documents: int) -> list[tuple[SegmentView, int]]:
    """The segments with the latest articles, and the first document to read of each.

    Together they have ``max_documents``, rounded up in the last segment.
    """
    views = [view for view in snapshot.views if view.segment.documents]
    parts = []
    left = max_documents
    for view in sorted(views, key=lambda view: int(view.segment.published[-1]), reverse=True):
        if left <= 0:
            break
        taken = min(-(-left // _ROUNDING) * _ROUNDING, view.segment.documents)
        left -= taken
        parts.append((view, view.segment.documents - taken))
    return parts
