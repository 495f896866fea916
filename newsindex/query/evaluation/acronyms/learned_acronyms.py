"""What the definitions in all segments of a snapshot say together: acronyms, their meanings, how often.

Long names that differ only in stop words and inflection are one *meaning* of an acronym. A meaning is known
once one article defines it strictly, or two loosely (see indexer/scanning/acronym_definitions.py). Queries
are widened by the meanings that many of the acronym's articles give, at most a few: a rare one beside
a frequent one is mostly a mistake or a local name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from newsindex.analyzer import content_terms
from newsindex.forks import cached_property
from newsindex.results import Acronym
from newsindex.storage.acronym_table import AcronymPair
from newsindex.storage.segment import Segment

MAX_MEANINGS: Final = 4
"""How many meanings of one acronym widen queries."""
MIN_SHARE: Final = 0.1
"""Of the articles that define the most frequent meaning, the share that another one must have at least."""
_MIN_LOOSE_ARTICLES: Final = 2
_MAX_FORMS: Final = 3  # sequences of terms by which the long name of one meaning is searched
_SIGNS: Final = re.compile(r"[-&]")

Terms = tuple[str, ...]
Item = TypeVar("Item", str, Terms)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of an acronym, with the number of live articles that define it.

    ``names`` are the terms of its long name in the forms that articles write most, and ``share`` is the share
    of ``articles`` in those of the most frequent meaning of the acronym.
    """

    acronym: str
    name: str
    articles: int
    names: tuple[Terms, ...]
    share: float


@dataclass
class _Definitions:
    """The definitions of one meaning, from all segments."""

    acronyms: Counter[str]  # as written: the articles that define it so
    names: Counter[str]
    terms: Counter[Terms]
    is_loose: bool = True
    articles: int = 0


def acronym_key(acronym: str) -> Terms:
    """The words by which an acronym is looked up: (``onee``,), (``ap``, ``hp``)."""
    return tuple(_SIGNS.split(acronym.lower()))


class LearnedAcronyms:
    """The meanings of the acronyms of some segments, read when they are first asked for."""

    def __init__(
        self, segments: Sequence[Segment] = (), counts: Mapping[AcronymPair, int] | None = None
    ) -> None:
        """``counts`` are definitions of other articles, and how many of these make each."""
        self._segments = segments
        self._counts = counts or {}

    @cached_property
    def records(self) -> list[Acronym]:
        """Every known meaning, those that most articles define first."""
        known = [Acronym(meaning.acronym, meaning.name, meaning.articles) for meaning in self._known]
        return sorted(known, key=lambda one: (-one.articles, one.acronym, one.name))

    @cached_property
    def meanings(self) -> Mapping[Terms, list[Meaning]]:
        """By the key of an acronym, the meanings that widen queries; the most frequent comes first."""
        by_acronym: dict[Terms, list[Meaning]] = {}
        for meaning in sorted(self._known, key=lambda one: (-one.articles, one.name)):
            key = acronym_key(meaning.acronym)
            meanings = by_acronym.setdefault(key, [])
            if meaning.share >= MIN_SHARE and len(meanings) < MAX_MEANINGS:
                meanings.append(meaning)
        return by_acronym

    @cached_property
    def named(self) -> Mapping[Terms, list[Meaning]]:
        """The same meanings by the terms of their long names, with stop words and without.

        A long name of which only one word would be left is found with its stop words only.
        """
        named: dict[Terms, list[Meaning]] = {}
        for meanings in self.meanings.values():
            for meaning in meanings:
                content = content_terms(meaning.names[0])
                keys = {*meaning.names, *([content] if len(content) > 1 else [])}
                for key in keys:
                    named.setdefault(key, []).append(meaning)
        return named

    @cached_property
    def longest_name(self) -> Mapping[str, int]:
        """By the first term of long names, how many terms the longest has."""
        longest: dict[str, int] = {}
        for terms in self.named:
            longest[terms[0]] = max(longest.get(terms[0], 0), len(terms))
        return longest

    @cached_property
    def forms(self) -> Mapping[Terms, set[str]]:
        """By the key of an acronym, how articles write it where they define it: INSEE and Insee."""
        forms: dict[Terms, set[str]] = {}
        for (key, _), definitions in self._definitions.items():
            forms.setdefault(key, set()).update(definitions.acronyms)
        return forms

    @cached_property
    def _definitions(self) -> Mapping[tuple[Terms, Terms], _Definitions]:
        """By the key of an acronym and the content terms of a long name, known or not."""
        found: dict[tuple[Terms, Terms], _Definitions] = {}
        for segment in self._segments:
            _add_segment(found, segment)
        for pair, articles in self._counts.items():
            _add_definition(found, pair, articles).articles += articles
        return found

    @cached_property
    def _known(self) -> list[Meaning]:
        found = self._definitions
        best: Counter[Terms] = Counter()
        known = []
        for (key, _), definitions in found.items():
            if definitions.articles >= (_MIN_LOOSE_ARTICLES if definitions.is_loose else 1):
                best[key] = max(best[key], definitions.articles)
                known.append((key, definitions))
        return [
            Meaning(
                _most_frequent(definitions.acronyms)[0],
                _most_frequent(definitions.names)[0],
                definitions.articles,
                tuple(_most_frequent(definitions.terms)[:_MAX_FORMS]),
                definitions.articles / best[key],
            )
            for key, definitions in known
        ]


def _add_segment(found: dict[tuple[Terms, Terms], _Definitions], segment: Segment) -> None:
    """Adds the definitions in the live documents of a segment; a document counts once for each meaning."""
    pairs, first, document = segment.acronyms
    if not pairs:
        return
    pair = np.repeat(np.arange(len(pairs)), np.diff(first))
    if segment.live is not None:
        live = segment.live[document]
        pair, document = pair[live], document[live]
    articles = np.bincount(pair, minlength=len(pairs)).tolist()
    numbers: dict[tuple[Terms, Terms], int] = {}
    number = np.zeros(len(pairs), np.int64)
    for i, definition in enumerate(pairs):
        if articles[i]:
            number[i] = numbers.setdefault(_meaning_key(definition), len(numbers))
            _add_definition(found, definition, articles[i])
    distinct = np.unique(number[pair] << 16 | document)
    counts = np.bincount(distinct >> 16, minlength=len(numbers)).tolist()
    for key, count in zip(numbers, counts, strict=True):
        found[key].articles += count


def _meaning_key(pair: AcronymPair) -> tuple[Terms, Terms]:
    """The key of an acronym and the content terms of the long name by which a definition gives it."""
    terms = tuple(pair.terms.split(" "))
    return acronym_key(pair.acronym), content_terms(terms) or terms


def _add_definition(
    found: dict[tuple[Terms, Terms], _Definitions], pair: AcronymPair, articles: int
) -> _Definitions:
    """Adds how so many articles write a meaning; returns what is known of that meaning."""
    definitions = found.setdefault(_meaning_key(pair), _Definitions(Counter(), Counter(), Counter()))
    definitions.acronyms[pair.acronym] += articles
    definitions.names[pair.name] += articles
    definitions.terms[tuple(pair.terms.split(" "))] += articles
    definitions.is_loose &= pair.is_loose
    return definitions


def _most_frequent(counter: Counter[Item]) -> list[Item]:
    return sorted(counter, key=lambda item: (-counter[item], item))
