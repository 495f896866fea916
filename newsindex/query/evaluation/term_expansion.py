"""Expansion of multi-term words: exact, wildcard and fuzzy words, to the spellings that they stand for.

``=péché``, ``gouvern*`` and ``Tebboun~`` stand for some of the spellings in the index; the last two are
compared without accents. The spellings that one such word stands for rank as one term: their frequencies are
added, and the idf is that of the documents that have any of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import analyze, locate_words, normalize
from newsindex.deadline import check_deadline
from newsindex.errors import QueryError
from newsindex.query.syntax.nodes import ExactWordQuery, FuzzyQuery, QueryNode, WildcardQuery
from newsindex.storage.stored_articles import restore_article

from .posting_lists import find_postings
from .segment_view import SegmentView
from .snapshot import Snapshot
from .spelling_dictionary import SpellingDictionary
from .spelling_postings import SpellingSet, TermSpellings
from .word_offsets import locate_body_words

MAX_EXPANSION: Final = 1000
"""How many words, without accents, a wildcard or fuzzy word may stand for."""
MAX_READ: Final = 1000
"""How many articles of a segment are read to find out in which field a spelling is."""
_ANY_BYTE: Final = rb"[^\n]"


def is_multi_term(node: QueryNode) -> bool:
    """Whether a node of a query tree stands for some spellings only."""
    return type(node) in _EXPAND


def expand(snapshot: Snapshot, node: QueryNode) -> list[TermSpellings]:
    """The spellings that a multi-term node stands for, by segment. Raises QueryError for too many."""
    key = expansion_key(node)
    expansion = snapshot.expansions.get(key)
    if expansion is None:
        expansion = snapshot.expansions[key] = _EXPAND[type(node)](snapshot, node)
    return expansion


def expansion_key(node: QueryNode) -> tuple[object, ...]:
    """What decides the spellings that a node stands for: all of it but its field and its boost."""
    match node:
        case ExactWordQuery():
            return ExactWordQuery, node.term, node.spelling
        case WildcardQuery():
            return WildcardQuery, node.pattern
        case FuzzyQuery():
            return FuzzyQuery, node.word, node.distance
    raise AssertionError(node)


def expanded_spellings(snapshot: Snapshot, node: QueryNode) -> dict[str, set[str]]:
    """The spellings that a multi-term node stands for in the whole index, by their terms."""
    spellings: dict[str, set[str]] = {}
    for view, of_segment in zip(snapshot.views, expand(snapshot, node), strict=True):
        for number, of_term in of_segment.items():
            texts = spellings.setdefault(view.segment.term_text(number).decode(), set())
            texts |= view.spellings.texts(number, of_term)
    return spellings


def _expand_exact(snapshot: Snapshot, node: ExactWordQuery) -> list[TermSpellings]:
    expansion: list[TermSpellings] = []
    for view in snapshot.views:
        check_deadline()
        number = view.term_number(node.term)
        exact = None if number is None else view.spellings.exact(number, node.spelling)
        expansion.append({number: exact} if number is not None and exact and any(exact) else {})
    return expansion


def _expand_wildcard(snapshot: Snapshot, node: WildcardQuery) -> list[TermSpellings]:
    pattern = _compile_pattern(node.pattern)
    return _expand_within_limit(
        snapshot, lambda dictionary: dictionary.matching(pattern, MAX_EXPANSION), node.pattern
    )


def _expand_fuzzy(snapshot: Snapshot, node: FuzzyQuery) -> list[TermSpellings]:
    return _expand_within_limit(
        snapshot, lambda dictionary: dictionary.near(node.word, node.distance), f"{node.word}~"
    )


def _expand_within_limit(
    snapshot: Snapshot, find: Callable[[SpellingDictionary], dict[str, list[int]]], typed: str
) -> list[TermSpellings]:
    """The spellings that ``find`` gives from each segment's dictionary, grouped by term.

    They are numbers by folded text.

    Raises QueryError, which shows the word as ``typed``, where they are more than MAX_EXPANSION folded texts.
    """
    expansion: list[TermSpellings] = []
    folded_texts: set[str] = set()
    for view in snapshot.views:
        check_deadline()
        numbers_by_text = find(snapshot.dictionaries.of(view.segment))
        folded_texts.update(numbers_by_text)
        if len(folded_texts) > MAX_EXPANSION:
            raise QueryError(
                f"{typed} stands for more than {MAX_EXPANSION:,} words: give more of its letters",
                "pattern_too_wide",
                typed,
                MAX_EXPANSION,
            )
        expansion.append(
            view.spellings.by_term(number for numbers in numbers_by_text.values() for number in numbers)
        )
    return expansion


_EXPAND: Final[dict[type, Callable[[Snapshot, Any], list[TermSpellings]]]] = {
    ExactWordQuery: _expand_exact,
    WildcardQuery: _expand_wildcard,
    FuzzyQuery: _expand_fuzzy,
}


def _compile_pattern(pattern: str) -> re.Pattern[bytes]:
    """A pattern with ``*`` and ``?`` as a regular expression over lines.

    Each part of the pattern takes the first place where it fits and keeps it (an atomic group), so that the
    time is linear whatever the pattern.
    """
    parts = [part.encode().replace(b"?", _ANY_BYTE) for part in re.sub(r"\*+", "*", pattern).split("*")]
    first, *others = parts
    expression = b"\n" + first
    if others:
        *inner, last = others
        expression += b"".join(b"(?>" + _ANY_BYTE + b"*?" + part + b")" for part in inner)
        expression += _ANY_BYTE + b"*" + last
    return re.compile(expression + rb"(?=\n)")


def score_expansion(
    view: SegmentView, spellings: TermSpellings, field: str
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The live documents of a segment that have any of the spellings in a field, each with its weight.

    The weight is the w of BM25F, added over the terms; the field ``text`` is headline and body.
    """
    total = np.zeros(view.segment.documents, np.float32)
    mask = np.zeros(view.segment.documents, bool)
    reader = view.segment.postings
    for term, of_term in spellings.items():
        check_deadline()
        postings = np.flatnonzero(view.spellings.postings_with(term, of_term))
        documents = reader.documents(term)[postings].astype(np.intp)
        frequencies, _ = reader.details(term, postings)
        weights = view.norms.weights(documents, frequencies.within(field))
        kept = weights > 0
        if view.segment.live is not None:
            kept &= view.segment.live[documents]
        if field != "text":
            kept[kept] = _has_spelling_in_field(view, term, of_term, documents[kept], field)
        total[documents[kept]] += weights[kept]
        mask[documents[kept]] = True
    matching = np.flatnonzero(mask)
    return matching, total[matching]


