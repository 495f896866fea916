"""The command compares queries over time as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rich.console import Console

from newsindex import Series, Timeline
from newsindex.cli import timeline_table


@pytest.fixture
def indexed(run, news):
    run("index", news)


def test_a_table_has_the_counts_and_shares_of_each_query(run, indexed):
    lines = run("timeline", "interpol", "il pleut").stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["month", "articles", "interpol", "il", "pleut"],
        ["2025-11", "1", "1", "100.0%", "0", "0.0%"],
        ["2025-12", "0", "0", "0"],
        ["2026-01", "1", "0", "0.0%", "1", "100.0%"],
        ["all", "1", "1"],
    ]


def test_json_has_the_names_of_python(run, indexed):
    content = json.loads(run("timeline", "interpol", "--by", "year", "--json").stdout)
    assert content.pop("seconds") >= 0
    assert content == {
        "unit": "year", "periods": ["2025"], "totals": [1], "notes": [],
        "series": [{"query": "interpol", "total": 1, "counts": [1], "shares": [1.0]}],
    }  # fmt: skip


def test_csv_has_two_columns_for_each_query(run, indexed):
    rows = list(csv.reader(io.StringIO(run("timeline", 'a "b, c"', "pluie", "-pluie", "--csv").stdout)))
    assert rows == [
        ["period", "articles", 'a "b, c"', 'share of a "b, c"', "pluie", "share of pluie",
         "-pluie", "share of -pluie"],
        ["2025-11", "1", "0", "0.0", "0", "0.0", "1", "1.0"],
        ["2025-12", "0", "0", "", "0", "", "0", ""],
        ["2026-01", "1", "0", "0.0", "1", "1.0", "0", "0.0"],
    ]  # fmt: skip


def test_csv_has_a_row_for_matches_without_a_date(run, tmp_path):
    articles = [
        {"headline": "Pluie", "date": "2026-01-02"},
        {"headline": "Pluie, neige"},
        {"headline": "Pluie !"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, articles)))
    run("index", str(tmp_path / "a.jsonl"))
    rows = list(csv.reader(io.StringIO(run("timeline", "pluie", "neige", "--csv").stdout)))
    assert rows[1:] == [["2026-01", "1", "1", "1.0", "0", "0.0"], ["no date", "", "2", "", "1", ""]]


def test_the_filters_of_a_search_hold(run, indexed):
    found = run("timeline", "interpol pleut", "--since", "2026", "--source", "Zeta", "--json", status=1)
    assert json.loads(found.stdout)["series"][0]["total"] == 0
    assert "Zeta" in found.stderr.title()
    assert json.loads(run("timeline", "interpol pleut", "--all", "--json", status=1).stdout)["periods"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument"),
        ([""], "no empty query"),
        (["a"] * 21, "from 1 to 20 queries, not 21"),
        (["é " * 50_000], "100,000 characters"),
        (["a", "--by", "decade"], "--by"),
        (["a", "--since", "2999"], "in the future"),
        (["a", "--since", "jamais"], "is not a date"),
        (["a", "--json", "--csv"], "choose one"),
    ],
)
def test_what_cannot_be_compared_is_a_usage_error_in_one_line(run, indexed, arguments, message):
    done = run("timeline", *arguments, status=2)
    assert message in done.stderr
    assert done.stdout == ""


def drawn(monkeypatch, timeline, width):
    out = Console(width=width, force_terminal=True, color_system=None)
    monkeypatch.setattr(timeline_table, "console", lambda: out)
    with out.capture() as captured:
        timeline_table.show_timeline(timeline)
    return captured.get().splitlines()


@pytest.mark.parametrize("width", [30, 44, 60, 80, 200])
def test_a_narrow_terminal_has_all_figures_in_several_tables(monkeypatch, width):
    names = ["neige", "é" * 90, "[red]", "日本" * 20, "a\x1b[31m"]
    series = tuple(Series(name, (1_200 + i, 0), (0.5, None), 1_201 + i) for i, name in enumerate(names))
    lines = drawn(monkeypatch, Timeline("month", ("2026-01", "2026-02"), (2_400, 0), series), width)
    text = "\n".join(lines)
    for i in range(len(names)):
        assert text.count(f"1,20{i}  50.0%") == 1
    assert text.count("2026-02") == text.count("no date") == sum(line.startswith("month") for line in lines)
    assert width < 44 or max(len(line.rstrip()) for line in lines) <= width
    assert "[red]" in text
    assert "\x1b" not in text
