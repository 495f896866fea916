"""Bars of counts that fit the terminal, for facets and timelines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

_MAX_BAR_COLUMNS: Final = 40
_MIN_BAR_COLUMNS: Final = 8
_MAX_VALUES: Final = 20  # printed on a terminal; a file or a pipe gets all of them
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


def count_lines(
    title: str, counts: Sequence[tuple[str, int]], out: Console, *, in_full: bool, without: str = ""
) -> Iterator[Text]:
    """Gives a title, and a line for each value: its name, its count, and a bar.

    A terminal gets the first values only, unless ``in_full`` is true; names must be printable. The text
    ``without``, on what has no value, is the last line.
    """
    yield _cut(Text(title, "bold"), out)
    shown = counts if in_full or not out.is_terminal else counts[:_MAX_VALUES]
    max_count = max((count for _, count in counts), default=1)
    digits = len(f"{max_count:,}")
    available = out.width - digits - 4  # two before the name, one on either side of the count
    name_columns = max((cell_len(name) for name, _ in shown), default=0)
    limit = available - _MIN_BAR_COLUMNS if out.is_terminal else name_columns
    name_columns = max(1, min(name_columns, limit))
    bar_columns = max(0, min(_MAX_BAR_COLUMNS, available - name_columns))
    for name, count in shown:
        line = Text(f"  {_fit(name, name_columns)} {count:>{digits},} ")
        line.append(_bar(count / max_count * bar_columns, out), "cyan")
        line.rstrip()
        yield _cut(line, out)
    if len(counts) > len(shown):
        yield _cut(Text(f"  and {len(counts) - len(shown):,} more, which --json shows", "dim"), out)
    if without:
        yield _cut(Text(f"  {without}", "dim"), out)


def _cut(line: Text, out: Console) -> Text:
    """Truncates a line to the width of a terminal, which would break it."""
    if out.is_terminal:
        line.truncate(out.width)
    return line


def _fit(name: str, columns: int) -> str:
    if cell_len(name) <= columns:
        return set_cell_size(name, columns)
    return set_cell_size(name, columns - 1) + "…"


def _bar(columns: float, out: Console) -> str:
    """Draws a bar, to an eighth of a column where the output has such characters; empty only for zero."""
    if out.options.ascii_only:
        return "#" * max(round(columns), columns > 0)
    whole, eighths = divmod(max(round(columns * 8), columns > 0), 8)
    return "█" * whole + _EIGHTHS[eighths].strip()
