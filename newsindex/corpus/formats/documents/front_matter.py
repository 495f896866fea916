"""Parts a text with front matter, as static sites keep their posts, into its fields and its text.

The fields stand before the text as YAML between lines of three hyphens, as TOML between lines of three plus
signs, as one JSON object, or as lines of names and values.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final, NamedTuple

import yaml

from newsindex.errors import CorpusError

_FENCES: Final = {"---": "YAML", "+++": "TOML", ";;;": "JSON"}
_MAX_CHARACTERS: Final = 1 << 16  # of front matter
_LINE: Final = re.compile(r"([\w][\w .-]{0,60}?)[ \t]*(?::(?:[ \t]+(.*))?|=[ \t]*(.+))$")
_ITEM: Final = re.compile(r"[ \t]*-[ \t]+(.*)$")
_TITLE_LINE: Final = re.compile(r"(?:title|titre|date|author|auteur|category)[ \t]*:[ \t]", re.I)
_NOTE_LINK: Final = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")  # of Obsidian, to another note
_NESTED_NAME: Final = re.compile(r"[ \t]+(?:name|nom)[ \t]*:[ \t]+(.+)$")
_OPEN_END: Final = re.compile(r"^---[ \t]*\n", re.M)
_TITLE_BLOCK: Final = re.compile(r"%[ \t]+(\S[^\n]*)\n(?:%[ \t]*([^\n]*)\n)?(?:%[ \t]*([^\n]*)\n)?\s*\n")
_GROUPS: Final = ("taxonomies", "params", "extra")  # tables of fields in the front matter of Zola and Hugo
_NOTHING: Final = ("", "~", "null", "Null", "NULL")


class FrontMatter(NamedTuple):
    """The fields of a text, the text without them, and the error of fields that were not read well."""

    fields: dict[str, Any]
    text: str
    error: CorpusError | None = None


class _TextLoader(yaml.BaseLoader):  # type: ignore[misc]  # yaml has no types
    """A loader that leaves values as they are written, and refuses references, which grow without bound."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The next node; raises YAMLError for a reference to another."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references are not read")
        return super().compose_node(parent, index)


def split_front_matter(text: str) -> FrontMatter:
    """The front matter of a text; a text without any has no fields, and stays as it is."""
    text = text.lstrip("\ufeff \t\n")
    kind = _FENCES.get(text[:4].rstrip()) if text[3:4].isspace() else None
    if kind is None:
        return _json_object(text) if text.startswith("{") else _plain_header(text)
    fence = text[:3]
    end = re.compile(rf"^{re.escape(fence)}[ \t]*$" + (r"|^\.\.\.[ \t]*$" if kind == "YAML" else ""), re.M)
    closing = end.search(text, 4, _MAX_CHARACTERS)
    if closing is None:  # a fence that was forgotten: the fields end with an empty line
        plain = _plain_header(text[3:].lstrip())
        return plain if plain.fields else FrontMatter({}, text)
    written, rest = text[3 : closing.start()], text[closing.end() :]
    try:
        return FrontMatter(_checked(_parsed(kind, written)), rest)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        fields, is_whole = _read_line_by_line(written)
        if not fields:  # a line across the page, and no front matter
            return FrontMatter({}, text)
        return FrontMatter(fields, rest, None if is_whole else _damage(kind, error))


def _parsed(kind: str, written: str) -> object:
    if kind == "YAML":
        return yaml.load(written, _TextLoader)
    return tomllib.loads(written) if kind == "TOML" else json.loads(written)


def _checked(fields: object) -> dict[str, Any]:
    if not isinstance(fields, Mapping):
        raise ValueError("there are no fields")
    nested = [fields[name] for name in _GROUPS if isinstance(fields.get(name), Mapping)]
    flat = {
        name: value for group in (fields, *nested) for name, value in group.items() if name not in _GROUPS
    }
    return {str(name): _plain(value) for name, value in flat.items()}


def _plain(value: object) -> object:
    """A value that a record may have: text, a number, a date, a list of texts, or the name of an object."""
    if isinstance(value, str):
        return "" if value in _NOTHING else value
    if isinstance(value, bool | int | float | date) or value is None:
        return value
    if isinstance(value, list):
        return [text for text in map(_name, value) if text]
    return _name(value)


def _name(value: object) -> str:
    """A text for an item of a list: the name of an object, nothing for what has none."""
    if isinstance(value, Mapping):
        return next((_name(value[key]) for key in ("name", "nom", "title") if key in value), "")
    if not isinstance(value, str | int | float | date | time):
        return ""
    text = str(value).strip()
    return link[1] if (link := _NOTE_LINK.fullmatch(text)) else text


def _json_object(text: str) -> FrontMatter:
    """The front matter of a text that begins with a JSON object, after which the text goes on."""
    try:
        fields, end = json.JSONDecoder().raw_decode(text[:_MAX_CHARACTERS])
        return FrontMatter(_checked(fields), text[end:])
    except (ValueError, RecursionError):
        return FrontMatter({}, text)


def _plain_header(text: str) -> FrontMatter:
    """The front matter of a text that begins with lines of names and values.

    Pelican ends them with an empty line, and Hexo with three hyphens; Pandoc begins them with a %.
    """
    if block := _TITLE_BLOCK.match(text):
        named = zip(("title", "author", "date"), block.groups(""), strict=True)
        return FrontMatter(
            {name: value.strip() for name, value in named if value.strip()}, text[block.end() :]
        )
    if not _TITLE_LINE.match(text):
        return FrontMatter({}, text)
    parts = [text.partition("\n\n")[::2]]
    if closing := _OPEN_END.search(text, 0, _MAX_CHARACTERS):
        parts.insert(0, (text[: closing.start()], text[closing.end() :]))
    for written, rest in parts:
        if len(written) <= _MAX_CHARACTERS:
            fields, is_whole = _read_line_by_line(written)
            if is_whole and len(fields) > 1:
                return FrontMatter(fields, rest)
    return FrontMatter({}, text)


def _read_line_by_line(written: str) -> tuple[dict[str, Any], bool]:
    """The fields of front matter with an error in it, as a colon in a title, and whether all was read."""
    fields: dict[str, Any] = {}
    name, is_whole = "", True
    for line in written.splitlines():
        if match := _LINE.match(line):
            name = match[1].strip()
            fields[name] = _unquoted(match[2] or match[3] or "")
        elif name and (match := _ITEM.match(line)):
            items = fields[name] if isinstance(fields[name], list) else []
            fields[name] = [*items, _unquoted(match[1].removeprefix("name: "))]
        elif name and not fields[name] and (match := _NESTED_NAME.match(line)):
            fields[name] = _unquoted(match[1])
        elif line.strip() and not line.lstrip().startswith("#"):
            is_whole = False
    return fields, is_whole


def _unquoted(value: str) -> Any:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(item) for item in value[1:-1].split(",") if item.strip()]
    for quote in "\"'":
        if len(value) > 1 and value[0] == value[-1] == quote:
            return value[1:-1]
    return "" if value in _NOTHING else value


def _damage(kind: str, error: Exception) -> CorpusError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or error
    line = mark.line + 1 if mark else None
    return CorpusError(
        f"the front matter is no {kind}: {problem!s:.120}; its plain lines were read", line=line
    )
