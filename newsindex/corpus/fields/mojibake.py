"""Mends text that was decoded with a wrong encoding once (extra: encodings).

``FÃ¨s`` was UTF-8 that somebody read as Windows-1252. ftfy recognises it; it is asked only about texts that
have one of the few characters with which such damage begins, and a text without damage stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

_SIGNS: Final = ("Ã", "â€", "Â", "√", "├", "Ø")
_FIRST_OF_TWO: Final = re.compile("[ÃÂØ](?![A-Za-zÀ-ÖØ-öø-ÿ])")
_MAX_CHARACTERS: Final = 1 << 20


def may_be_damaged(text: str) -> bool:
    """Whether a text has a character with which French or Arabic that was decoded wrongly begins.

    UTF-8 that was read as Windows-1252 has one of the first three, before a character that is no letter of
    Latin 1, as ``Âgé`` has; as MacRoman or code page 850 it has one of the others. Each is looked for alone,
    which costs a clean text next to nothing.
    """
    if text.isascii():
        return False
    if ("Ã" in text or "Â" in text or "Ø" in text) and _FIRST_OF_TWO.search(text):
        return True
    return "√" in text or "├" in text or ("€" in text and "â€" in text)


def mended(text: str) -> str:
    """The text without its wrong decoding; the text itself where ftfy is missing or not sure."""
    if not may_be_damaged(text) or len(text) > _MAX_CHARACTERS:
        return text
    fix = _fixer()
    return fix(text) if fix else text


@cache
def _fixer() -> Callable[[str], str] | None:
    """The function of ftfy that mends encodings and nothing else."""
    try:
        import ftfy  # an extra, of which few texts are in need
    except ImportError:
        return None
    config = ftfy.TextFixerConfig(unescape_html=False, replace_lossy_sequences=False, explain=False)

    def fix(text: str) -> str:
        """The text as ftfy mends it; none of its signs of damage may be more than before."""
        fixed: str = ftfy.fix_encoding(text, config)
        return fixed if _count_signs(fixed) < _count_signs(text) else text

    return fix


def _count_signs(text: str) -> int:
    return sum(map(text.count, _SIGNS))
