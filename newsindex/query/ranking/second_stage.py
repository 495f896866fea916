"""The second stage of the ranking: sorts the best matches anew by how early the words of the query occur.

A news article says the main thing first, in its headline and its first sentences, which are its *lead*: an
article is more about what it names there than about what it names at its end. The first stage, which scores
every match, does not look at places, but for pairs of neighbouring words (``proximity.py``). The second stage
multiplies the scores of its MAX_RERANKED best matches by::

    1 + sum over the words t of the query of  lead * share(t) * HALF / (HALF + position(t, d))

where position(t, d) is the number of words before the first occurrence of t in the document d, headline and
body counted through, and share(t) is the square root of the idf of t, over the sum of these roots; the idf is
multiplied by the weight of the word in the query. A word that does not occur adds nothing. HALF is 40 words:
a word that first occurs there adds half of what it adds at the very beginning. The weight ``lead`` is one of
the ranking's (bm25f.py); 0 switches the stage off.

The words of the query are those of the field ``text`` in its tree, each once, and the words of its phrases,
those under a NOT left out. A synonym or another way to write a word is no further word: where it is one word,
whichever occurs first gives the position of the word; a phrase that stands for a word gives none. Stop words
beside other words do not count.

That the lead of a news article tells its relevance is the lead bias of news summarization (Brandow, Mitze and
Rau, "Automatic condensation of electronic publications by sentence selection", Information Processing &
Management 31(5), 1995). Other features of places were measured and add little to it, so they are left out:
runs of three words, after the sequential dependence model (Metzler and Croft, "A Markov random field model
for term dependencies", SIGIR 2005), whose pairs the first stage has; and the smallest windows that hold the
words (Tao and Zhai, "An exploration of proximity measures in information retrieval", SIGIR 2007).

What a word adds is computed as (gain * HALF) / (HALF + position); what the words add is summed up in their
order, and then added to 1. These steps are of 32-bit floats, so that every machine gives the same result.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.collection_statistics import CollectionStatistics
from newsindex.query.evaluation.posting_lists import find_postings
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import PhraseQuery, QueryNode, WordQuery
from newsindex.query.syntax.visitor import leaves

from .result_order import RankedHit

MAX_RERANKED: Final = 20
"""How many of the best matches are sorted anew: measured, more hardly change the first ten."""
HALF: Final = np.float32(40)
"""The position, in words, at which a word adds half of what it adds at the beginning."""
_KINDS: Final = (WordQuery, PhraseQuery)
_MAX_WORDS: Final = 32  # of a query that are looked for: those with the greatest idf
ABSENT: Final = np.float32(np.inf)
"""The position of a word that does not occur."""


class LeadWord(NamedTuple):
    """A word of the query: its term, those that stand for it, and what it adds at position 0."""

    term: str
    terms: tuple[str, ...]
    gain: float


class LeadGain(NamedTuple):
    """A word of the query, its first position in a document, and what it adds to the document's factor."""

    word: LeadWord
    position: int
    gain: float


