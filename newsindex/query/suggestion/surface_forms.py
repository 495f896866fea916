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

from newsindex.query.evaluation.snapshot import SegmentView

_MAX_ARTICLES_READ: Final = 6  # the latest with a word, whose texts show how it is written
_CONTEXT: Final = 8  # characters before a word that show whether it begins a sentence
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?…:\n])[\s«»\"“”'’(\[—–-]*\Z")


class SurfaceForm(NamedTuple):
    """A word or a phrase as it is written somewhere, and whether it begins a sentence or a part of one."""

    text: str
    begins_sentence: bool

    @property
    def shows_capitals(self) -> bool:
        """Whether the capitals of the form, or their absence, are those of the word itself."""
        return not self.begins_sentence and not self.text.isupper()


def usual_form(forms: Iterable[SurfaceForm]) -> str | None:
    """The most frequent form, of those that show their own capitals where there is one; None of no forms."""
    with_own_capitals: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for form in forms:
        every[form.text] += 1
        with_own_capitals[form.text] += form.shows_capitals
    frequency = +with_own_capitals or every
    return min(frequency, key=lambda text: (-frequency[text], text)) if frequency else None


def surface_forms(
    spelling: str, documents_by_segment: Iterable[tuple[SegmentView, NDArray[Any]]]
) -> Iterator[SurfaceForm]:
    """The surface forms of a spelling in the latest of the documents, ascending, that have the word."""
    word = re.compile(rf"(?<!\w){re.escape(spelling)}(?!\w)", re.IGNORECASE)
    unread = _MAX_ARTICLES_READ
    for view, documents in documents_by_segment:
        for document in documents[-unread:].tolist():
            stored = view.segment.text(document)
            text = f"{stored.headline}\n{stored.body}"
            for match in word.finditer(text):
                before = text[max(match.start() - _CONTEXT, 0) : match.start()]
                yield SurfaceForm(match[0], _SENTENCE_START.search(before) is not None)
        unread -= len(documents)
        if unread <= 0:
            return
