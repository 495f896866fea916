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

from .add_report import AddReport, Outcome, SameId
from .earlier_contents import EarlierContents

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

    def restore(self, article_id: str, content_hash: int) -> bool:
        """Takes back that an article with this content was deleted since the last commit, where it was.

        Returns whether there is such an article.
        """


class ArticleBatch(Protocol):
    """The articles that were admitted and are not part of the index yet."""

    def __contains__(self, article_id: str) -> bool: ...

    def content_hash(self, article_id: str) -> int | None:
        """The hash of the content of the article with this id, or None."""

    def add(self, article: Article, id_hash: int, content_hash: int, outcome: Outcome) -> None:
        """Adds an article whose id is not in the batch; ``outcome`` is how the report counts it."""

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
        self.earlier = EarlierContents()
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
        is not to replace it, is given an id of its own. The report counts each; where an article has the
        content again that it had before it was updated, all these versions count as skipped.
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
            known_hash, is_other = None, False
            if is_maybe_known or article.id in self._batch:
                known_hash = self._content_hash(article.id)
                if known_hash not in (None, content_hash) and not self.earlier.has(id_hash, content_hash):
                    article_id = self._free_id(article, writer)
                    is_other = article_id != article.id
                    if is_other and self._same_id == "keep_both":
                        article, id_hash = replace(article, id=article_id), hash_id(article_id)
                        packed = pack_article(article, self._zone)
                        content_hash, known_hash = hash_content(packed), self._content_hash(article_id)
                        is_other = False
            outcome = self._supersede(article.id, id_hash, known_hash, content_hash, is_other=is_other)
            if outcome is None:
                continue
            self._batch.add(article, id_hash, content_hash, outcome)
            self._block[article.id] = article
            block.packed.append(packed)
            block.texts.extend((article.headline, article.body))
        self._block.clear()
        writer.take(block)

    def _supersede(
        self, article_id: str, id_hash: int, known_hash: int | None, content_hash: int, *, is_other: bool
    ) -> Outcome | None:
        """Counts an article, and deletes the version of it whose content has the hash ``known_hash``.

        ``is_other`` says that this is another article. Returns how the article is counted; None where it need
        not be added, because the index has it.
        """
        if known_hash is None:
            self.earlier.forget(id_hash)  # of an article that was deleted since
            self._report.added += 1
            return "added"
        if known_hash == content_hash:
            self._report.skipped += 1
            return None
        self.remove(article_id)
        if self.earlier.has(id_hash, content_hash):
            self._report.take_back(article_id, *self.earlier.forget(id_hash))
            self._report.skipped += 1
            if not self._known.restore(article_id, content_hash):
                return "skipped"
            self._block.pop(article_id, None)
            return None
        self.earlier.note_update(id_hash, known_hash, is_replaced=is_other)
        if is_other:
            self._report.note_replaced(article_id)
        self._report.updated += 1
        return "updated"

    def _free_id(self, article: Article, writer: AdmittingWriter) -> str:
        """The id of an article, or one of its own where its id is another article's.

        An id of its own under which the article is to be added is noted.
        """
        article_id = own_id(article, lambda other: self._sample(other, writer))
        is_added = article_id != article.id and self._same_id == "keep_both"
        if is_added and self._sample(article_id, writer) is None:
            self._report.note_kept_both(article_id)
        return article_id

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
