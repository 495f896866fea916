"""The segments of one commit, opened for searching, with all that searches share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon
from newsindex.arguments import is_unicode, shown
from newsindex.compiled import compiled_kernel
from newsindex.errors import QueryError
from newsindex.forks import Lock
from newsindex.storage.segment import FieldTotals, Segment

from .acronyms.learned_acronyms import LearnedAcronyms
from .bm25f import BM25F
from .caches import BoundedCache, CodedTextCache, ScoreCache
from .collection_statistics import CollectionFigures, CollectionStatistics
from .compiled.collection import CompiledCollection
from .field_norms import FieldNorms
from .segment_view import SegmentView
from .spelling_dictionary import SpellingDictionaries
from .spelling_postings import TermSpellings

if TYPE_CHECKING:
    from newsindex.query.syntax.written_variants import Variant  # only loaded to search

_NO_LEXICON: Final = Lexicon()
_MAX_EXPANSIONS: Final = 100
"""How many words with wildcards, and fuzzy words, a snapshot keeps the expansions of."""


class DocumentAddress(NamedTuple):
    """A document of a snapshot: the number of its segment, and the number of the document in it."""

    segment: int
    document: int


class _Collection(NamedTuple):
    """What a snapshot makes of its segments when it is first searched; the statistics are over arrays."""

    views: list[SegmentView]
    statistics: CollectionStatistics


class Snapshot:
    """One commit of an index: its segments, its statistics, and caches. Several threads may search it."""

    def __init__(
        self,
        commit: int,
        segments: Sequence[Segment],
        ranking: BM25F,
        zone: ZoneInfo,
        lexicon: Lexicon = _NO_LEXICON,
        learns_acronyms: bool = True,
        figures: CollectionFigures | None = None,
    ) -> None:
        """``figures`` are those of the collection of which the segments are a part.

        Without them, the segments are the collection.
        """
        self.commit = commit
        self.segments = list(segments)
        self.ranking = ranking
        self.zone = zone
        self.lexicon = lexicon
        self.learns_acronyms = learns_acronyms
        """Whether the index learns acronyms."""
        self.acronyms = LearnedAcronyms(segments if learns_acronyms else ())
        """The acronyms that the live articles define."""
        self.ordinary_acronyms: BoundedCache[str, bool] = BoundedCache()
        """Whether articles write an acronym like an ordinary word."""
        self.figures = figures
        """The figures of the collection of which the segments are a part, None where they are all of it."""
        live = sum(segment.live_documents for segment in segments)
        self.documents = live if figures is None else figures.documents
        """The number of live documents of the collection."""
        self.scores = ScoreCache()
        """The scores of words that were searched."""
        self.expansions: BoundedCache[tuple[object, ...], list[TermSpellings]] = BoundedCache(
            _MAX_EXPANSIONS, large_values=True
        )
        """The spellings, by segment, that exact, wildcard and fuzzy words stand for."""
        self.dictionaries = SpellingDictionaries()
        """The dictionaries of all spellings, by segment."""
        self.near_duplicates: BoundedCache[DocumentAddress, tuple[DocumentAddress, ...]] = BoundedCache(
            large_values=True
        )
        """The near-duplicates of documents, where they were sought (``similarity/near_duplicates.py``)."""
        self.coded_texts = CodedTextCache()
        """The words of texts that were compared (``similarity/text_comparison.py``)."""
        self.written_variants: BoundedCache[tuple[str, ...], tuple[Variant, ...]] = BoundedCache(
            large_values=True
        )
        """Other ways to write the words of queries (``term_dictionary.py``)."""
        self._lock = Lock()
        self._collection: _Collection | None = None
        self._compiled: CompiledCollection | None = None

    @property
    def views(self) -> list[SegmentView]:
        """The views of the segments; every thread gets the same objects."""
        return (self._collection or self._open()).views

    @property
    def statistics(self) -> CollectionStatistics:
        """The statistics of the whole collection; every thread gets the same object."""
        compiled = self.compiled
        return (self._collection or self._open()).statistics if compiled is None else compiled

    @property
    def compiled(self) -> CompiledCollection | None:
        """The snapshot in the compiled kernel, None without one; every thread gets the same object."""
        return self._compiled or self._compile()

    def _compile(self) -> CompiledCollection | None:
        kernel = compiled_kernel()
        if kernel is None:
            return None
        views = self.views
        with self._lock:
            if self._compiled is None:
                self._compiled = CompiledCollection(kernel, views, self.ranking, self.documents, self.figures)
            return self._compiled

    def _open(self) -> _Collection:
        """Makes the views and the statistics, when they are first needed; by one thread only."""
        with self._lock:
            if self._collection is None:
                headline, body = self.average_lengths()
                views = [
                    SegmentView(segment, FieldNorms(segment, self.ranking, headline, body), self.ranking)
                    for segment in self.segments
                ]
                statistics = CollectionStatistics(views, self.ranking, self.documents, self.figures)
                self._collection = _Collection(views, statistics)
            return self._collection

    def average_lengths(self) -> tuple[float, float]:
        """The average lengths of headlines and of bodies, over the documents that have the field."""
        if self.figures is not None:
            return self.figures.average_lengths
        headline = _average_length([segment.headline for segment in self.segments])
        return headline, _average_length([segment.body for segment in self.segments])

    def find(self, article_id: str) -> tuple[Segment, int] | None:
        """The segment and the document of an article.

        None where no article has the id, or where the id is not valid Unicode.
        """
        if not is_unicode(article_id):
            return None
        for segment in self.segments:
            document = segment.find(article_id)
            if document is not None:
                return segment, document
        return None

    def require(self, article_id: str) -> tuple[Segment, int]:
        """The segment and the document of an article. Raises QueryError where no article has the id."""
        found = self.find(article_id)
        if found is None:
            raise QueryError(f"no article has the id {shown(article_id)}", "unknown_id", article_id)
        return found


def _average_length(totals: Sequence[FieldTotals]) -> float:
    """The mean length of a field in words, over the documents that have the field."""
    documents = sum(total.documents for total in totals)
    return sum(total.words for total in totals) / max(documents, 1)
