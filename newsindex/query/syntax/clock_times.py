"""Reads and writes clock times as news has them: ``20h30``, ``20 h 30``, ``20:30``, ``20 heures 30``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_H: Final = " ?(?:h|heures?)"
_TIME: Final = re.compile(rf"(?P<hour>[01]?[0-9]|2[0-4])(?:(?:{_H} ?|:)(?P<minute>[0-5][0-9])|{_H})")


class ClockTime(NamedTuple):
    """An hour, and the minute in two digits; "" for a full hour."""

    hour: int
    minute: str


def clock_time(written: str) -> ClockTime | None:
    """The clock time that a text in lower case is; None for another text. One space is between its words."""
    match = _TIME.fullmatch(written)
    if match is None:
        return None
    minute = match["minute"] or ""
    return ClockTime(int(match["hour"]), "" if minute == "00" else minute)


def written_forms(time: ClockTime) -> Iterator[Sequence[str]]:
    """All ways to write a clock time, each as the spellings of its words; ``20:30`` is spelled ``20h30``."""
    for hour in dict.fromkeys([str(time.hour), f"{time.hour:02}"]):
        if time.minute:
            yield [f"{hour}h{time.minute}"]
            yield [f"{hour}h", time.minute]
            yield [hour, "h", time.minute]
            yield [hour, "heures", time.minute]
        else:
            yield [f"{hour}h"]
            yield [f"{hour}h00"]
            yield [hour, "h"]
            yield [hour, "heures"]
