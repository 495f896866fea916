"""Admission of articles to an index: new and changed ones enter the batch, unchanged ones are skipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from newsindex.article import Article
from newsindex.corpus.identity import own_id, sample
from newsindex.indexer.building.segment_builder import Block
from newsindex.storage.segment import hash_id
from newsindex.storage.stored_articles import hash_content, pack_article

from .add_report import AddReport, SameId

_MAX_WAITING_ARTICLES: Final = 512
"""Articles that are looked up and scanned together."""
_MAX_WAITING_CHARACTERS: Final = 4_000_000
"""Characters that are looked up and scanned together, where articles are long."""


class KnownArticles(Protocol):
    """The articles that an index has before those of the batch."""

    def may_contain(self, articles: Sequence[Article], id_hashes: Sequence[int]) -> Sequence[bool]:
        """For each of some articles, with the hash of its id, whether the index may have one with that id."""

    def content_hash(self, article_id: str) -> int | None:
        """The hash of the content of the article with this id, or None."""

    def delete(self, article_id: str) -> bool:
        """Deletes an article; returns whether there was one with this id."""


class ArticleBatch(Protocol):
    """The articles that were admitted and are not part of the index yet."""

    def __contains__(self, article_id: str) -> bool: ...

    def content_hash(self, article_id: str) -> int | None:
        """The hash of the content of the article with this id, or None."""

    def add(self, article: Article, id_hash: int, content_hash: int) -> None:
        """Adds an article whose id is not in the batch."""

    def remove(self, article_id: str) -> bool:
        """Takes an article out; returns whether there was one with this id."""


class AdmittingWriter(Protocol):
    """The writer for which articles are admitted; it is given to each call, so that nothing holds it."""

    def admitted(self, article_id: str) -> Article | None:
        """The article with this id of the index or of the batch, or None."""

    def take(self, texts: Block) -> None:
        """Takes the texts of the articles that were admitted together."""


class Admission:
    """Articles that wait to be compared with those of the index, each id at most once."""

    def __init__(
        self,
        known: KnownArticles,
        batch: ArticleBatch,
        report: AddReport,
        zone: ZoneInfo,
        same_id: SameId,
    ) -> None:
        """``zone`` is that of the index, in whose local time moments of publication are stored."""
        self._zone = zone
        self._known = known
        self._batch = batch
        self._report = report
        self._same_id = same_id
        self._waiting: dict[str, Article] = {}  # by id
        self._characters = 0
        self._block: dict[str, Article] = {}  # the articles that are being admitted, by id

    def add(self, article: Article, writer: AdmittingWriter) -> None:
        """Lets an article wait, and admits those that wait where there are enough of them."""
        if article.id in self._waiting:
            self.admit(writer)
        self._waiting[article.id] = article
        self._characters += len(article.headline) + len(article.body)
        if len(self._waiting) >= _MAX_WAITING_ARTICLES or self._characters >= _MAX_WAITING_CHARACTERS:
            self.admit(writer)

    def get(self, article_id: str, writer: AdmittingWriter) -> Article | None:
        """The article with this id after the changes so far, or None."""
        if article_id in self._waiting:
            self.admit(writer)
        return writer.admitted(article_id)

    def admit(self, writer: AdmittingWriter) -> None:
        """Moves the waiting articles into the batch, except those whose content is known.

        An article that replaces another one deletes it. An article whose id is another article's, and that
        is not to replace it, is given an id of its own. The report counts each.
        """
        articles = list(self._waiting.values())
        self._waiting.clear()
        self._characters = 0
        hashes = [hash_id(article.id) for article in articles]
        may_be_known = self._known.may_contain(articles, hashes)
        block = Block([], [])
        for article, id_hash, is_maybe_known in zip(articles, hashes, may_be_known, strict=True):
            packed = pack_article(article, self._zone)
            content_hash = hash_content(packed)
            if is_maybe_known or article.id in self._batch:
                known_hash = self._content_hash(article.id)
                if known_hash not in (None, content_hash):
                    own = self._with_own_id(article, writer)
                    if own is not article:
                        article, id_hash, packed = own, hash_id(own.id), pack_article(own, self._zone)
                        content_hash, known_hash = hash_content(packed), self._content_hash(own.id)
                if known_hash == content_hash:
                    self._report.skipped += 1
                    continue
                if self.remove(article.id):
                    self._report.updated += 1
                else:
                    self._report.added += 1
            else:
                self._report.added += 1
            self._batch.add(article, id_hash, content_hash)
            self._block[article.id] = article
            block.packed.append(packed)
            block.texts.extend((article.headline, article.body))
        self._block.clear()
        writer.take(block)

    def _with_own_id(self, article: Article, writer: AdmittingWriter) -> Article:
        """An article with an id that no other article has, or the article itself if it is to keep its id."""
        article_id = own_id(article, lambda other: self._sample(other, writer))
        if article_id == article.id:
            return article
        if self._same_id == "replace":
            self._report.note_replaced(article.id)
            return article
        if self._sample(article_id, writer) is None:
            self._report.note_kept_both(article_id)
        return replace(article, id=article_id)

    def _sample(self, article_id: str, writer: AdmittingWriter) -> str | None:
        """The sample of the admitted article with an id; None where there is none."""
        article = self._block.get(article_id) or writer.admitted(article_id)
        return None if article is None else sample(article)

    def _content_hash(self, article_id: str) -> int | None:
        known = self._batch.content_hash(article_id)
        return self._known.content_hash(article_id) if known is None else known

    def remove(self, article_id: str) -> bool:
        """Deletes an admitted article from the batch or the segments; returns whether there was one."""
        return self._batch.remove(article_id) or self._known.delete(article_id)
