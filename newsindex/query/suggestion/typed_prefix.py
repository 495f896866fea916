"""The beginning of a word that a reader has typed, with the elided word before it.

A completion should be what articles write after that elided word: ``l'é`` is completed to ``l'école``, and
neither to ``l'Emmanuel``, which no article writes, nor to ``l'élections``, which is a plural.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from newsindex.analyzer import Word, fold
from newsindex.analyzer.inflections import singular

from .surface_forms import UsualForm, elided_before

_VOWELS: Final = frozenset("aeiou")
_WRITTEN_SO, _POSSIBLE, _NAME_AFTER_ANOTHER = range(3)
"""How a word fits the elided word that was typed. Articles write it after that one; or the grammar allows it;
or it is a name that articles write after another elided word, given only where there is nothing better."""


class TypedPrefix(NamedTuple):
    """The typed letters of a word, folded and in lower case as typed, and the elided word before them.

    The elided word is in lower case without its apostrophe, and "" where there is none.
    """

    folded: str = ""
    spelling: str = ""
    elided: str = ""

    @classmethod
    def of_word(cls, word: Word, typed: str) -> TypedPrefix:
        """The prefix that a word of the typed text is."""
        return cls(fold(word.spelling), word.spelling, elided_before(typed, word.start))

    @property
    def has_accents(self) -> bool:
        """Whether a letter was typed with its accent."""
        return not self.spelling.isascii()

    def fitting(self, forms: Iterable[UsualForm]) -> Iterator[str]:
        """The forms that may follow the elided word, those that articles write so first."""
        if not self.elided:
            yield from (form.text for form in forms)
            return
        by_fit: defaultdict[int | None, list[str]] = defaultdict(list)
        for form in forms:
            by_fit[self._fit(form)].append(form.text)
        yield from by_fit[_WRITTEN_SO]
        yield from by_fit[_POSSIBLE]
        if not by_fit[_WRITTEN_SO] and not by_fit[_POSSIBLE]:
            yield from by_fit[_NAME_AFTER_ANOTHER]

    def _fit(self, form: UsualForm) -> int | None:
        """How a form fits the elided word, None where it cannot follow it."""
        if self.elided in form.elided:
            return _WRITTEN_SO
        folded = fold(form.text.lower())
        may_be_elided = bool(form.elided) or folded[:1] in _VOWELS  # before h and y only some words are
        if not form.text[:1].islower():
            return _NAME_AFTER_ANOTHER if form.elided else None
        is_plural = self.elided == "l" and singular(folded) != folded
        return _POSSIBLE if may_be_elided and not is_plural else None