class SecondStage:
    """Computes the factors by which the scores of the best matches of one query are multiplied."""

    def __init__(self, tree: QueryNode, snapshot: Snapshot) -> None:
        lead = snapshot.ranking.lead
        self._snapshot = snapshot
        self.words = _lead_words(tree, snapshot, lead) if lead else []

    def __bool__(self) -> bool:
        return bool(self.words)

    def scores(self, hits: Sequence[RankedHit]) -> list[float]:
        """Returns the scores of some hits, which are ordered by the score of the first stage.

        Raises DeadlineExceeded and IndexCorrupt.
        """
        compiled = self._snapshot.compiled
        if compiled is None:
            return self.scores_over_arrays(hits)
        words = [([compiled.term(text) for text in terms], gain) for _, terms, gain in self.words]
        rows = [(-position.key, position.segment, position.document) for position, _ in hits]
        return compiled.ask(compiled.handle.lead_scores, words, float(HALF), rows)

    def scores_over_arrays(self, hits: Sequence[RankedHit]) -> list[float]:
        """The same as :meth:`scores`, without the compiled kernel."""
        positions = [hit.position for hit in hits]
        scores = np.array([-position.key for position in positions], np.float32)
        segment_of = np.array([position.segment for position in positions])
        document_of = np.array([position.document for position in positions])
        for segment in set(segment_of.tolist()):
            within = segment_of == segment
            scores[within] *= self.factors(self._snapshot.views[segment], document_of[within])
        found: list[float] = scores.tolist()
        return found

    def factors(self, view: SegmentView, documents: NDArray[Any]) -> NDArray[np.float32]:
        """Returns the factor of each of some documents; shape of ``documents``, at least 1."""
        factors = np.zeros(len(documents), np.float32)
        for gains in self._gains(self.positions(view, documents)):
            factors += gains
        factors += np.float32(1)
        return factors

    def positions(self, view: SegmentView, documents: NDArray[Any]) -> NDArray[np.float32]:
        """Returns the first position of each word in each of some documents, of shape (words, documents).

        It is infinite where the word does not occur.
        """
        stored = documents.astype(np.uint16)  # the type of document numbers in posting lists
        positions = np.full((len(self.words), len(documents)), ABSENT)
        for word, of_word in zip(self.words, positions, strict=True):
            for term in word.terms:
                _find_first(view, term, stored, of_word)
        return positions

    def gains(self, view: SegmentView, document: int) -> list[LeadGain]:
        """Returns what each word that a document has adds to its factor."""
        positions = self.positions(view, np.array([document]))
        rows = zip(self.words, positions[:, 0].tolist(), self._gains(positions)[:, 0].tolist(), strict=True)
        return [LeadGain(word, int(position), gain) for word, position, gain in rows if gain]

    def _gains(self, positions: NDArray[np.float32]) -> NDArray[np.float32]:
        """What each word adds to the factors of some documents; shape of ``positions``."""
        highest = np.array([word.gain for word in self.words], np.float32)
        gains: NDArray[np.float32] = positions + HALF
        np.divide((highest * HALF)[:, np.newaxis], gains, out=gains)
        return gains


def _find_first(
    view: SegmentView, term: str, documents: NDArray[np.uint16], positions: NDArray[np.float32]
) -> None:
    """Lowers the positions of some documents, in place, to those where a term first occurs."""
    number = view.term_number(term)
    if number is None:
        return
    postings = find_postings(view.segment.postings.documents(number), documents)
    at = (postings >= 0).nonzero()[0]
    if len(at):
        first = view.segment.postings.first_positions(number, postings.take(at))
        positions[at] = np.minimum(positions.take(at), first)


class LeadTerms(NamedTuple):
    """The terms of a query that count in the second stage, with their boosted idf.

    Those that stand for another one come with them.
    """

    terms: list[tuple[str, float]]
    """In the order of the query; a term may come more than once."""
    stand_ins: list[tuple[str, str]]
    """Terms, each with one that stands for it."""


def lead_terms(tree: QueryNode, statistics: CollectionStatistics) -> LeadTerms:
    """Returns the terms of a query tree that count."""
    found = LeadTerms([], [])
    for leaf in leaves(tree):
        if not isinstance(leaf, _KINDS) or leaf.field != "text":
            continue
        if leaf.stands_for:
            if isinstance(leaf, WordQuery):
                found.stand_ins.extend([(term, leaf.term) for term in leaf.stands_for])
        elif isinstance(leaf, WordQuery):
            found.terms.append((leaf.term, statistics.term_weight(leaf).term))
        else:
            found.terms.extend([(term, leaf.boost * statistics.idf(term)) for term in leaf.terms])
    return found


def _lead_words(tree: QueryNode, snapshot: Snapshot, lead: float) -> list[LeadWord]:
    """The words of a query that count, in its order, and what each adds."""
    terms, stand_ins = lead_terms(tree, snapshot.statistics)
    idf: dict[str, float] = {}
    for term, value in terms:
        idf[term] = max(idf.get(term, 0.0), value)
    if len(idf) > _MAX_WORDS:
        kept = set(sorted(idf, key=lambda term: -idf[term])[:_MAX_WORDS])
        idf = {term: value for term, value in idf.items() if term in kept}
    roots = [(term, math.sqrt(value)) for term, value in idf.items() if value]
    total = 0.0
    for _, root in roots:  # sum() rounds in another way from Python 3.12 on
        total += root
    return [
        LeadWord(term, (term, *[other for of, other in stand_ins if of == term]), lead * root / total)
        for term, root in roots
    ]
