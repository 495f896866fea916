"""How articles write the acronyms that they define: in capitals, or like an ordinary word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from newsindex.analyzer import STOP_WORDS

from .learned_acronyms import acronym_key

MAX_ARTICLES_READ: Final = 16
"""The articles with a word whose texts show whether it is written in capitals."""
_MAX_CHARACTERS_READ: Final = 20_000  # of the body of an article
_MIN_CAPITALS: Final = 0.5
"""The share of the occurrences of an acronym that are in capitals; with fewer it is an ordinary word too."""


def known_to_be_ordinary(acronym: str) -> bool | None:
    """Whether an acronym means an ordinary word in lower case; None where only articles tell."""
    if acronym.lower() in STOP_WORDS:
        return True
    return False if len(acronym_key(acronym)) > 1 else None


def is_ordinary_in(acronym: str, forms: Collection[str], texts: Iterable[tuple[str, str]]) -> bool:
    """Whether most occurrences of an acronym in some articles are written in another way than defined.

    Such an occurrence is neither in capitals nor in one of the ``forms`` in which it is defined. ``texts``
    are the headline and the body of each article.
    """
    spelling = acronym.lower()
    pattern = re.compile(rf"(?<!\w){'[.]?'.join(map(re.escape, spelling))}(?!\w)", re.IGNORECASE)
    written = [
        match[0].replace(".", "")
        for headline, body in texts
        for match in pattern.finditer(f"{headline}\n{body[:_MAX_CHARACTERS_READ]}")
    ]
    capitals = [form.isupper() or form in forms for form in written]
    return bool(capitals) and sum(capitals) / len(capitals) < _MIN_CAPITALS
