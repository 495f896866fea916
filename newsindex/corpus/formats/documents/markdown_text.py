"""Turns Markdown into plain text: links, emphasis, images and code become their words, shortcodes go."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt

from newsindex.corpus.html.html_tree import plain_text

_SHORTCODES: Final = re.compile(
    r"\{\{[<%](?:(?!\{\{|[%>]\}\})[\s\S]){0,2000}[%>]\}\}"  # Hugo
    r"|\{%(?:(?!\{%|%\})[\s\S]){0,2000}%\}|\{\{(?:(?!\{\{|\}\})[^\n]){0,500}\}\}"  # Jekyll
    r"|^:::[^\n]*$|\[TOC\]",
    re.M,
)
_ATTRIBUTES: Final = re.compile(r"[ \t]*\{(?:[:#.][^{}\n]{0,200}|[\w-]+=[^{}\n]{0,200})\}")
_FOOTNOTES: Final = re.compile(r"\[\^[^\]\s]{1,60}\]:?")
_WIKI_LINKS: Final = re.compile(r"!?\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
_COMMENTS: Final = re.compile(r"<!--(?:(?!-->)[\s\S]){0,20000}-->")
_MODULE_LINES: Final = re.compile(
    r"^(?:import\s[^\n]{1,200}\sfrom\s+|export\s+const\s)[^\n]{1,300}$", re.M
)  # of MDX
_BREAKS: Final = re.compile(r"<br\s*/?>", re.I)
_PARSER: Final = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("inline")
_MAX_INLINE: Final = (
    20_000  # characters of a paragraph whose marks are looked at: the time grows as the square
)


class MarkdownText(NamedTuple):
    """The plain text of Markdown in paragraphs, and its first heading of the highest level that it has."""

    paragraphs: list[str]
    heading: str


def markdown_text(source: str) -> MarkdownText:
    """The plain text of a text in Markdown; a table is a line for each row."""
    for pattern in (_COMMENTS, _MODULE_LINES, _SHORTCODES, _ATTRIBUTES, _FOOTNOTES):
        source = pattern.sub("", source)
    paragraphs: list[str] = []
    headings: dict[str, str] = {}
    heading_tag = ""
    row: list[str] | None = None
    references: dict[str, Any] = {}
    for token in _PARSER.parse(_WIKI_LINKS.sub(r"\1", source), references):
        if token.type == "heading_open":
            heading_tag = token.tag
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row:
            paragraphs.append("\t".join(row))
            row = None
        elif text := _token_text(token, references):
            if token.type == "inline" and row is not None:
                row.append(text)
                continue
            if heading_tag:
                headings.setdefault(heading_tag, text)
            paragraphs.append(text)
        if token.type == "heading_close":
            heading_tag = ""
    return MarkdownText(paragraphs, headings[min(headings)] if headings else "")


def _token_text(token: Any, references: dict[str, Any]) -> str:
    if token.type == "inline":
        text = str(token.content)
        if len(text) <= _MAX_INLINE:
            children: list[Any] = []
            _PARSER.inline.parse(text, _PARSER, references, children)
            text = "".join(map(_inline_text, children))
        return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    if token.type in ("fence", "code_block"):
        return str(token.content).strip("\n")
    return plain_text(token.content) if token.type == "html_block" else ""


def _inline_text(token: Any) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return str(token.content)
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    if token.type == "image":
        return "".join(map(_inline_text, token.children or ()))
    return "\n" if token.type == "html_inline" and _BREAKS.fullmatch(token.content) else ""
