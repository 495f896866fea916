"""The whole of a name of which a word is a part: *Le Pen*, *Jean-Luc Mélenchon*, *Covid-19*."""

from __future__ import annotations

import re
from typing import Final

from newsindex.query.suggestion.surface_forms import CONTEXT, SENTENCE_START

_BEFORE: Final = re.compile(r"(?<![\w'’\-‑])(?:\w+[-‑])+\Z")
_AFTER: Final = re.compile(r"(?:[-‑]\w+)+")
_ARTICLE: Final = re.compile(r"(?<![\w'’\-‑])(?:(?:Le|La|Les|Du|De|Des)[ \u00a0]|[LD]['’])\Z")
_HYPHENS: Final = ("-", "‑")
_PIECE: Final = re.compile(r"\w+")
_MAX_CHARACTERS_BEFORE: Final = 40


def whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the name in a text of which the word or expression between two bounds is a part.

    Parts are joined to it by hyphens and begin with a capital letter or a digit, or are an article with a
    capital letter before it that does not begin a sentence. Without any, the bounds are those given.
    """
    if text.endswith(_HYPHENS, 0, start):
        before = _BEFORE.search(text[max(start - _MAX_CHARACTERS_BEFORE, 0) : start])
        if before is not None and _are_names(before[0]):
            start -= len(before[0])
    after = _AFTER.match(text, end)
    if after is not None and _are_names(after[0]):
        end = after.end()
    article = _ARTICLE.search(text[max(start - CONTEXT, 0) : start]) if text[start].isupper() else None
    if article is not None:
        first = start - len(article[0])
        if SENTENCE_START.search(text[max(first - CONTEXT, 0) : first]) is None:
            start = first
    return start, end


def _are_names(joined: str) -> bool:
    """Whether all parts of a text begin like names."""
    return all(piece[0].isupper() or piece[0].isdigit() for piece in _PIECE.findall(joined))
