"""A press review that can be saved as HTML, Markdown or a Word file."""

from __future__ import annotations

import os
from typing import Final

from newsindex.arguments import PathName, shown
from newsindex.encoding.file_replacement import replace_file
from newsindex.errors import QueryError

from .review_content import ReviewContent

FORMATS: Final = (".html", ".md", ".docx")


class Review(ReviewContent):
    """A press review, as :meth:`newsindex.Index.review` makes it.

    ``sections`` hold the best articles of the search, up to the limit that was given. ``total`` counts all
    articles that the search found, and so do ``sources``, the most frequent first, and ``timeline``, which
    maps each period to its count. ``undated`` counts the articles that match but for the period, which leaves
    them out because they have no date. ``later`` counts those that are dated after tomorrow, which a review
    with ``since`` and without ``until`` leaves out. ``shown`` counts the articles that the review has, with
    the copies. ``period`` is the time that was asked for, in words, and empty for any time. ``made`` is the
    moment at which the review was made.
    """

    def html(self) -> str:
        """The review as one HTML file that needs no other. Raises ExtraNotInstalled without Jinja."""
        from .html_document import html_document  # most programs never ask

        return html_document(self)

    def markdown(self) -> str:
        """The review in Markdown (CommonMark)."""
        from .markdown_document import markdown_document  # most programs never ask

        return markdown_document(self)

    def docx(self) -> bytes:
        """The review as a Word file. Raises ExtraNotInstalled without python-docx."""
        from .word_document import word_document  # most programs never ask

        return word_document(self)

    def save(self, path: PathName) -> None:
        """Writes the review to a file, in the format that its name says: .html, .md or .docx.

        A file of that name is replaced once the new one is complete.

        Args:
            path: The file.

        Raises:
            QueryError: The name has another ending.
            ExtraNotInstalled: The format is not Markdown, and a library of the extra ``review`` is missing.
            NewsIndexError: The file cannot be written.
        """
        content = self.encoded(os.path.splitext(os.fspath(path))[1])
        with replace_file(os.fspath(path)) as stream:
            stream.write(content)

    def encoded(self, ending: str) -> bytes:
        """The content of a file whose name ends so. Raises QueryError and ExtraNotInstalled."""
        ending = ending.lower()
        if ending == ".docx":
            return self.docx()
        if ending in (".html", ".htm"):
            return self.html().encode()
        if ending in (".md", ".markdown"):
            return self.markdown().encode()
        raise QueryError(
            f"a review is saved as {', '.join(FORMATS)}, "
            f"not as {shown(ending) if ending else 'a file without an ending'}"
        )
