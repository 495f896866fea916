"""Takes WordPress's shortcodes out of a text: ``[gallery ids="1"]``, ``[vc_row]…[/vc_row]``.

Words in brackets that a journalist wrote, such as ``[sic]`` or ``[Tribune]``, stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import Final

_TAG: Final = re.compile(r"\[(?P<end>/?)(?P<name>[A-Za-z][\w-]{0,60})(?P<attributes>[^\[\]]{0,2000})\]")
_ATTRIBUTE: Final = re.compile(r"\s[\w:-]{1,60}\s?=\s?[\"'“”«&\w]")
_WITH_CONTENT: Final = frozenset(
    (
        "caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist", "youtube", "vimeo",
        "iframe", "script", "code", "ads", "ad",
    )
)  # fmt: skip
"""Shortcodes whose content is no text of the article: a caption, an address, a program."""
_ALONE: Final = _WITH_CONTENT | {"more", "nextpage", "toc", "contact-form", "newsletter", "rev_slider"}


def without_shortcodes(text: str) -> str:
    """A text without its shortcodes; what stands between two of layout remains."""
    tags = list(_TAG.finditer(text))
    ends: dict[str, list[int]] = defaultdict(list)  # places of the closing tags of each name
    for number, tag in enumerate(tags):
        if tag["end"]:
            ends[tag["name"]].append(number)
    parts, position, number = [], 0, 0
    while number < len(tags):
        tag = tags[number]
        number += 1
        if not _is_shortcode(tag, ends):
            continue
        parts.append(text[position : tag.start()])
        position = tag.end()
        following = ends[tag["name"]]
        closing = bisect_left(following, number)
        if tag["name"] in _WITH_CONTENT and not tag["end"] and closing < len(following):
            number = following[closing] + 1
            position = tags[following[closing]].end()
    return "".join([*parts, text[position:]])


def _is_shortcode(tag: re.Match[str], ends: dict[str, list[int]]) -> bool:
    """Whether brackets hold a shortcode: by a closing tag, by attributes, or by a name that is known."""
    name = tag["name"]
    return bool(
        tag["end"] or name in ends or name in _ALONE or "_" in name or _ATTRIBUTE.match(tag["attributes"])
    )
