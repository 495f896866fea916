"""The commands print the words that stand out, and those that rise."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from rich.console import Console

from newsindex import DistinctiveWord, DistinctiveWords, Snippet
from newsindex.cli import words_table

TODAY = date.today()


@pytest.fixture
def indexed(run, tmp_path):
    """Articles on snow, with plows in those of this week and none in those of the weeks before."""
    records = [
        {"titre": f"La neige {i} bloque la route", "texte": f"Le chasse-neige arrive au village {i}.",
         "date": str(TODAY - timedelta(days=1 + i % 3)), "source": "Écho", "id": f"new-{i}"}
        for i in range(6)
    ] + [
        {"titre": f"Un autre sujet {i}", "texte": f"La neige tombe sur la plaine {i}.",
         "date": str(TODAY - timedelta(days=12 + i)), "source": "Écho", "id": f"old-{i}"}
        for i in range(9)
    ]  # fmt: skip
    (tmp_path / "snow.jsonl").write_text("\n".join(map(json.dumps, records)))
    run("index", "snow.jsonl")


def test_words_are_a_table_with_an_example_of_each(run, indexed):
    done = run("words", "route")
    header, *rows = done.stdout.splitlines()
    assert header.split() == ["word", "articles", "share", "elsewhere", "example"]
    assert any("village" in row and "6  100.0%" in row and "**" in row for row in rows)
    assert "of 6 articles, against 9" in done.stderr


def test_words_as_json_have_the_names_of_python(run, indexed):
    content = json.loads(run("words", "route", "--limit", "1", "--json").stdout)
    assert content.keys() == {"articles", "reference_articles", "words", "notes", "seconds"}
    [word] = content["words"]
    assert word.keys() == {
        "text", "articles", "reference", "share", "reference_share", "score", "query", "example",
        "article_id", "lang",
    }  # fmt: skip
    assert (word["articles"], word["reference"], word["share"]) == (6, 0, 1.0)


def test_trends_are_of_the_last_seven_days_unless_told_otherwise(run, indexed):
    rising = run("trends").stdout
    assert rising.split()[:5] == ["word", "articles", "share", "before", "example"]
    assert "village" in rising
    assert json.loads(run("trends", "--json").stdout)["articles"] == 6
    longer = run("trends", "--since", str(TODAY - timedelta(days=30)), status=1)
    assert "against 0" in longer.stderr
    assert run("trends", "neige").stdout


def test_words_against_the_time_before_need_a_beginning(run, indexed):
    assert "give since" in run("words", "neige", "--reference", "before", status=2).stderr
    since = str(TODAY - timedelta(days=7))
    assert "before" in run("words", "neige", "--reference", "before", "--since", since).stdout


@pytest.mark.parametrize("command", ["words", "trends"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["é " * 50_000], "100,000 characters"),
        (["neige", "--since", "2999"], "in the future"),
        (["neige", "--since", "jamais"], "is not a date"),
        (["neige", "--since", ""], "is not a date"),
        (["neige", "--limit", "-1"], "limit must be from 0"),
        (["neige \udcff", "--json", "--since", "2999"], "in the future"),
    ],
)
def test_what_cannot_be_asked_is_a_usage_error_in_one_line(run, indexed, command, arguments, message):
    done = run(command, *arguments, status=2)
    assert message in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["words", "trends"])
def test_what_finds_nothing_has_its_status(run, indexed, command):
    done = run(command, "absent", status=1)
    assert "0 words of 0 articles" in done.stderr


@pytest.mark.parametrize("width", [20, 60, 100])
def test_lines_end_where_the_terminal_does_and_figures_are_always_shown(monkeypatch, width):
    out = Console(width=width, force_terminal=True, color_system=None)
    monkeypatch.setattr(words_table, "console", lambda: out)
    example = Snippet("Un\nexemple \x1b[31m très long" + " é" * 90, ((3, 10),))
    words = tuple(
        DistinctiveWord(text, 1_200, 3, 0.5, 0.001, 9.0, example, "id", text)
        for text in ("日本", "[red] a\x07")
    )
    with out.capture() as captured:
        words_table.show_words(DistinctiveWords(words, 2_400, 3_000), "elsewhere")
    text = captured.get()
    assert text.count("1,200") == 2
    assert "[red]" in text
    assert not {"\x1b", "\x07"} & set(text)
    assert width < 45 or len(text.splitlines()) == 3
