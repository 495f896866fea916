"""Reads and writes the documents of matches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.layout import document_id
from newsindex.dates.minutes import UNDATED

from .alert_layout import matches_index
from .article_matches import ArticleMatches
from .conditional_writes import (
    Write,
    read_documents,
    search_documents,
    write_documents,
)
from .signature_bands import MIN_COMMON_BANDS, Signature, bands, may_be_alike

_BY_KEY: Final = ["key"]
_SEARCHES: Final = 100  # of one request
_MAX_ALERTS: Final = 65_000  # that a request counts
_MAX_CANDIDATES: Final = 200
"""Articles with matches that are compared with one, those whose signatures are most alike."""


class Sought(NamedTuple):
    """An article whose copies are sought among the matches of some alerts, published in a period."""

    signature: Signature
    alerts: Collection[int]
    first: int | None
    last: int | None


class MatchDocuments:
    """The documents of matches of one index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = matches_index(connection.address.index)

    def of_articles(self, articles: Sequence[str]) -> Iterator[ArticleMatches]:
        """The matches of some articles as of this moment, of an article without any too."""
        keys = list(map(document_id, articles))
        for article, stored in zip(
            articles, read_documents(self._connection, self._index, keys), strict=True
        ):
            yield ArticleMatches(article, stored)

    def write(self, documents: Iterable[ArticleMatches]) -> set[str]:
        """Keeps the matches of some articles; returns the keys of those that another change prevented."""
        writes: list[Write] = [one.write() for one in documents]
        kept = [one for one in writes if one.source is not None or one.place is not None]
        return write_documents(self._connection, self._index, kept)

    def pending(self) -> Iterator[ArticleMatches]:
        """The matches of articles with changes that were not carried out."""
        return self.found({"term": {"is_pending": True}})

    def under(self, keys: Sequence[str]) -> Iterator[ArticleMatches]:
        """The matches of which some are folded under those of articles with some keys."""
        return self.found({"terms": {"under": list(keys)}})

    def found(self, query: dict[str, Any], sort: Sequence[Any] = ()) -> Iterator[ArticleMatches]:
        """The matches of the articles that a query finds."""
        order = [*sort, *_BY_KEY]
        for stored in search_documents(self._connection, self._index, query, order):
            yield ArticleMatches.restored(stored)

    def candidates(self, sought: Sequence[Sought]) -> Iterator[ArticleMatches]:
        """The matches of articles that may be copies of any of some."""
        header = {"index": self._index, "ignore_unavailable": True, "allow_partial_search_results": False}
        keys: dict[str, None] = {}
        for first in range(0, len(sought), _SEARCHES):
            some = sought[first : first + _SEARCHES]
            answers = self._connection.msearch([(header, _candidate_search(one)) for one in some])
            for one, answer in zip(some, answers, strict=True):
                for hit in answer["hits"]["hits"]:
                    (key,), (written,) = hit["fields"]["key"], hit["fields"]["signature"]
                    if may_be_alike(one.signature, Signature.read(written.split())):
                        keys[key] = None
        for stored in read_documents(self._connection, self._index, list(keys)):
            if stored is not None:
                yield ArticleMatches.restored(stored)

    def is_empty(self) -> bool:
        """Whether no article has a match."""
        search = {
            "size": 0, "track_total_hits": 1, "terminate_after": 1,
            "query": {"exists": {"field": "alerts"}},
        }  # fmt: skip
        return bool(self._search(search)["hits"]["total"]["value"] == 0)

    def alerts(self) -> set[int]:
        """The alerts that have matches."""
        search = {"size": 0, "aggs": {"alerts": {"terms": {"field": "alerts", "size": _MAX_ALERTS}}}}
        return set(_counted(self._search(search), "alerts"))

    def counts(self, visible: int) -> dict[int, int]:
        """How many matches are neither folded nor acknowledged, by alert, up to a sequence number."""
        search = {
            "size": 0, "query": {"range": {"last": {"lte": visible}}},
            "aggs": {"new": {"terms": {"field": "new", "size": _MAX_ALERTS}}},
        }  # fmt: skip
        counts = _counted(self._search(search), "new")
        for one in self.found({"range": {"last": {"gt": visible}}}):
            for alert, _ in one.new(visible):
                counts[alert] = counts.get(alert, 0) + 1
        return counts

    def _search(self, search: dict[str, Any]) -> dict[str, Any]:
        parameters = {"ignore_unavailable": True, "allow_partial_search_results": False}
        answer: dict[str, Any] = self._connection.request(
            "POST", f"/{self._index}/_search", search, parameters
        )
        return answer


def _counted(answer: dict[str, Any], name: str) -> dict[int, int]:
    """The numbers that an aggregation has counted; none where the index is missing."""
    buckets = answer.get("aggregations", {}).get(name, {}).get("buckets", [])
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}


def _candidate_search(sought: Sought) -> dict[str, Any]:
    filters: list[dict[str, Any]] = [{"terms": {"alerts": list(sought.alerts)}}]
    if sought.first is not None:
        period = {"range": {"minutes": {"gte": sought.first, "lte": sought.last}}}
        filters.append({"bool": {"should": [period, {"term": {"minutes": UNDATED}}]}})
    common = [{"constant_score": {"filter": {"term": {"bands": band}}}} for band in bands(sought.signature)]
    return {
        "size": _MAX_CANDIDATES, "_source": False, "docvalue_fields": ["key", "signature"],
        "track_total_hits": False,
        "query": {
            "bool": {"filter": filters, "should": common, "minimum_should_match": MIN_COMMON_BANDS}
        },
    }  # fmt: skip
