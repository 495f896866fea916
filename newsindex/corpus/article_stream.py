"""The class Corpus: an iterator over the articles of some files, with its errors and counts."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from newsindex._version import __version__
from newsindex.arguments import PathName, shown
from newsindex.article import Article
from newsindex.corpus.inputs.feed_versions import FeedVersions
from newsindex.corpus.inputs.file_search import FoundFile, size_of
from newsindex.corpus.inputs.file_state import FileState, UnchangedFiles
from newsindex.errors import CorpusError

from .error_places import with_place
from .file_pipeline import FilePipeline, ReadingOptions
from .identity import ReadArticles, find_version, fullness
from .summary import FileSummary, Summary

if TYPE_CHECKING:  # it needs an extra
    from newsindex.corpus.fields.language_filter import LanguageFilter

MAX_LISTED_ERRORS: Final = 1000
_MAX_LISTED_NAMES: Final = 10


class Corpus(Iterator[Article]):
    """The articles of some files, read as they are asked for.

    ``summary`` counts what came, by format, and what was passed over. Of two different articles with one id
    or address, the second is given another id. ``errors`` lists what could not become an article so far, the
    first thousand at most, and ``error_count`` counts all of it; ``on_error`` of :func:`newsindex.read` gets
    every error, and ``on_file`` a summary of each file. ``files_total`` counts the files that were found, but
    not those that are passed over because of their names. ``bytes_read`` and ``bytes_total`` are bytes on
    disk, for a progress bar (standard input adds nothing to the total).
    """

    def __init__(
        self,
        files: list[FoundFile],
        options: ReadingOptions,
        language: LanguageFilter | None = None,
        summary: Summary | None = None,
        *,
        on_error: Callable[[CorpusError], object] | None = None,
        on_file: Callable[[FileSummary], object] | None = None,
        strict: bool = False,
    ) -> None:
        self.errors: list[CorpusError] = []
        self.error_count = 0
        self.bytes_read = 0
        self.files_total = len(files)
        self.bytes_total = sum(map(size_of, files))
        self._options = options
        self._language = language
        self._on_error = on_error
        self._on_file = on_file
        self._strict = strict
        self.summary = summary or Summary()
        self._versions = FeedVersions(self.summary)
        self._read_articles = ReadArticles(self.summary)
        self._pipeline = FilePipeline(
            options, self._versions, self._read_articles, self.summary, self._count_bytes
        )
        self._unchanged: UnchangedFiles | None = None
        self._file_name: str | None = None  # of the article given last, where it is known
        self._files = files
        self._left_out: set[FoundFile] = set()
        self._articles = self._read(files)

    def __next__(self) -> Article:
        return next(self._articles)

    def resume(self, known: Mapping[bytes, tuple[bytes, int, int, bytes, str, int]]) -> UnchangedFiles:
        """Skips files that are unchanged since an index took them in.

        ``known`` maps the path of each such file to its state. This is to be called before the first
        article is asked for.
        """
        options = self._options
        fields = sorted((options.fields or {}).items())
        lang = None if self._language is None else self._language.lang
        reading = repr((__version__, options.format, fields, options.source, lang, options.month_first))
        self._unchanged = UnchangedFiles(known, reading)
        return self._unchanged

    def _read(self, files: list[FoundFile]) -> Iterator[Article]:
        read: list[tuple[FoundFile, FileState | None, int]] = []  # files of which feed entries may be held
        for file in files:
            if file in self._left_out:
                self._count_bytes(size_of(file))
                continue
            state = self._unchanged.state_of(file) if self._unchanged else None
            articles = self._unchanged.known_articles(file, state) if self._unchanged else None
            if articles is not None:
                self._tell_unchanged_file(file, articles)
                continue
            self._file_name = file.name
            left_out, errors_before = 0, self.error_count
            passed_over = self.summary.passed_over.copy()
            for item in self._pipeline.read(file):
                if not isinstance(item, Article):
                    self._report(with_place(item, file=file.name))
                elif self._is_kept(item):
                    self.summary.count_article(item, self._pipeline.format_name)
                    yield item
                elif not self._versions.has_met(item.id):
                    left_out += 1
            self._tell_file(file, self.error_count - errors_before, passed_over)
            if self.error_count == errors_before:  # else it is read again, and the errors are reported again
                read.append((file, state, self._pipeline.formats.total() - left_out))
            if not self._versions.is_holding:
                self._note_read(read)
        self._file_name, errors_before = None, self.error_count
        for article in filter(self._is_kept, self._versions.release()):
            self.summary.count_article(article, self._versions.format_of(article))
            yield article
        if self.error_count == errors_before:  # else any of the files may have the entry that was rejected
            self._note_read(read)
        self._report_unmet_columns()

    def _tell_unchanged_file(self, file: FoundFile, articles: int) -> None:
        """Counts the bytes of a file of which an index has these articles, and tells the file."""
        self._count_bytes(size_of(file))
        if self._on_file is not None:
            self._on_file(FileSummary(file.name, articles, undated=None, is_unchanged=True))

    def _tell_file(self, file: FoundFile, errors: int, passed_over_before: Counter[str]) -> None:
        if self._on_file is not None:
            formats = dict(self._pipeline.formats)
            passed_over = dict(self.summary.passed_over - passed_over_before)
            undated = self._pipeline.undated
            articles = sum(formats.values())
            self._on_file(FileSummary(file.name, articles, formats, undated, errors, passed_over))

    def _report_unmet_columns(self) -> None:
        """Reports each column of the user's mapping that no file has; files that were skipped may have it."""
        for column in self._options.fields.unmet if self._options.fields and not self.unchanged_files else ():
            names = ", ".join(name for name, _ in self.summary.unread.most_common(_MAX_LISTED_NAMES))
            known = f"; no field took these: {names}" if names else ""
            self._report(
                CorpusError(f"no file has a column or key {shown(column)}, which --map names{known}")
            )

    def _note_read(self, read: list[tuple[FoundFile, FileState | None, int]]) -> None:
        """Notes files all of whose articles have been given, and empties their list."""
        if self._unchanged:
            for file, state, articles in read:
                self._unchanged.note_read(file, state, articles)
        read.clear()

    def leave_out(self, path: PathName, reason: str | None = None) -> None:
        """Passes over a file that the reading program writes, or all of a folder, where they were found.

        They are counted where there is a ``reason``. A file that was given by its name is read all the same,
        and so is one that was read before this call.
        """
        home = os.path.realpath(path)
        real_folder = cache(os.path.realpath)
        for file in self._files:
            if not file.in_folder or file.path is None or file in self._left_out:
                continue
            place = os.path.join(real_folder(file.path.parent), file.path.name)
            if place == home or place.startswith(os.path.join(home, "")):
                self._left_out.add(file)
                self.files_total -= 1
                if reason is not None:
                    self.summary.pass_over(reason)

    def reject(self, error: CorpusError) -> None:
        """Reports that the article given last cannot be indexed; its file is not noted as read."""
        self._report(with_place(error, file=self._file_name))

    def _is_kept(self, article: Article) -> bool:
        return self._language is None or self._language.keeps(article)

    def has_fuller_version(self, article: Article, find: Callable[[str], Article | None]) -> bool:
        """Whether ``find`` gives a fuller version of an article from an archive, or of a feed's entry.

        ``find`` gives the article of an index that has an id, or None.
        """
        if not (self._versions.has_met(article.id) or self._read_articles.is_archived(article)):
            return False
        version = find_version(self._read_articles.original(article), find)
        return version is not None and fullness(version) > fullness(article)

    def known_version(self, article: Article, find: Callable[[str], Article | None]) -> Article | None:
        """The version that an index has of an article that was given an id of its own by this reading.

        None for an article that kept its id, and where the index has none.
        """
        original = self._read_articles.original(article)
        return None if original is article else find_version(original, find)

    @property
    def unchanged_files(self) -> int:
        """How many files were skipped because they are as an index took them in."""
        return 0 if self._unchanged is None else self._unchanged.files

    @property
    def left_out(self) -> int:
        """How many articles were left out because they are in another language."""
        return 0 if self._language is None else self._language.left_out

    def _count_bytes(self, size: int) -> None:
        self.bytes_read += size

    def _report(self, error: CorpusError) -> None:
        self.error_count += 1
        self.summary.count_error(error)
        if len(self.errors) < MAX_LISTED_ERRORS:
            self.errors.append(error)
        if self._on_error is not None:
            self._on_error(error)
        if self._strict:
            raise error
