"""Checks whether an index on a cluster is whole, and whether it finds the articles that it stores."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from newsindex.article import Article
from newsindex.errors import ClusterUnavailable, IndexCorrupt
from newsindex.indexer.scanning.scanners import new_scanner
from newsindex.storage.stored_articles import hash_content, pack_article
from newsindex.wording import counted

from ..connection import Connection
from ..documents import DocumentEncoder, restore_article
from ..index_record import IndexRecord
from ..layout import ANALYSED_FIELDS, document_id
from ..scan_all import scan_documents

_SAMPLE: Final = 8  # of the documents that are read together, as many are analysed again
_MAX_CHECKED_WORDS: Final = 200
_MAX_CHECKED_PLACES: Final = 50


def check_index(connection: Connection, index: str, record: IndexRecord) -> None:
    """Reads every article of an index, and analyses a sample of them again.

    Raises IndexCorrupt naming the first article that is not as it was written, and ClusterUnavailable where a
    part of the index has no copy that answers.
    """
    _check_shards(connection, index)
    encoder = DocumentEncoder(new_scanner(record.settings.lexicon.french), record)
    for hits in scan_documents(connection, index, []):
        ids = [hit["_id"] for hit in hits]
        answer = connection.request("POST", f"/{index}/_mget", {"ids": ids})
        documents = [
            document for document in answer["docs"] if document.get("found")
        ]  # others were deleted since
        articles = [_check_document(connection, record, document) for document in documents]
        _check_sample(connection, index, encoder, documents[:_SAMPLE], articles[:_SAMPLE])


def _check_shards(connection: Connection, index: str) -> None:
    health = connection.request("GET", f"/_cluster/health/{index}")
    missing = health["status"] == "red"
    if missing:
        missing_shards = counted(health["unassigned_shards"], "shard is", "shards are")
        raise ClusterUnavailable(
            f"a part of {connection.name} has no copy that answers ({missing_shards} "
            "missing): start the nodes that have them, or restore the index from a snapshot"
        )


def _check_document(connection: Connection, record: IndexRecord, document: Mapping[str, Any]) -> Article:
    """The article of a document. Raises IndexCorrupt where it is not as it was written."""
    source = document["_source"]
    article = restore_article(source, connection.name)
    if document["_id"] != document_id(article.id) or source.get("id") != article.id:
        raise _damage(connection, article, "it stands under another id")
    if source.get("content_hash") != f"{hash_content(pack_article(article, record.settings.zone)):016x}":
        raise _damage(connection, article, "its content is not as it was written")
    return article


def _check_sample(
    connection: Connection,
    index: str,
    encoder: DocumentEncoder,
    documents: Sequence[Mapping[str, Any]],
    articles: Sequence[Article],
) -> None:
    """Raises IndexCorrupt where articles are not found by their words, or have other columns."""
    if not documents:
        return
    sources = map(
        json.loads, encoder.encode(articles, [document["_source"]["version"] for document in documents])
    )
    searches = []
    for article, document, expected in zip(articles, documents, sources, strict=True):
        stored = document["_source"]
        names = (expected.keys() | stored.keys()) - {*ANALYSED_FIELDS, "encoding"}
        differing = [name for name in names if expected.get(name) != stored.get(name)]
        if differing:
            raise _damage(connection, article, f"its {min(differing)} does not agree with it")
        searches.append(({"index": index}, _search_for(document["_id"], expected)))
    connection.request("POST", f"/{index}/_refresh")  # what was changed a moment ago is compared too
    for article, answer in zip(articles, connection.msearch(searches), strict=True):
        if not answer["hits"]["total"]["value"]:
            raise _damage(connection, article, "it is not found by its words")


def _search_for(document: str, expected: Mapping[str, str]) -> dict[str, Any]:
    """A search for a document by the words that it should have."""
    clauses: list[dict[str, Any]] = [{"ids": {"values": [document]}}]
    for field in ANALYSED_FIELDS:
        words = expected[field].split(" ") if expected[field] else []
        if field.endswith("_places"):
            if words:
                clauses.append({"match_phrase": {field: " ".join(words[:_MAX_CHECKED_PLACES])}})
        else:
            terms = [word.partition("|")[0] for word in words[:_MAX_CHECKED_WORDS]]
            clauses += ({"term": {field: term}} for term in terms)
    return {"size": 0, "query": {"bool": {"filter": clauses}}}


def _damage(connection: Connection, article: Article, what: str) -> IndexCorrupt:
    return IndexCorrupt(
        f"the article {article.id!r} of {connection.name} is damaged: {what}; index it again, or run "
        "`newsindex cluster rebuild`"
    )
