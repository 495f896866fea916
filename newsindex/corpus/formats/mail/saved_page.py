"""Reads a web page that a browser saved as a message with its pictures and styles (MHTML)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from typing import Any, Final

from newsindex.corpus.formats.format_input import FormatInput, FormatItems
from newsindex.corpus.formats.web_page import page_articles
from newsindex.corpus.html.html_tree import MAX_PAGE
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError

from .mail_headers import web_address_of
from .mail_message import MAX_MESSAGE
from .message_text import leaves, part_bytes

_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")


def read(content: FormatInput) -> FormatItems:
    """The article of the page, and errors for the parts of the page that were not read."""
    raw, damage = read_whole(content.stream, MAX_MESSAGE)
    message = message_from_bytes(raw.lstrip())
    parts = list(leaves(message))
    pages = [part for part in parts if part.get_content_type() in _PAGE_TYPES]
    if not pages:
        raise damage or CorpusError("there is no page in this saved page: it may be cut short")
    page = _main(message, pages)
    html = part_bytes(page)
    if len(html) > MAX_PAGE:
        raise CorpusError(f"the page is larger than {MAX_PAGE >> 20} MB")
    if len(parts) > 1:
        content.pass_over("part of a saved page", len(parts) - 1)
    yield from page_articles(
        html,
        source=content.source,
        charset=page.get_content_charset(),
        address=web_address_of(page, "Content-Location")
        or web_address_of(message, "Snapshot-Content-Location"),
    )
    if damage:
        yield damage


def _main(message: Message[Any, Any], pages: list[Message[Any, Any]]) -> Message[Any, Any]:
    """The page that the message names as its first part, else the one at its address, else the first."""
    start = message.get_param("start")
    address = web_address_of(message, "Snapshot-Content-Location")
    for page in pages:
        if start and page.get("Content-ID") == start:
            return page
    for page in pages:
        if address and web_address_of(page, "Content-Location") == address:
            return page
    return pages[0]
