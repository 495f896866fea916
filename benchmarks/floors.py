"""The figures below which the quality of search must not fall.

The floors are a committed file: for each collection of judged questions the SHA-256 of its data, and of
each measure the least that newsindex has to reach there. They hold for that data only.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

FLOORS: Final = Path(__file__).resolve().parent.parent / "tests" / "relevance" / "floors.json"
_STEP: Final = 1000  # floors are whole thousandths: a tie that falls otherwise elsewhere is no loss


class Floors(NamedTuple):
    """The floors of one collection, by measure, and the SHA-256 of its data."""

    digest: str
    least: dict[str, float]

    def missed(self, figures: Mapping[str, float]) -> dict[str, float]:
        """The floors that some figures do not reach."""
        return {name: floor for name, floor in self.least.items() if figures[name] < floor}


def read_floors(path: Path = FLOORS) -> dict[str, Floors]:
    """The floors by collection; none where there is no file yet."""
    if not path.is_file():
        return {}
    return {name: Floors(row["sha256"], row["floors"]) for name, row in json.loads(path.read_text()).items()}


def write_floors(floors: Mapping[str, Floors], path: Path = FLOORS) -> None:
    """The inverse of :func:`read_floors`."""
    rows = {name: {"sha256": own.digest, "floors": own.least} for name, own in sorted(floors.items())}
    path.write_text(json.dumps(rows, indent=2) + "\n")


def raised(known: Floors | None, digest: str, figures: Mapping[str, float], accept_lower: bool) -> Floors:
    """The floors after a measurement: never lower, unless that is accepted or the data are other data."""
    reached = {name: math.floor(value * _STEP) / _STEP for name, value in figures.items()}
    if known is None or known.digest != digest or accept_lower:
        return Floors(digest, reached)
    return Floors(digest, {name: max(value, known.least.get(name, 0.0)) for name, value in reached.items()})
