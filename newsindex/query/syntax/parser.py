"""Parses what a reader types into a query tree.

The way of a query: :mod:`repair` reads as plain words what cannot be meant as syntax, :mod:`lexer` splits
the text into tokens, :mod:`grammar` parses these, and :mod:`clauses` turns words into terms of the index
meanwhile. A query of words and quoted phrases, which most are, takes a shorter way to the same tree.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from newsindex.analyzer import FRENCH, Lexicon, join_hyphenated_lines, join_numbers
from newsindex.errors import QueryError
from newsindex.results import Note

from .alternatives import Part, node_of
from .clauses import ClauseBuilder
from .grammar import GrammarParser
from .grouping import GroupKind
from .lexer import OPERATOR_WORDS, tokenize
from .nodes import AndQuery, EveryQuery, NotQuery, QueryNode
from .query_acronyms import AcronymDictionary
from .query_fields import is_ordinary_word
from .repair import repair_query
from .visitor import children

_NO_LEXICON: Final = Lexicon()
MAX_CHARACTERS: Final = 10_000
MAX_WORDS: Final = 500
MAX_WEIGHT: Final = 1_000_000
"""What the weights of nested parentheses may multiply to, so that every score is finite."""
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
_SYNTAX: Final = re.compile(
    r"[():^\[\]{}*?~]|(?:^|\s)(?:[+\-=]\S|%[0-9])|&&|\|\||"
    r"(?i:\b(?:o?near|adj|atleast)/?[0-9]|(?:\b(?:[wnp]|near|pre)|(?:^|(?<=\s)))/[0-9spnf])|"
    r"\b(?:" + "|".join(sorted(OPERATOR_WORDS)) + r")\b"
)
"""What a query of words and quoted phrases has not."""
_PHRASE: Final = re.compile(r'"([^"]*)"|[^"]+')
_NUMBER: Final = re.compile(r"[~^][0-9.,]+")


class ParsedQuery(NamedTuple):
    """The tree that a search evaluates, and notes on what was read differently from how it was typed."""

    tree: QueryNode
    notes: tuple[Note, ...]


def parse_query(
    text: str,
    zone: ZoneInfo,
    operator: str = "any",
    lexicon: Lexicon = _NO_LEXICON,
    dictionary: AcronymDictionary | None = None,
) -> ParsedQuery:
    """Parses a query.

    ``operator`` says whether a space means "any" or "all" of the words, and ``lexicon`` holds the user's own
    words. With the ``dictionary`` of an index, other ways in which its articles write the words are searched
    too.

    Raises QueryError for a query beyond the limits or for what is not a date.
    """
    if operator not in ("any", "all"):
        raise QueryError(f"operator must be 'any' or 'all', not {operator!r}")
    space = GroupKind.AND if operator == "all" else GroupKind.SPACE
    builder = ClauseBuilder(zone, space, lexicon, dictionary, text)
    if _is_plain(text):
        return ParsedQuery(_plain_tree(text, builder) if '"' in text else _tree_of_words(text, builder), ())
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            f"the query has {len(text):,} characters and the limit is {MAX_CHARACTERS:,}: shorten it",
            "query_too_long",
            len(text),
            MAX_CHARACTERS,
        )
    text = join_hyphenated_lines(text.encode("utf-8", "replace").decode().replace("\x00", " "))
    text = text.translate(_QUOTES)
    is_ordinary = partial(is_ordinary_word, lexicon=lexicon, frequencies=dictionary)
    text, notes = repair_query(text, is_ordinary)
    word_count = _count_words(text)
    if word_count > MAX_WORDS:
        message = f"the query has {word_count:,} words and the limit is {MAX_WORDS}: shorten it"
        raise QueryError(message, "too_many_words", word_count, MAX_WORDS)
    text = join_numbers(text)
    if not _SYNTAX.search(text):
        return ParsedQuery(_plain_tree(text, builder), notes)
    if text.strip() == "*":
        return ParsedQuery(EveryQuery(), notes)
    grammar = GrammarParser(tokenize(text), builder)
    tree = node_of(grammar.parse())
    if "^" in text:
        _check_weight(tree)
    notes = (*notes, *dict.fromkeys(grammar.notes))
    return ParsedQuery(AndQuery((tree,)) if isinstance(tree, NotQuery) else tree, notes)


def _check_weight(node: QueryNode) -> float:
    """The highest product of the weights from a node to a leaf. Raises QueryError where it is too high."""
    weight = getattr(node, "boost", 1.0) * max(map(_check_weight, children(node)), default=1.0)
    if weight > MAX_WEIGHT:
        raise QueryError(
            f"weights in weighted parentheses may multiply to {MAX_WEIGHT:,} at most: lower them",
            "weights_too_large",
            MAX_WEIGHT,
        )
    return float(weight)


def _is_plain(text: str) -> bool:
    """Whether a query has no syntax.

    It is then a few words of letters, some in quotation marks, and none of them an operator.
    """
    if len(text) >= MAX_WORDS:
        return False
    if '"' in text:
        if text.count('"') % 2:
            return False
        text = text.replace('"', " ")
    return text.replace(" ", "").isalpha() and OPERATOR_WORDS.isdisjoint(text.split())


def _plain_tree(text: str, builder: ClauseBuilder) -> QueryNode:
    """The tree of words and quoted phrases, which is the one that the grammar would give."""
    parts: list[Part] = []
    for match in _PHRASE.finditer(text):
        if match[1] is None:
            parts += [builder.words("text", word, 1.0) for word in match[0].split()]
        else:
            parts.append(builder.quoted("text", match[1], 1, 1.0))
    return node_of(builder.group(builder.space, parts))


def _tree_of_words(text: str, builder: ClauseBuilder) -> QueryNode:
    """The tree of words of letters, which is the one that the grammar would give."""
    typed = text.split()
    if len(typed) > 1:
        builder.number_words()
    return node_of(builder.group(builder.space, [builder.compound("text", word, 1.0) for word in typed]))


def _count_words(text: str) -> int:
    """How many words a query has, those of compounds counted one by one."""
    spaced = len(text.split())
    return spaced if len(text) <= MAX_WORDS else max(spaced, len(FRENCH.analyze(_NUMBER.sub(" ", text))))
