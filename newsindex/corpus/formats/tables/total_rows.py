"""Recognises the row in which a table counts its own rows: "Total", a number, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_COUNTED: Final = r"(?:articles?|documents?|lignes?|r[ée]sultats?|retomb[ée]es|parutions|rows?|results?)"
_NUMBER: Final = r"[+-]?\d[\d\s.,\u00a0\u202f]{0,30}[%€$]?"
_TOTAL: Final = re.compile(
    r"(?:(?:grand |sous[- ]?|sub[- ]?)?total|totaux|somme)(?: g[ée]n[ée]ral| global)?"
    rf"(?: (?:des |d['’]|of )?{_COUNTED})?"
    rf"|(?:nombre|nb|number) (?:total )?(?:des |de |d['’]|of ){_COUNTED}",
    re.I,
)
_TOTAL_AND_NUMBER: Final = re.compile(rf"(?:{_TOTAL.pattern})\s*[:=]?\s*{_NUMBER}(?: {_COUNTED})?", re.I)
_ONLY_NUMBER: Final = re.compile(_NUMBER)
_MAX_CHARACTERS: Final = 80  # of the cell that says total


def is_total_row(cells: Iterable[object]) -> bool:
    """Whether the first cell that is not blank says total, and a number is all that is left of the row."""
    texts = (text for cell in cells if cell is not None and (text := str(cell).strip()))
    first = next(texts, "")  # which settles nearly every row, before the others are looked at
    if len(first) > _MAX_CHARACTERS or not _TOTAL.match(first):
        return False
    others = list(texts)
    is_total = _TOTAL_AND_NUMBER.fullmatch(first) or (others and _TOTAL.fullmatch(first.rstrip(" :=")))
    return bool(is_total) and all(map(_ONLY_NUMBER.fullmatch, others))
