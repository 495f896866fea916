"""Which passage of an article answers best, and what is marked in it?

The positions of the query's terms in the index choose the passage: the one that holds the most of the terms,
close together. Only that passage is cut from the text, and whole written words are marked in it. A
passage starts and ends at sentence bounds where they are near, else at a word, with an ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from ..analyzer import FRENCH, French, Word, locate_words, normalize
from ..storage.segment import LANDMARK
from .landmarks import locate
from .matches import places
from .nodes import TEXT_FIELDS
from .results import Snippet
from .snapshot import SegmentView, Snapshot
from .written import is_written, written_texts

LENGTH: Final = 280  # characters a passage aims at
_WINDOW: Final = 40  # words: about LENGTH characters
_LOOKED_AT: Final = 500  # occurrences of a term in one document: enough to choose a passage by
_LEAD: Final = 160  # characters before the first mark in which a sentence may start
_SENTENCE: Final = re.compile(r"(?:[.!?…][»”\"]?(?=\s)|\n)\s*")
_SPACE: Final = re.compile(r"\s+")
_RUNS: Final = re.compile(r"\s\s|[^\S ]")


Terms = dict[str, set[str] | None]
"""Terms, and in which spellings; None: in any."""


@dataclass
class Wanted:
    """What to mark: terms and exact phrases, for headline and for body."""

    headline: Terms = field(default_factory=dict)
    body: Terms = field(default_factory=dict)
    headline_phrases: set[tuple[str, ...]] = field(default_factory=set)
    body_phrases: set[tuple[str, ...]] = field(default_factory=set)
    french: French = FRENCH

    def body_terms(self) -> set[str]:
        """All terms that make a passage of the body worth showing."""
        return set(self.body).union(*self.body_phrases)


def wanted(tree: Any, snapshot: Snapshot) -> Wanted:
    """What a query asks to see: its terms and phrases, those under a NOT left out."""
    found = Wanted(french=snapshot.lexicon.french)
    for node in _leaves(tree):
        for name in TEXT_FIELDS[1:]:
            if node.fieldname not in ("text", name):
                continue
            terms, phrases = getattr(found, name), getattr(found, f"{name}_phrases")
            if is_written(node):
                for term, texts in written_texts(snapshot, node).items():
                    known = terms.setdefault(term, set())
                    if known is not None:
                        known |= texts
            elif isinstance(node, whoosh_query.Term):
                terms[node.text] = None
            elif node.slop > 1:
                terms.update(dict.fromkeys(node.words))
            else:
                phrases.add(tuple(node.words))
    return found


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, whoosh_query.Term | whoosh_query.Phrase) or is_written(node):
        if node.fieldname in TEXT_FIELDS:
            yield node
    elif isinstance(node, whoosh_query.AndNot):
        yield from _leaves(node.a)
    elif not isinstance(node, whoosh_query.Not):
        for child in node.children():
            yield from _leaves(child)


def mark(text: str, terms: Terms, phrases: set[tuple[str, ...]], french: French = FRENCH) -> Snippet:
    """The whole text with the terms and phrases marked."""
    return Snippet(text, tuple(_spans(french.analyze(text), terms, phrases)))


def _is_meant(terms: Terms, term: str, spelling: str) -> bool:
    if term not in terms:
        return False
    spellings = terms[term]
    return spellings is None or spelling in spellings


def _spans(words: Sequence[Word], terms: Terms, phrases: set[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    at = 0
    while at < len(words):
        size = int(_is_meant(terms, words[at].term, words[at].spelling))
        for phrase in by_first.get(words[at].term, ()):
            if tuple(word.term for word in words[at : at + len(phrase)]) == phrase:
                size = len(phrase)
                break
        if size:
            yield words[at].start, words[at + size - 1].end
        at += max(size, 1)


class Passages:
    """The marked headlines and the best passages of some documents of one segment."""

    def __init__(
        self, view: SegmentView, documents: Sequence[int], sought: Wanted, weight: Mapping[str, float]
    ) -> None:
        """``weight`` gives the idf of each term."""
        self._view = view
        self._sought = sought
        self._weight = weight
        self._in_headline: dict[int, list[int]] = {document: [] for document in documents}
        self._in_body: dict[int, list[tuple[int, str]]] = {document: [] for document in documents}
        asked = np.array(sorted(documents))
        body_terms = sought.body_terms()
        for term in body_terms.union(sought.headline):
            self._find(term, term in body_terms, asked)

    def _find(self, term: str, of_body: bool, asked: NDArray[np.int64]) -> None:
        """Where a term stands in the headlines and in the bodies, counted in words of each."""
        postings = self._view.segment.postings
        number = self._view.number(term)
        if number is None:
            return
        at = places(postings.documents(number), asked)
        asked = asked[at >= 0]
        counts, positions = postings.positions(number, at[at >= 0])
        near_start = np.arange(len(positions)) - np.repeat(np.cumsum(counts) - counts, counts) < _LOOKED_AT
        owners = np.repeat(asked, counts)[near_start]
        positions = positions[near_start] - self._view.segment.headline_length[owners]
        of_headline = term in self._sought.headline
        for owner, position in zip(owners.tolist(), positions.tolist(), strict=True):
            if position < 0:
                if of_headline:
                    self._in_headline[owner].append(position)
            elif of_body:
                self._in_body[owner].append((position, term))

    def headline(self, document: int, headline: str) -> Snippet:
        """A document's headline, marked."""
        if self._sought.headline_phrases or any(self._sought.headline.values()):
            return mark(headline, self._sought.headline, self._sought.headline_phrases, self._sought.french)
        length = int(self._view.segment.headline_length[document])
        numbers = sorted(length + position for position in self._in_headline[document])
        return Snippet(headline, tuple(locate_words(headline, 0, numbers)) if numbers else ())

    def best(self, document: int, body: str) -> Snippet:
        """The passage of a document's body that answers best, marked; its beginning where none does."""
        if not body:
            return Snippet("")
        found = sorted(self._in_body[document])
        offsets = self._view.segment.landmark_offsets(document) if found else np.zeros(0, np.uint16)
        if any(self._sought.body.values()):
            found = self._meant(found, offsets, body)
        best = self._best_word(found) if found else 0
        bounds = locate(offsets, [best], body) if found else {}
        at = bounds[best][0] if bounds else 0
        start, end = _bounds(body, at)
        before = "… " if start and not _starts_sentence(body, start) else ""
        after = " …" if end < len(body) and not _ends_sentence(body, end) else ""
        if self._sought.body_phrases:
            shown = mark(body[start:end], self._sought.body, self._sought.body_phrases, self._sought.french)
        else:
            first, last = np.searchsorted(offsets, (start, end), side="right").tolist()
            near = {place for place, _ in found if (first - 1) * LANDMARK <= place < last * LANDMARK}
            bounds |= locate(offsets, sorted(near - {best}), body)
            spans = sorted(bounds.values())
            inside = [(low - start, high - start) for low, high in spans if start <= low and high <= end]
            shown = Snippet(body[start:end], tuple(inside))
        return _tidy(before, shown, after)

    def _meant(
        self, found: Sequence[tuple[int, str]], offsets: NDArray[Any], body: str
    ) -> list[tuple[int, str]]:
        """The occurrences in a body that are spelled as was asked for."""
        terms, of_phrases = self._sought.body, set().union(*self._sought.body_phrases)
        bounds = locate(offsets, [place for place, _ in found], body)
        return [
            (place, term)
            for place, term in found
            if term in of_phrases
            or (place in bounds and _is_meant(terms, term, normalize(body[slice(*bounds[place])]).lower()))
        ]

    def _best_word(self, found: Sequence[tuple[int, str]]) -> int:
        """The word with which the best window starts: the one with most of the terms, close together."""
        phrases = _phrase_places(found, self._sought.body_phrases)
        best, best_worth, start = 0, -1.0, 0
        near: dict[str, int] = {}  # how often each term stands in the window
        coverage = 0.0  # the weight of these terms
        for end, (place, term) in enumerate(found):
            if not near.get(term):
                coverage += self._weight.get(term, 0.0)
            near[term] = near.get(term, 0) + 1
            while found[start][0] < place - _WINDOW:
                gone = found[start][1]
                near[gone] -= 1
                if not near[gone]:
                    coverage -= self._weight.get(gone, 0.0)
                start += 1
            first = found[start][0]
            worth = coverage + 0.05 * (end + 1 - start) / (1 + place - first)
            if phrases:
                worth += 10.0 * any(first <= at <= place for at in phrases)
            if worth > best_worth + 1e-9:
                best, best_worth = first, worth
        return best


def _phrase_places(found: Sequence[tuple[int, str]], phrases: set[tuple[str, ...]]) -> list[int]:
    """Where a phrase starts."""
    known = set(found)
    return [
        place
        for phrase in phrases
        for place, term in found
        if term == phrase[0] and all((place + i, following) in known for i, following in enumerate(phrase))
    ]


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
    cut = len(text) - len(text.lstrip())
    if not cut and not _RUNS.search(text):
        shift = len(before)
        moved = tuple((start + shift, end + shift) for start, end in shown.spans)
        return Snippet(f"{before}{text.rstrip()}{after}", moved)
    parts, at = [], 0
    spans: list[tuple[int, int]] = []
    for start, end in shown.spans:
        parts += [text[at:start], text[start:end]]
        at = end
    parts.append(text[at:])
    tidied, size = [before], len(before)
    for i, part in enumerate(parts):
        part = _SPACE.sub(" ", part)
        part = part.lstrip() if size == len(before) else part
        part = part.rstrip() if i == len(parts) - 1 else part
        if i % 2:
            spans.append((size, size + len(part)))
        tidied.append(part)
        size += len(part)
    return Snippet("".join([*tidied, after]), tuple(spans))
