"""Reads NITF, the text format of news agencies, alone or inside NewsML (extra: html)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from newsindex.corpus.fields.person_names import byline_name
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .xml_elements import (
    SKIPPED_ELEMENTS,
    Element,
    block_text,
    every,
    first,
    first_line,
    line,
    xml_lang,
)
from .xml_stream import read_elements

_CANCELED: Final = ("canceled", "cancelled", "kill", "killed", "withheld")
_OUTSIDE_BODY: Final = SKIPPED_ELEMENTS | {"body.head", "body.end"}


def read(content: FormatInput) -> FormatItems:
    """The article of each document in a file; errors for damage."""
    content = replace(content, fields=None)
    for element in read_elements(content.stream, {"nitf"}):
        if isinstance(element, CorpusError):
            yield element
        elif (status := _attribute(element, "head/docdata", "management-status").lower()) in _CANCELED:
            content.pass_over(status)
        else:
            yield from content.items(nitf_record(element))


def nitf_record(nitf: Element) -> dict[str, object]:
    """The fields of a document, or of its body alone; those that it does not have are empty."""
    body = first(nitf, "body")
    body = nitf if body is None else body
    head = first(body, "body.head")
    content = first(body, "body.content")
    return {
        "headline": first_line(body, "body.head/hedline/hl1", "body.head/hedline", "body.content/hl1")
        or first_line(nitf, "head/title"),
        "body": block_text(body if content is None else content, _OUTSIDE_BODY),
        "abstract": block_text(first(head, "abstract")),
        "author": _author(body),
        "source": _attribute(nitf, "head/pubdata", "name")
        or first_line(body, "body.head/distributor")
        or _attribute(nitf, "head/docdata/doc.copyright", "holder")
        or _attribute(nitf, "head/docdata/doc-id", "regsrc"),
        "section": _attribute(nitf, "head/pubdata", "position.section"),
        "published": _attribute(nitf, "head/docdata/date.issue", "norm")
        or _attribute(nitf, "head/pubdata", "date.publication")
        or _attribute(nitf, "head/docdata/date.release", "norm")
        or _attribute(body, "body.head/dateline/story.date", "norm"),
        "url": _attribute(nitf, "head/pubdata", "ex-ref"),
        "id": _attribute(nitf, "head/docdata/doc-id", "id-string"),
        "lang": xml_lang(nitf) or xml_lang(body),
    }


def _author(body: Element) -> str:
    """The persons of the bylines, else the bylines without "Par"; a title beside a name is left out."""
    bylines = list(every(body, "body.head/byline"))
    persons = [line(person) for byline in bylines for person in every(byline, ".//person")]
    names = persons or [
        byline_name(" ".join("".join(byline.xpath("text()")).split()) or line(byline)) for byline in bylines
    ]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _attribute(element: Element, path: str, name: str) -> str:
    """The first value of an attribute at a path; empty without one."""
    return next((value for found in every(element, path) if (value := found.get(name, "").strip())), "")
