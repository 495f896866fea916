"""The public writer of an index: the changes of one commit, and the refusal of what is no article."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar, TypeVarTuple

from newsindex.arguments import is_unicode, shown, text
from newsindex.article import Article
from newsindex.errors import CorpusError, NewsIndexError
from newsindex.storage.indexed_files import IndexedFile

from .add_report import AddReport, SameId
from .earlier_contents import EarlierContents

Arguments = TypeVarTuple("Arguments")
T = TypeVar("T")


class Writer(Protocol):
    """Makes changes to an index, which are kept by :meth:`commit` (writer.py is that of a folder)."""

    report: AddReport
    same_id: SameId
    earlier: EarlierContents

    def add(self, article: Article) -> None:
        """Adds an article; one with a known id replaces it, or is skipped if its content is equal."""

    def get(self, article_id: str) -> Article | None:
        """The article with this id after the changes so far, or None."""

    def delete(self, article_id: str) -> bool:
        """Deletes an article; returns whether there was one with this id."""

    def remember(self, files: Sequence[IndexedFile]) -> None:
        """Records files whose articles are all among these changes."""

    def optimize(self) -> None:
        """Merges the segments into as few as possible."""

    def commit(self) -> None:
        """Keeps every change."""

    def roll_back(self) -> None:
        """Gives up what was not committed."""


class IndexWriter:
    """Makes the changes of one commit, until the end of its ``with`` block; threads may share it.

    After a change has failed nothing can be committed any more, so that no commit lacks a change that the
    program believes to be in it. A record that is no article is refused before it is a change. In a process
    that was forked inside the block every change is refused.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._is_open = True
        self._is_committed = False
        self._failed = False
        self.report = writer.report
        self.same_id = writer.same_id
        self.earlier = writer.earlier

    def _change(self, change: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
        """Calls a method of the writer, unless no change can be made any more."""
        if not self._is_own_process:
            raise NewsIndexError(
                f"this writer is process {self._process}'s, of which this one was forked: write there"
            )
        with self._lock:
            if not self._is_open:
                raise NewsIndexError("this writer's `with` block has ended: make another with Index.writer()")
            if self._is_committed:
                raise NewsIndexError("this writer has committed: make another with Index.writer()")
            if self._failed:
                raise NewsIndexError(
                    "an earlier change failed, and none of this writer's is kept: begin again"
                )
            try:
                return change(*arguments)
            except BaseException:
                self._failed = True
                raise

    def add(self, article: Article | Mapping[str, object]) -> None:
        """Adds or updates one article.

        Args:
            article: The article, or a mapping with the field names that people use. An article of a mapping
                whose date cannot be read is added without it, and the error is in the report. For another
                article with its id see ``same_id`` of :meth:`Index.writer`.

        Raises:
            CorpusError: The value cannot become an article.
        """
        errors: list[CorpusError] = []
        if not isinstance(article, Article):
            if not isinstance(article, Mapping):
                raise CorpusError(f"an article must be an Article or a mapping, not {shown(article)}")
            from newsindex.corpus.fields.records import (
                article_from,
            )  # programs that only search never need it

            article = article_from(article, on_error=errors.append)
        self._change(self._writer.add, article)
        self.report.add_errors(errors)

    def get(self, article_id: str) -> Article | None:
        """The article with this id after the changes so far; None where there is none."""
        is_possible = is_unicode(text("article_id", article_id))  # no article has an id that is not Unicode
        return self._change(self._writer.get, article_id) if is_possible else None

    def delete(self, article_id: str) -> bool:
        """Deletes an article; returns whether there was one with this id."""
        is_possible = is_unicode(text("article_id", article_id))
        return is_possible and self._change(self._writer.delete, article_id)

    def remember(self, files: Sequence[IndexedFile]) -> None:
        """Records files whose articles are all in this commit or in an earlier one."""
        self._change(self._writer.remember, files)

    def optimize(self) -> None:
        """Merges the segments into as few as possible."""
        self._change(self._writer.optimize)

    def commit(self) -> None:
        """Makes the changes live, after which no more can be made.

        :meth:`Index.writer` calls this at the end of its block; within it, a second call has no effect.
        """
        if not (self._is_committed and self._is_open):
            self._change(self._writer.commit)
            self._is_committed = True

    def close(self) -> None:
        """Refuses further changes, and deletes what was written of changes that were not committed."""
        if self._is_own_process:
            with self._lock:
                self._is_open = False
                self._writer.roll_back()

    @property
    def _is_own_process(self) -> bool:
        """Whether this process made the writer: one that was forked from it may not commit or roll back."""
        return os.getpid() == self._process
