"""The whole of a name of which a word is a part: *Le Pen*, *Jean-Luc Mélenchon*, *Béji Caïd Essebsi*."""

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
_WORD_BEFORE: Final = re.compile(r"(?<![\w'’\-‑])[^\W\d_][\w-]*[ \u00a0]\Z")
_WORD_AFTER: Final = re.compile(r"[ \u00a0][^\W\d_][\w-]*")
_MAX_FURTHER_WORDS: Final = 2  # of a name, on each side of an expression


def whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the name in a text of which the word or expression between two bounds is a part.

    Parts are joined to it by hyphens and begin with a capital letter or a digit, or are an article with a
    capital letter before it that does not begin a sentence. Where an expression is given whose words all
    begin with a capital letter, they are also the words beside it that do. Without any, the bounds are those
    given.
    """
    words = text[start:end].split()
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
        if not _begins_sentence(text, first):
            start = first
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return _first_of_name(text, start), _end_of_name(text, end)
    return start, end


def _first_of_name(text: str, start: int) -> int:
    """Where the words with a capital letter before a place begin, without one that begins a sentence."""
    for _ in range(_MAX_FURTHER_WORDS):
        word = _WORD_BEFORE.search(text, max(start - _MAX_CHARACTERS_BEFORE, 0), start)
        if word is None or not word[0][0].isupper() or _begins_sentence(text, word.start()):
            break
        start = word.start()
    return start


def _end_of_name(text: str, end: int) -> int:
    """Where the words with a capital letter after a place end."""
    for _ in range(_MAX_FURTHER_WORDS):
        word = _WORD_AFTER.match(text, end)
        if word is None or not word[0][1].isupper():
            break
        end = word.end()
    return end


def _begins_sentence(text: str, start: int) -> bool:
    return SENTENCE_START.search(text[max(start - CONTEXT, 0) : start]) is not None


def _are_names(joined: str) -> bool:
    """Whether all parts of a text begin like names."""
    return all(piece[0].isupper() or piece[0].isdigit() for piece in _PIECE.findall(joined))
