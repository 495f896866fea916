"""Splits a query into tokens: words with their signs, phrases, fields, ranges, operators, parentheses.

One regular expression reads every token where the one before it ends, so that the time is linear in the
length of the query. :mod:`repair` has taken away before what cannot be syntax: colons that name no field,
brackets that are no range, quotation marks and parentheses without a pair. A second pass over the tokens
finds the operators that lack their operands, so that the grammar needs to look no further than one token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from .query_fields import FIELD_NAMES


class TokenKind(Enum):
    """The kinds of tokens; the values are the names of the groups of the regular expression."""

    OPEN = "open"
    CLOSE = "close"
    AND = "and"
    OR = "or"
    AND_NOT = "and_not"
    NOT = "not"
    NEAR = "near"
    UNKNOWN = "unknown"
    """An operator of another language that stands before an operand."""
    PLUS = "plus"
    MINUS = "minus"
    FIELD = "field"
    RANGE = "range"
    PHRASE = "phrase"
    BOOST = "boost"
    WORD = "word"
    STRAY = "stray"
    """An operator or a sign that lacks an operand."""
    END = "end"


class Token(NamedTuple):
    """A token: its kind, its text, and an extra, which is the slop of a phrase or the end of a range.

    The text of a phrase is what stands between its quotation marks, that of a field what stands before its
    colon, that of a boost its number, and that of a range what stands before ``TO``.
    """

    kind: TokenKind
    text: str
    extra: str = ""


OPERATOR_WORDS: Final = frozenset(
    ("AND", "OR", "NOT", "ANDNOT", "ET", "OU", "SAUF", "NON", "TO", "NEAR", "ADJ", "SAME", "XOR")
)
"""The words that are no words of a query unless they are in quotation marks."""
_BEHIND: Final = r'(?<![^\s()"])'
_ALONE: Final = rf'{_BEHIND}(?:%s)(?![^\s()"])'  # an operator is a word of its own
_PATTERNS: Final = {
    "space": r"\s+",
    "open": r"\(",
    "close": r"\)",
    "near": _ALONE % (
        r"NEAR|ADJ|SAME|%[0-9]+|(?i:(?:not\s+)?(?:"
        r"(?:(?:o?near|adj)/?|[np]/)[0-9]+|(?:w|near|pre)?/(?:[0-9]+|s|p|seg|sent|para)|/[nf][0-9]+/))"
    ),
    "unknown": (
        _ALONE % "XOR|(?i:atleast/?[0-9]+)" + rf"|{_BEHIND}(?i:(?:all|no)?caps|plural|singular)(?=\(\w\w)"
    ),
    "and_not": _ALONE % r"ANDNOT|SAUF|(?:AND|&&)\s+(?:NOT|NON|SAUF)|ET\s+(?:NON|SAUF)",
    "and": _ALONE % "AND|ET|&&",
    "or": _ALONE % r"OR|OU|\|\|",
    "not": _ALONE % "NOT",
    "phrase": r'"(?P<quoted>[^"]*)"(?:~(?P<slop>[0-9]*))?',
    "boost": r"\^(?P<number>[0-9.]*)",
    "plus": r"(?<![^\s(])\+(?=\S)",
    "minus": r"(?<![^\s(])-(?=\S)",
    "dashes": r'(?<!:)[+-]+(?=[^\s()"^])',  # before a word they mean nothing
    "field": rf"(?P<name>{'|'.join(FIELD_NAMES)}):",
    "range": r"(?<=:)[\[{](?P<start>[^\]}]*?)\b[Tt][Oo]\b(?P<stop>[^\]}]*)[\]}]",
    "word": r'="[^"]*"|[^\s()"^]+',
}  # fmt: skip
_TOKEN: Final = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_KINDS: Final = {kind.value: kind for kind in TokenKind}
_PARTS: Final = {
    "phrase": ("quoted", "slop"), "boost": ("number", ""), "field": ("name", ""), "range": ("start", "stop"),
}  # fmt: skip
"""The groups that hold the text of a token and its extra, where the text is not the whole token."""

_ATOMS: Final = frozenset((TokenKind.OPEN, TokenKind.WORD, TokenKind.PHRASE, TokenKind.RANGE))
_SIGNS: Final = frozenset((TokenKind.PLUS, TokenKind.MINUS))
OPERAND_STARTS: Final = _ATOMS | _SIGNS | {TokenKind.FIELD, TokenKind.NOT}
"""The kinds that an operand may start with."""
_ENDS: Final = frozenset(
    (TokenKind.CLOSE, TokenKind.WORD, TokenKind.PHRASE, TokenKind.RANGE, TokenKind.BOOST, TokenKind.FIELD)
)
"""The kinds that an operand may end with; a field without an operand is a word."""
_BEGINNINGS: Final = frozenset((TokenKind.END, TokenKind.OPEN, TokenKind.OR))
"""The kinds behind which SAUF has nothing on its left, so that it is NOT; END stands for the beginning."""
_INFIX: Final = frozenset((TokenKind.AND, TokenKind.OR, TokenKind.AND_NOT, TokenKind.NEAR))
_UNITS: Final = frozenset(("m", "km", "cm", "mm", "kg", "g", "l", "go", "mo", "ko", "bits"))
"""What may have a ``/s`` behind it, *per second*, or a ``/p``."""


def tokenize(text: str) -> list[Token]:
    """The tokens of a query that :func:`repair_query` gave, and one of kind END.

    An operator or a sign without its operands has the kind STRAY; a field, NEAR or an unknown operator
    without them is a word. As the kind of a token depends on the one that follows, the last token is decided
    first.
    """
    tokens = [*_scan(text), Token(TokenKind.END, "")]
    following = TokenKind.END
    for i in range(len(tokens) - 2, -1, -1):
        before = tokens[i - 1].kind if i else TokenKind.END
        kind = _checked(before, tokens[i].kind, following)
        if tokens[i].kind is TokenKind.NEAR and tokens[i].text == "NEAR" and following is TokenKind.OPEN:
            kind = TokenKind.NEAR  # NEAR(pluie neige, 3)
        elif kind is TokenKind.NEAR and tokens[i].text[0] == "/" and _is_quantity(tokens[i - 1]):
            kind = TokenKind.WORD  # 1 /3 des voix, 300 km /s
        if kind is not tokens[i].kind:
            tokens[i] = tokens[i]._replace(kind=kind)
        following = kind
    return tokens


def _checked(before: TokenKind, kind: TokenKind, following: TokenKind) -> TokenKind:
    """The kind of a token between two others, the second of which is decided."""
    if kind is TokenKind.AND_NOT and before in _BEGINNINGS:
        kind = TokenKind.NOT
    if kind in _INFIX and not (before in _ENDS and following in OPERAND_STARTS):
        return TokenKind.WORD if kind is TokenKind.NEAR else TokenKind.STRAY
    if kind is TokenKind.UNKNOWN:
        return kind if following in OPERAND_STARTS else TokenKind.WORD
    if kind is TokenKind.NOT:
        return kind if following in OPERAND_STARTS else TokenKind.STRAY
    if kind in _SIGNS:
        return kind if following in _ATOMS or following is TokenKind.FIELD else TokenKind.STRAY
    if kind is TokenKind.FIELD:
        return kind if following in _ATOMS else TokenKind.WORD
    return kind


def _is_quantity(token: Token) -> bool:
    """Whether a token is a number or a unit that a slash may divide, and not a weight or a range."""
    if token.kind is not TokenKind.WORD:
        return False
    return token.text.lower() in _UNITS or not token.text.rstrip("%,.").strip("0123456789,.")


def _scan(text: str) -> Iterator[Token]:
    """The tokens as the regular expression gives them."""
    for match in _TOKEN.finditer(text):
        name = match.lastgroup
        kind = _KINDS.get(name or "")
        if kind is None:  # spaces and dashes
            continue
        if name in _PARTS:
            inner, extra = _PARTS[name]
            yield Token(kind, match[inner], (match[extra] or "") if extra else "")
        else:
            yield Token(kind, match[0])
