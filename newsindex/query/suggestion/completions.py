"""Completions of what a reader begins to type, the likeliest first.

What was typed is completed as a phrase of headlines from its first word on; then its last words as one; then
its last word alone. The words before the completed ones stay as they were typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from newsindex.analyzer import Word, elision, fold
from newsindex.analyzer.characters import HASH
from newsindex.arguments import is_unicode
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import Snapshot

from .completion_candidates import Completer
from .recent_vocabulary import RecentVocabulary
from .typed_prefix import TypedPrefix

MAX_CHARACTERS: Final = 200
"""A longer text is no beginning of a query, and has no completions."""
MAX_LIMIT: Final = 1000
"""The number of completions that may be asked for."""


def suggest(snapshot: Snapshot, recent: RecentVocabulary, typed: str, limit: int) -> list[str]:
    """Up to ``limit`` completions of what was typed, the likeliest first."""
    if not snapshot.documents or len(typed) > MAX_CHARACTERS or not is_unicode(typed):
        return []
    words = _typed_words(snapshot.lexicon.french.analyze(typed))
    before = [word for word in words if typed[word.end : word.end + 1] != ":"]  # without names of fields
    prefix = TypedPrefix()
    if words and words[-1].end == len(typed):
        prefix = TypedPrefix.of_word(before.pop(), typed)
    elif before and elision(f"{typed[before[-1].start :]}a"):  # as in coupe d'
        before.pop()
    if not before and not prefix.folded:
        return []
    recent.read_further(snapshot)
    completer = Completer(snapshot, recent, prefix, limit)
    completions: dict[tuple[str, ...], str] = {}
    for first in range(len(before) + bool(prefix.folded)):
        check_deadline()
        is_last = first == len(before)
        if len(completions) < limit and (is_last or not first or not before[first].stop):
            kept = typed[: words[-1].start if is_last else before[first].start]
            complete = completer.words if is_last else completer.phrases
            for ending in islice(complete(before if is_last else before[first:]), limit):
                completions.setdefault(_folded_words(snapshot, kept + ending), kept + ending)
    return list(completions.values())[:limit]


def _typed_words(words: Iterable[Word]) -> list[Word]:
    """The words that were typed; a hashtag of several words is one, without its sign."""
    typed: list[Word] = []
    for word in words:
        if typed and word.start < typed[-1].end:  # the whole of a hashtag, behind its words
            typed = [before for before in typed if before.end <= word.start]
            word = word._replace(start=word.start + len(HASH), spelling=word.spelling.removeprefix(HASH))
        typed.append(word)
    return typed


def _folded_words(snapshot: Snapshot, text: str) -> tuple[str, ...]:
    """The folded words of a text: completions that have the same ones are shown once."""
    return tuple(fold(word.spelling) for word in snapshot.lexicon.french.analyze(text))
