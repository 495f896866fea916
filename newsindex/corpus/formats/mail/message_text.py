"""Takes the text out of an e-mail: which of its parts is the text, and what HTML becomes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from typing import Any, Final

import lxml.html

from newsindex.corpus.html.html_encoding import decode_page
from newsindex.corpus.html.html_tree import MAX_PAGE, parse_html, plain_text
from newsindex.corpus.inputs.bounded_reading import decode_text
from newsindex.errors import CorpusError

_MIN_SHARE: Final = 0.5  # of the length of the HTML; a shorter plain text only invites to read the HTML
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|max-height\s*:\s*0(?![.\d])", re.I
)
_ADDRESS_LINE: Final = re.compile(r"[\s<(\[*-]*(?:https?://|mailto:)[^\s<>]+[\s>)\]]*")
_BRACKETED_ADDRESS: Final = re.compile(
    r"[ \t]?(?:<(?:https?://|mailto:)[^\s<>]+>|\[(?:image|cid)\s*:[^\]\n]*\])"
)
_SPACES: Final = re.compile(
    r"[\u00ad\u034f\u200b-\u200f\u2060\ufeff]"
)  # with which letters fill their preview


def text_of(message: Message[Any, Any]) -> str:
    """The text of a message: its plain text, or its HTML where that says more."""
    plain = "\n\n".join(filter(None, map(_tidy, _texts(message, "text/plain"))))
    html = "\n\n".join(filter(None, map(html_text, _texts(message, "text/html"))))
    return plain if len(plain) >= len(html) * _MIN_SHARE else html


def attachments_of(message: Message[Any, Any]) -> int:
    """How many parts of a message are neither its text nor a message, nor hold parts together."""
    others = (part for part in leaves(message) if not _is_text(part))
    return sum(1 for part in others if part.get_content_type() != "message/rfc822")


def leaves(message: Message[Any, Any]) -> Iterator[Message[Any, Any]]:
    """The parts of a message that have no parts of their own; an attached message is one part."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting.extend(reversed([inner for inner in payload if isinstance(inner, Message)]))
        else:
            yield part


def part_bytes(part: Message[Any, Any]) -> bytes:
    """The decoded content of a part; none where it has parts of its own."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def html_text(page: str) -> str:
    """The text of a letter in HTML, without what its reader does not see."""
    try:
        tree, _ = parse_html(page[:MAX_PAGE])
    except CorpusError:
        return ""
    for element in tree.xpath("//*[@style]"):
        if _HIDDEN.search(element.get("style")) and element.getparent() is not None:
            element.drop_tree()
    body = tree.find("body")
    return _tidy(plain_text(lxml.html.tostring(tree if body is None else body, encoding="unicode")))


def _is_text(part: Message[Any, Any]) -> bool:
    is_attached = part.get_content_disposition() == "attachment" or part.get_filename() is not None
    return part.get_content_type() in ("text/plain", "text/html") and not is_attached


def _texts(message: Message[Any, Any], content_type: str) -> Iterator[str]:
    for part in leaves(message):
        if part.get_content_type() == content_type and _is_text(part):
            content, charset = part_bytes(part), part.get_content_charset()
            if content_type == "text/html":
                yield decode_page(content, charset)
                continue
            text = _decoded(content, charset)
            is_flowed = str(part.get_param("format", "")).lower() == "flowed"
            yield _unflowed(text) if is_flowed else text


def _decoded(content: bytes, charset: str | None) -> str:
    """A plain text: UTF-8 where it is valid, else as the part declares it, else Windows-1252."""
    for name in ("utf-8", charset or "cp1252"):
        with suppress(UnicodeDecodeError, LookupError, ValueError):
            return content.decode(name).replace("\0", "")
    return decode_text(content).replace("\0", "")


def _unflowed(text: str) -> str:
    """A text whose lines were broken for mail, with its paragraphs in one line each (RFC 3676)."""
    return re.sub(r"(?<!^--)(?<=[^\s>]) \r?\n(?=[^\s>])", " ", text, flags=re.M)


def _tidy(text: str) -> str:
    """A text without the addresses of its links, which stand between the words or in lines of their own."""
    lines = _SPACES.sub("", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = (_BRACKETED_ADDRESS.sub("", line).rstrip() for line in lines if not _ADDRESS_LINE.fullmatch(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
