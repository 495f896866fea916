"""Which passage of an article answers best, and what is marked in it?

The positions of the query's terms in the index choose the passage: the one that holds the most of the terms,
close together. Only that passage is cut from the text and analysed, to mark whole written words. A
passage starts and ends at sentence bounds where they are near, else at a word, with an ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from whoosh import query as whoosh_query

from ..analyzer import Word, analyze
from .nodes import TEXT_FIELDS
from .results import Snippet
from .snapshot import SegmentView

LENGTH: Final = 280  # characters a passage aims at
_WINDOW: Final = 40  # words: about LENGTH characters
_LEAD: Final = 160  # characters before the first mark in which a sentence may start
_SENTENCE: Final = re.compile(r"(?:[.!?…][»”\"]?(?=\s)|\n)\s*")
_SPACE: Final = re.compile(r"\s+")


@dataclass
class Wanted:
    """What to mark: terms and exact phrases, for headline and for body, with the idf of each term."""

    headline: set[str] = field(default_factory=set)
    body: set[str] = field(default_factory=set)
    headline_phrases: set[tuple[str, ...]] = field(default_factory=set)
    body_phrases: set[tuple[str, ...]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.body or self.body_phrases or self.headline or self.headline_phrases)

    def body_terms(self) -> set[str]:
        """All terms that make a passage of the body worth showing."""
        return self.body.union(*self.body_phrases)


def wanted(tree: Any) -> Wanted:
    """What a query asks to see: its terms and phrases, those under a NOT left out."""
    found = Wanted()
    for node in _leaves(tree):
        for name in TEXT_FIELDS[1:]:
            if node.fieldname in ("text", name):
                terms, phrases = getattr(found, name), getattr(found, f"{name}_phrases")
                if isinstance(node, whoosh_query.Term):
                    terms.add(node.text)
                elif node.slop > 1:
                    terms.update(node.words)
                else:
                    phrases.add(tuple(node.words))
    return found


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, whoosh_query.Term | whoosh_query.Phrase):
        if node.fieldname in TEXT_FIELDS:
            yield node
    elif isinstance(node, whoosh_query.AndNot):
        yield from _leaves(node.a)
    elif not isinstance(node, whoosh_query.Not):
        for child in node.children():
            yield from _leaves(child)


def mark(text: str, terms: set[str], phrases: set[tuple[str, ...]]) -> Snippet:
    """The whole text with the terms and phrases marked."""
    return Snippet(text, tuple(_spans(analyze(text), terms, phrases)))


def _spans(
    words: Sequence[Word], terms: set[str], phrases: set[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    at = 0
    while at < len(words):
        size = 1 if words[at].term in terms else 0
        for phrase in by_first.get(words[at].term, ()):
            if tuple(word.term for word in words[at : at + len(phrase)]) == phrase:
                size = len(phrase)
                break
        if size:
            yield words[at].start, words[at + size - 1].end
        at += max(size, 1)


def best_passage(
    view: SegmentView, document: int, body: str, sought: Wanted, weight: Mapping[str, float]
) -> Snippet:
    """The passage of a document's body that answers best, marked; its beginning where none does.

    ``weight`` gives the idf of each term.
    """
    if not body:
        return Snippet("")
    word = _best_word(view, document, sought, weight) if sought else None
    at = 0
    if word is not None:
        at = _character(view, document, word, body)
    start, end = _bounds(body, at)
    passage, shown = body[start:end], Snippet("")
    before = "… " if start and not _starts_sentence(body, start) else ""
    after = " …" if end < len(body) and not _ends_sentence(body, end) else ""
    shown = mark(passage, sought.body, sought.body_phrases)
    return _tidy(before, shown, after)


def _best_word(view: SegmentView, document: int, sought: Wanted, weight: Mapping[str, float]) -> int | None:
    """The word of the body with which the best window starts, None where no term is in the body."""
    boundary = int(view.segment.headline_length[document])
    places: list[tuple[int, str]] = []
    for term in sought.body_terms():
        number = view.number(term)
        if number is None:
            continue
        listed = view.segment.postings.documents(number)
        at = int(np.searchsorted(listed, document))
        if at < len(listed) and listed[at] == document:
            _, positions = view.segment.postings.positions(number, np.array([at]))
            places.extend((place, term) for place in positions.tolist() if place >= boundary)
    places.sort()
    phrases = _phrase_places(places, sought.body_phrases)
    best, best_worth = None, -1.0
    start = 0
    for end, (place, _) in enumerate(places):
        while places[start][0] < place - _WINDOW:
            start += 1
        window = places[start : end + 1]
        seen = {term for _, term in window}
        worth = sum(weight.get(term, 0.0) for term in seen)
        worth += 0.05 * len(window) / (1 + place - window[0][0])
        worth += 10.0 * any(window[0][0] <= at <= place for at in phrases)
        if worth > best_worth + 1e-9:
            best, best_worth = window[0][0] - boundary, worth
    return best


def _phrase_places(places: Sequence[tuple[int, str]], phrases: set[tuple[str, ...]]) -> list[int]:
    """Where a phrase starts."""
    known = set(places)
    return [
        place
        for phrase in phrases
        for place, term in places
        if term == phrase[0] and all((place + i, following) in known for i, following in enumerate(phrase))
    ]


def _character(view: SegmentView, document: int, word: int, body: str) -> int:
    """Where in the body a word starts."""
    known, at = view.segment.landmark(document, word)
    ahead = analyze(body[at : at + 40 * (word - known + 1)])
    if len(ahead) <= word - known:  # very long words
        ahead = analyze(body[at:])
    return at + ahead[word - known].start


def _bounds(body: str, at: int) -> tuple[int, int]:
    """Where a passage that shows the character ``at`` starts and ends."""
    if at <= _LEAD and len(body) <= LENGTH:
        return 0, len(body)
    low = max(0, at - _LEAD)
    starts = [found.end() for found in _SENTENCE.finditer(body, low, at)]
    if low == 0:
        start = starts[-1] if starts else 0
    else:
        start = starts[-1] if starts else _after_space(body, max(low, at - _LEAD // 3), at)
    high = start + LENGTH
    if high >= len(body):
        return start, len(body)
    ends = [found.start() + 1 for found in _SENTENCE.finditer(body, max(at, start), high)]
    ends = [end for end in ends if end - start >= LENGTH // 2]
    if ends:
        end = ends[-1]
        return start, end + (body[end : end + 1] in '»”"')
    space = body.rfind(" ", at + 1, high)
    return start, space if space > 0 else high


def _after_space(body: str, low: int, at: int) -> int:
    space = body.find(" ", low, at)
    return space + 1 if space >= 0 else at


def _starts_sentence(body: str, start: int) -> bool:
    found = list(_SENTENCE.finditer(body, max(0, start - 4), start))
    return bool(found) and found[-1].end() == start


def _ends_sentence(body: str, end: int) -> bool:
    return body[end - 1] in '.!?…»”"\n'


def _tidy(before: str, shown: Snippet, after: str) -> Snippet:
    """The passage on one line: runs of white space become one space, and marks move along."""
    text = shown.text
    moved: list[int] = []
    parts, at, size = [before], 0, len(before)
    bounds = iter([place for span in shown.spans for place in span])
    bound = next(bounds, None)
    text_end = len(text.rstrip())
    at = len(text) - len(text.lstrip())
    for gap in [*_SPACE.finditer(text, at, text_end), None]:
        stop = gap.start() if gap else text_end
        while bound is not None and bound <= stop:
            moved.append(size + bound - at)
            bound = next(bounds, None)
        parts.append(text[at:stop])
        size += stop - at
        if gap:
            # a mark may hold white space, never start or end with it
            parts.append(" ")
            size += 1
            at = gap.end()
    parts.append(after)
    return Snippet("".join(parts), tuple(zip(moved[::2], moved[1::2], strict=True)))
