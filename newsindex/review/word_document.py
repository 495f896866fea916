"""Writes a press review as a Word file: headings, links, and contents that lead to each article."""

from __future__ import annotations

import io
import re
from typing import Any, Final

from newsindex.article import Article
from newsindex.display.paragraphs import paragraphs
from newsindex.display.web_links import web_address
from newsindex.errors import ExtraNotInstalled
from newsindex.optional import missing_library
from newsindex.results import Snippet

from .count_tables import CountTable, count_tables
from .entry_lines import byline, copy_name, summary
from .review_content import ReviewContent, ReviewEntry
from .review_wording import ReviewWording

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not have; a replacement character is shown for each."""


def word_document(review: ReviewContent) -> bytes:
    """The bytes of the Word file. Raises ExtraNotInstalled where python-docx is missing."""
    try:
        import docx  # the extra review
    except ImportError as error:
        raise ExtraNotInstalled(missing_library("review", error)) from error
    writer = _Writer(docx.Document(), review)
    writer.write()
    content = io.BytesIO()
    writer.document.save(content)
    return content.getvalue()


class _Writer:
    """Writes the parts of one review, one after another."""

    def __init__(self, document: Any, review: ReviewContent) -> None:
        self.document = document
        self._review = review
        self._wording = ReviewWording(review.language)
        self._bookmarks = 0

    def write(self) -> None:
        review, wording = self._review, self._wording
        self.document.core_properties.title = _text(review.title)
        self.document.core_properties.author = ""
        self.document.add_heading(_text(review.title), 0)
        made = wording.write("made", day=wording.moment(review.made, review.zone))
        about = (made, review.period, summary(review, wording))
        self._line(" · ".join(part for part in about if part))
        if review.query:
            self._line(wording.write("search", query=review.query))
        if not review.total:
            self._line(wording.write("nothing"))
        if review.sections:
            self._contents()
        for table in count_tables(review, wording):
            self._table(table)
        for number, section in enumerate(review.sections, 1):
            self._heading(section.title, 1, _anchor(number))
            for place, entry in enumerate(section.entries, 1):
                self._entry(entry, _anchor(number, place))
        self._line(wording.write("rights"))

    def _line(self, text: str) -> Any:
        return self.document.add_paragraph(_text(text))

    def _contents(self) -> None:
        self.document.add_heading(self._wording.write("contents"), 1)
        for number, section in enumerate(self._review.sections, 1):
            self._contents_line(section.title, "List Bullet", _anchor(number))
            for place, entry in enumerate(section.entries, 1):
                self._contents_line(self._headline(entry), "List Bullet 2", _anchor(number, place))

    def _contents_line(self, text: str, style: str, anchor: str) -> None:
        paragraph = self.document.add_paragraph(style=style)
        link = _element("w:hyperlink", {"w:anchor": anchor})
        paragraph._p.append(link)
        _move_into(link, paragraph.add_run(_text(text)))

    def _table(self, table: CountTable) -> None:
        self.document.add_heading(table.title, 1)
        rows = self.document.add_table(1, 2, style="Light List")
        rows.rows[0].cells[0].text, rows.rows[0].cells[1].text = table.label, self._wording.write("articles")
        for name, count in table.rows:
            cells = rows.add_row().cells
            cells[0].text, cells[1].text = _text(name), self._wording.number(count)

    def _entry(self, entry: ReviewEntry, anchor: str) -> None:
        heading = self._heading("", 2, anchor)
        if entry.headline.text.strip():
            self._add_linked(heading, entry.article, entry.headline)
        else:
            self._add_linked(heading, entry.article, Snippet(self._headline(entry)))
        self._line(byline(entry.article, self._review, self._wording)).runs[0].italic = True
        for text in paragraphs(entry.text):
            self._add_marked(self.document.add_paragraph(), text)
        if entry.copies:
            self._copies(entry)

    def _copies(self, entry: ReviewEntry) -> None:
        paragraph = self._line(f"{self._wording.write('copies')} : ")
        for number, copy in enumerate(entry.copies):
            if number:
                paragraph.add_run(", ")
            self._add_linked(paragraph, copy, Snippet(copy_name(copy, self._wording)))

    def _headline(self, entry: ReviewEntry) -> str:
        return entry.headline.text.strip() or self._wording.write("untitled")

    def _heading(self, text: str, level: int, anchor: str) -> Any:
        heading = self.document.add_heading(_text(text), level)
        self._bookmarks += 1
        number = str(self._bookmarks)
        heading._p.insert(0, _element("w:bookmarkStart", {"w:id": number, "w:name": anchor}))
        heading._p.append(_element("w:bookmarkEnd", {"w:id": number}))
        return heading

    def _add_linked(self, paragraph: Any, article: Article, text: Snippet) -> None:
        """Adds a text that is a link to the article, where that has an address of the web."""
        url = web_address(article.url)
        runs = self._add_marked(paragraph, text)
        if url is None:
            return
        from docx.opc.constants import RELATIONSHIP_TYPE

        relation = paragraph.part.relate_to(_text(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = _element("w:hyperlink", {"r:id": relation})
        runs[0]._r.addprevious(link)
        for run in runs:
            _move_into(link, run)

    def _add_marked(self, paragraph: Any, snippet: Snippet) -> list[Any]:
        """Adds a text with its marks highlighted, and returns its runs, one at least."""
        from docx.enum.text import WD_COLOR_INDEX

        runs, previous_end = [], 0
        for start, end in snippet.spans:
            if start > previous_end:
                runs.append(paragraph.add_run(_text(snippet.text[previous_end:start])))
            runs.append(paragraph.add_run(_text(snippet.text[start:end])))
            runs[-1].font.highlight_color = WD_COLOR_INDEX.YELLOW
            previous_end = end
        if previous_end < len(snippet.text) or not runs:
            runs.append(paragraph.add_run(_text(snippet.text[previous_end:])))
        return runs


def _anchor(*numbers: int) -> str:
    return "_".join(("article" if len(numbers) > 1 else "part", *map(str, numbers)))


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _move_into(link: Any, run: Any) -> None:
    link.append(run._r)


def _text(text: str) -> str:
    """A text that XML can hold, in one line."""
    return " ".join(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text).split("\n"))
