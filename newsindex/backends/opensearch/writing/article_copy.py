"""Copies the articles of one version of an index on a cluster to another one, and encodes them anew.

Every article keeps its version, so that none replaces a later change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from newsindex.errors import IndexLocked, NewsIndexError
from newsindex.indexer.scanning.scanners import new_scanner

from ..connection import Connection, json_line
from ..documents import DocumentEncoder, restore_article
from ..index_record import IndexRecord, Places
from ..patience import patiently
from ..refusals import Refusal
from ..scan_all import scan_documents
from .bulk_sender import BulkSender, Change


class ArticleCopy:
    """The copying of a rebuild, from the version ``old`` to the version ``new``, as OpenSearch names them.

    ``alias`` is the one by which the new version is written.
    """

    def __init__(
        self, connection: Connection, places: Places, record: IndexRecord, old: str, new: str, alias: str
    ) -> None:
        """``places`` are those of the rebuild, and ``record`` is that of the new version."""
        self._connection = connection
        self._places = places
        self._record = record
        self._old, self._new = old, new
        self.alias = alias

    def copy(self, progress: Callable[[int], object], began: int) -> None:
        """Copies the articles of the old version, but for those that were changed since it ``began``.

        ``began`` is a time in nanoseconds; ``progress`` is told how many were copied.
        """
        self._send_anew(self._old, None, progress)
        self._connection.request("POST", f"/{self._new}/_refresh")
        self._delete_deleted(began)
        self.encode_anew()

    def _send_anew(
        self, index: str, query: Mapping[str, Any] | None, progress: Callable[[int], object] = lambda n: None
    ) -> int:
        """Encodes the articles that a query finds in a version and sends them to the new one.

        Returns how many there were.
        """
        encoder = DocumentEncoder(new_scanner(self._record.settings.lexicon.french), self._record)
        count = 0
        with self._sender() as sender:
            for hits in scan_documents(self._connection, index, ["article", "version"], query):
                articles = [restore_article(hit["_source"], self._connection.name) for hit in hits]
                versions = [hit["_source"]["version"] for hit in hits]
                sources = encoder.encode(articles, versions)
                sender.submit([*map(Change, (article.id for article in articles), versions, sources)])
                count += len(hits)
                progress(count)
            sender.wait()
        return count

    @contextmanager
    def _sender(self) -> Iterator[BulkSender]:
        sender = BulkSender(
            self._connection,
            self._places,
            on_sent=lambda changes: None,
            on_refused=self._refuse,
            aliases=(self.alias,),
        )
        try:
            yield sender
        except Refusal as refusal:
            if refusal.status == 404:
                raise IndexLocked(
                    f"another rebuild of {self._connection.name} took over: wait for its end"
                ) from None
            raise
        finally:
            sender.close()

    def _refuse(self, change: Change, reason: str) -> None:
        raise NewsIndexError(
            f"the rebuild of {self._connection.name} has ended, and the index is as it was: the cluster did "
            f"not take the article {change.article_id!r} ({reason})"
        )

    def _delete_deleted(self, began: int) -> None:
        """Deletes what was copied and is not in the old version any more.

        A deletion may have been forgotten where a node was lost.
        """
        query = {"range": {"version": {"lt": began}}}
        for hits in scan_documents(self._connection, self._new, [], query, with_numbers=True):
            answer = self._connection.request(
                "POST",
                f"/{self._old}/_mget",
                {"ids": [hit["_id"] for hit in hits]},
                {"_source": False},
            )
            for document in answer["docs"]:
                if "error" in document:
                    raise self._connection.document_refusal(document["error"])
            lines = [
                json_line(
                    {
                        "delete": {
                            "_index": self.alias,
                            "_id": hit["_id"],
                            "if_seq_no": hit["_seq_no"],
                            "if_primary_term": hit["_primary_term"],
                        }
                    }
                )
                for hit, document in zip(hits, answer["docs"], strict=True)
                if not document["found"]
            ]
            if lines:
                patiently(partial(self._delete, b"".join(lines)))

    def _delete(self, operations: bytes) -> None:
        """Deletes articles from the new version; one that was changed since is not deleted."""
        for result in self._connection.bulk(operations):
            if result["status"] >= 300 and result["status"] not in (404, 409):
                raise self._connection.refusal(result["status"], result.get("error"))

    def encode_anew(self) -> None:
        """Encodes what writers have sent meanwhile, by the average lengths of the old version."""
        query = {"bool": {"must_not": {"term": {"encoding": self._record.encoding}}}}
        self._send_anew(self._new, query)
