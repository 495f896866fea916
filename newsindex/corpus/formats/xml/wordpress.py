"""Reads a WordPress export (WXR): the posts and pages that are published (extra: html).

Of the types that a site adds, those with names of the press, as "communique", are read too. Everything else
in it (attachments, menus, revisions, drafts, what is private or waits) is counted by its type or status.
Authors have the names under which they sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from newsindex.corpus.fields.field_names import name_words
from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.html.html_tree import plain_text
from newsindex.dates.publication_dates import parse_date
from newsindex.errors import CorpusError

from .shortcodes import without_shortcodes
from .xml_elements import Element, first_line, lang_code, line, local_name
from .xml_stream import read_elements

_OWN_TYPES: Final = """post, page, article, news, actu, actualité, communiqué, communiqué presse,
    communiqué de presse, press release, presse, brève, dépêche, dossier, interview, entretien,
    reportage, enquête, tribune, opinion, chronique, édito, éditorial, billet, blog, blog post,
    story, revue presse, revue de presse, analyse, portrait"""
_READ_TYPES: Final = frozenset("".join(name_words(name)) for name in _OWN_TYPES.split(","))
"""The types of WordPress itself that are read, and those that sites of the press add, by their words."""
_TYPE_REASONS: Final = {"nav_menu_item": "menu", "revision": "revision", "attachment": "attachment"}
_STATUS_REASONS: Final = {"trash": "trashed", "future": "scheduled", "auto-draft": "draft"}
_ADDRESS_LINE: Final = re.compile(r"https?://\S+")
_CAPTION: Final = re.compile(r"<figcaption\b.*?</figcaption\s*>", re.I | re.S)
_CAPTION_END: Final = "</figcaption"
_MAX_OFFSET: Final = timedelta(hours=14)  # of a time zone
_OFFSET_STEP: Final = timedelta(minutes=15)


def read(content: FormatInput) -> FormatItems:
    """The article of each published post and page; errors for damage."""
    content = replace(content, fields=None)
    channel = {"title": "", "language": ""}
    authors: dict[str, str] = {}
    number = 0
    for element in read_elements(content.stream, {"item", "author", *channel}):
        if isinstance(element, CorpusError):
            yield element
        elif (name := local_name(element)) in channel:
            channel[name] = channel[name] or line(element)
        elif name == "author":
            login = first_line(element, "author_login")
            authors[login] = _signature(element) or login
        else:
            number += 1
            values = _values(element)
            if reason := _reason_to_pass_over(values):
                content.pass_over(reason)
            else:
                record = _record(element, values, authors)
                record |= {"source": plain_text(channel["title"]), "lang": lang_code(channel["language"])}
                yield from content.items(record, place=f"item {number}")


def _signature(author: Element) -> str:
    """The name under which an author signs, else the given and the family name."""
    display_name = plain_text(first_line(author, "author_display_name"))
    parts = (first_line(author, name) for name in ("author_first_name", "author_last_name"))
    return display_name or plain_text(" ".join(filter(None, parts)))


def _values(item: Element) -> dict[str, str]:
    """The text of each child of an item by its name with the prefix; of several the first with a text."""
    values: dict[str, str] = {}
    for child in item:
        name = f"{child.prefix}:{local_name(child)}" if child.prefix else local_name(child)
        if not values.get(name):
            values[name] = (child.text or "").strip()
    return values


def _reason_to_pass_over(values: Mapping[str, str]) -> str | None:
    """The reason why an item is no published article; None for one that is."""
    kind, status = values.get("wp:post_type", "post"), values.get("wp:status")
    if "".join(name_words(kind)) not in _READ_TYPES:
        return _TYPE_REASONS.get(kind, f"type {kind}")
    if status is None:  # of an item that is cut short, which may be a draft
        return "without status"
    if status != "publish":
        return _STATUS_REASONS.get(status, status)
    if values.get("wp:post_password"):
        return "password-protected"
    if not (values.get("title") or values.get("content:encoded")):
        return "empty"
    return None


def _record(item: Element, values: Mapping[str, str], authors: Mapping[str, str]) -> dict[str, object]:
    creator = values.get("dc:creator", "")
    link, guid = values.get("link", ""), values.get("guid", "")
    categories = [child for child in item if local_name(child) == "category"]
    return {
        "headline": " ".join(plain_text(values.get("title", "")).split()),
        "body": _body(values.get("content:encoded", "")),
        "abstract": plain_text(without_shortcodes(values.get("excerpt:encoded", ""))),
        "published": _published(values),
        "url": next((url for url in (link, guid) if _ADDRESS_LINE.fullmatch(url)), ""),
        "author": authors.get(creator, creator),
        "section": _terms(categories, "category"),
        "extra": {"tags": tags} if (tags := ", ".join(_terms(categories, "post_tag"))) else {},
    }


def _terms(categories: list[Element], domain: str) -> list[str]:
    """The names of an item's categories, or of its tags; without a domain a category is one."""
    named = [plain_text(line(term)) for term in categories if term.get("domain", "category") == domain]
    return list(dict.fromkeys(filter(None, named)))


def _body(html: str) -> str:
    """The text of a post: without captions, shortcodes, comments of blocks, and addresses on their own."""
    end = html.lower().rfind(_CAPTION_END)  # so that each caption that begins before it has an end
    if end >= 0:
        end += len(_CAPTION_END) + 1
        html = _CAPTION.sub("\n", html[:end]) + html[end:]
    paragraphs = plain_text(without_shortcodes(html)).split("\n\n")
    return "\n\n".join(paragraph for paragraph in paragraphs if not _ADDRESS_LINE.fullmatch(paragraph))


def _published(values: Mapping[str, str]) -> date | str:
    """The local time with its distance from UTC, which WordPress writes beside it."""
    local = _moment(values.get("wp:post_date"))
    universal = _moment(values.get("wp:post_date_gmt")) or _moment(values.get("pubDate"))
    if local is None:
        return universal.replace(tzinfo=UTC) if universal else values.get("pubDate", "")
    if universal is None:
        return local
    offset = local - universal
    if abs(offset) > _MAX_OFFSET or offset % _OFFSET_STEP:
        return local
    return local.replace(tzinfo=timezone(offset))


def _moment(text: str | None) -> datetime | None:
    """A date and time without its zone; None for what is no time, such as 0000-00-00 00:00:00."""
    try:
        parsed = parse_date(text)
    except ValueError:
        return None
    if not isinstance(parsed, datetime):
        return None
    return (parsed.astimezone(UTC) if parsed.tzinfo else parsed).replace(tzinfo=None)
