"""Tables of the parameters of an address, and how they are read as keyword arguments.

The OpenAPI document is made from the same tables, so that it says what the program does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

from newsindex.arguments import shown
from newsindex.errors import QueryError

Location = Literal["query", "path"]
_MAX_PARAMETERS: Final = 100


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter: its name in an address, its JSON Schema, and the function that reads a value.

    ``argument`` is its name in Python. ``read`` takes the name and the text of a value; for a ``repeatable``
    parameter it gives a sequence, and the sequences of all values are joined. ``default`` is used where the
    parameter is not given; where it is None, the default of the Python function is used.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    read: Callable[[str, str], Any]
    argument: str
    location: Location = "query"
    required: bool = False
    repeatable: bool = False
    default: Any = None


@dataclass(frozen=True)
class Parameters:
    """The parameters that one address takes."""

    table: Sequence[Parameter] = ()

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.table)

    def without(self, names: Collection[str]) -> Parameters:
        """Returns these parameters without some."""
        return Parameters([parameter for parameter in self if parameter.name not in names])

    def replacing(self, *added: Parameter) -> Parameters:
        """Returns these parameters and others, which replace those of the same name."""
        return Parameters([*self.without([parameter.name for parameter in added]), *added])

    def defaults(self) -> dict[str, Any]:
        """Returns the arguments of parameters that are not given, except those left to Python's defaults."""
        return {parameter.argument: parameter.default for parameter in self if parameter.default is not None}

    def read(self, query_string: bytes, path: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Reads the arguments that an address gives; ``path`` are the parameters in its path.

        A parameter without a value counts as not given, like the empty fields of a form. Raises QueryError
        for a parameter that is unknown, repeated or missing, or has a value that it cannot have.
        """
        given: dict[str, Any] = {}
        for location, pairs in (("path", (path or {}).items()), ("query", _split(query_string))):
            known = {parameter.name: parameter for parameter in self if parameter.location == location}
            for name, value in pairs:
                if name not in known:
                    advice = f"choose one of {', '.join(known)}" if known else "this address takes none"
                    raise QueryError(f"there is no parameter {shown(name)}: {advice}")
                if value:
                    _add_argument(known[name], value, given)
        for parameter in self:
            if parameter.required and parameter.argument not in given:
                raise QueryError(f"{parameter.name} is missing")
        return given


def _split(query_string: bytes) -> Sequence[tuple[str, str]]:
    try:
        text = query_string.decode()
        return parse_qsl(text, True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except UnicodeDecodeError:
        raise QueryError("the address is not valid UTF-8") from None
    except ValueError:
        raise QueryError(
            f"the address has more than {_MAX_PARAMETERS} parameters", "too_many_parameters", _MAX_PARAMETERS
        ) from None


def _add_argument(parameter: Parameter, value: str, given: dict[str, Any]) -> None:
    argument = parameter.read(parameter.name, value)
    if parameter.repeatable:
        given[parameter.argument] = (*given.get(parameter.argument, ()), *argument)
    elif parameter.argument in given:
        raise QueryError(f"{parameter.name} is given more than once")
    else:
        given[parameter.argument] = argument
