"""The two-letter code of a language, from the codes and names by which exports call it.

The languages are those in which the press of Europe, the Maghreb and the Near East comes; a code that the
table does not have is kept, as ``zgh`` for Tamazight, and so is any other text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LANGUAGES: Final = """
fr fra fre french français francais
en eng english anglais
ar ara arabic arabe العربية عربي عربية
es spa spanish espagnol español castellano castillan
de deu ger german allemand deutsch
it ita italian italien italiano
pt por portuguese portugais português
nl nld dut dutch néerlandais nederlands flamand flemish
ca cat catalan català
eu eus baq basque euskara
br bre breton brezhoneg
co cos corsican corse corsu
oc oci occitan
lb ltz luxembourgish luxembourgeois
da dan danish danois dansk
sv swe swedish suédois svenska
no nor norwegian norvégien norsk
nb nob bokmål
fi fin finnish finnois suomi
is isl ice icelandic islandais
pl pol polish polonais polski
cs ces cze czech tchèque čeština
sk slk slo slovak slovaque
sl slv slovenian slovène
hr hrv croatian croate hrvatski
sr srp serbian serbe
bs bos bosnian bosniaque
mk mkd mac macedonian macédonien
sq sqi alb albanian albanais shqip
bg bul bulgarian bulgare
ro ron rum romanian roumain română
hu hun hungarian hongrois magyar
el ell gre greek grec ελληνικά
tr tur turkish turc türkçe
he heb iw hebrew hébreu עברית
fa fas per persian persan farsi فارسی
ku kur kurdish kurde
ur urd urdu ourdou
hi hin hindi
ru rus russian russe русский
uk ukr ukrainian ukrainien українська
et est estonian estonien
lv lav latvian letton
lt lit lithuanian lituanien
mt mlt maltese maltais
ga gle irish irlandais
cy cym wel welsh gallois
gl glg galician galicien
eo epo esperanto espéranto
la lat latin
zh zho chi chinese chinois mandarin 中文
ja jpn japanese japonais 日本語
ko kor korean coréen 한국어
vi vie vietnamese vietnamien
th tha thai thaï
id ind indonesian indonésien
ms msa may malay malais
sw swa swahili
ha hau hausa haoussa
wo wol wolof
mg mlg malagasy malgache
am amh amharic amharique
so som somali
hy hye arm armenian arménien
ka kat geo georgian géorgien
zgh ber tzm tamazight amazigh berber berbère
kab kabyle
"""
_UNKNOWN: Final = {
    "und", "mul", "zxx", "mis", "xx", "unknown", "inconnu", "inconnue", "none", "null", "other", "autre",
    "auto", "n/a", "na", "nc", "undefined", "undetermined",
}  # fmt: skip
_SEPARATOR: Final = re.compile(r"[;,|/(]")
_TAG: Final = re.compile(r"([a-z]{2,3})(?:[-_.@].*)?")
_MAX_CHARACTERS: Final = 60


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip().lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_CODES: Final = {
    _letters(name): code
    for code, *names in map(str.split, _LANGUAGES.strip().splitlines())
    for name in (code, *names)
}


@lru_cache(maxsize=1024)
def language_code(text: str) -> str:
    """The code of a language: two letters wherever it has such a code.

    A region or script is left out (``fr-FR``), and of several languages the first counts. What says that
    the language is not known is empty; a text that names no known language is returned as it stands.
    """
    if len(text) > _MAX_CHARACTERS:
        return text
    for part in (text, *_SEPARATOR.split(text)):
        plain = _letters(part)
        if plain in _UNKNOWN:
            return ""
        if code := _CODES.get(plain):
            return code
        if (tag := _TAG.fullmatch(plain)) and (code := _CODES.get(tag[1]) or _two_letters(tag[1])):
            return code
    return text.strip()


def _two_letters(code: str) -> str | None:
    """A code of two letters, whatever the language; a word of three may be no code."""
    return code if len(code) == len("fr") else None
