"""Tells the exports of press databases by the first characters of a file, without any library."""

from __future__ import annotations

import re
from typing import Final

from newsindex.corpus.formats.detection import FileHead, is_html

_CLASS: Final = r"""<[a-z]+\b[^<>]{0,300}\bclass\s*=\s*["']?"""
_EUROPRESSE: Final = re.compile(
    _CLASS + r"""[^"'<>]{0,200}\b(?:DocPublicationName|rdp__\w+|docOcurrContainer|titreArticleVisu)\b"""
    r"""|[.#](?:rdp__)?(?:DocPublicationName|titreArticleVisu)\b[^<>{}]{0,200}\{"""
    r"""|<title>\s*(?:Europresse|Eureka)(?:\.com|\.cc)?\s*(?:</title>|[|-])|\bxmlns:\w+="http://www\.cedrom-sni\.com/""",
    re.I,
)
_FACTIVA: Final = re.compile(
    _CLASS + r"""article\s+[a-z]{2,4}Article\b|<title>\s*(?:Dow Jones )?Factiva\s*(?:</title>|[|-])""", re.I
)
_NEXIS_PAGE: Final = re.compile(
    r"""<a\s+name\s*=\s*["']?DOC_ID_\d|<!-- Hide XML section|<DOC NUMBER=\d|<!--\s*LXNComment"""
    r"""|>\s*\d{1,6} (?:of|de|sur|von) \d{1,6} DO[CK]UMENTE?S?\s*<"""
    r"""|>\s*Do[ck]ument \d{1,6} (?:de|von) \d{1,6}\s*<"""
    r"""|>\s*(?:End of Document|Fin du document|Ende des Dokuments)\s*<""",
    re.I,
)


def is_europresse(head: FileHead) -> bool:
    """Whether a content is an export of Europresse in HTML."""
    return _is_markup(head) and _EUROPRESSE.search(head.text) is not None


def is_factiva_page(head: FileHead) -> bool:
    """Whether a content is an export of Factiva in HTML."""
    return _is_markup(head) and _FACTIVA.search(head.text) is not None


def is_nexis_page(head: FileHead) -> bool:
    """Whether a content is an export of Nexis in HTML."""
    return _is_markup(head) and _NEXIS_PAGE.search(head.text) is not None


def _is_markup(head: FileHead) -> bool:
    """Whether a content is HTML, or a piece of it that was cut out of a page."""
    return (
        is_html(head)
        or re.match(r"<(?:!--|article|div|table|form|meta|span|a)\b", head.text, re.I) is not None
    )