def _has_spelling_in_field(
    view: SegmentView, term: int, spellings: SpellingSet, documents: NDArray[np.intp], field: str
) -> NDArray[np.bool_]:
    """Which of some documents have a spelling of the term in this field, of the shape of ``documents``.

    The index knows the spellings of a document, not of its fields: an article is read where it has the term
    in both fields and in other spellings too. Raises QueryError where that is more than MAX_READ articles.
    """
    reader = view.segment.postings
    headline, body = reader.frequencies(term)
    unclear = (headline > 0) & (body > 0)
    unclear &= view.spellings.postings_with(term, view.spellings.complement(term, spellings))
    to_read = np.flatnonzero(np.isin(documents, reader.documents(term)[unclear]))
    texts = view.spellings.texts(term, spellings)
    if len(to_read) > MAX_READ:
        raise QueryError(
            f"{min(texts)!r} and other spellings of it are in headline and body of more than {MAX_READ:,} "
            "articles: search without the field",
            "field_of_common_spelling",
            min(texts),
            MAX_READ,
        )
    has_spelling = np.ones(len(documents), bool)
    if not len(to_read):
        return has_spelling
    postings = find_postings(reader.documents(term), documents[to_read].astype(np.uint16))
    counts, positions = reader.positions(term, postings)
    ends = np.cumsum(counts)
    for i, first, last in zip(to_read.tolist(), ends - counts, ends, strict=True):
        check_deadline()
        read = _read_spellings(view, int(documents[i]), field, positions[first:last])
        has_spelling[i] = not texts.isdisjoint(read)
    return has_spelling


def _read_spellings(view: SegmentView, document: int, field: str, positions: NDArray[np.int64]) -> set[str]:
    """The spellings of the words at those positions of a document that are in a field, read from its text."""
    article = restore_article(view.segment.text(document))
    body_words = positions - int(view.segment.headline_length[document])
    if field == "headline":
        text, words = article.headline, positions[body_words < 0].tolist()
        bounds = locate_words(text, 0, words)
    else:
        text, words = article.body, body_words[body_words >= 0].tolist()
        landmarks = view.segment.landmark_offsets(document).tolist()
        bounds = list(locate_body_words(landmarks, words, text).values())
    if len(bounds) < len(words):  # some words are too far from a landmark
        return {word.spelling for word in analyze(text)}
    return {normalize(text[start:end]).lower() for start, end in bounds}
