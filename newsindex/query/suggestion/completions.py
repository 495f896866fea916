"""How does what somebody begins to type go on?

Phrases come from the headlines, and words from the whole index. First comes what most articles have, those
of lately counting for several, and what says much: a word that every other article has says little.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice
from typing import Any, Final

from numpy.typing import NDArray

from newsindex.analyzer import Word, elision, fold
from newsindex.arguments import is_unicode
from newsindex.query.evaluation.matches import places
from newsindex.query.evaluation.snapshot import SegmentView, Snapshot

from .headline_phrases import HeadlinePhrases, PhraseRun
from .recency_weights import RecencyWeights
from .recent_vocabulary import RecentVocabulary
from .surface_forms import Form, forms_of_word, usual

MAX_CHARACTERS: Final = 200
"""What is longer is no beginning of a query."""
MAX_LIMIT: Final = 1000
_BODY: Final = 1 / 30  # what a word anywhere in an article counts for, beside one in a headline
_FREQUENT: Final = 3  # words with the prefix that are looked at for each wanted, and those that are weighed
_WEIGHED: Final = 1.5
_FEWEST: Final = 8  # so many words are wanted at the least
_LEAST: Final = 2  # articles of a phrase that goes on after the word that is typed
_FOLLOWS: Final = 0.1  # the part of a phrase that goes on in the same way, where that way is worth showing
_STANDS: Final = 0.7  # and where the longer one stands for both
_RATHER: Final = 2  # times as often as by chance stands a word beside others to be suggested after them
_BESIDE: Final = 1 << 16  # articles, the latest, in which that is looked at

Words = tuple[str, ...]  # in plain letters
Held = dict[SegmentView, NDArray[Any]]
"""Documents of each segment, ascending."""


@dataclass
class _Candidate:
    """What may be suggested: what its articles count for and how many they are, and where it stands."""

    counts: float = 0.0
    articles: int = 0
    further: int = 0
    runs: list[tuple[HeadlinePhrases, PhraseRun]] = field(default_factory=list)


def suggest(snapshot: Snapshot, lately: RecentVocabulary, typed: str, limit: int) -> list[str]:
    """Up to ``limit`` ways in which what was typed may go on, the likeliest first.

    At first as a phrase of headlines; then its last words as one, and its last word, after the others as they
    were typed.
    """
    if not snapshot.documents or len(typed) > MAX_CHARACTERS or not is_unicode(typed):
        return []
    words = snapshot.lexicon.french.analyze(typed)
    before = [word for word in words if typed[word.end : word.end + 1] != ":"]  # no name of a field
    prefix = ""
    if words and words[-1].end == len(typed):
        prefix = fold(before.pop().spelling)
    elif before and elision(f"{typed[before[-1].start :]}a"):  # as in coupe d'
        before.pop()
    if not before and not prefix:
        return []
    completer = _Completer(snapshot, lately, max(limit, _FEWEST))
    found: dict[Words, str] = {}
    for first in range(len(before) + bool(prefix)):
        is_last = first == len(before)
        if len(found) < limit and (is_last or not first or not before[first].stop):
            head = typed[: words[-1].start if is_last else before[first].start]
            ways = completer.words(before, prefix) if is_last else completer.phrases(before[first:], prefix)
            for text in islice(ways, limit):
                found.setdefault(_plain(snapshot, head + text), head + text)
    return list(found.values())[:limit]


def _plain(snapshot: Snapshot, text: str) -> Words:
    return tuple(fold(word.spelling) for word in snapshot.lexicon.french.analyze(text))


class _Completer:
    """Completes what is typed from the latest words and headlines of a snapshot."""

    def __init__(self, snapshot: Snapshot, lately: RecentVocabulary, wanted: int) -> None:
        self._snapshot = snapshot
        self._lately = lately
        self._wanted = wanted
        self._latest = lately.words(snapshot)
        self._recency = RecencyWeights(snapshot)

    def phrases(self, before: Sequence[Word], prefix: str) -> Iterator[str]:
        """Phrases that begin with some words and then the prefix, the likeliest first."""
        return self._written(self._found([fold(word.spelling) for word in before], prefix))

    def words(self, before: Sequence[Word], prefix: str) -> Iterator[str]:
        """Words with the prefix, and phrases that begin with it; or, with words before, those words that
        articles with these rather have than others. The likeliest first."""
        held = self._holding_all([word.spelling for word in before if not word.stop])
        if held is not None:
            return self._written(self._found_beside(held, prefix))
        found = self._found([], prefix)
        alone = {word: found.pop((word,)) for word, *more in list(found) if not more}
        frequency = self._latest.most_frequent(prefix, _FREQUENT * self._wanted)
        likeliest = {word: frequency[word] * _BODY for word in frequency}
        for word, one in alone.items():
            likeliest[word] = likeliest.get(word, 0.0) + one.counts
        weighed = round(_WEIGHED * self._wanted)
        for word in nlargest(weighed, likeliest, key=lambda word: (likeliest[word], word)):
            counts, articles = self._articles_with(word)
            if articles:
                one = alone.get(word, _Candidate())
                found[word,] = _Candidate(one.counts + counts * _BODY, articles, 0, one.runs)
        return self._written(found)

    def _found_beside(self, held: Held, prefix: str) -> dict[Words, _Candidate]:
        """The words with a prefix that some documents rather have than others."""
        found: dict[Words, _Candidate] = {}
        documents = max(sum(view.segment.documents for view in held), 1)
        share = sum(map(len, held.values())) / documents
        for word in self._latest.most_frequent(prefix, _FREQUENT * self._wanted):
            own = dict(self._latest.holding(self._latest.spelling(word), _BESIDE))
            beside = {view: _shared(held[view], own[view]) for view in own if view in held}
            counts, articles = self._counted(beside)
            if articles >= max(_LEAST, _RATHER * share * sum(len(own[view]) for view in beside)):
                found[word,] = _Candidate(counts, articles)
        return found

    def _found(self, before: Sequence[str], prefix: str) -> dict[Words, _Candidate]:
        """What the headlines hold that begins as typed, and goes on in ways that are worth showing."""
        found: dict[Words, _Candidate] = {}
        for view, headlines in self._lately.headlines(self._snapshot):
            for run in headlines.runs(before, prefix, self._recency.counts(view)):
                candidate = found.setdefault(run.words, _Candidate())
                candidate.counts += run.weight
                candidate.articles += run.headlines
                candidate.further = run.further
                candidate.runs.append((headlines, run))
        return _telling(found)

    def _articles_with(self, word: str) -> tuple[float, int]:
        """What the articles with a word count for, and how many they are."""
        key = self._snapshot.commit, word
        known = self._lately.counts.get(key)
        if known is None:
            known = self._lately.counts[key] = self._counted(self._holding(word))
        return known

    def _counted(self, documents: Held) -> tuple[float, int]:
        counts = sum(self._recency.of(view, own) for view, own in documents.items())
        return counts, sum(map(len, documents.values()))

    def _holding(self, word: str) -> Held:
        return dict(self._latest.holding(self._latest.spelling(word)))

    def _holding_all(self, spellings: Sequence[str]) -> Held | None:
        """The documents with all of some words; None where there are no words that any has."""
        held: Held | None = None
        for spelling in spellings:
            own = dict(self._latest.holding(spelling, _BESIDE))
            if own:
                held = own if held is None else {v: _shared(held[v], own[v]) for v in own if v in held}
        return held

    def _written(self, found: Mapping[Words, _Candidate]) -> Iterator[str]:
        """What was found as it is written, the likeliest first."""
        total = self._snapshot.documents
        likely = {words: one.counts * math.log1p(total / one.articles) for words, one in found.items()}
        for words in sorted(found, key=lambda words: (-likely[words], len(words), words)):
            forms = [form for headlines, run in found[words].runs for form in headlines.forms(run)]
            is_word = len(words) == 1
            yield self._word(words[0], forms) if is_word else usual(forms) or " ".join(words)

    def _word(self, word: str, in_headlines: Sequence[Form]) -> str:
        if any(form.tells for form in in_headlines):
            return usual(in_headlines) or word
        key = self._snapshot.commit, word
        known = self._lately.forms.get(key)
        if known is None:
            spelling = self._latest.spelling(word)
            in_texts = forms_of_word(spelling, self._latest.holding(spelling))
            known = usual([*in_headlines, *in_texts]) or spelling
            self._lately.forms[key] = known
        return known


def _telling(found: Mapping[Words, _Candidate]) -> dict[Words, _Candidate]:
    """Without phrases that go on in a way that few do, and those that nearly all go on in one."""
    kept: dict[Words, _Candidate] = {}
    outdone: set[Words] = set()
    for words, one in sorted(found.items(), key=lambda item: item[1].further):
        if one.further:
            size = next((size for size in range(len(words) - 1, 0, -1) if words[:size] in kept), 0)
            if not size or one.articles < _LEAST or one.counts < _FOLLOWS * kept[words[:size]].counts:
                continue
            if size > 1 and one.counts >= _STANDS * kept[words[:size]].counts:
                outdone.add(words[:size])
        kept[words] = one
    return {words: one for words, one in kept.items() if words not in outdone}


def _shared(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    return second[places(first, second) >= 0]
