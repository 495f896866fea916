"""How does a word or a phrase that somebody begins to type go on?

Words come from the index, and phrases from its headlines; those in more articles first, where an article of
lately counts as several.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..analyzer import Word, fold
from .headlines import Headlines, Run, usual
from .lately import Lately
from .snapshot import SegmentView, Snapshot
from .vocabulary import holding

MAX_CHARACTERS: Final = 200
"""What is longer is no beginning of a query."""
_LATELY: Final = 30 * 1440  # minutes
_LATELY_COUNTS: Final = 5.0  # as so many articles
_BODY: Final = 1 / 30  # what a word in any part of an article counts for, beside one in a headline
_CANDIDATES: Final = 3  # words that are weighed, for each that is wanted
_LEAST: Final = 2  # articles of a phrase that goes on beyond the word that is typed
_SHADOWED: Final = 0.7  # the part of a phrase's weight at which a longer one stands for it
_READ: Final = 12  # articles by which is known how a word is written
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?…:\n])[\s«»\"“”'’(\[—–-]*\Z")


@dataclass
class _Candidate:
    """What may be suggested: its weight, and where it stands."""

    weight: float = 0.0
    articles: int = 0
    further: int = 0
    runs: list[tuple[Headlines, Run]] = field(default_factory=list)


def suggest(snapshot: Snapshot, lately: Lately, typed: str, limit: int) -> list[str]:
    """Up to ``limit`` ways in which what was typed may go on, the most frequent first.

    What no headline has as a phrase is completed by its last words, after the others as they were typed.
    """
    words = snapshot.lexicon.french.analyze(typed) if len(typed) <= MAX_CHARACTERS else []
    if not words or not snapshot.documents:
        return []
    *before, last = words
    prefix = fold(last.spelling)
    if last.end < len(typed):  # a word that is whole, and the next one has not begun
        before, prefix = words, ""
    found: dict[str, None] = {}
    asked = _Asked(snapshot, lately)
    for first in range(len(before) + bool(prefix)):
        head = typed[: words[first].start]
        for text in asked.completions(before[first:], prefix, limit - len(found)):
            found.setdefault(head + text)
        if len(found) >= limit:
            break
    return list(found)


class _Asked:
    """Asks the latest words and headlines of a snapshot."""

    def __init__(self, snapshot: Snapshot, lately: Lately) -> None:
        self._snapshot = snapshot
        self._lately = lately
        newest = max(int(s.published[-1]) for s in snapshot.segments if s.documents)
        self._since = min(newest, int(time.time() // 60)) - _LATELY

    def completions(self, before: Sequence[Word], prefix: str, limit: int) -> Iterator[str]:
        """Phrases that begin with some words and then a prefix, or words with the prefix; the most frequent
        first."""
        found = self._phrases([fold(word.spelling) for word in before], prefix)
        if not before:
            for word, weight in self._words(prefix, limit):
                found.setdefault((word,), _Candidate()).weight += weight * _BODY
        ranked = sorted(found, key=lambda words: (-found[words].weight, len(words), words))
        for words in ranked[:limit]:
            if len(words) == 1 and not before:
                yield self._written(words[0])
            else:
                yield usual(form for headlines, run in found[words].runs for form in headlines.forms(run))

    def _phrases(self, before: Sequence[str], prefix: str) -> dict[tuple[str, ...], _Candidate]:
        """The phrases of the headlines that begin as typed."""
        found: dict[tuple[str, ...], _Candidate] = {}
        for view, headlines in self._lately.headlines(self._snapshot):
            for run in headlines.runs(before, prefix, self._weights(view)):
                candidate = found.setdefault(run.words, _Candidate())
                candidate.weight += run.weight
                candidate.articles += run.articles
                candidate.further = run.further
                candidate.runs.append((headlines, run))
        kept = {words: one for words, one in found.items() if one.articles >= _LEAST or not one.further}
        for words, candidate in list(kept.items()):
            for size in range(2, len(words)):
                shorter = kept.get(words[:size])
                if shorter is not None and candidate.weight >= _SHADOWED * shorter.weight:
                    del kept[words[:size]]
        return kept

    def _words(self, prefix: str, limit: int) -> Iterator[tuple[str, float]]:
        """The words with a prefix that are in the most articles, in plain letters, and their weights."""
        total: Counter[str] = Counter()
        for _, vocabulary in self._lately.vocabularies(self._snapshot):
            numbers = vocabulary.starting(prefix)
            frequency = vocabulary.frequency[numbers.start : numbers.stop]
            most = min(_CANDIDATES * limit, len(numbers))
            for at in np.argpartition(-frequency, most - 1)[:most].tolist() if most else ():
                total[vocabulary.word(numbers.start + at)] += int(frequency[at])
        for word, _ in total.most_common(_CANDIDATES * limit):
            weight = 0.0
            for view, documents in holding(self._snapshot, self._lately.spelling(self._snapshot, word)):
                older = int(np.searchsorted(documents, self._first_of_lately(view)))
                weight += older + _LATELY_COUNTS * (len(documents) - older)
            if weight:
                yield word, weight

    def _first_of_lately(self, view: SegmentView) -> int:
        return int(np.searchsorted(view.segment.published, self._since))

    def _weights(self, view: SegmentView) -> NDArray[np.float32]:
        """What the documents of a segment count for: deleted ones 0, those of lately more than others."""
        weights = np.ones(view.segment.documents, np.float32)
        weights[self._first_of_lately(view) :] = _LATELY_COUNTS
        if view.segment.live is not None:
            weights[~view.segment.live] = 0
        return weights

    def _written(self, folded: str) -> str:
        """A word as it is most often written in some of the latest articles with it."""
        key = self._snapshot.commit, folded
        known = self._lately.forms.get(key)
        if known is None:
            spelling = self._lately.spelling(self._snapshot, folded)
            known = self._lately.forms[key] = usual(self._forms(spelling)) or spelling
        return known

    def _forms(self, spelling: str) -> Iterator[tuple[str, bool]]:
        word = re.compile(rf"(?<!\w){re.escape(spelling)}(?!\w)", re.IGNORECASE)
        left = _READ
        for view, documents in holding(self._snapshot, spelling):
            for document in documents[-left:].tolist() if left > 0 else ():
                text = view.segment.text(document)
                for found in word.finditer(f"{text.headline}\n{text.body}"):
                    yield found[0], _SENTENCE_START.search(found.string, 0, found.start()) is not None
            left -= len(documents)
