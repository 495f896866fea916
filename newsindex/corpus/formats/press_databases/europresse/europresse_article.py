"""Takes an article of Europresse from the element ``article`` of the newer generation of its markup."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

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
    one_line,
    section_name,
    source_name,
)

from .europresse_header import document_number, header_parts

_HEADLINE_CLASSES: Final = ("rdp__articletitle", "titreArticleVisu", "grandTitre")
_AUTHOR_CLASSES: Final = ("docAuthors", "rdp__docauthors", "sm-margin-bottomNews")
_OTHER_CLASSES: Final = ("DocHeader", "DocPublicationName", "titreArticle")
_OUTSIDE_TEXT: Final = ("aside", "footer", "header", "figcaption")
_OWN_HOSTS: Final = ("europresse.com", "eureka.cc", "cedrom-sni.com", "cision.com")


def article_of_element(tree: Element) -> ExportedArticle:
    """The article of a tree that holds its element."""
    headers = list(tree.iter("header"))
    head = headers[0] if headers else tree
    numbers = map(document_number, [*map(all_text, with_class(tree, "publiC-lblNodoc")), *lines_of(tree)])
    number = next(filter(None, numbers), None)
    header = " ".join(map(all_text, with_class(head, "DocHeader")))
    headline = _headline(head)
    section, published, page = header_parts(
        header, one_line(" ".join(head.itertext())).replace(headline, " "), number
    )
    author, lead = _author_and_lead(head)
    url = _address(tree)
    return ExportedArticle(
        headline=headline,
        paragraphs=_paragraphs(tree),
        lead=lead,
        source=source_name(_source(head)),
        published=published,
        author=author,
        section=section or section_name(first_text(with_class(head, "DocTitreSousSection"))),
        url=url,
        page=page,
        document=number,
    )


def _source(head: Element) -> str:
    """The name of the source, with the issue; reports have it in a plain block of the head."""
    return first_text(with_class(head, "DocPublicationName")) or first_text(
        with_class(head, "sm-margin-bottom")
    )


def _headline(head: Element) -> str:
    for names in (_HEADLINE_CLASSES[:1], _HEADLINE_CLASSES, ("titreArticle",)):
        if headline := next(filter(None, map(all_text, with_class(head, *names))), ""):
            return headline
    return ""


def _author_and_lead(head: Element) -> tuple[str | None, str]:
    """The authors and the standfirst; a text in the authors' place that is no name belongs to the latter."""
    leads = [text for element in with_class(head, "rdp__subtitle") if (text := all_text(element))]
    authors: list[str] = []
    for element in with_class(head, *_AUTHOR_CLASSES):
        text = all_text(element)
        if (
            not text
            or text in leads
            or with_class(element, "DocHeader", "DocPublicationName", "titreArticle")
        ):
            continue
        names = author_names(text)
        if names and names not in authors:
            authors.append(names)
        elif not names:
            leads.append(text)
    return ", ".join(authors) or None, one_line(" ".join(leads))


def _paragraphs(tree: Element) -> list[str]:
    """The paragraphs of the text, in the first of its places that is not empty."""
    places = (
        *(with_class(tree, name) for name in ("docOcurrContainer", "DocText")),
        list(tree.iter("section")),
    )
    for elements in places:
        for element in elements:
            for outside in list(element.iter(*_OUTSIDE_TEXT)):
                outside.drop_tree()
        if lines := [line for element in elements for line in lines_of(element)]:
            return lines
    return []


def _address(tree: Element) -> str | None:
    """The article's own address, to which "Cet article est paru dans" links; a home page is none."""
    links = (link.get("href") or "" for aside in tree.iter("aside") for link in aside.iter("a"))
    return next(filter(_is_article_address, links), None)


def _is_article_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    is_page = len(parts.path) > 1 or bool(parts.query)
    return parts.scheme in ("http", "https") and is_page and not host.endswith(_OWN_HOSTS)
