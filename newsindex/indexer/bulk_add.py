"""Adds a stream of articles to an index, in one commit or several.

Of a corpus that ``newsindex.read`` gives, two more things are known. An entry of a feed, and a record of an
archive, is skipped where the index has a fuller version of it; and the files whose articles have all been
added are remembered in the commit of the last of them, so that they need not be read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import islice

from newsindex.article import Article
from newsindex.corpus import Corpus
from newsindex.corpus.inputs.file_state import UnchangedFiles
from newsindex.errors import CorpusError
from newsindex.results import Match
from newsindex.storage.indexed_files import IndexedFile

from .add_report import AddReport
from .earlier_contents import EarlierContents
from .index_writer import IndexWriter

ArticleLike = Article | Mapping[str, object]
"""An article, or a mapping from which one can be made."""


def add_articles(
    articles: Iterable[ArticleLike],
    open_writer: Callable[[], AbstractContextManager[IndexWriter]],
    *,
    unchanged_files: UnchangedFiles | None = None,
    progress: Callable[[int], object] | None = None,
    commit_every: int | None = None,
    alerts: Callable[[Match], object] | None = None,
) -> AddReport:
    """Adds all articles, with a commit after each ``commit_every`` of them, and one at the end.

    ``open_writer`` gives the writer of one commit; ``unchanged_files`` knows the files of a corpus that are
    to be remembered; ``progress`` is called with the number of articles so far. What cannot become an
    article, or is one that the writer refuses, is in the ``errors`` of the report; a file with such an
    article is not remembered.
    """
    corpus = articles if isinstance(articles, Corpus) else None
    report, earlier = AddReport(), EarlierContents()
    numbered = enumerate(articles, 1)
    is_finished = False
    while not is_finished:
        with open_writer() as writer:
            writer.earlier.share(earlier)
            count = _add_some(writer, islice(numbered, commit_every), corpus, progress)
            is_finished = commit_every is None or count < commit_every
            if unchanged_files is not None:
                writer.remember([IndexedFile(*state) for state in unchanged_files.take()])
        report.include(writer.report)
        if alerts is not None:
            for match in writer.report.alerts:
                alerts(match)
    if corpus is not None:
        report.add_errors(corpus.errors, corpus.error_count - len(corpus.errors))
    report.skipped += 0 if unchanged_files is None else unchanged_files.articles
    return report


def _add_some(
    writer: IndexWriter,
    numbered: Iterator[tuple[int, ArticleLike]],
    corpus: Corpus | None,
    progress: Callable[[int], object] | None,
) -> int:
    """Adds the articles of one commit; returns how many there were."""
    count = 0
    for number, item in numbered:
        count += 1
        try:
            if corpus is None or not isinstance(item, Article):
                writer.add(item)
            elif corpus.has_fuller_version(item, writer.get):
                writer.report.skipped += 1
            elif writer.same_id == "keep_both" and (known := corpus.known_version(item, writer.get)):
                writer.add(replace(item, id=known.id))
            else:
                writer.add(item)
        except CorpusError as error:
            if corpus is None:
                writer.report.add_errors([error])
            else:
                corpus.reject(error)
        if progress is not None:
            progress(number)
    return count
