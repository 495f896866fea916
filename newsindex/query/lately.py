"""What is known of the latest articles to suggest words by, and how is it kept from one commit to the next?

A segment never changes but for its deletions, so what was read of it stays true. It is read when it is first
asked for, and only of the latest articles: so however large the index is, that takes one or two seconds and
some tens of megabytes at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from ..forks import Lock
from ..storage.segment import Segment
from .cache import Remembered
from .headlines import Headlines
from .snapshot import SegmentView, Snapshot
from .vocabulary import Vocabulary

HEADLINES: Final = 50_000
"""How many articles' headlines are read for phrases."""
WORDS: Final = 4 << 16
"""Of how many articles all words are known."""
_STEP: Final = 1 << 13  # articles by which the part of a segment is rounded: a commit then changes little

Known = TypeVar("Known")


class Lately:
    """The words and headlines of the latest segments of one index; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._vocabularies: dict[tuple[str, int], Vocabulary] = {}
        self._headlines: dict[tuple[str, int], Headlines] = {}
        self.forms: dict[tuple[int, str], str] = Remembered()

    def vocabularies(self, snapshot: Snapshot) -> list[tuple[SegmentView, Vocabulary]]:
        """The words of the latest segments, the latest first."""
        parts = [(view, 0) for view, _ in _latest(snapshot, WORDS)]
        return self._known(self._vocabularies, parts, lambda segment, _: Vocabulary(segment))

    def spelling(self, snapshot: Snapshot, folded: str) -> str:
        """The most frequent spelling of a word in plain letters; itself where it is unknown."""
        total: Counter[str] = Counter()
        for _, vocabulary in self.vocabularies(snapshot):
            number = vocabulary.number(folded)
            if number is not None:
                total[vocabulary.spelling(number)] += int(vocabulary.frequency[number])
        return total.most_common(1)[0][0] if total else folded

    def headlines(self, snapshot: Snapshot) -> list[tuple[SegmentView, Headlines]]:
        """The latest headlines by segment, the latest first."""
        french = snapshot.lexicon.french
        parts = _latest(snapshot, HEADLINES)
        return self._known(self._headlines, parts, lambda segment, first: Headlines(segment, first, french))

    def _known(
        self,
        known: dict[tuple[str, int], Known],
        parts: list[tuple[SegmentView, int]],
        read: Callable[[Segment, int], Known],
    ) -> list[tuple[SegmentView, Known]]:
        with self._lock:
            kept = {}
            for view, first in parts:
                key = view.segment.name, first
                kept[key] = known[key] if key in known else read(view.segment, first)
            known.clear()
            known.update(kept)
        return [(view, one) for (view, _), one in zip(parts, kept.values(), strict=True)]


def _latest(snapshot: Snapshot, most: int) -> list[tuple[SegmentView, int]]:
    """The segments with the latest articles, so many or a little more, and the first document of each."""

    def newest(view: SegmentView) -> int:
        return int(view.segment.published[-1]) if view.segment.documents else 0

    def parts() -> Iterator[tuple[SegmentView, int]]:
        left = most
        for view in sorted(snapshot.views, key=newest, reverse=True):
            if left <= 0:
                break
            taken = min(-(-left // _STEP) * _STEP, view.segment.documents)
            left -= taken
            yield view, view.segment.documents - taken

    return list(parts())
