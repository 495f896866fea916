"""Takes an article of Europresse from a table of the older generation of its markup."""

from __future__ import annotations

import re
from typing import Final

from newsindex.corpus.formats.press_databases.export_markup import (
    Element,
    all_text,
    first_text,
    lines_of,
    with_class,
)
from newsindex.corpus.formats.press_databases.exported_article import (
    ExportedArticle,
    author_names,
    is_notice,
    source_name,
)

from .europresse_header import document_number, header_parts

_MARK: Final = "\ue000"  # a character of private use, which stands where the parts of the head were
_END: Final = re.compile(r"num[ée]ro de document\s*:|document number\s*:|(?:news|web)[·•]\d{8}[·•]", re.I)
_MAX_NOTICES: Final = 4  # short paragraphs at the end among which the copyright stands
_MAX_KICKER_WORDS: Final = 5
_SENTENCE_END: Final = (".", "!", "?", "…", ":", "»", '"', "”")


def article_of_table(tree: Element) -> ExportedArticle:
    """The article of a tree that begins with the name of its source."""
    header = " ".join(map(all_text, with_class(tree, "DocHeader")))
    number = document_number(all_text(tree))
    section, published, page = header_parts(header, number=number)
    titles = with_class(tree, "TitreArticleVisu", "titreArticle")
    headline = next(filter(None, map(all_text, titles)), "")
    source = source_name(first_text(with_class(tree, "DocPublicationName")))
    over, under = _lines_around(tree, titles)
    author, text = _author_and_text(under)
    return ExportedArticle(
        headline=headline,
        paragraphs=text,
        lead="" if _is_kicker(over) else " ".join(over),
        kicker=" ".join(over) if _is_kicker(over) else None,
        source=source,
        published=published,
        author=author,
        section=section,
        page=page,
        document=number,
    )


def _is_kicker(lines: list[str]) -> bool:
    """Whether the lines over the headline are a few words about the subject, and no standfirst."""
    return len(" ".join(lines).split()) <= _MAX_KICKER_WORDS


def _lines_around(tree: Element, titles: list[Element]) -> tuple[list[str], list[str]]:
    """The lines between the header and the headline, and those from there to the document's number."""
    for element in with_class(tree, "DocPublicationName", "DocHeader"):
        _empty(element)
    for title in titles:
        _empty(title)
        title.text = _MARK
    lines = lines_of(tree)
    last = max((n for n, line in enumerate(lines) if _MARK in line), default=-1)
    over = [line for line in lines[: max(last, 0)] if _MARK not in line and len(line) > 1]
    under = lines[last + 1 :]
    end = next((n for n, line in enumerate(under) if _END.match(line)), len(under))
    under = under[:end]
    kept = max(len(under) - _MAX_NOTICES, 0)
    return over, [*under[:kept], *(line for line in under[kept:] if not is_notice(line))]


def _empty(element: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = ""


def _author_and_text(lines: list[str]) -> tuple[str | None, list[str]]:
    """The authors, who stand under the headline, and the text; a first line that is a sentence names none."""
    if len(lines) > 1 and not lines[0].endswith(_SENTENCE_END) and (author := author_names(lines[0])):
        return author, lines[1:]
    return None, lines
