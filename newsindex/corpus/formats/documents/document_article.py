"""Makes the one article of a document: which of its words are the headline, who wrote it, and when.

The properties of a document are often of the template or the computer that it was written with; they count
where they make sense.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from newsindex.article import Article
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.press_databases.database_text import recognise_database_text
from newsindex.corpus.html.boilerplate import DATE_PATTERN, fold, is_dateline
from newsindex.dates.publication_dates import parse_date
from newsindex.errors import CorpusError

_MAX_CHARACTERS: Final = 1 << 24
_MAX_HEADLINE: Final = 300  # characters of a first paragraph that is the headline
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…]) ")
_BEGINNING: Final = 6  # paragraphs in which headline and dateline stand
_DATE: Final = re.compile(DATE_PATTERN)
_NO_TITLE: Final = re.compile(
    r"(?:microsoft (?:word|powerpoint|office)|word document|document\s*\d*|untitled|sans titre|sans nom"
    r"|titre|title|unspecified|\(?anonymous\)?|nouveau document.*|new document.*|presentation\s*\d*"
    r"|modele\b.*|template\b.*|mise en page \d*|layout \d*|page \d+|scan\w*|numerisation\w*|none|null"
    r"|default)\s*"
)
_FILE_NAME: Final = re.compile(
    r"(?:microsoft word - .*|\S*[^\s.])\.(?:docx?|odt|rtf|pdf|indd|qx[dp]|txt|html?|tmp|ai|pub|pages)"
    r"|.*[\\/].*\.\w{2,4}|microsoft word - .*"
)
_NO_AUTHOR: Final = re.compile(
    r"(?:python-docx|\(?anonymous\)?|unspecified|unknown|inconnu|anonyme|none|null|user\w*|utilisateur\w*|admin\w*"
    r"|administrateur|owner|proprietaire|root|pc|hp|dell|asus|acer|lenovo|toshiba|default|defaut|windows.*"
    r"|microsoft.*|author|auteur|.*\b(?:word|libreoffice|openoffice|indesign|quarkxpress|acrobat|distiller)\b.*)"
)
_NAME: Final = (
    r"[A-ZÀ-Þ][\w'’-]*\.?(?: (?:(?:de|du|des|d'|el|al|ben|bin|le|la|van|von) ?)?[A-ZÀ-Þ][\w'’-]*\.?){1,3}"
)
_BYLINE: Final = re.compile(
    r"(?:[Pp]ar|PAR|[Bb]y|BY|Propos recueillis par|Texte\s?:|Auteur\s?:) "
    rf"({_NAME}(?:(?:, | et | and ){_NAME}){{0,3}})\.?"
)
_MIN_TITLE_WORDS: Final = 3  # a shorter line above a text may be its section


@dataclass(slots=True)
class Document:
    """What a reader took out of a document.

    ``paragraphs`` is the text in its order, the headline and empty lines included; ``heading`` is the
    paragraph that is set as the title or in the largest type; ``title`` and ``author`` are properties.
    """

    paragraphs: list[str] = field(default_factory=list)
    heading: str = ""
    title: str = ""
    author: str = ""
    lang: str | None = None


def document_items(document: Document, content: FormatInput) -> FormatItems:
    """The article of a document, or those of the press database that it was exported from.

    Raises CorpusError for a document without text.
    """
    paragraphs = [text for text in map(str.strip, document.paragraphs) if text]
    if not paragraphs:
        raise CorpusError("there is no text in this document")
    if sum(map(len, paragraphs)) > _MAX_CHARACTERS:
        raise CorpusError(f"the document has more than {_MAX_CHARACTERS:,} characters: split it")
    text = "\n".join(document.paragraphs)
    if read_database := recognise_database_text(text):
        yield from read_database(text, content)
        return
    headline = headline_of(document, paragraphs)
    yield Article(
        headline,
        "\n\n".join(_without_headline(paragraphs, headline)),
        source=content.source,
        published=_dateline_date(paragraphs),
        author=_byline(paragraphs) or sensible_author(document.author),
        lang=document.lang,
    )


def headline_of(document: Document, paragraphs: list[str]) -> str:
    """The headline: the title that stands in the text too, else what is set as one, else the first line."""
    title = sensible_title(document.title)
    beginning = fold(" ".join(paragraphs[:_BEGINNING]))
    heading = " ".join(document.heading.split())
    if title and fold(title) in beginning:
        return title
    if heading and len(heading.split()) >= _MIN_TITLE_WORDS:
        return heading
    if title and len(title.split()) >= _MIN_TITLE_WORDS:
        return title
    return heading or title or _first_line(paragraphs[0])


def sensible_title(title: str) -> str:
    """The title of a document's properties; empty for a file name and what programs put there."""
    title = " ".join(title.split())
    folded = fold(title)
    return "" if _NO_TITLE.fullmatch(folded) or _FILE_NAME.fullmatch(folded) else title


def sensible_author(author: str) -> str | None:
    """The author of a document's properties; None for an account of a computer, or a program."""
    author = " ".join(author.replace(";", ", ").split())
    folded = fold(author)
    is_account = any(letter.isdigit() for letter in folded) or "@" in folded
    return None if not author or is_account or _NO_AUTHOR.fullmatch(folded) else author


def _first_line(paragraph: str) -> str:
    line = " ".join(paragraph.partition("\n")[0].split())
    return line if len(line) <= _MAX_HEADLINE else _SENTENCE_END.split(line, maxsplit=1)[0]


def _without_headline(paragraphs: list[str], headline: str) -> list[str]:
    """The paragraphs without the first that is the headline, or the lines of one that make it up."""
    wanted = fold(headline)
    for number in range(min(len(paragraphs), _BEGINNING)):
        for end in range(number + 1, min(len(paragraphs), number + _BEGINNING) + 1):
            joined = fold(" ".join(paragraphs[number:end]))
            if joined == wanted:
                return paragraphs[:number] + paragraphs[end:]
            if not wanted.startswith(joined):
                break
    first, _, rest = paragraphs[0].partition("\n")
    return [rest, *paragraphs[1:]] if rest and fold(first) == wanted else paragraphs


def _byline(paragraphs: list[str]) -> str | None:
    """The names in a line that says by whom the article is, and nothing else, above the text."""
    for line in "\n".join(paragraphs[:_BEGINNING]).splitlines():
        if match := _BYLINE.fullmatch(line.strip()):
            return " ".join(match[1].split())
    return None


def _dateline_date(paragraphs: list[str]) -> date | None:
    """The date that one of the first lines states and says little else."""
    for line in "\n".join(paragraphs[:_BEGINNING]).splitlines():
        if is_dateline(line) and (match := _DATE.search(fold(line))):
            with suppress(ValueError):  # the 31st of June: another line may have a right date
                return parse_date(match[0])
    return None
