"""Surface forms: how articles write a word or a phrase, with its accents and its capitals.

The form that most articles use is the one to show. A form that begins a sentence, or is all in capitals,
counts only where there is no other: any word may be written so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from numpy.typing import NDArray

from newsindex.analyzer import elision
from newsindex.analyzer.characters import APOSTROPHES, INVISIBLE
from newsindex.query.evaluation.segment_view import SegmentView

_MAX_ARTICLES_READ: Final = 6  # the latest with a word, whose texts show how it is written
_MAX_CHARACTERS_READ: Final = 100_000  # of the body of an article
CONTEXT: Final = 8  # characters before a word, which show whether it begins a sentence
SENTENCE_START: Final = re.compile(r"(?:^|[.!?…:\n])[\s«»\"“”'’(\[—–-]*\Z")
_INNER_SIGNS: Final = rf"[.{APOSTROPHES}{INVISIBLE}]?"  # between letters, which a spelling is without
_MAX_ELIDED_CHARACTERS: Final = 9  # lorsqu' or puisqu', and one before it
_LAST_WORD: Final = re.compile(rf"(?<!\w)(\w+)[{APOSTROPHES}]\Z")


class SurfaceForm(NamedTuple):
    """A word or a phrase as it is written somewhere.

    ``begins_sentence`` tells whether a sentence or a part of one begins with it, and ``elided`` is the elided
    word before it (see :func:`elided_before`).
    """

    text: str
    begins_sentence: bool
    elided: str = ""

    @property
    def shows_capitals(self) -> bool:
        """Whether the capitals of the form, or their absence, are those of the word itself."""
        return not self.begins_sentence and not self.text.isupper()


class UsualForm(NamedTuple):
    """The most frequent surface form of a word or a phrase, and all elided words that stand before it."""

    text: str
    elided: frozenset[str] = frozenset()


def elided_before(text: str, start: int) -> str:
    """The elided word before the word that begins at ``start``, in lower case without its apostrophe.

    It is ``l`` before *avocat* in ``l'avocat``, and "" where there is none.
    """
    if not start or text[start - 1] not in APOSTROPHES:
        return ""
    match = _LAST_WORD.search(text[max(start - _MAX_ELIDED_CHARACTERS, 0) : start])
    return match[1].lower() if match and elision(f"{match[0]}a") else ""


def usual_form(forms: Iterable[SurfaceForm], default: str) -> UsualForm:
    """The most frequent form, of those that show their own capitals where there are any; else the default."""
    with_own_capitals: Counter[str] = Counter()
    every: Counter[str] = Counter()
    elided: set[str] = set()
    for form in forms:
        every[form.text] += 1
        with_own_capitals[form.text] += form.shows_capitals
        elided.add(form.elided)
    frequency = +with_own_capitals or every
    text = min(frequency, key=lambda text: (-frequency[text], text)) if frequency else default
    return UsualForm(text, frozenset(elided - {""}))


def surface_forms(
    spelling: str, documents_by_segment: Iterable[tuple[SegmentView, NDArray[Any]]]
) -> Iterator[SurfaceForm]:
    """The surface forms of a spelling in the latest of the documents, ascending, that have the word."""
    word = _pattern(re.escape(spelling))
    with_signs = _pattern(_INNER_SIGNS.join(map(re.escape, spelling)))
    unread = _MAX_ARTICLES_READ
    for view, documents in documents_by_segment:
        for document in documents[-unread:].tolist():
            stored = view.segment.text(document)
            text = f"{stored.headline}\n{stored.body[:_MAX_CHARACTERS_READ]}"
            for match in list(word.finditer(text)) or with_signs.finditer(text):
                before = text[max(match.start() - CONTEXT, 0) : match.start()]
                begins_sentence = SENTENCE_START.search(before) is not None
                yield SurfaceForm(match[0], begins_sentence, elided_before(text, match.start()))
        unread -= len(documents)
        if unread <= 0:
            return


def _pattern(word: str) -> re.Pattern[str]:
    """The pattern of a whole word, given as a regular expression, in any case."""
    return re.compile(rf"(?<!\w){word}(?!\w)", re.IGNORECASE)
