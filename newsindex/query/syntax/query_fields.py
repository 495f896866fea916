"""Names the fields that a query may search, with their French and English aliases."""

from __future__ import annotations

from typing import Final, Protocol

from newsindex.analyzer import Lexicon

MAX_MISSPELT_FREQUENCY: Final = 5
"""Articles that may have a misspelt word: newspapers misspell too."""
MIN_FREQUENCY_RATIO: Final = 20
"""How many times as many articles must have a word for another one to be a misspelling of it."""
_MIN_LIKENESS: Final = 80  # of a name to that of a field, out of 100
_MIN_LETTERS: Final = 3  # of a name that may be misspelt; the right one has more
_MAX_EDITS: Final = 2  # between two names that begin with the same letter; between others, one

TEXT_FIELDS: Final = ("text", "headline", "body")
"""Searched by words; ``text`` is headline and body together."""
LABEL_FIELDS: Final = ("source", "section", "author", "lang", "id")
"""Compared whole, without case or accents."""
DATE_FIELDS: Final = ("date", "since", "before", "until")
"""Restrict the date of publication."""
ALIASES: Final = {
    "titre": "headline", "title": "headline", "texte": "body", "corps": "body", "rubrique": "section",
    "auteur": "author", "langue": "lang", "depuis": "since", "avant": "before", "until": "until",
}  # fmt: skip
"""Other names of fields."""
FIELD_NAMES: Final = (*TEXT_FIELDS, *LABEL_FIELDS, *DATE_FIELDS, *ALIASES)
"""Everything that may stand before a colon."""
DATE_FIELD_NAMES: Final = (
    *DATE_FIELDS,
    *(alias for alias, field in ALIASES.items() if field in DATE_FIELDS),
)
"""The names of the fields that a range in brackets may follow."""
LABEL_FIELD_NAMES: Final = (
    *LABEL_FIELDS,
    *(alias for alias, field in ALIASES.items() if field in LABEL_FIELDS),
)
"""The names of the fields whose values are compared whole."""
_LONG_NAMES: Final = tuple(name for name in FIELD_NAMES if len(name) > _MIN_LETTERS)
"""The names that a misspelt one is compared with."""


class SpellingFrequencies(Protocol):
    """Numbers of articles in an index."""

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """How many articles have a spelling of a term, whatever its accents."""


def near_field(name: str) -> str | None:
    """The name of a field that a misspelt one may mean; None for one that is right, or near none."""
    if len(name) < _MIN_LETTERS or name.lower() in FIELD_NAMES:
        return None
    from rapidfuzz import fuzz, process  # not needed to start
    from rapidfuzz.distance import OSA  # the same

    typed = name.lower()
    near = process.extractOne(typed, _LONG_NAMES, scorer=fuzz.ratio, score_cutoff=_MIN_LIKENESS)
    if near is None or OSA.distance(typed, near[0]) > (_MAX_EDITS if typed[0] == near[0][0] else 1):
        return None
    return near[0]


def is_ordinary_word(
    name: str, field: str, lexicon: Lexicon, frequencies: SpellingFrequencies | None
) -> bool:
    """Whether a name that is near that of a field is a word of its own, as *acteur* is, near ``auteur``.

    It is one where it has another stem than the field, and is a stop word, or the articles of an index, where
    there is one, have it so often that it is no misspelling.
    """
    words, of_field = lexicon.french.analyze(name), lexicon.french.analyze(field)
    if len(words) != 1 or len(of_field) != 1 or words[0].term == of_field[0].term:
        return False
    if words[0].stop or frequencies is None:
        return words[0].stop
    frequency = frequencies.spelling_frequency(words[0].term, words[0].spelling)
    if frequency > MAX_MISSPELT_FREQUENCY:
        return True
    right = frequencies.spelling_frequency(of_field[0].term, of_field[0].spelling)
    return frequency * MIN_FREQUENCY_RATIO > right
