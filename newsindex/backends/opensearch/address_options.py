"""Reads the options of the address of an index on a cluster, as in ``?ca=FILE&timeout=60&shards=3``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, get_args

from newsindex.arguments import shown
from newsindex.errors import QueryError

OF_HTTPS: Final = ("ca", "cert", "key", "verify")
"""The options that are for https alone."""
_DURATION: Final = re.compile(r"-1|\d+(?:ms|s|m|h|d)")

Visible = Literal["refresh", "later"]
"""When a search finds what was written: at the end of the call, or at the cluster's next refresh."""


def read_options(options: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The fields of an Address that options give, by name. Raises QueryError."""
    values: dict[str, Any] = {}
    settings: dict[str, str] = {}
    for name, value in options:
        if name.startswith("index."):
            settings[name] = value
        elif name in _SETTINGS:
            settings.update(_SETTINGS[name](name, value))
        elif name in _OPTIONS:
            attribute, read = _OPTIONS[name]
            values[attribute] = read(name, value)
        else:
            known = ", ".join([*_OPTIONS, *_SETTINGS])
            raise QueryError(
                f"no option {shown(name)} of the address of a cluster: there are {known}, and the settings "
                "of OpenSearch that begin with index."
            )
    if ("certificate" in values) != ("key" in values) and "key" in values:
        raise QueryError("the option key of the address of a cluster needs cert, the certificate of that key")
    return {**values, "settings": settings}


def _file(name: str, value: str) -> str:
    path = Path(value).expanduser()
    if not path.is_file():
        raise QueryError(f"the option {name} of the address of a cluster names no file: {shown(value)}")
    return str(path)


def _truth(name: str, value: str) -> bool:
    if value.lower() not in ("true", "false", "1", "0", "yes", "no"):
        raise QueryError(
            f"the option {name} of the address of a cluster is true or false, not {shown(value)}"
        )
    return value.lower() in ("true", "1", "yes")


def _count(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 4:
        raise QueryError(f"the option {name} of the address of a cluster is a number, not {shown(value)}")
    return int(value)


def _seconds(name: str, value: str) -> float:
    try:
        seconds = float(value.removesuffix("s"))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86400:
        raise QueryError(
            f"the option {name} of the address of a cluster is a number of seconds, not {shown(value)}"
        )
    return seconds


def _visible(name: str, value: str) -> str:
    if value not in get_args(Visible):
        choices = ", ".join(get_args(Visible))
        raise QueryError(
            f"the option {name} of the address of a cluster is one of {choices}, not {shown(value)}"
        )
    return value


def _shards(name: str, value: str) -> dict[str, str]:
    if not 1 <= (count := _count(name, value)) <= 1024:
        raise QueryError(f"an index on a cluster has 1 to 1,024 shards, not {shown(value)}")
    return {"index.number_of_shards": str(count)}


def _replicas(name: str, value: str) -> dict[str, str]:
    return {"index.number_of_replicas": str(_count(name, value))}


def _refresh(name: str, value: str) -> dict[str, str]:
    if not _DURATION.fullmatch(value):
        raise QueryError(
            f"the option {name} of the address of a cluster is a duration like 1s, not {shown(value)}"
        )
    return {"index.refresh_interval": value}


def _routing(name: str, value: str) -> dict[str, str]:
    attribute, colon, allowed = value.partition(":")
    if not (attribute and colon and allowed):
        raise QueryError(
            f"the option {name} of the address of a cluster names an attribute of nodes and its value, as in "
            f"zone:paris, not {shown(value)}"
        )
    return {f"index.routing.allocation.require.{attribute}": allowed}


def _replication(name: str, value: str) -> dict[str, str]:
    if value not in ("segment", "document"):
        raise QueryError(
            f"the option {name} of the address of a cluster is segment or document, not {shown(value)}"
        )
    return {"index.replication.type": value.upper()}


_OPTIONS: Final[Mapping[str, tuple[str, Callable[[str, str], object]]]] = {
    "ca": ("ca", _file),
    "cert": ("certificate", _file),
    "key": ("key", _file),
    "verify": ("is_verified", _truth),
    "timeout": ("timeout", _seconds),
    "visible": ("visible", _visible),
    "partial": ("is_partial", _truth),
}
_SETTINGS: Final[Mapping[str, Callable[[str, str], dict[str, str]]]] = {
    "shards": _shards,
    "replicas": _replicas,
    "refresh": _refresh,
    "replication": _replication,
    "routing": _routing,
}
