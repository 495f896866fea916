"""The function ``newsindex.read``: checks its arguments, finds the files, and gives their articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from os import PathLike

from newsindex.arguments import PathName, shown, text
from newsindex.corpus.inputs.file_search import find_files
from newsindex.errors import CorpusError

from .article_stream import Corpus
from .file_pipeline import ReadingOptions
from .summary import FileSummary, Summary


def read(
    paths: PathName | Iterable[PathName],
    *,
    format: str | None = None,
    fields: Mapping[str, str] | None = None,
    source: str | None = None,
    month_first: bool = False,
    lang: str | None = None,
    on_error: Callable[[CorpusError], object] | None = None,
    on_file: Callable[[FileSummary], object] | None = None,
    strict: bool = False,
) -> Corpus:
    """Reads the articles of files, folders of files, and standard input (``-``).

    The format of each file is detected from its content, with its name as a hint; each may also be packed or
    in a zip or tar. In a folder, hidden files and documentation (``README*``, ``LICENSE*``) are passed over,
    and links out of it are not followed. Nothing is fetched. A feed entry that stands in several snapshots of
    the feed is read once, in its longest version.

    Args:
        paths: A path, or several.
        format: One format for all files: "page", "text", "markdown", "jsonl", "json", "csv", "spreadsheet",
            "html", "feed", "wordpress", "newsml", "nitf", "sitemap", "tei", "spip", "xml", "ris", "bibtex",
            "parquet", "warc", "mhtml", "eml", "mbox", "rtf", "pdf", "docx", "odt", "epub", "europresse",
            "factiva", "nexis", "iramuteq" or "subtitles". A format that needs an extra names it in its error.
        fields: The name that a field of Article has in the files, by field. A file without that name is read
            by the usual names, so that nothing of it is lost; a name that no file has is an error at the end
            of the reading, after all articles.
        source: The source of articles whose file names none.
        month_first: Whether ``3/12/2024`` in a table or a record is the twelfth of March.
        lang: A language such as "fr", which alone is kept (extra ``lang``); the articles in other languages
            are counted in ``left_out``.
        on_error: A function that is called with each error.
        on_file: A function that is called with a :class:`FileSummary` of each file, after its last article.
        strict: Whether the first error is raised.

    Returns:
        The articles, which are read as they are asked for. What cannot become an article is added to the
        ``errors`` of the :class:`Corpus`, which lists the first thousand and counts all in ``error_count``.
        So is a date that cannot be read, but its article is given without it, before the error.

    Raises:
        CorpusError: A path does not exist, or there is no such format or field.
        ExtraNotInstalled: ``lang`` is given, and its library is missing.

    Example:
        >>> index.export("revue.jsonl")
        3
        >>> [article.id for article in newsindex.read("revue.jsonl")]
        ['col', 'ecole', 'budget']
    """
    options = _checked_options(format, fields, source, month_first)
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    summary = Summary()
    files = [file for path in given for file in find_files(path, summary.pass_over)]
    language = None
    if lang is not None:
        from newsindex.corpus.fields.language_filter import LanguageFilter  # needs an extra

        language = LanguageFilter(text("lang", lang))
    return Corpus(files, options, language, summary, on_error=on_error, on_file=on_file, strict=strict)


def _checked_options(
    format: str | None, fields: Mapping[str, str] | None, source: str | None, month_first: bool
) -> ReadingOptions:
    # A program that only searches starts without the formats.
    from newsindex.corpus.fields.field_names import FieldMapping
    from newsindex.corpus.formats.registry import FORMAT_NAMES

    if format is not None and format not in FORMAT_NAMES:
        raise CorpusError(f"no format {format!r}: choose one of {', '.join(FORMAT_NAMES)}")
    if fields is not None and not isinstance(fields, Mapping):
        raise TypeError(f"fields must map names to names, not be {shown(fields)}")
    if source is not None:
        text("source", source)
    return ReadingOptions(format, FieldMapping(fields) if fields else None, source, month_first)
