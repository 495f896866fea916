"""Names the fields that a query may search, with their French and English aliases."""

from __future__ import annotations

from typing import Final

_MIN_LIKENESS: Final = 80  # of a name to that of a field, out of 100
_MIN_LETTERS: Final = 3  # of a name that may be a misspelt field

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


def near_field(name: str) -> str | None:
    """The name of a field that a misspelt one may mean; None for one that is right, or near none."""
    if len(name) < _MIN_LETTERS or name.lower() in FIELD_NAMES:
        return None
    from rapidfuzz import fuzz, process  # not needed to start

    near = process.extractOne(name.lower(), FIELD_NAMES, scorer=fuzz.ratio, score_cutoff=_MIN_LIKENESS)
    return None if near is None else near[0]
