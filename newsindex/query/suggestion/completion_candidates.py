"""Candidates for a completion, and their ranking.

Phrases come from the headlines, and words from the whole index. A candidate's score is the sum of the
weights of its articles (see ``recency_weights``) times its inverse document frequency: a word that every
other article has says little.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any, Final

from numpy.typing import NDArray

from newsindex.analyzer import Word, fold
from newsindex.deadline import check_deadline
from newsindex.forks import cached_property
from newsindex.query.evaluation.posting_lists import find_postings
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot

from .headline_phrases import HeadlinePhrase, HeadlinePhrases
from .merged_vocabulary import MergedVocabulary
from .recency_weights import RecencyWeights
from .recent_vocabulary import RecentVocabulary
from .surface_forms import SurfaceForm, UsualForm, surface_forms, usual_form
from .typed_prefix import TypedPrefix

_MIN_LIMIT: Final = 8  # so many words are ranked at least, however few completions are asked for
_MIN_STRICT_LIMIT: Final = 24  # the same where accents or an elided word are typed, which few words fit
_FREQUENT_WORDS: Final = 3  # the most frequent words with a prefix that are looked at, for each completion
_WEIGHED_WORDS: Final = 1.5  # those of them whose articles are weighed, for each completion
_TEXT_WEIGHT: Final = 1 / 30  # of a word anywhere in an article, where one in a headline has 1
_MIN_ARTICLES: Final = 2  # of a phrase that goes on after the word that is typed
_MIN_CONTINUATION: Final = 0.1  # of a phrase's weight that goes on in one way, for that way to be shown too
_DOMINANT_CONTINUATION: Final = 0.7  # of a phrase's weight that goes on in one way which stands for both
_MIN_ASSOCIATION: Final = 2  # times as often as by chance must a word stand in articles with the words before
_MAX_ASSOCIATION_DOCUMENTS: Final = 1 << 16  # the latest, in which that is counted

FoldedWords = tuple[str, ...]
DocumentsBySegment = dict[SegmentView, NDArray[Any]]
"""Documents of each segment, ascending."""


@dataclass
class _Candidate:
    """A word or phrase: the sum of its articles' weights, their number, and where headlines have it.

    ``further`` is the number of words that a phrase goes on after the typed one, stop words not counted.
    """

    weight: float = 0.0
    articles: int = 0
    further: int = 0
    phrases: list[tuple[HeadlinePhrases, HeadlinePhrase]] = field(default_factory=list)


Candidates = dict[FoldedWords, _Candidate]


class Completer:
    """Completes words with a prefix and phrases from the latest articles of a snapshot.

    Up to ``limit`` completions are wanted.
    """

    def __init__(self, snapshot: Snapshot, recent: RecentVocabulary, prefix: TypedPrefix, limit: int) -> None:
        self._snapshot = snapshot
        self._recent = recent
        self._limit = max(limit, _MIN_LIMIT)
        self._prefix = prefix
        self._recency = RecencyWeights(snapshot)

    @cached_property
    def _vocabulary(self) -> MergedVocabulary:
        return self._recent.words_with(self._snapshot, self._prefix.folded)

    def phrases(self, before: Sequence[Word]) -> Iterator[str]:
        """Phrases that begin with some words and then the prefix, the likeliest first."""
        prefix = self._prefix
        folded = [fold(word.spelling) for word in before]
        candidates = self._headline_candidates(folded, prefix.folded, prefix.elided)
        if prefix.elided and not candidates:
            candidates = self._headline_candidates(folded, prefix.folded, "")
        for words in self._ranking(candidates):
            yield self._usual_form(words, candidates[words]).text

    def words(self, before: Sequence[Word]) -> Iterator[str]:
        """Words with a prefix and phrases that begin with it, the likeliest first.

        Where articles have the words before, only words that these articles have more often than others do.
        Words that are spelled with the accents of the prefix come before others, and so do those that are
        written after its elided word.
        """
        prefix = self._prefix
        documents = self._documents_with_all([word.spelling for word in before if not word.stop])
        if documents is not None:
            candidates = self._associated_candidates(documents)
        else:
            candidates = self._word_candidates()
        ranking = self._ranking(candidates)
        if prefix.has_accents:
            ranking.sort(key=lambda words: not self._vocabulary.is_spelled_with(words[0], prefix.spelling))
        return prefix.fitting(self._usual_form(words, candidates[words], prefix.elided) for words in ranking)

    def _word_candidates(self) -> Candidates:
        """The words with the prefix that most articles have, and the phrases of headlines that begin so."""
        prefix = self._prefix
        candidates = self._headline_candidates([], prefix.folded, prefix.elided)
        in_headlines = {word: candidates.pop((word,)) for word, *further in list(candidates) if not further}
        is_strict = prefix.has_accents or prefix.elided
        limit = max(self._limit, _MIN_STRICT_LIMIT) if is_strict else self._limit
        frequency = self._vocabulary.most_frequent(prefix.folded, _FREQUENT_WORDS * limit)
        estimate = {word: frequency[word] * _TEXT_WEIGHT for word in frequency}
        for word, candidate in in_headlines.items():
            estimate[word] = estimate.get(word, 0.0) + candidate.weight
        weighed = round(_WEIGHED_WORDS * limit)
        for word in nlargest(weighed, estimate, key=lambda word: (estimate[word], word)):
            weight, articles = self._article_weight(word)
            if articles:
                candidate = in_headlines.get(word, _Candidate())
                candidates[word,] = _Candidate(
                    candidate.weight + weight * _TEXT_WEIGHT, articles, 0, candidate.phrases
                )
        return candidates

    def _associated_candidates(self, documents: DocumentsBySegment) -> Candidates:
        """The words with the prefix that some documents have more often than others do."""
        candidates: Candidates = {}
        searched = max(sum(view.segment.documents for view in documents), 1)
        share = sum(map(len, documents.values())) / searched
        for word in self._vocabulary.most_frequent(self._prefix.folded, _FREQUENT_WORDS * self._limit):
            spelling = self._vocabulary.spelling(word)
            with_word = dict(self._vocabulary.documents_with(spelling, _MAX_ASSOCIATION_DOCUMENTS))
            shared = _intersection(documents, with_word)
            weight, articles = self._total_weight(shared)
            by_chance = share * sum(len(with_word[view]) for view in shared)
            if articles >= max(_MIN_ARTICLES, _MIN_ASSOCIATION * by_chance):
                candidates[word,] = _Candidate(weight, articles)
        return candidates

    def _headline_candidates(self, before: Sequence[str], prefix: str, elided: str) -> Candidates:
        """The phrases of headlines that begin as typed, without continuations that say nothing more."""
        candidates: Candidates = {}
        for view, headlines in self._recent.headlines(self._snapshot, before, prefix):
            check_deadline()
            for phrase in headlines.phrases(before, prefix, elided, self._recency.weights(view)):
                candidate = candidates.setdefault(phrase.words, _Candidate())
                candidate.weight += phrase.weight
                candidate.articles += phrase.headlines
                candidate.further = phrase.further
                candidate.phrases.append((headlines, phrase))
        return _without_weak_continuations(candidates)

    def _article_weight(self, word: str) -> tuple[float, int]:
        """The sum of the weights of the articles with a folded word, and their number."""
        key = self._snapshot.commit, word
        known = self._recent.weights.get(key)
        if known is None:
            check_deadline()
            spelling = self._vocabulary.spelling(word)
            known = self._total_weight(dict(self._vocabulary.documents_with(spelling)))
            self._recent.weights[key] = known
        return known

    def _total_weight(self, documents: DocumentsBySegment) -> tuple[float, int]:
        """The sum of the weights of some live documents, and their number."""
        weight = sum(self._recency.total(view, numbers) for view, numbers in documents.items())
        return weight, sum(map(len, documents.values()))

    def _documents_with_all(self, spellings: Sequence[str]) -> DocumentsBySegment | None:
        """The documents with all of some words, apart from words that no article has.

        None where there are no words, or no article has any.
        """
        documents: DocumentsBySegment | None = None
        for spelling in spellings:
            with_word = dict(self._vocabulary.documents_with(spelling, _MAX_ASSOCIATION_DOCUMENTS))
            if with_word:
                documents = with_word if documents is None else _intersection(documents, with_word)
        return documents

    def _ranking(self, candidates: Mapping[FoldedWords, _Candidate]) -> list[FoldedWords]:
        """The candidates, the highest score first."""
        documents = self._snapshot.documents
        score = {
            words: candidate.weight * math.log1p(documents / candidate.articles)
            for words, candidate in candidates.items()
        }
        return sorted(candidates, key=lambda words: (-score[words], len(words), words))

    def _usual_form(self, words: FoldedWords, candidate: _Candidate, elided: str = "") -> UsualForm:
        """The usual surface form of a candidate in headlines.

        The texts are looked at too for a word whose capitals the headlines do not show, or which they do not
        have after the elided word.
        """
        check_deadline()
        forms = [
            form for headlines, phrase in candidate.phrases for form in headlines.forms(phrase, bool(elided))
        ]
        in_headlines = usual_form(forms, " ".join(words))
        if len(words) > 1:
            return in_headlines
        shows_capitals = any(form.shows_capitals for form in forms)
        if shows_capitals and (not elided or elided in in_headlines.elided):
            return in_headlines
        everywhere = usual_form([*forms, *self._text_forms(words[0])], self._vocabulary.spelling(words[0]))
        return everywhere._replace(text=in_headlines.text) if shows_capitals else everywhere

    def _text_forms(self, word: str) -> Iterator[SurfaceForm]:
        """The surface forms of a folded word in the texts of the latest articles that have it."""
        key = self._snapshot.commit, word
        known = self._recent.text_forms.get(key)
        if known is None:
            spelling = self._vocabulary.spelling(word)
            known = Counter(surface_forms(spelling, self._vocabulary.documents_with(spelling)))
            self._recent.text_forms[key] = known
        return known.elements()


def _without_weak_continuations(candidates: Candidates) -> Candidates:
    """The candidates without phrases that few articles go on with, and those that nearly all go on from."""
    kept: Candidates = {}
    dominated: set[FoldedWords] = set()
    for words, candidate in sorted(candidates.items(), key=lambda item: item[1].further):
        if candidate.further:
            size = next((size for size in range(len(words) - 1, 0, -1) if words[:size] in kept), 0)
            beginning = kept.get(words[:size])
            if beginning is None or candidate.articles < _MIN_ARTICLES:
                continue
            if candidate.weight < _MIN_CONTINUATION * beginning.weight:
                continue
            if size > 1 and candidate.weight >= _DOMINANT_CONTINUATION * beginning.weight:
                dominated.add(words[:size])
        kept[words] = candidate
    return {words: candidate for words, candidate in kept.items() if words not in dominated}


def _intersection(first: DocumentsBySegment, second: DocumentsBySegment) -> DocumentsBySegment:
    """The documents that two sets share, in the segments that both have."""
    return {
        view: second[view][find_postings(first[view], second[view]) >= 0] for view in first if view in second
    }
