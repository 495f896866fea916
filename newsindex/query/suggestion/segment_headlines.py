"""The headlines of a segment, read as far as completions ask for them.

To decompress and to analyse all headlines of a large segment takes a second. A completion needs only those
that hold the word that it begins with, and of these the latest: they are read first, and each later
completion reads some others, until all are known. What is found does not depend on how many have been read.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import French, fold
from newsindex.analyzer.characters import HASH
from newsindex.deadline import check_deadline
from newsindex.forks import Lock
from newsindex.storage.segment import Segment
from newsindex.storage.text_store import unpack_headline

from .headline_phrases import BREAK, COLUMNS, LINK, MAX_STARTS, HeadlinePhrases
from .segment_words import SegmentWords

_MAX_HEADLINE_CHARACTERS: Final = 1000  # from the beginning of a headline, in which phrases are found
_MIN_READ: Final = 256  # headlines between two looks at the deadline
_FURTHER_HEADLINES: Final = 512  # that each later completion reads
_MAX_KEPT_PARTS: Final = 8
_BREAK_ROW: Final = (BREAK, 0, 0, 0, 0, True)

_HeadlineWord = tuple[int, int, int, int, bool]
"""A word of a run: the number of its spelling, its bounds, its start without a ``#``, and whether it is a
stop word."""
_Key = tuple[str, bool]
"""The folded word that phrases begin with, and whether it is only the beginning of one."""


class SegmentHeadlines:
    """The latest headlines of one segment, those of deleted documents too; threads may share it."""

    def __init__(self, segment: Segment, first: int, french: French, words: SegmentWords) -> None:
        """``first`` is the first document whose headline counts, and ``words`` are those of the segment.

        Nothing is read yet.
        """
        self._segment = segment
        self._segment_words = words
        self._first = first
        self._french = french
        self._lock = Lock()
        self._number_of_text: dict[str, int] = {}
        self._texts: list[str] = []
        self._number_of_spelling: dict[str, int] = {}
        self._folded: list[str] = []  # of each spelling
        self._words_of_run: dict[str, list[_HeadlineWord]] = {}
        self._rows: dict[int, bytes] = {}  # by document
        self._unread = segment.documents  # above it all headlines are read
        self._parts: dict[_Key, HeadlinePhrases] = {}
        self._complete: set[_Key] = set()  # those of the parts that have every headline with the word
        self._all: HeadlinePhrases | None = None

    def read_further(self) -> bool:
        """Reads some more headlines, unless none was asked for yet or all are known; tells whether it did."""
        with self._lock:
            if self._all is not None or not self._parts:
                return False
            low = max(self._unread - _FURTHER_HEADLINES, self._first)
            self._read(range(low, self._unread))
            self._unread = low
            if low == self._first:
                self._all = self._phrases_of(range(self._first, self._segment.documents))
                self._rows, self._words_of_run = {}, {}
                self._parts.clear()
            return True

    def beginning_with(self, words: Sequence[str], prefix: str) -> HeadlinePhrases:
        """Headlines that have all phrases which begin with some folded words and a word with a prefix."""
        key = (words[0], False) if words else (prefix, True)
        with self._lock:
            if self._all is not None:
                return self._all
            known = self._known_part(key)
            if known is None:
                documents, is_complete = self._read_latest(key)
                known = self._phrases_of(documents)
                if len(self._parts) >= _MAX_KEPT_PARTS:
                    oldest = next(iter(self._parts))
                    del self._parts[oldest]
                    self._complete.discard(oldest)
                self._parts[key] = known
                if is_complete:
                    self._complete.add(key)
            return known

    def _known_part(self, key: _Key) -> HeadlinePhrases | None:
        """A part that has what phrases with this beginning need."""
        if key in self._parts:
            return self._parts[key]
        wider = (one for one in self._complete if one[1] and key[0].startswith(one[0]))
        return next((self._parts[one] for one in wider), None)

    def _read_latest(self, key: _Key) -> tuple[Sequence[int], bool]:
        """Reads the headlines with a word, the latest first, until it stands in as many places as count.

        Returns their documents, ascending, and whether these are all that have the word.
        """
        fits = _fitting(key)
        sought: Sequence[int] = self._documents_with(key)
        end, places = len(sought), 0
        while end and places < MAX_STARTS:
            start = max(end - max(MAX_STARTS - places, _MIN_READ), 0)
            documents = sought[start:end]
            self._read(documents)
            numbers = self._columns_of(documents)[:, 0]
            fitting = np.array([*map(fits, self._folded), False])  # the last one is that of a break
            places += int(np.count_nonzero(fitting[numbers]))
            end = start
        return sought[end:], not end

    def _documents_with(self, key: _Key) -> Sequence[int]:
        """The documents whose headlines may have a word, ascending."""
        word, is_prefix = key
        segment = self._segment
        if is_prefix:
            spellings = list(self._segment_words.spellings_with(word))
            terms = sorted(set(segment.spellings.terms[spellings].tolist()))
        else:
            number = segment.term_number(self._french.term(word).encode())
            terms = [] if number is None else [number]
        is_held = np.zeros(segment.documents, bool)
        for documents in segment.postings.headline_documents(terms):
            is_held[documents] = True
        is_held[: self._first] = False
        held: list[int] = np.flatnonzero(is_held).tolist()
        return held

    def _read(self, documents: Iterable[int]) -> None:
        """Reads the headlines of some documents that are not known yet."""
        unread = [document for document in documents if document not in self._rows]
        for start in range(0, len(unread), _MIN_READ):
            check_deadline()
            for document in unread[start : start + _MIN_READ]:
                self._rows[document] = self._row_bytes(document)

    def _row_bytes(self, document: int) -> bytes:
        """The rows of the words of a headline, with a break before each phrase."""
        text = unpack_headline(self._segment.packed_text(document))
        if len(text) > _MAX_HEADLINE_CHARACTERS:
            text = text[:_MAX_HEADLINE_CHARACTERS].rpartition(" ")[0]
        headline = self._number_of_text.setdefault(text, len(self._texts))
        if headline == len(self._texts):
            self._texts.append(text)
        rows: list[int] = []
        end = -1
        known = self._words_of_run
        for match in self._french.runs(text):
            run, offset = match[0], match.start()
            words = known.get(run)
            if words is None:
                words = known[run] = self._words(run)
            for spelling, start, word_end, letter, stop in words:
                is_next = start + offset == end + 1 and text[end] == " "  # most words are
                if not is_next and (end < 0 or not LINK.fullmatch(text, end, start + offset)):
                    rows += _BREAK_ROW
                end = word_end + offset
                rows += (spelling, document, headline, letter + offset, end, stop)
        return array("i", rows).tobytes()

    def _words(self, run: str) -> list[_HeadlineWord]:
        """The words of a run."""
        return [
            (self._spelling_number(spelling), start, end, start + (run[start] == HASH), stop)
            for spelling, start, end, stop in self._french.spelled_words(run)
        ]

    def _spelling_number(self, spelling: str) -> int:
        number = self._number_of_spelling.get(spelling)
        if number is None:
            number = self._number_of_spelling[spelling] = len(self._folded)
            self._folded.append(fold(spelling))
        return number

    def _columns_of(self, documents: Iterable[int]) -> NDArray[np.int32]:
        """The rows of some documents that were read, shape (rows, COLUMNS)."""
        rows = b"".join([self._rows[document] for document in documents])
        return np.frombuffer(rows, np.int32).reshape(-1, COLUMNS)

    def _phrases_of(self, documents: Iterable[int]) -> HeadlinePhrases:
        columns = np.append(self._columns_of(documents), np.array([_BREAK_ROW], np.int32), axis=0)
        return HeadlinePhrases(columns, self._folded, self._texts)


def _fitting(key: _Key) -> Callable[[str], bool]:
    """Tells whether a folded word is the one sought."""
    word, is_prefix = key
    return (lambda folded: folded.startswith(word)) if is_prefix else (lambda folded: folded == word)
