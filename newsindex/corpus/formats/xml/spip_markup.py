"""Turns the markup of SPIP into plain text: headings, links, notes, embedded documents, languages."""

from __future__ import annotations

import re
from typing import Final

from newsindex.corpus.html.html_tree import plain_text

_NOTE: Final = re.compile(r"\[\[[^\[\]]{0,5000}\]\]")
_LINK: Final = re.compile(r"\[([^\[\]]{0,1000}?)->[^\[\]\s]{0,2000}\]")
_MODEL: Final = re.compile(r"<(?:img|doc|emb|document|image|embed|video|audio)\d+[^<>]{0,300}>", re.I)
_BRACES: Final = re.compile(r"\{{1,4}|\}{1,4}")
_LIST_ITEM: Final = re.compile(r"^-[*#]*\s*|^_ ", re.M)
_BLANK_LINE: Final = re.compile(r"\n\s*\n")
_NUMBER: Final = re.compile(r"\d{1,6}\.\s+")
_LANGUAGES: Final = re.compile(r"<multi>([^<]*(?:<(?!/multi>)[^<]*)*)</multi>")
_LANGUAGE: Final = re.compile(r"\[([a-z]{2,3}(?:_[a-z_]+)?)\]")


def spip_text(markup: str, lang: str = "fr") -> str:
    """The text of an article's markup, with a blank line between its paragraphs."""
    text = _in_language(markup.replace("\r\n", "\n"), lang)
    text = _LINK.sub(r"\1", _NOTE.sub("", _MODEL.sub("", text)))
    text = _BRACES.sub(lambda braces: "\n\n" if len(braces[0]) == 3 else "", text)
    text = _LIST_ITEM.sub("\n\n", text)
    return plain_text("\n".join(" ".join(part.split()) for part in _BLANK_LINE.split(text)))


def spip_title(markup: str, lang: str = "fr") -> str:
    """A title on one line, without the number that orders it among others ("10. Tiznit")."""
    title = " ".join(spip_text(markup, lang).split())
    return _NUMBER.sub("", title, count=1) if _NUMBER.match(title) else title


def _in_language(text: str, lang: str) -> str:
    """A text in which each passage in several languages stands in one: ``lang``, else the first."""
    end = text.rfind("</multi>")  # so that each passage that begins before it has an end
    if end < 0:
        return text
    end += len("</multi>")
    return _LANGUAGES.sub(lambda passage: _version(passage[1], lang), text[:end]) + text[end:]


def _version(passage: str, lang: str) -> str:
    before, *parts = _LANGUAGE.split(passage)
    versions = dict(zip(parts[::2], parts[1::2], strict=True))
    return versions.get(lang) or before.strip() or next(iter(versions.values()), "")
