"""How do the parameters of a URL become the keyword arguments of a search?

A table says what each one may be. It serves the OpenAPI document too, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from ..arguments import shown
from ..errors import QueryError
from .limits import Limits

_FLAGS: Final = {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False}
_MOST_DIGITS: Final = 9


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name in a URL, what it may be as JSON Schema, and how what is written is read.

    ``argument`` is its name in Python, where that is another; of a parameter that is ``several`` the values
    are collected, and ``read`` gives a sequence.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    read: Callable[[str, str], Any]
    argument: str = ""
    required: bool = False
    several: bool = False
    default: Any = None


@dataclass(frozen=True)
class Parameters:
    """The parameters that one address takes."""

    table: Sequence[Parameter]

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.table)

    def without(self, *names: str) -> Parameters:
        """All but some."""
        return Parameters([parameter for parameter in self if parameter.name not in names])

    def read(self, query_string: bytes) -> dict[str, Any]:
        """The arguments that the query part of a URL gives, as Python names them.

        A parameter without a value counts as not given, as the empty fields of a form are. Raises QueryError
        for what is unknown, repeated, missing, or not what the parameter may be.
        """
        known = {parameter.name: parameter for parameter in self}
        given: dict[str, Any] = {}
        for name, value in _pairs(query_string):
            parameter = known.get(name)
            if parameter is None:
                raise QueryError(
                    f"there is no parameter {shown(name)}: choose of {', '.join(known) or 'none'}"
                )
            if not value:
                continue
            read = parameter.read(name, value)
            argument = parameter.argument or name
            if parameter.several:
                given[argument] = (*given.get(argument, ()), *read)
            elif argument in given:
                raise QueryError(f"{name} is given more than once")
            else:
                given[argument] = read
        for parameter in self:
            argument = parameter.argument or parameter.name
            if parameter.required and argument not in given:
                raise QueryError(f"{parameter.name} is missing")
            if parameter.default is not None:
                given.setdefault(argument, parameter.default)
        return given


def _pairs(query_string: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query_string.decode(), keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError:
        raise QueryError("the address is not valid UTF-8") from None
    except ValueError:
        raise QueryError("the address has more than 100 parameters") from None


def text(name: str, description: str, most: int, **options: Any) -> Parameter:
    """A text of at most so many characters."""

    def read(name: str, value: str) -> str:
        if len(value) > most:
            raise QueryError(f"{name} has {len(value):,} characters and the limit is {most:,}: shorten it")
        return value

    return Parameter(name, description, {"type": "string", "maxLength": most}, read, **options)


def count(name: str, description: str, least: int, most: int, default: int) -> Parameter:
    """A whole number within bounds."""

    def read(name: str, value: str) -> int:
        is_number = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
        if not (is_number and least <= int(value) <= most):
            raise QueryError(f"{name} must be a whole number from {least} to {most:,}, not {shown(value)}")
        return int(value)

    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return Parameter(name, description, schema, read, default=default)


def choice(name: str, description: str, choices: Sequence[str], default: str | None = None) -> Parameter:
    """One of some names."""

    def read(name: str, value: str) -> str:
        return _chosen(name, value, choices)

    schema = {"type": "string", "enum": list(choices)} | ({"default": default} if default else {})
    return Parameter(name, description, schema, read)


def choices(name: str, description: str, names: Sequence[str]) -> Parameter:
    """Some of some names, each once: the parameter repeated, or one value with commas."""

    def read(name: str, value: str) -> list[str]:
        return [_chosen(name, part.strip(), names) for part in value.split(",")]

    schema = {"type": "array", "items": {"type": "string", "enum": list(names)}}
    return Parameter(name, description, schema, read, several=True)


def flag(name: str, description: str, default: bool = False) -> Parameter:
    """True or false."""

    def read(name: str, value: str) -> bool:
        return _FLAGS[_chosen(name, value, tuple(_FLAGS))]

    return Parameter(name, description, {"type": "boolean", "default": default}, read)


def _chosen(name: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise QueryError(f"{name} must be one of {', '.join(choices)}, not {shown(value)}")
    return value


SORTS: Final = ("relevance", "newest", "oldest", "recent")
FACETS: Final = ("source", "section", "author", "lang", "year")
PERIODS: Final = ("day", "week", "month", "year")


def search_parameters(limits: Limits) -> Parameters:
    """What :meth:`newsindex.Index.search` takes, from a URL: ``q`` is its ``query``."""
    most = limits.characters
    return Parameters(
        [
            text(
                "q",
                "The query, in newsindex's query language; without one, all articles.",
                most,
                argument="query",
            ),
            count("limit", "How many hits a page has.", 0, limits.page, min(10, limits.page)),
            text("source", "Only articles of this source; case and accents do not matter.", most),
            text("section", "Only articles of this section.", most),
            text("author", "Only articles of this author.", most),
            text("lang", "Only articles in this language.", most),
            text("since", "Only from this date on: 2026, 2026-01, 2026-01-31, 31/01/2026.", most),
            text("until", "Only up to this date, which is included.", most),
            choice("sort", "The order of the hits.", SORTS, "relevance"),
            choice("operator", "What a space between words means.", ("any", "all"), "any"),
            choices("facets", "Count all matches by these fields.", FACETS),
            choice("timeline", "Count all matches by these periods.", PERIODS),
            flag("collapse", "Show near-identical articles once."),
            text("after", "The next page: the `next` of the page before.", most),
            flag("highlight", "Mark the words of the query.", default=True),
            flag("explain", "Say of each hit how its score came about."),
        ]
    )
