"""The words of a segment, read as far as they are asked for."""

from __future__ import annotations

from newsindex.deadline import check_deadline
from newsindex.forks import Lock
from newsindex.storage.segment import Segment

from .segment_vocabulary import SegmentVocabulary, spellings_with


class SegmentWords:
    """The words of one segment: first those with a prefix alone, later all; threads may share it."""

    def __init__(self, segment: Segment) -> None:
        """Nothing is read yet."""
        self._segment = segment
        self._lock = Lock()
        self._was_asked = False
        self._all: SegmentVocabulary | None = None
        self._last_prefix: tuple[str, dict[int, str]] = "", {}

    def read_further(self) -> bool:
        """Reads all words, unless none was asked for yet or all are known; tells whether it did."""
        if not self._was_asked or self._all is not None:
            return False
        self.all()
        return True

    def all(self) -> SegmentVocabulary:
        """All words."""
        with self._lock:  # what several threads ask for is read once
            if self._all is None:
                check_deadline()
                self._all = SegmentVocabulary(self._segment)
            return self._all

    def beginning_with(self, prefix: str) -> SegmentVocabulary:
        """The words with a prefix at least."""
        if self._all is None and prefix:
            check_deadline()
            self._was_asked = True
            return SegmentVocabulary(self._segment, self.spellings_with(prefix))
        return self.all()

    def spellings_with(self, prefix: str) -> dict[int, str]:
        """The numbers of the spellings whose folded words begin with a prefix, and these words."""
        known, spellings = self._last_prefix
        if known != prefix:
            spellings = spellings_with(prefix, self._segment)
            self._last_prefix = prefix, spellings
        return spellings
