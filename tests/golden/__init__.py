"""Tables of what French words and dates mean, readable by who knows the language, and their reader."""

from __future__ import annotations

import csv
import re
from pathlib import Path

_CHARACTER = re.compile(r"\\u([0-9a-f]{4})")


def table(path: str) -> list[dict[str, str]]:
    """The rows of a table in the folder of tests, by the names in its first row; a # begins a comment."""
    lines = (Path(__file__).parent.parent / path).read_text("utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("# ")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [{key: _plain(value or "") for key, value in row.items()} for row in rows]


def forms(cell: str) -> list[str]:
    """The forms in a cell."""
    return [form for form in cell.split(" ; ") if form]


def _plain(cell: str) -> str:
    return _CHARACTER.sub(lambda found: chr(int(found[1], 16)), cell)
