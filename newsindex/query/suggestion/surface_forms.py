"""How is a word or a phrase of plain letters written: with which accents, with capitals or without?

As most articles write it, looked up in the texts. What begins a sentence, or is all in capitals, counts only
where nothing else does: any word may be written so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from numpy.typing import NDArray

from newsindex.query.evaluation.snapshot import SegmentView

_READ: Final = 6  # articles, the latest, by which is known how a word is written
_START: Final = re.compile(r"(?:^|[.!?…:\n])[\s«»\"“”'’(\[—–-]*\Z")


class Form(NamedTuple):
    """A word or phrase as it is written somewhere, and whether a sentence or part of one begins with it."""

    text: str
    begins: bool

    @property
    def tells(self) -> bool:
        """Whether its capitals are its own."""
        return not self.begins and not self.text.isupper()


def usual(forms: Iterable[Form]) -> str | None:
    """The most frequent form, of those whose capitals tell something where there is one; None of none."""
    telling: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for form in forms:
        every[form.text] += 1
        telling[form.text] += form.tells
    counted = +telling or every
    return min(counted, key=lambda text: (-counted[text], text)) if counted else None


def forms_of_word(spelling: str, holding: Iterable[tuple[SegmentView, NDArray[Any]]]) -> Iterator[Form]:
    """How some articles write a word, of this spelling but for the case: the last of the first of the
    documents that hold it."""
    word = re.compile(rf"(?<!\w){re.escape(spelling)}(?!\w)", re.IGNORECASE)
    left = _READ
    for view, documents in holding:
        for document in documents[-left:].tolist():
            stored = view.segment.text(document)
            text = f"{stored.headline}\n{stored.body}"
            for found in word.finditer(text):
                before = text[max(found.start() - 8, 0) : found.start()]
                yield Form(found[0], _START.search(before) is not None)
        left -= len(documents)
        if left <= 0:
            return
