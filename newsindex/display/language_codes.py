"""The language of an article as HTML names it."""

from __future__ import annotations

import re
from typing import Final

_LANGUAGE_CODE: Final = re.compile(r"[A-Za-z]{2}(-[A-Za-z]{2})?")


def language_code(lang: str | None) -> str:
    """Returns the language of an article for a screen reader; French where it names none."""
    return lang if lang and _LANGUAGE_CODE.fullmatch(lang) else "fr"
