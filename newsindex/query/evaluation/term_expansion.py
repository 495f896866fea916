"""Which articles have a word in some of its spellings only: exactly as typed, of a pattern, or nearly so?

``=péché``, ``gouvern*`` and ``Tebboun~`` stand for some of the spellings in the index, accents aside for the
last two. The spellings that one of them stands for rank as one word: their frequencies are added, and the
idf is that of the articles that have any of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import analyze, locate_words, normalize
from newsindex.errors import QueryError
from newsindex.query.syntax.nodes import ExactWordQuery, FuzzyQuery, QueryNode, WildcardQuery
from newsindex.storage.stored_articles import restore_article

from .matches import places
from .snapshot import SegmentView, Snapshot
from .spelling_postings import SpellingSet
from .word_offsets import locate

MAX_EXPANSION: Final = 1000
"""How many words a pattern may stand for."""
MAX_READ: Final = 1000
"""How many articles are read to see in which of their fields a spelling stands."""
_ANY: Final = rb"[^\n]"

Written = Mapping[int, SpellingSet]
"""Terms of one segment, by number, and which of their spellings are meant."""


def is_multi_term(node: QueryNode) -> bool:
    """Whether a part of a query asks for some spellings only."""
    return type(node) in _EXPAND


def written(snapshot: Snapshot, node: QueryNode) -> list[Written]:
    """What a node stands for in each segment. Raises QueryError where that is too much."""
    key = _spellings_key(node)
    found = snapshot.expansions.get(key)
    if found is None:
        found = snapshot.expansions[key] = _EXPAND[type(node)](snapshot, node)
    return found


def _spellings_key(node: QueryNode) -> tuple[object, ...]:
    """What decides for which spellings a node stands: all of it but its field and its boost."""
    match node:
        case ExactWordQuery():
            return ExactWordQuery, node.term, node.spelling
        case WildcardQuery():
            return WildcardQuery, node.pattern
        case FuzzyQuery():
            return FuzzyQuery, node.word, node.distance
    raise AssertionError(node)


def expanded_spellings(snapshot: Snapshot, node: QueryNode) -> dict[str, set[str]]:
    """The terms that a node stands for in the whole index, and in which spellings."""
    found: dict[str, set[str]] = {}
    for view, choices in zip(snapshot.views, written(snapshot, node), strict=True):
        for number, chosen in choices.items():
            texts = found.setdefault(view.segment.term_text(number).decode(), set())
            texts |= view.spellings.texts_of(number, chosen)
    return found


def _exactly(snapshot: Snapshot, node: ExactWordQuery) -> list[Written]:
    found: list[Written] = []
    for view in snapshot.views:
        number = view.number(node.term)
        chosen = None if number is None else view.spellings.like(number, node.spelling)[1]
        found.append({number: chosen} if number is not None and chosen and any(chosen) else {})
    return found


def _wildcard(snapshot: Snapshot, node: WildcardQuery) -> list[Written]:
    pattern = _compiled(node.pattern)
    return _bounded([view.spellings.matching(pattern) for view in snapshot.views], snapshot, node.pattern)


def _fuzzy(snapshot: Snapshot, node: FuzzyQuery) -> list[Written]:
    near = [view.spellings.near(node.word, node.distance) for view in snapshot.views]
    return _bounded(near, snapshot, f"{node.word}~")


def _bounded(found: list[dict[str, list[int]]], snapshot: Snapshot, typed: str) -> list[Written]:
    if len({text for texts in found for text in texts}) > MAX_EXPANSION:
        raise QueryError(f"{typed} stands for more than {MAX_EXPANSION:,} words: give more of its letters")
    return [
        view.spellings.by_term(number for numbers in texts.values() for number in numbers)
        for view, texts in zip(snapshot.views, found, strict=True)
    ]


_EXPAND: Final[dict[type, Callable[[Snapshot, Any], list[Written]]]] = {
    ExactWordQuery: _exactly,
    WildcardQuery: _wildcard,
    FuzzyQuery: _fuzzy,
}


def _compiled(pattern: str) -> re.Pattern[bytes]:
    """A pattern as a regular expression over lines. Each part takes the first place where it fits and keeps
    it, so that the time is linear whatever the pattern."""
    first, *others = [part.encode().replace(b"?", _ANY) for part in re.sub(r"\*+", "*", pattern).split("*")]
    expression = b"\n" + first
    if others:
        *inner, last = others
        expression += b"".join(b"(?>" + _ANY + b"*?" + part + b")" for part in inner)
        expression += _ANY + b"*" + last
    return re.compile(expression + rb"(?=\n)")


def score_expansion(
    view: SegmentView, choices: Written, field: str
) -> tuple[NDArray[Any], NDArray[np.float32]]:
    """The live documents with any of the spellings in a field (``text`` is both), and w of BM25F of their
    terms, added."""
    total = np.zeros(view.segment.documents, np.float32)
    found = np.zeros(view.segment.documents, bool)
    postings = view.segment.postings
    for number, chosen in choices.items():
        at = np.flatnonzero(view.spellings.having(number, chosen))
        documents = postings.documents(number)[at].astype(np.intp)
        frequencies, _ = postings.details(number, at)
        weights = view.norms.weights(documents, frequencies.within(field))
        kept = weights > 0
        if view.segment.live is not None:
            kept &= view.segment.live[documents]
        if field != "text":
            kept[kept] = _in_field(view, number, chosen, documents[kept], field)
        total[documents[kept]] += weights[kept]
        found[documents[kept]] = True
    which = np.flatnonzero(found)
    return which, total[which]


def _in_field(
    view: SegmentView, number: int, chosen: SpellingSet, documents: NDArray[Any], field: str
) -> NDArray[np.bool_]:
    """Which of some documents have the spellings in this field; shape of ``documents``.

    The index knows the spellings of a document, not of its fields: an article with the term in both fields
    and in other spellings too is read.
    """
    postings = view.segment.postings
    headline, body = postings.frequencies(number)
    unclear = (headline > 0) & (body > 0) & view.spellings.having(number, view.spellings.rest(number, chosen))
    read = np.flatnonzero(np.isin(documents, postings.documents(number)[unclear]))
    texts = view.spellings.texts_of(number, chosen)
    if len(read) > MAX_READ:
        raise QueryError(
            f"{min(texts)!r} and other spellings of it are in headline and body of more than {MAX_READ:,} "
            "articles: search without the field"
        )
    having = np.ones(len(documents), bool)
    if not len(read):
        return having
    at = places(postings.documents(number), documents[read].astype(np.uint16))
    counts, positions = postings.positions(number, at)
    ends = np.cumsum(counts)
    for i, first, last in zip(read.tolist(), ends - counts, ends, strict=True):
        spelled = _spellings_at(view, int(documents[i]), field, positions[first:last])
        having[i] = not texts.isdisjoint(spelled)
    return having


def _spellings_at(view: SegmentView, document: int, field: str, positions: NDArray[np.int64]) -> set[str]:
    """The spellings of the words at some positions of a document that are in a field."""
    article = restore_article(view.segment.text(document))
    words = positions - int(view.segment.headline_length[document])
    if field == "headline":
        text, numbers = article.headline, positions[words < 0].tolist()
        bounds = locate_words(text, 0, numbers)
    else:
        text, numbers = article.body, words[words >= 0].tolist()
        bounds = list(locate(view.segment.landmark_offsets(document).tolist(), numbers, text).values())
    if len(bounds) < len(numbers):  # some are far from a landmark
        return {word.spelling for word in analyze(text)}
    return {normalize(text[start:end]).lower() for start, end in bounds}
