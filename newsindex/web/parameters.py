"""How do the parameters of an address become the keyword arguments of a search?

A table says what each one may be. It serves the OpenAPI document too, so that both say the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

from newsindex.arguments import shown
from newsindex.errors import QueryError
from newsindex.web.limits import Limits

SORTS: Final = ("relevance", "newest", "oldest", "recent")
FACETS: Final = ("source", "section", "author", "lang", "year")
PERIODS: Final = ("day", "week", "month", "year")
_FLAGS: Final = {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False}
_MOST_DIGITS: Final = 9
_MOST_DAYS: Final = 1_000_000
_MOST_PARAMETERS: Final = 100


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter: its name in an address, what it may be as JSON Schema, and how what is written is read.

    ``argument`` is its name in Python. Of a parameter that is ``several`` the values are collected, and
    ``read`` gives a sequence. ``default`` holds where the parameter is not given; without, Python's.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    read: Callable[[str, str], Any]
    argument: str
    place: Literal["query", "path"] = "query"
    required: bool = False
    several: bool = False
    default: Any = None


@dataclass(frozen=True)
class Parameters:
    """The parameters that one address takes."""

    table: Sequence[Parameter] = ()

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.table)

    def but(self, without: Sequence[str] = (), *others: Parameter) -> Parameters:
        """These without some, and with others, which replace those of the same name."""
        names = {*without, *(other.name for other in others)}
        return Parameters([*(parameter for parameter in self if parameter.name not in names), *others])

    def defaults(self) -> dict[str, Any]:
        """The arguments of what an address does not give, where that is not left to Python."""
        return {parameter.argument: parameter.default for parameter in self if parameter.default is not None}

    def read(self, query_string: bytes, path: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The arguments that an address gives, as Python names them; ``path`` are those of its path.

        A parameter without a value counts as not given, as the empty fields of a form are. Raises QueryError
        for what is unknown, repeated, missing, or not what the parameter may be.
        """
        given: dict[str, Any] = {}
        for place, pairs in (("path", (path or {}).items()), ("query", _pairs(query_string))):
            known = {parameter.name: parameter for parameter in self if parameter.place == place}
            for name, value in pairs:
                if name not in known:
                    some = ", ".join(known) or "none"
                    raise QueryError(f"there is no parameter {shown(name)}: choose of {some}")
                if value:
                    _take(known[name], value, given)
        for parameter in self:
            if parameter.required and parameter.argument not in given:
                raise QueryError(f"{parameter.name} is missing")
        return given


def _pairs(query_string: bytes) -> Sequence[tuple[str, str]]:
    try:
        written = query_string.decode()
        return parse_qsl(written, True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise QueryError("the address is not valid UTF-8") from None
    except ValueError:
        raise QueryError(f"the address has more than {_MOST_PARAMETERS} parameters") from None


def _take(parameter: Parameter, value: str, given: dict[str, Any]) -> None:
    read = parameter.read(parameter.name, value)
    if parameter.several:
        given[parameter.argument] = (*given.get(parameter.argument, ()), *read)
    elif parameter.argument in given:
        raise QueryError(f"{parameter.name} is given more than once")
    else:
        given[parameter.argument] = read


def text(name: str, description: str, most: int, argument: str = "", **options: Any) -> Parameter:
    """A text of at most so many characters."""

    def read(name: str, value: str) -> str:
        if len(value) > most:
            raise QueryError(f"{name} has {len(value):,} characters and the limit is {most:,}: shorten it")
        return value

    schema = {"type": "string", "maxLength": most}
    return Parameter(
        name=name, description=description, schema=schema, read=read, argument=argument or name, **options
    )


def count(name: str, description: str, most: int, default: int) -> Parameter:
    """A whole number, from 0."""

    def read(name: str, value: str) -> int:
        is_number = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
        if not (is_number and int(value) <= most):
            raise QueryError(f"{name} must be a whole number from 0 to {most:,}, not {shown(value)}")
        return int(value)

    schema = {"type": "integer", "minimum": 0, "maximum": most, "default": default}
    return Parameter(
        name=name, description=description, schema=schema, read=read, argument=name, default=default
    )


def days(name: str, description: str) -> Parameter:
    """A number of days above 0."""

    def read(name: str, value: str) -> float:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not 0 < number <= _MOST_DAYS:
            raise QueryError(f"{name} must be a number of days up to {_MOST_DAYS:,}, not {shown(value)}")
        return number

    schema = {"type": "number", "exclusiveMinimum": 0, "maximum": _MOST_DAYS}
    return Parameter(name=name, description=description, schema=schema, read=read, argument=name)


def choice(name: str, description: str, choices: Sequence[str], default: str | None = None) -> Parameter:
    """One of some names."""

    def read(name: str, value: str) -> str:
        return _chosen(name, value, choices)

    schema = {"type": "string", "enum": list(choices)} | ({"default": default} if default else {})
    return Parameter(
        name=name, description=description, schema=schema, read=read, argument=name, default=default
    )


def choices(name: str, description: str, names: Sequence[str]) -> Parameter:
    """Some of some names: the parameter repeated, or one value with commas."""

    def read(name: str, value: str) -> Sequence[str]:
        return [_chosen(name, part, names) for part in value.split(",")]

    schema = {"type": "array", "items": {"type": "string", "enum": list(names)}}
    return Parameter(
        name=name, description=description, schema=schema, read=read, argument=name, several=True
    )


def flag(name: str, description: str, default: bool = False) -> Parameter:
    """True or false; not given to Python where it is not written."""

    def read(name: str, value: str) -> bool:
        return _FLAGS[_chosen(name, value, tuple(_FLAGS))]

    schema = {"type": "boolean", "default": default}
    return Parameter(name=name, description=description, schema=schema, read=read, argument=name)


def _chosen(name: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise QueryError(f"{name} must be one of {', '.join(choices)}, not {shown(value)}")
    return value


def search_parameters(limits: Limits) -> Parameters:
    """What :meth:`newsindex.Index.search` takes, from an address: ``q`` is its ``query``."""
    most = limits.characters
    return Parameters(
        [
            text(
                "q", "The query, in newsindex's query language; all articles without.", most, "query",
                default="",
            ),
            count("limit", "How many hits a page has.", limits.page, min(10, limits.page)),
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
            days("half_life", "For `recent`: how much older than the newest keeps ¾ of the score."),
        ]
    )  # fmt: skip
