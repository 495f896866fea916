"""Reads NewsML 1: an article for each news item, or for each of its components with a text (extra: html)."""

from __future__ import annotations

from collections.abc import Mapping
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
    lines,
    local_name,
    without_headline,
    xml_lang,
)
from .xml_stream import read_elements

_USABLE: Final = ("", "usable", "embargoed")
_DATES: Final = (
    "NewsManagement/ThisRevisionCreated",
    "NewsManagement/FirstCreated",
    "Identification/NewsIdentifier/DateId",
)


def read(content: FormatInput) -> FormatItems:
    """The article of each news text; items that are withdrawn or hold no text are counted."""
    content = replace(content, fields=None)
    number, sender = 0, ""
    for element in read_elements(content.stream, {"NewsItem", "NewsEnvelope"}):
        if isinstance(element, CorpusError):
            yield element
            continue
        if local_name(element) == "NewsEnvelope":
            sender = _party(element, "SentFrom")
            continue
        number += 1
        status = _formal_name(first(element, "NewsManagement/Status")).lower()
        if status not in _USABLE:
            content.pass_over(status)
            continue
        components = _articles(element)
        if not components:
            content.pass_over(_media_type(element) or "empty")
        shared = _item_fields(element)
        for component in components:
            record = _record(component, shared)
            record["source"] = record["source"] or sender
            if component is element:
                record["id"] = _identifier(element)
            yield from content.items(record, place=f"item {number}")


def _articles(item: Element) -> list[Element]:
    """The components with a headline and a text of their own; if there are not several, the whole item."""
    headed = [part for part in every(item, ".//NewsComponent") if first_line(part, "NewsLines/HeadLine")]
    outer = {ancestor for part in headed for ancestor in part.iterancestors()}
    inner = [part for part in headed if part not in outer and _text(part)["body"]]
    headlines = {first_line(part, "NewsLines/HeadLine") for part in inner}
    if len(headlines) > 1:
        return inner
    return [item] if headed or _text(item)["body"] else []


def _item_fields(item: Element) -> dict[str, str]:
    """The fields that an item gives to its components."""
    return {
        "headline": first_line(item, ".//NewsLines/SlugLine"),
        "author": byline_name(first_line(item, ".//NewsLines/ByLine")),
        "source": _party(item, ".//Provider") or _party(item, ".//Source"),
        "published": next((date for path in _DATES if (date := first_line(item, path))), ""),
        "lang": lang_code(_formal_name(first(item, ".//Language"))) or xml_lang(item),
        "section": _property(item, "Section"),
    }


def _identifier(item: Element) -> str:
    identifier = "Identification/NewsIdentifier"
    return first_line(item, f"{identifier}/PublicIdentifier", f"{identifier}/NewsItemId")


def _record(component: Element, shared: Mapping[str, str]) -> dict[str, object]:
    """The fields of a component, completed from its text and then from the item around it."""
    text = _text(component)
    headline = first_line(component, "NewsLines/HeadLine", ".//NewsLines/HeadLine") or str(text["headline"])
    own: dict[str, object] = {
        "headline": headline,
        "body": without_headline(str(text["body"]), headline),
        "author": byline_name(first_line(component, ".//NewsLines/ByLine")),
        "source": _party(component, ".//Provider") or _party(component, ".//Source"),
        "lang": lang_code(_formal_name(first(component, ".//Language"))),
        "abstract": "\n\n".join(lines(component, ".//NewsLines/SubHeadLine")),
    }
    filled = {name: value for fields in (text, shared, own) for name, value in fields.items() if value}
    return {"source": "", "headline": "", **filled}


def _text(component: Element) -> dict[str, object]:
    """The fields of the longest text in a component."""
    records: list[dict[str, object]] = [{"headline": "", "body": ""}]
    for item in every(component, ".//ContentItem"):
        if _formal_name(first(item, "MediaType")).lower() in ("", "text"):
            records.append(_content(first(item, "DataContent"), item))
    return max(records, key=lambda record: len(str(record["body"])))


def _content(data: Element | None, item: Element) -> dict[str, object]:
    nitf = first(item, ".//nitf")
    if nitf is not None:
        return nitf_record(nitf)
    if first(item, ".//body.content") is not None:
        return nitf_record(item if data is None else data)
    if data is None and first(item, ".//p") is None:
        return {"headline": "", "body": ""}
    body = first(item, ".//body")
    return {
        "headline": first_line(item, ".//head/title"),
        "body": block_text(next(part for part in (body, data, item) if part is not None)),
    }


def _formal_name(element: Element | None) -> str:
    return "" if element is None else str(element.get("FormalName") or "").strip()


def _party(element: Element, path: str) -> str:
    """The name of the first party at a path."""
    return next((name for found in every(element, f"{path}/Party") if (name := _formal_name(found))), "")


def _property(item: Element, name: str) -> str:
    return next(
        (found.get("Value", "") for found in every(item, ".//Property") if _formal_name(found) == name), ""
    )


def _media_type(item: Element) -> str:
    """What an item without a text holds: a picture, a video."""
    return _formal_name(first(item, ".//MediaType")).lower()
