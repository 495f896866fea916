"""Takes the addresses of files apart, and tells those of pages from those of sites and from other text."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

_ADDRESS: Final = re.compile(r"https?://([^\s/?#]+)([^\s]*)", re.I)


def address_parts(address: str | None) -> SplitResult:
    """The parts of an address; all are empty where there is none, or one that cannot be split (``http://[``)."""
    try:
        return urlsplit(address or "")
    except ValueError:
        return urlsplit("")


def page_address(text: str) -> bool:
    """Whether a text is the address of a page: one that leads further than to a site."""
    address = _ADDRESS.fullmatch(text)
    return address is not None and len(address[2]) > 1


def site_host(text: str) -> str | None:
    """The host of a text that is the address of a site, without ``www.``; None for any other text."""
    address = _ADDRESS.fullmatch(text)
    return address[1].lower().removeprefix("www.") if address and len(address[2]) <= 1 else None
