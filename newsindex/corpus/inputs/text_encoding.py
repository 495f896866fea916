"""Recognises the encoding of a text that is neither UTF-8 nor Windows-1252, and has no byte order mark.

Old exports come in MacRoman and in the code page of DOS, 850; both are recognised by the letters that French
has. For the encodings of other scripts charset-normalizer is asked (extra: encodings).
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from .bounded_reading import is_binary

_WESTERN: Final = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_OTHERS: Final = (
    "cp1256", "iso8859_6", "cp1251", "koi8_r", "iso8859_5", "cp1253", "cp1255", "shift_jis", "euc_jp",
    "gb18030", "big5", "euc_kr",
)  # fmt: skip
_USUAL: Final = re.compile("[éèêëàâäçîïôöûùüÿœæñáíóúÉÈÊËÀÂÄÇÎÏÔÖÛÙÜŒÆÑÁÍÓÚ’‘“”«»–—…•€°·¿¡ß\xa0]")
_UNUSUAL: Final = re.compile(  # runs of accents, and capitals inside a word
    "[éèêëàâäçîïôöûùüÿœæñáíóúÉÈÊËÀÂÄÇÎÏÔÖÛÙÜŒÆÑÁÍÓÚ]{3,}|(?<=[a-zéèêàç])[ÉÈÊËÀÂÄÇÎÏÔÖÛÙÜŒÆÑÁÍÓÚ]"
)
_WORDS: Final = re.compile(rb"[\x80-\xff]{3,}")  # as other scripts have them, and French does not
_DECLARATION: Final = re.compile(rb"(?:charset|encoding)\s*=", re.I)  # the reader of the format follows it
_MIN_USUAL_SHARE: Final = 0.9  # of the characters outside ASCII
_MIN_CHARACTERS: Final = 3  # outside ASCII; with fewer another script would be a guess
_MIN_ZERO_SHARE: Final = 0.9  # of the high bytes of UTF-16
_MAX_LOW_ZERO_SHARE: Final = 0.01  # of its low bytes
_SAMPLE: Final = 8192  # bytes for charset-normalizer, whose time grows with them


def unusual_encoding(head: bytes) -> str | None:
    """The encoding of a text by its first bytes; None where it is UTF-8, Windows-1252 or not sure."""
    if head.isascii() or _is_utf8(head) or _DECLARATION.search(head, 0, _SAMPLE):
        return None
    high = len(head) - len(head.translate(None, bytes(range(128, 256))))
    for encoding in _WESTERN:
        if _usual_characters(head.decode(encoding, "replace")) >= high * _MIN_USUAL_SHARE:
            return None if encoding == "cp1252" else encoding
    in_words = sum(map(len, _WORDS.findall(head)))
    return _other_script(head) if high >= _MIN_CHARACTERS and in_words * 2 > high else None


def unmarked_utf_16(head: bytes) -> str | None:
    """UTF-16 by the zeros in every second of the first bytes; None for other content.

    A text in Latin letters has a zero in nearly every character. Numbers of two bytes may have them too, and
    are no text when they are decoded.
    """
    head = head[: len(head) // 2 * 2]
    for encoding, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if high.count(0) > len(high) * _MIN_ZERO_SHARE and low.count(0) < len(low) * _MAX_LOW_ZERO_SHARE:
            text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
            is_text = "\ufffd" not in text and not is_binary(text.encode())
            return encoding if is_text else None
    return None


def _is_utf8(head: bytes) -> bool:
    """Whether bytes are UTF-8, which may be cut or damaged: more characters are right than wrong."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head)
    wrong = text.count("\ufffd")
    return wrong == 0 or sum(character > "\x7f" for character in text) > 2 * wrong


def _usual_characters(text: str) -> int:
    """How many characters outside ASCII are as French has them."""
    usual = len(_USUAL.findall(text))
    return usual - sum(len(match[0]) for match in _UNUSUAL.finditer(text))


def _other_script(head: bytes) -> str | None:
    try:
        from charset_normalizer import from_bytes  # an extra, of which few files are in need
    except ImportError:
        return None
    best = from_bytes(head[:_SAMPLE], cp_isolation=list(_OTHERS)).best()
    return None if best is None else str(best.encoding)
