"""How do counts become bars that fit the terminal?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

_LONGEST: Final = 40  # columns of a bar
_SHORTEST: Final = 8
_MOST: Final = 20  # values shown on a terminal; a file or a pipe has all of them
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


def count_lines(
    title: str, counts: Sequence[tuple[str, int]], out: Console, *, in_full: bool
) -> Iterator[Text]:
    """A title, and a line for each value: its name, its count, and a bar.

    On a terminal the first values are shown, unless it is ``in_full``; names must be printable.
    """
    yield _cut(Text(title, "bold"), out)
    shown = counts if in_full or not out.is_terminal else counts[:_MOST]
    most = max((count for _, count in counts), default=1)
    digits = len(f"{most:,}")
    space = out.width - digits - 4  # two before the name, one on either side of the count
    names = max((cell_len(name) for name, _ in shown), default=0)
    names = max(1, min(names, space - _SHORTEST if out.is_terminal else names))
    longest = max(0, min(_LONGEST, space - names))
    for name, count in shown:
        line = Text(f"  {_fitted(name, names)} {count:>{digits},} ")
        line.append(_bar(count / most * longest, out), "cyan")
        line.rstrip()
        yield _cut(line, out)
    if len(counts) > len(shown):
        yield _cut(Text(f"  and {len(counts) - len(shown):,} more, which --json shows", "dim"), out)


def _cut(line: Text, out: Console) -> Text:
    """A line that the terminal does not break, however narrow it is."""
    if out.is_terminal:
        line.truncate(out.width)
    return line


def _fitted(name: str, columns: int) -> str:
    if cell_len(name) <= columns:
        return set_cell_size(name, columns)
    return set_cell_size(name, columns - 1) + "…"


def _bar(columns: float, out: Console) -> str:
    """A bar, to the eighth of a column where there are letters for it; never none for something."""
    if out.options.ascii_only:
        return "#" * max(round(columns), columns > 0)
    whole, eighths = divmod(max(round(columns * 8), columns > 0), 8)
    return "█" * whole + _EIGHTHS[eighths].strip()
