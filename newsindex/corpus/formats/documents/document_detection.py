"""Tells Markdown with front matter from other texts, by its first lines and its name."""

from __future__ import annotations

import re
from typing import Final

from newsindex.corpus.formats.detection import FileHead

MARKDOWN_SUFFIXES: Final = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
_FRONT_MATTER: Final = re.compile(
    r"(---|\+\+\+)[ \t]*\r?\n(?:(?!\1)[^\n]*\n){0,200}?"
    r"[\"']?(?:title|titre|date|layout|author|auteur|categories)[\"']?[ \t]*[:=]"
    r"(?:[^\n]*\n){0,200}?\1[ \t]*(?:\r?\n|$)",
    re.I,
)
_JSON_OBJECT: Final = re.compile(r"\{\s*\"")


def is_markdown(head: FileHead) -> bool:
    """Whether a text has front matter; that of JSON needs the name of Markdown to be told from a record."""
    if head.suffix in MARKDOWN_SUFFIXES and _JSON_OBJECT.match(head.text):
        return not _is_json_lines(head.text)
    return _FRONT_MATTER.match(head.text) is not None


def _is_json_lines(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines()[:3] if line.strip()]
    return len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for line in lines)
