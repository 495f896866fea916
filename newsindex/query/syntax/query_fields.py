"""Names the fields that a query may search, with their French and English aliases."""

from __future__ import annotations

from typing import Final

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
