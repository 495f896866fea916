"""What does one search see? The segments of one commit, and the figures of the whole collection."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from unidecode import unidecode

from newsindex.analyzer import Lexicon
from newsindex.arguments import is_unicode, shown
from newsindex.errors import QueryError
from newsindex.forks import Lock
from newsindex.query.syntax.nodes import WordQuery
from newsindex.storage.segment import FieldTotals, Segment

from .bm25f import BM25F, TermWeight, idf
from .caches import BoundedCache, ScoreCache
from .field_norms import FieldNorms
from .matches import Matches, meet
from .spelling_postings import SegmentSpellings, SpellingSet

_NO_LEXICON: Final = Lexicon()
_PATTERNS: Final = 100  # whose words are remembered


class SegmentView:
    """A segment as the ranking sees it: its postings without deleted documents, and its norms."""

    def __init__(self, segment: Segment, norms: FieldNorms, ranking: BM25F) -> None:
        self.segment = segment
        self.norms = norms
        self._ranking = ranking
        self._live = segment.live
        self._labels: dict[str, dict[str, list[int]]] = {}
        self.spellings = SegmentSpellings(segment)

    def label_numbers(self, field: str, wanted: str, pattern: bool = False) -> list[int]:
        """Which values of a field such as source are this one, whatever the case and the accents; or match a
        ``pattern`` with ``*`` and ``?``."""
        if field not in self._labels:
            numbers: dict[str, list[int]] = {}
            for i, name in enumerate(self.segment.names(field)):
                if name:
                    numbers.setdefault(comparable(name), []).append(i)
            self._labels[field] = numbers
        known, wanted = self._labels[field], comparable(wanted)
        if not pattern:
            return known.get(wanted, [])
        return [number for name in fnmatch.filter(known, wanted) for number in known[name]]

    def number(self, term: str) -> int | None:
        """The number of a term in this segment."""
        return self.segment.term_number(term.encode())

    def documents(self, number: int, field: str) -> NDArray[np.intp]:
        """The live documents with a term in a field; ``text`` is both."""
        postings = self.segment.postings
        documents = postings.documents(number)
        if field != "text":
            headline, body = postings.frequencies(number).within(field)
            documents = documents[headline + body > 0]
        if self._live is not None:
            documents = documents[self._live[documents]]
        return documents.astype(np.intp)

    def document_frequency(self, term: str, field: str) -> int:
        """How many live documents have a term in a field."""
        number = self.number(term)
        if number is None:
            return 0
        if self._live is None and field == "text":
            return self.segment.postings.document_frequency(number)
        return len(self.documents(number, field))

    def word_scores(
        self, number: int, spelling: str, worth: TermWeight, field: str, at: NDArray[np.intp] | None = None
    ) -> Matches:
        """The documents of a term in a field, live or not, and their scores for a word of that term; or of
        some of its postings only."""
        postings = self.segment.postings
        listed, codes = postings.documents(number), postings.codes(number)
        if at is not None:
            listed, codes = listed.take(at), codes.take(at)
        documents = listed.astype(np.intp)
        places = self.norms.rows.take(documents)
        places |= codes
        scores = self.norms.table(field).take(places)
        rare = postings.rare(number)
        if rare is not None:
            rare = rare.among(at)
            weights = self.norms.weights(documents[rare.at], rare.frequencies.within(field))
            scores[rare.at] = self._ranking.scores(weights, 1.0)
        factors = self.spellings.factors(number, spelling, worth, self._ranking)
        if isinstance(factors, float):
            scores *= np.float32(factors)
        else:
            of_posting = factors.of_code.take(codes)
            if rare is not None:
                of_posting[rare.at] = factors.of_mark[rare.marks]
            for others, more in factors.listed:
                of_posting[others if at is None else meet(others, at)[1]] += more
            scores *= of_posting
        if field == "text":
            return Matches(documents, scores)
        found = scores > 0
        return Matches(documents[found], scores[found])


class Snapshot:
    """The segments of one commit, opened."""

    def __init__(
        self,
        commit: int,
        segments: Sequence[Segment],
        ranking: BM25F,
        zone: ZoneInfo,
        lexicon: Lexicon = _NO_LEXICON,
    ) -> None:
        self.commit = commit
        self.segments = list(segments)
        self.ranking = ranking
        self.zone = zone
        self.lexicon = lexicon
        self.documents = sum(segment.live_documents for segment in segments)
        self.scores = ScoreCache()
        self._lock = Lock()
        self._views: list[SegmentView] | None = None
        self._frequency: dict[tuple[str, str], int] = BoundedCache()
        self._worth: dict[tuple[str, str, str], TermWeight] = BoundedCache()
        self.expansions: dict[tuple[object, ...], list[Mapping[int, SpellingSet]]] = BoundedCache(_PATTERNS)
        self.near: dict[object, frozenset[Any]] = BoundedCache()  # for query/duplicates.py

    @property
    def views(self) -> list[SegmentView]:
        """The segments as the ranking sees them, the same objects for every thread."""
        if self._views is None:
            with self._lock:
                if self._views is None:
                    self._views = self._made_views()
        return self._views

    def _made_views(self) -> list[SegmentView]:
        headline = _average([segment.headline for segment in self.segments])
        body = _average([segment.body for segment in self.segments])
        ranking = self.ranking
        return [
            SegmentView(segment, FieldNorms(segment, ranking, headline, body), ranking)
            for segment in self.segments
        ]

    def document_frequency(self, term: str, field: str = "text") -> int:
        """How many live documents of the whole index have a term in a field."""
        known = self._frequency.get((term, field))
        if known is None:
            known = sum(view.document_frequency(term, field) for view in self.views)
            self._frequency[term, field] = known
        return known

    def idf(self, term: str, field: str = "text") -> float:
        """The inverse document frequency of a term."""
        return idf(self.documents, self.document_frequency(term, field))

    def worth(self, word: WordQuery) -> TermWeight:
        """What a word of a query is worth."""
        key = word.term, word.field, word.spelling
        known = self._worth.get(key)
        if known is None:
            known = self._worth[key] = self._made_worth(word)
        return known if word.boost == 1.0 else TermWeight(known.stem * word.boost, known.form * word.boost)

    def _made_worth(self, word: WordQuery) -> TermWeight:
        stem = self.document_frequency(word.term, word.field)
        form = 0
        if self.ranking.spelling or self.ranking.accents:
            for view in self.views:
                number = view.number(word.term)
                if number is not None:
                    form += view.spellings.document_frequency(number, word.spelling)
            whole = stem if word.field == "text" else self.document_frequency(word.term)
            form = min(form, whole)
        return TermWeight(idf(self.documents, stem), idf(self.documents, form) if form else 0.0)

    def find(self, article_id: str) -> tuple[Segment, int] | None:
        """The segment and document of an article; None where there is none, and for what is not Unicode."""
        if not is_unicode(article_id):
            return None
        for segment in self.segments:
            document = segment.find(article_id)
            if document is not None:
                return segment, document
        return None

    def known(self, article_id: str) -> tuple[Segment, int]:
        """The segment and document of an article. Raises QueryError where there is none."""
        found = self.find(article_id)
        if found is None:
            raise QueryError(f"no article has the id {shown(article_id)}")
        return found


def comparable(name: str) -> str:
    """A label as filters compare it: whatever its case, its accents and its spaces."""
    return " ".join(str(unidecode(name)).lower().split())


def _average(totals: Sequence[FieldTotals]) -> float:
    """The mean length in words of a field, over the documents that have it."""
    documents = sum(total.documents for total in totals)
    return sum(total.words for total in totals) / max(documents, 1)
