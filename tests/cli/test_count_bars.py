"""Counts are bars that fit the terminal, and plain lines elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from newsindex.cli.count_bars import count_lines

SOURCES = [("Le Journal d’un très long nom, du soir et du matin", 1200), ("الصحيفة", 300), ("日本新聞", 1)]
MANY = [(f"Journal {i}", 100 - i) for i in range(60)]


class Utf8(io.StringIO):
    encoding = "utf-8"


class Ascii(io.StringIO):
    encoding = "ascii"


def drawn(counts, *, width=60, terminal=True, stream=Utf8, in_full=False, without=""):
    out = Console(file=stream(), width=width, force_terminal=terminal)
    return [str(line) for line in count_lines("source", counts, out, in_full=in_full, without=without)]


@pytest.mark.parametrize("width", [5, 9, 12, 20, 30, 60, 200])
def test_no_line_is_wider_than_the_terminal(width):
    for counts in (SOURCES, MANY):
        for in_full in (True, False):
            assert max(map(cell_len, drawn(counts, width=width, in_full=in_full))) <= width


def test_bars_are_as_long_as_counts_are_large():
    lines = drawn([("un", 400), ("deux", 200), ("trois", 1), ("zéro", 0)], width=200)
    assert lines == [
        "source",
        "  un    400 " + "█" * 40,
        "  deux  200 " + "█" * 20,
        "  trois   1 ▏",
        "  zéro    0",
    ]


def test_columns_stand_one_below_the_other_whatever_the_letters():
    lines = drawn(SOURCES)[1:]
    assert len({cell_len(line[: line.rindex(" ")]) for line in lines}) == 1
    assert "…" in lines[0]


def test_a_terminal_without_blocks_has_bars_of_plain_signs():
    lines = drawn([("un", 4), ("deux", 1)], stream=Ascii, width=200)
    assert lines[1:] == ["  un   4 " + "#" * 40, "  deux 1 " + "#" * 10]


def test_a_terminal_has_the_first_values_and_a_file_all():
    assert drawn(MANY)[-1] == "  and 40 more, which --json shows"
    assert len(drawn(MANY)) == 22
    assert len(drawn(MANY, in_full=True)) == len(drawn(MANY, terminal=False)) == 61
    assert any(SOURCES[0][0] in line for line in drawn(SOURCES, terminal=False))


def test_nothing_counted_is_a_title_alone():
    assert drawn([]) == ["source"]


@pytest.mark.parametrize("values", [SOURCES, MANY, MANY[:21], []])
@pytest.mark.parametrize("terminal", [True, False])
def test_what_is_without_a_value_is_told_last_also_where_not_all_values_are_listed(values, terminal):
    lines = drawn(values, terminal=terminal, without="3 articles without a source")
    assert lines == [*drawn(values, terminal=terminal), "  3 articles without a source"]
