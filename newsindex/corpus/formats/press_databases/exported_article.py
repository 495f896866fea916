"""The parts of an article as a press database exports it, made into a record for its Article.

What all databases write in the same way is understood here: names of sources with numbers of issues, names
of authors, languages, pages, and the notices that are no part of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from newsindex.corpus.error_places import with_place
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.html.boilerplate import fold, is_boilerplate
from newsindex.errors import CorpusError

MAX_EXPORT: Final = 64 << 20  # bytes of an export that is read whole
MAX_AUTHOR_WORDS: Final = 10  # a longer text after a headline is no author
_LANGUAGES: Final = {
    "fr": "francais french franzosisch fr fre fra",
    "en": "anglais english englisch en eng",
    "ar": "arabe arabic arabisch العربية ar ara",
    "es": "espagnol spanish espanol castillan es spa",
    "de": "allemand german deutsch de ger deu",
    "it": "italien italian italiano it ita",
    "pt": "portugais portuguese portugues pt por",
    "nl": "neerlandais dutch nederlands nl nld",
}
_LANGUAGE_CODES: Final = {name: code for code, names in _LANGUAGES.items() for name in names.split()}
_ISSUE: Final = re.compile(
    r"\s*,\s*(?:n[o°º]s?(?![^\W\d_])\.?|num[ée]ro\b|issue\b|vol(?:\.|umes?\b)|#|hors[- ]s[ée]rie\b).*$",
    re.I | re.S,
)
_EDITION_GAP: Final = re.compile(r"\s{3,}|\n")
_AUTHOR_PREFIX: Final = re.compile(
    r"(?:par|by|de notre (?:envoyée?|correspondante?)[^,:]{0,40}[,:])\s+", re.I
)
_PAGE_NUMBER: Final = r"[A-Z]{0,4}\d[^\s,;)]*"
_PAGE: Final = re.compile(
    rf"(?:^|(?<=[\s;,(]))(?:pp?|pgs?|pages?)\.?\s*(?P<page>{_PAGE_NUMBER}(?:\s?(?:[,&–-]|et\s)\s?{_PAGE_NUMBER})*)",
    re.I,
)
_WORDS: Final = re.compile(r"\b\d[\d\s.,]{0,12}(?:mots?|words?|W[öo]rter|palabras|parole)\b", re.I)
_NOTICE: Final = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,200}?(?:(?:19|20)\d\d|reserved|réserv)"
    r"|(?:©|\(c\)\s|copyright\s(?:©|\(c\)))"
    r"|tous droits .{0,60}réservés|droits de reproduction .{0,60}réservés|all rights (?:are )?reserved"
    r"|(?:le|ce) présent document est protégé|ce document est réservé|ce certificat est émis"
    r"|this (?:document|certificate) is (?:protected|intended|issued)|date d'émission\s*:"
    r"|(?:numéro de document|document number)\s*:|news[·•.]\d{8}[·•.]",
    re.I,
)
_MAX_NOTICE_CHARACTERS: Final = 600
_MAX_HEADER_CHARACTERS: Final = 1000  # of a line that names a source, a section or a page
_MAX_FAILURES: Final = 1000  # articles of an export that cannot be read, after which reading stops


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedArticle:
    """The parts of an article; ``lead`` is a standfirst, which belongs to the text too.

    A ``kicker`` stands over the headline, and a ``dateline`` names a place. ``published`` is a date, or a
    text where the export has only a vague one.
    """

    headline: str
    paragraphs: Sequence[str]
    lead: str = ""
    kicker: str | None = None
    dateline: str | None = None
    source: str | None = None
    published: date | str | None = None
    author: str | None = None
    section: str | None = None
    lang: str | None = None
    url: str | None = None
    page: str | None = None
    document: str | None = None

    def in_language(self, lang: str | None) -> ExportedArticle:
        """The same article in a language that stands beside it."""
        return replace(self, lang=lang)

    def record(self) -> dict[str, object]:
        """The record of the article, with the names of the fields of Article."""
        text = [line for line in self.paragraphs if not is_notice(line)]
        if self.lead and fold(self.lead) not in fold(" ".join(text[:2])):
            text.insert(0, self.lead)
        extra = {
            "kicker": self.kicker,
            "dateline": self.dateline,
            "page": self.page,
            "document": self.document,
        }
        return {
            "headline": self.headline,
            "body": "\n\n".join(text),
            "source": self.source,
            "published": self.published,
            "url": self.url,
            "section": self.section,
            "author": self.author,
            "lang": self.lang,
            "abstract": self.lead,
            "extra": {name: value for name, value in extra.items() if value},
        }


def export_items(
    articles: Iterable[ExportedArticle | CorpusError],
    content: FormatInput,
    database: str,
    *,
    is_cut: bool,
    is_last_whole: bool = False,
    damage: CorpusError | None = None,
) -> FormatItems:
    """The articles of an export, and an error where it is cut short.

    The article in which it is cut is left out, unless ``is_last_whole``. ``damage`` is the error of the
    stream that cut the export. Raises CorpusError for an export without an article.
    """
    last: ExportedArticle | CorpusError | None = None
    number = 0
    failures = 0
    for article in articles:
        if last is not None:
            for item in _items(last, content, f"article {number}"):
                failures += isinstance(item, CorpusError)
                yield item
            check_failures(failures, f"{database} export")
        last = article
        number += 1
    if last is None:
        raise damage or CorpusError(
            f"this {database} export holds no article: select the articles and export them with their text"
        )
    if is_last_whole or not (is_cut or damage):
        yield from _items(last, content, f"article {number}")
    if is_cut or damage:
        yield _cut_error(database, None if is_last_whole else last, number)
    if damage:
        yield damage


def check_failures(failures: int, name: str) -> None:
    """Raises CorpusError where so many articles could not be read that the others are not looked for."""
    if failures > _MAX_FAILURES:
        raise CorpusError(
            f"more than {_MAX_FAILURES:,} articles of this {name} have no text: the rest was not read"
        )


def _cut_error(database: str, left_out: ExportedArticle | CorpusError | None, number: int) -> CorpusError:
    """The error of an export that is cut short after an article, or in one that is left out."""
    place = f"article {number}"
    if left_out is None:
        return CorpusError(
            f"the {database} export is cut short after this article: export it again", record=place
        )
    title = (
        f" “{left_out.headline[:80]}”" if isinstance(left_out, ExportedArticle) and left_out.headline else ""
    )
    return CorpusError(
        f"the {database} export is cut short in the article{title}, which was left out: export it again",
        record=place,
    )


def _items(article: ExportedArticle | CorpusError, content: FormatInput, place: str) -> FormatItems:
    if isinstance(article, CorpusError):
        yield with_place(article, record=place)
    else:
        yield from content.items(article.record(), place=place)


def one_line(text: str) -> str:
    """A text with single spaces between its words."""
    return " ".join(text.split())


def is_notice(line: str) -> bool:
    """Whether a line is no part of an article: a copyright, a number, an invitation to read more."""
    return len(line) <= _MAX_NOTICE_CHARACTERS and (_NOTICE.match(line) is not None or is_boilerplate(line))


def source_name(text: str) -> str | None:
    """The name of a source without the number of the issue and the edition, which stands after a wide gap."""
    parts = (one_line(part) for part in _EDITION_GAP.split(text.strip()))
    name = next(filter(None, parts), "")[:_MAX_HEADER_CHARACTERS]
    return _ISSUE.sub("", name).strip(" ,;") or None


def author_names(text: str) -> str | None:
    """The authors' names without "Par"; None for a text that is too long to be names."""
    names = _AUTHOR_PREFIX.sub("", one_line(text), count=1).strip(" ,;.–—-")
    names = re.sub(r"\s*;\s*", ", ", names)
    return names if names and len(names.split()) <= MAX_AUTHOR_WORDS else None


def language_code(text: str) -> str | None:
    """The code of the first language that a text names, or the text itself where none is known."""
    names = [name.strip() for name in re.split(r"[;,/]", fold(text)) if name.strip()]
    return next((code for name in names if (code := _LANGUAGE_CODES.get(name))), names[0] if names else None)


def is_language(text: str) -> bool:
    """Whether a text is the name of a language, and no more."""
    return len(text) > len("fr") and fold(text) in _LANGUAGE_CODES


def page_number(text: str) -> str | None:
    """The page that a text names after ``p.`` or ``Pg.``."""
    match = _PAGE.search(_WORDS.sub("", text[:_MAX_HEADER_CHARACTERS]))
    return match["page"].strip(" ,;)") if match else None


def section_name(text: str) -> str | None:
    """The name of a section, without the page and the number of words beside it."""
    return _PAGE.sub("", _WORDS.sub("", one_line(text[:_MAX_HEADER_CHARACTERS]))).strip(" ,;:-–—|·") or None


def is_word_count(line: str) -> bool:
    """Whether a line is the number of words of an article."""
    return _WORDS.fullmatch(line.strip()) is not None
