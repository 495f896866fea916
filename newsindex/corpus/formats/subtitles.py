"""Reads subtitles (SubRip, WebVTT) as one article: what is said, without times and numbers.

A speaker whom WebVTT names stands before what he or she says. Subtitles have no title: the name of the file
is the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from newsindex.errors import CorpusError

from .detection import FileHead
from .format_input import FormatInput, FormatItems
from .plain_text import whole_text

_CLOCK: Final = r"(?:\d{1,3}:)?\d{1,2}:\d\d[,.]\d{1,3}"
_TIMES: Final = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s[^\n]*)?")
_BEGINNING: Final = re.compile(rf"WEBVTT(?:[ \t][^\n]*)?(?:\r?\n|$)|\d{{1,6}}[ \t]*\r?\n{_TIMES.pattern}")
_OTHER_BLOCKS: Final = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:\s.*)?")
_MARKUP: Final = re.compile(r"</?[a-z\d][^<>]{0,200}>|\{\\[^{}]{0,200}\}", re.I)
_VOICE: Final = re.compile(r"<v(?:\.[\w.-]{1,100})?\s{1,9}([^<>\s][^<>]{0,199})>")
_SUFFIXES: Final = re.compile(  # with the language before them, as in "Journal.fr.srt"
    r"(?:\.(?:[a-z]{2}(?:-[a-z]{2,4})?|ara|eng|fra|fre))?(?:\.(?:srt|vtt|txt))?(?:\.(?:gz|bz2|xz|zst))*$",
    re.I,
)


def is_subtitles(head: FileHead) -> bool:
    """Whether a text begins with the header of WebVTT, or with a number and the times of a subtitle."""
    return _BEGINNING.match(head.text) is not None


def read_subtitles(content: FormatInput) -> FormatItems:
    """The article of what is said, and the damage that cut it short if there was any."""
    text, damage = whole_text(content)
    said = list(_without_repetitions(_lines(text)))
    if not said:
        raise damage or CorpusError("there is no text in these subtitles")
    title = _SUFFIXES.sub("", PurePath(content.name).name).replace("_", " ").strip(" -")
    yield from content.items({"headline": title, "body": "\n".join(said)})
    if damage:
        yield damage


def _lines(text: str) -> Iterator[str]:
    """The lines of the subtitles, without their times, their numbers or names, and the blocks of WebVTT."""
    lines = text.split("\n")
    is_other = False
    after_blank = True
    speaker = named = ""
    for number, line in enumerate(lines):
        if not line.strip():
            is_other, after_blank = False, True
            continue
        is_other = is_other or (after_blank and _OTHER_BLOCKS.fullmatch(line) is not None)
        may_be_name = after_blank or line.strip().isdigit()  # numbers need no blank line before them
        is_name = may_be_name and number + 1 < len(lines) and _TIMES.fullmatch(lines[number + 1])
        after_blank = False
        if is_other or is_name or _TIMES.fullmatch(line):
            continue
        if voice := _VOICE.search(line):
            speaker = voice[1].strip()
        if said := _MARKUP.sub("", line).strip():
            yield said if speaker == named else f"{speaker}: {said}"
            named = speaker


def _without_repetitions(lines: Iterator[str]) -> Iterator[str]:
    """The lines without those that say the same as the line before, as captions that roll up do."""
    before = ""
    for line in lines:
        if line != before:
            yield line
        before = line
