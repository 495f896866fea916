"""The articles that an index on a cluster has, looked up by id as of this moment, not of the last refresh."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from newsindex.article import Article
from newsindex.storage.stored_articles import hash_content, pack_article

from ..connection import Connection
from ..documents import restore_article
from ..layout import document_id
from ..patience import patiently
from .bulk_sender import Change

_MAX_SEEN: Final = 2_000_000  # ids, of which 60 MB are remembered a million
_TOGETHER: Final = 512  # ids that are looked up by one request
_STATE: Final = "content_hash,version"


class KnownOnCluster:
    """Implements ``indexer.admission.KnownArticles``.

    What this writer has sent and the cluster has not confirmed yet is known too. Of an index that was empty,
    only what this writer has sent itself is looked up, as long as it remembers the ids.
    """

    def __init__(self, connection: Connection, zone: ZoneInfo, *, is_empty: bool = False) -> None:
        """``is_empty`` says whether the index has no article."""
        self._connection = connection
        self._seen: set[int] | None = set() if is_empty else None  # hashes of the ids that were looked up
        self._zone = zone
        self._hashes: dict[str, int | None] = {}  # that were looked up for the articles that wait
        self._versions: dict[str, int] = {}  # the same
        self._articles: dict[str, Article] = {}  # the same
        self._sent: dict[
            str, tuple[int | None, int]
        ] = {}  # the content hash and the version, until confirmed
        self._deleted: set[str] = set()  # by changes that were not sent yet
        self._lock = threading.Lock()

    def may_contain(self, articles: Sequence[Article], id_hashes: Sequence[int]) -> Sequence[bool]:
        """For each of some articles, whether the index may have one with its id: True.

        Their content hashes are looked up together, and the articles whose content differs.
        """
        self._hashes.clear()
        self._versions.clear()
        self._articles.clear()
        for article in articles:
            if self._is_new(article.id):
                self._hashes[article.id] = None
        unsent = [one.id for one in articles if one.id not in self._sent and one.id not in self._hashes]
        for article_id, source in zip(unsent, self._read(unsent, _STATE), strict=True):
            self._note(article_id, source)
        changed = [article.id for article in articles if self._is_changed(article)]
        for article_id, source in zip(changed, self._read(changed, "article"), strict=True):
            if source is not None:
                self._articles[article_id] = restore_article(source, self._connection.name)
        return [True] * len(articles)

    def _is_new(self, article_id: str) -> bool:
        """Whether no article can have an id, since the index was empty; remembers it."""
        if self._seen is None:
            return False
        if len(self._seen) >= _MAX_SEEN:
            self._seen = None
            return False
        key = hash(article_id)
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    def _is_changed(self, article: Article) -> bool:
        known = self._hashes.get(article.id)
        return known is not None and known != hash_content(pack_article(article, self._zone))

    def content_hash(self, article_id: str) -> int | None:
        """The hash of the content of the article with this id, or None."""
        if article_id in self._deleted:
            return None
        sent = self._sent.get(article_id)
        if sent is not None:
            return sent[0]
        if article_id not in self._hashes:
            (source,) = [None] if self._is_new(article_id) else self._read([article_id], _STATE)
            self._note(article_id, source)
        return self._hashes[article_id]

    def _note(self, article_id: str, source: Mapping[str, Any] | None) -> None:
        self._hashes[article_id] = None if source is None else int(source["content_hash"], 16)
        if source is not None:
            self._versions[article_id] = source["version"]

    def version(self, article_id: str) -> int:
        """The version of the article that was found under an id, 0 where none was."""
        return max(self._versions.get(article_id, 0), self._sent.get(article_id, (None, 0))[1])

    def delete(self, article_id: str) -> bool:
        """Regards an article as deleted; returns whether there was one with this id."""
        is_known = self.content_hash(article_id) is not None
        if is_known:
            self._deleted.add(article_id)
        return is_known

    def restore(self, article_id: str, content_hash: int) -> bool:
        """Regards an article of the cluster with this content as deleted no longer; returns whether it was.

        What was found under its id is what the cluster has, where no change of it was sent since.
        """
        if article_id not in self._deleted or self._hashes.get(article_id) != content_hash:
            return False
        self._deleted.remove(article_id)
        return True

    def get(self, article_id: str) -> Article | None:
        """The article that the cluster has under an id, or None."""
        if article_id in self._articles:
            return self._articles[article_id]
        (source,) = self._read([article_id], "article")
        return None if source is None else restore_article(source, self._connection.name)

    def is_being_sent(self, article_id: str) -> bool:
        """Whether a change of this article was sent and not confirmed yet."""
        return article_id in self._sent

    def begin(self, article_id: str, content_hash: int | None, version: int) -> None:
        """Notes a change that is being sent; None stands for a deletion."""
        with self._lock:
            self._sent[article_id] = content_hash, version
        self._deleted.discard(article_id)
        self._hashes.pop(article_id, None)
        self._versions.pop(article_id, None)
        self._articles.pop(article_id, None)

    def confirm(self, changes: Iterable[Change]) -> None:
        """Notes that the cluster has answered to changes; another thread may call this."""
        with self._lock:
            for change in changes:
                if self._sent.get(change.article_id, (None, 0))[1] == change.version:
                    del self._sent[change.article_id]

    def _read(self, article_ids: Sequence[str], fields: str) -> list[dict[str, Any] | None]:
        """Fields of the stored articles with some ids, None for each that there is not."""
        found: list[dict[str, Any] | None] = []
        for first in range(0, len(article_ids), _TOGETHER):
            ids = list(map(document_id, article_ids[first : first + _TOGETHER]))
            found += patiently(partial(self._read_some, ids, fields))
        return found

    def _read_some(self, ids: Sequence[str], fields: str) -> list[dict[str, Any] | None]:
        answer = self._connection.request(
            "POST",
            f"/{self._connection.address.index}/_mget",
            {"ids": ids},
            {"_source_includes": fields, "filter_path": "docs._source,docs.found,docs.error"},
        )
        for document in answer["docs"]:
            if "error" in document:
                raise self._connection.document_refusal(document["error"])
        return [document["_source"] if document["found"] else None for document in answer["docs"]]
