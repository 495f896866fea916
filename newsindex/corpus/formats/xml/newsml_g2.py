"""Reads NewsML-G2: the text items of a news item, a package or a message of several (extra: html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from newsindex.corpus.fields.person_names import byline_name
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.errors import CorpusError

from .nitf import nitf_record
from .xml_elements import (
    Element,
    block_text,
    every,
    first,
    first_line,
    lang_code,
    line,
    local_name,
    without_headline,
    xml_lang,
)
from .xml_stream import read_elements

_OTHER_ITEMS: Final = {
    "packageItem": "package",
    "conceptItem": "concept",
    "knowledgeItem": "concept",
    "planningItem": "planning",
    "catalogItem": "catalog",
}
_TEXTS: Final = ("", "text", "composite")
_PICTURES: Final = ("picture", "graphic", "video", "audio", "animation")  # whose text is a caption
_SUMMARY_ROLE: Final = "summary"
_DATES: Final = ("itemMeta/versionCreated", "itemMeta/firstCreated", "contentMeta/contentCreated")
_ADDRESS: Final = re.compile(r"https?://\S+")


def read(content: FormatInput) -> FormatItems:
    """The article of each item that is a text; other items and withdrawn ones are counted."""
    content = replace(content, fields=None)
    number, sender = 0, ""
    for element in read_elements(content.stream, {"newsItem", "header", *_OTHER_ITEMS}):
        if isinstance(element, CorpusError):
            yield element
        elif (name := local_name(element)) == "header":
            sender = first_line(element, "source", "sender")
        elif name in _OTHER_ITEMS:
            content.pass_over(_OTHER_ITEMS[name])
        else:
            number += 1
            record = _record(element)
            if reason := _reason_to_pass_over(element, record):
                content.pass_over(reason)
            else:
                record["source"] = record["source"] or sender
                yield from content.items(record, place=f"item {number}")


def _reason_to_pass_over(item: Element, record: dict[str, object]) -> str | None:
    """The status or the class of an item that is no usable text; None for one that is."""
    status = _code(first(item, "itemMeta/pubStatus"))
    if status and status != "usable":
        return status
    kind = _code(first(item, "itemMeta/itemClass"))
    if kind in _PICTURES or (kind not in _TEXTS and not record["body"]):
        return kind
    return None if record["headline"] or record["body"] else "empty"


def _record(item: Element) -> dict[str, object]:
    """The fields of an item: those of its metadata, completed from those of its text."""
    text = _text_record(item)
    headline = first_line(item, "contentMeta/headline") or str(text.get("headline", ""))
    headline = headline or first_line(item, "itemMeta/title", "contentMeta/slugline")
    guid = (item.get("guid") or "").strip()
    language = first(item, "contentMeta/language")
    record: dict[str, object] = {
        "headline": headline,
        "body": without_headline(str(text.get("body", "")), headline),
        "author": _authors(item),
        "source": _source(item),
        "published": next((date for path in _DATES if (date := first_line(item, path))), ""),
        "lang": lang_code(language.get("tag", "")) if language is not None else xml_lang(item),
        "section": _section(item),
        "abstract": _summary(item),
        "url": guid if _ADDRESS.fullmatch(guid) else "",
        "id": guid,
    }
    return {**text, **{name: value for name, value in record.items() if value or name not in text}}


def _text_record(item: Element) -> dict[str, object]:
    """The fields of the longest text among an item's renditions."""
    records: list[dict[str, object]] = [{"headline": "", "body": ""}]
    records += map(_rendition, _renditions(item))
    return max(records, key=lambda record: len(str(record["body"])))


def _renditions(item: Element) -> Iterator[Element]:
    yield from every(item, "contentSet/inlineXML")
    for data in every(item, "contentSet/inlineData"):
        if data.get("contenttype", "text/plain").startswith("text/") and not data.get("encoding"):
            yield data


def _rendition(inline: Element) -> dict[str, object]:
    nitf = first(inline, "nitf", ".//nitf")
    if nitf is not None:
        return nitf_record(nitf)
    body = first(inline, "html/body", ".//body")
    title = first_line(inline, "html/head/title", ".//h1")
    return {"headline": title, "body": block_text(inline if body is None else body)}


def _name(party: Element | None) -> str:
    """The name of a person or an organisation: its name, its text, or the end of its code."""
    if party is None:
        return ""
    own_text = " ".join((party.text or "").split())
    return first_line(party, "name") or own_text or party.get("literal", "").strip()


def _code(element: Element | None) -> str:
    """The last part of a code: "stat:usable" and ".../pubstatusg2/usable" are "usable"."""
    if element is None:
        return ""
    code = element.get("qcode") or element.get("uri") or element.get("code") or ""
    return re.split("[:/]", code.strip())[-1].lower()


def _authors(item: Element) -> str:
    """The byline without "Par", else the names of the creators, else those of the contributors."""
    if byline := first_line(item, "contentMeta/by"):
        return byline_name(byline)
    for path in ("contentMeta/creator", "contentMeta/contributor"):
        if names := list(dict.fromkeys(filter(None, map(_name, every(item, path))))):
            return ", ".join(names)
    return ""


def _source(item: Element) -> str:
    parties = [first(item, path) for path in ("itemMeta/provider", "contentMeta/infoSource")]
    named = next(filter(None, map(_name, parties)), "") or first_line(item, "contentMeta/creditline")
    if named or parties[0] is None:
        return named
    return re.split("[:/]", (parties[0].get("qcode") or parties[0].get("uri") or "").strip())[-1]


def _section(item: Element) -> str:
    return first_line(item, "itemMeta/service/name", "contentMeta/subject/name")


def _summary(item: Element) -> str:
    """The description that is marked as a summary, else the first one."""
    descriptions = list(every(item, "contentMeta/description"))
    marked = [found for found in descriptions if found.get("role", "").endswith(_SUMMARY_ROLE)]
    return line(next(iter(marked or descriptions), None))
