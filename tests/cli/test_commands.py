"""The command parses, calls and prints; its exit status says how it went."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

import newsindex
from newsindex.cli import main

RECORDS = [
    {"titre": "Interpol à Marrakech", "texte": "La 93e assemblée d'Interpol.", "source": "Hespress",
     "date": "2025-11-24", "url": "https://h.example/1"},
    {"titre": "La pluie revient", "texte": "Il pleut sur <b>Fès</b>.", "date": "2026-01-02", "id": 2},
]  # fmt: skip


def every_command():
    """The name of each command, and the command."""
    context = click.Context(main)
    return [(name, main.get_command(context, name)) for name in main.list_commands(context)]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSINDEX_PATH", raising=False)

    def run(*arguments, status=0, stdin=None):
        done = CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)
        assert done.exit_code == status, done.output
        return done

    return run


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, RECORDS)))
    return str(path)


def test_articles_are_indexed_and_found(run, news):
    assert "2 added, 0 updated, 0 unchanged, 0 errors" in run("index", news).stdout
    assert "0 added, 0 updated, 2 unchanged" in run("index", news).stdout
    found = run("search", "Interpol Marrakech")
    assert "**Interpol** à **Marrakech**" in found.stdout
    assert "Hespress · 2025-11-24" in found.stdout
    assert "1 article, " in found.stderr
    assert "1 article, " not in found.stdout


def test_near_identical_articles_are_shown_once_where_asked(run, tmp_path):
    text = " ".join(f"mot{i}" for i in range(40))
    records = [{"titre": f"Un pont {i}", "texte": text, "source": f"Journal {i}", "id": i} for i in range(2)]
    news = tmp_path / "copies.jsonl"
    news.write_text("\n".join(map(json.dumps, records)))
    run("index", str(news))
    found = run("search", "pont", "--collapse", "--sort", "oldest")
    assert "  1. Un **pont** 0" in found.stdout
    assert "     = Un pont 1 · Journal 1 · 1\n" in found.stdout
    assert "1 of 2 articles" in found.stderr
    (hit,) = json.loads(run("search", "pont", "--collapse", "--json").stdout)["hits"]
    assert [article["source"] for article in hit["duplicates"]] == ["Journal 1"]
    assert len(json.loads(run("search", "pont", "--no-collapse", "--json").stdout)["hits"]) == 2


def test_results_as_json_have_the_names_of_python(run, news):
    run("index", news)
    found = json.loads(run("search", "fes", "--json", "--facet", "year", "--timeline", "month").stdout)
    (hit,) = found["hits"]
    assert found["total"] == 1
    assert hit["article"]["id"] == "2"
    assert hit["article"]["published"] == "2026-01-02"
    assert hit["snippet"]["html"] == "Il pleut sur &lt;b&gt;<mark>Fès</mark>&lt;/b&gt;."
    assert hit["snippet"]["spans"] == [[16, 19]]
    assert (found["facets"], found["timeline"]) == ({"year": {"2026": 1}}, {"2026-01": 1})


def test_options_of_search_reach_the_search(run, news):
    run("index", news)
    assert "La pluie" not in run("search", "", "--source", "hespress").stdout
    assert "Interpol" not in run("search", "", "--since", "2026").stdout
    assert "Interpol" not in run("search", "--limit", "1", "--sort", "newest").stdout
    run("search", "--all", "interpol", "pluie", status=1)
    run("search", "--any", "interpol", "pluie")
    assert "**" not in run("search", "interpol", "--no-highlight").stdout
    first = json.loads(run("search", "--limit", "1", "--json").stdout)
    second = json.loads(run("search", "--limit", "1", "--json", "--after", first["next"]).stdout)
    assert {first["hits"][0]["article"]["id"], second["hits"][0]["article"]["id"]} == {
        "2", "https://h.example/1",
    }  # fmt: skip
    counted = run("search", "--facet", "source", "--timeline", "month").stdout
    assert "Hespress" in counted
    assert "2025-12" in counted


def test_nothing_found_is_status_1(run, news):
    run("index", news)
    nothing = run("search", "introuvable", status=1)
    assert "0 articles" in nothing.stderr
    assert nothing.stdout == ""
    run("search", "introuvable", "--limit", "0", status=1)
    assert run("search", "interpol", "--limit", "0").stdout == ""
    assert "no article" in run("show", "zz", status=1).stderr
    run("delete", "zz", status=1)


@pytest.mark.parametrize(
    "arguments",
    [("search", "a", "--limit", "-1"), ("search", "date:zz"), ("search", "--facet", "mood"),
     ("index", "absent.txt"), ("index",), ("search", "--sort", "best"), ("nonsense",),
     ("index", "news.jsonl", "--format", "docx"), ("search", "--limt", "5"), ("search", "a", "--source"),
     ("search", "--limit", "dix"), ("search", "--json=oui"), ("show",), ("show", "1", "2")],
)  # fmt: skip
def test_a_usage_error_is_status_2_and_one_message(run, news, arguments):
    run("index", news)
    done = run(*arguments, status=2)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["search", "stats", "check", "optimize"])
def test_a_missing_index_is_status_3_and_says_which_command_makes_one(run, command):
    done = run(command, status=3)
    assert "newsindex index" in done.stderr
    assert done.stdout == ""


def test_an_article_is_shown_whole_and_deleted(run, news):
    run("index", news)
    assert "La 93e assemblée d'Interpol." in run("show", "https://h.example/1").stdout
    assert json.loads(run("show", "2", "--json").stdout)["headline"] == "La pluie revient"
    assert "1 deleted: 1 articles" in run("delete", "2").stdout
    assert json.loads(run("delete", "2", "--json", status=1).stdout) == {
        "deleted": 0,
        "articles": 1,
    }


def test_the_index_is_looked_after(run, news):
    run("index", news)
    assert json.loads(run("stats", "--json").stdout)["articles"] == 2
    assert "articles" in run("stats").stdout
    assert "is sound" in run("check").stdout
    assert "1 segments" in run("optimize").stdout


def test_the_index_may_be_named_by_option_and_by_environment(run, news, tmp_path, monkeypatch):
    run("index", news, "--at", str(tmp_path / "here"))
    assert len(newsindex.open(tmp_path / "here")) == 2
    monkeypatch.setenv("NEWSINDEX_PATH", str(tmp_path / "here"))
    run("search", "interpol")


def test_standard_input_is_read(run):
    run("index", "-", stdin="\n".join(map(json.dumps, RECORDS)))
    assert "1 article" in run("search", "interpol").stderr


def test_broken_records_are_reported_with_file_and_line_and_the_rest_is_indexed(run, tmp_path):
    path = tmp_path / "mixed.jsonl.gz"
    lines = [
        '{"titre": "Un"}',
        "{broken",
        '{"date": "2026"}',
        '{"titre": "A", "date": "32/01/2026"}',
    ]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    done = run("index", str(path))
    assert "1 added" in done.stdout
    assert "3 errors" in done.stdout
    for line in (2, 3, 4):
        assert f"mixed.jsonl.gz:{line}: " in done.stderr
    report = json.loads(run("index", str(path), "--json").stdout)
    assert [error["line"] for error in report["errors"]] == [2, 3, 4]


def test_a_file_of_errors_only_is_status_2(run, tmp_path):
    (tmp_path / "bad.jsonl").write_text("{broken")
    run("index", "bad.jsonl", status=2)


def test_the_demonstration_needs_nothing(run):
    found = run("demo").stdout
    assert "**Interpol**" in found
    assert "**Marrakech**" in found


def test_a_word_may_begin_with_a_dash(run, news):
    run("index", news)
    without = [("-interpol",), ("--", "-interpol"), ("--limit", "5", "-interpol"), ("-interpol", "--all")]
    for arguments in without:
        found = run("search", *arguments).stdout
        assert "La pluie revient" in found, arguments
        assert "Interpol" not in found, arguments
    run("search", "pluie", "-reviendra", "-revient", status=1)
    assert "Usage:" in run("search", "-h").stdout
    run("demo", "interpol", "-marrakech")
    run("index", "-", stdin='{"titre": "Un", "id": "-1"}')
    assert "Un" in run("show", "-1").stdout
    assert "1 deleted" in run("delete", "-1").stdout


def test_every_command_that_prints_data_prints_it_as_json(run, news):
    run("index", news)
    run("index", news)
    assert json.loads(run("check", "--json").stdout) == {
        "index": "presse.newsindex", "sound": True, "articles": 2,
    }  # fmt: skip
    optimized = json.loads(run("optimize", "--json").stdout)
    assert optimized["before"]["articles"] == optimized["after"]["articles"] == 2
    assert json.loads(run("demo", "--json", "Interpol").stdout)["hits"]
    for name, command in every_command():
        if name == "serve":  # which prints no data
            continue
        assert "as_json" in [parameter.name for parameter in command.params], name


def test_an_unforeseen_error_is_status_70_and_one_line(run, news, monkeypatch):
    run("index", news)

    def failing(*arguments, **options):
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr(newsindex.Index, "search", failing)
    done = run("search", "interpol", status=70)
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "newsindex: ZeroDivisionError: of ours (this is a fault of newsindex; NEWSINDEX_DEBUG=1 shows where)"
    ]
    monkeypatch.setenv("NEWSINDEX_DEBUG", "1")
    assert "Traceback" in run("search", "interpol", status=70).stderr


def test_an_interrupt_is_status_130(run, news, monkeypatch):
    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(newsindex.Index, "add", interrupted)
    assert "interrupted" in run("index", news, status=130).stderr


@pytest.mark.skipif(os.name == "nt", reason="no SIGPIPE on Windows")
def test_a_reader_that_leaves_ends_the_command_quietly(news, tmp_path):
    command = [sys.executable, "-m", "newsindex"]
    environment = {**os.environ, "NEWSINDEX_PATH": str(tmp_path / "i")}
    subprocess.run([*command, "index", news], check=True, capture_output=True, env=environment)
    for arguments in (["search", ""], ["search", "", "--json"]):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as gone:
            done = subprocess.run(
                [*command, *arguments], stdout=gone, stderr=subprocess.PIPE, env=environment, check=False
            )
        assert done.returncode == 141
        assert b"rror" not in done.stderr
        assert b"Broken" not in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("argument", ["demo", "--help"])
def test_output_that_cannot_be_written_is_status_3_and_one_line(argument):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newsindex", argument], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_filter_of_a_command_has_several_values(run, tmp_path):
    records = [{"titre": f"Neige {source}", "source": source, "texte": "Il neige."} for source in "ABC"]
    (tmp_path / "snow.jsonl").write_text("\n".join(map(json.dumps, records)))
    run("index", "snow.jsonl")
    two = ("--source", "a", "--source", "B")
    found = json.loads(run("search", "neige", *two, "--json").stdout)
    assert {hit["article"]["source"] for hit in found["hits"]} == {"A", "B"}
    assert len(run("export", "neige", *two).stdout.splitlines()) == 2
    article_id = json.loads(run("export", "--source=C").stdout)["id"]
    similar = json.loads(run("similar", article_id, *two, "--json").stdout)
    assert {hit["article"]["source"] for hit in similar["hits"]} == {"A", "B"}


def test_control_characters_do_not_reach_the_terminal(run, tmp_path):
    (tmp_path / "evil.json").write_text(json.dumps({"titre": "Rouge \x1b[31m", "source": "\x1b]0;x\x07"}))
    run("index", "evil.json")
    assert "\x1b" not in run("search", "rouge").stdout
    assert "\x07" not in run("search", "rouge").stdout


def test_a_terminal_without_accents_shows_the_rest(news, tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "NEWSINDEX_PATH": str(tmp_path / "i")}
    command = [sys.executable, "-m", "newsindex"]
    subprocess.run([*command, "index", news], check=True, capture_output=True, env=environment)
    done = subprocess.run([*command, "search", "fes"], check=True, capture_output=True, env=environment)
    assert b"**F?s**" in done.stdout


def test_only_the_command_that_is_called_is_loaded():
    program = (
        "import sys; from newsindex.cli import main; main(['--version'], standalone_mode=False); "
        "sys.exit(any(name.startswith('newsindex.cli.commands.') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_every_command_and_option_has_a_word_of_help():
    for name, command in every_command():
        assert command.help, name
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.name not in ("sort", "timeline"):
                assert getattr(parameter, "help", None), (name, parameter.name)


def test_export_writes_all_or_what_is_found(run, news, tmp_path):
    run("index", str(news))
    done = run("export")
    assert [json.loads(line)["headline"] for line in done.stdout.splitlines()] == [
        "Interpol à Marrakech",
        "La pluie revient",
    ]
    assert "2 articles written" in done.stderr
    assert run("export", "interpol", "-pluie", "--output", "found.csv").stdout == ""
    assert (tmp_path / "found.csv").read_text().count("\n") == 2
    assert run("export", "--source", "hespress", "--format", "csv").stdout.count("\n") == 2
    assert run("export", "--json").stdout == done.stdout
    run("export", "--json", "--format", "csv", status=2)
    assert run("export", "absent", status=1).stdout == ""
    assert run("export", "--output", "no/such/file", status=3).stderr.count("\n") == 1


def test_what_is_exported_is_indexed_again_from_a_pipe(run, news):
    run("index", str(news))
    for format_ in ("jsonl", "csv"):
        written = run("export", "--format", format_).stdout
        run("index", "-", "--at", f"{format_}.newsindex", stdin=written)
        assert run("export", "--at", f"{format_}.newsindex", "--format", format_).stdout == written
        assert "0 added, 0 updated, 2 unchanged" in run("index", "-", stdin=written).stdout


def test_an_export_is_utf8_whatever_the_terminal_has(run, news):
    run("index", str(news))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "newsindex", "export", "interpol"], capture_output=True, env=environment
    )
    assert json.loads(done.stdout)["headline"] == "Interpol à Marrakech"


def test_show_names_the_articles_with_the_same_text(run, tmp_path):
    records = [{"id": str(i), "titre": f"Titre {i}", "texte": "Une dépêche."} for i in range(2)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    run("index", "a.jsonl")
    assert "same text: 1" in run("show", "0").stdout
    assert json.loads(run("show", "1", "--json").stdout)["duplicates"] == ["0"]


def test_articles_like_one_are_found(run, tmp_path):
    records = [{"titre": "Le barrage de Tanger", "texte": "Le barrage est plein.", "id": 1},
               {"titre": "Un barrage à Fès", "texte": "Le barrage se vide.", "id": 2},
               {"titre": "Autre chose", "id": 3}]  # fmt: skip
    news = tmp_path / "dams.jsonl"
    news.write_text("\n".join(map(json.dumps, records)))
    run("index", str(news))
    found = run("similar", "1")
    assert "Un **barrage** à Fès" in found.stdout
    assert "1 article, " in found.stderr
    as_json = json.loads(run("similar", "1", "--json", "--limit", "1").stdout)
    assert (as_json["id"], as_json["total"]) == ("1", 1)
    assert as_json["hits"][0]["article"]["id"] == "2"
    run("similar", "3", status=1)
    run("similar", "1", "--since", "2030", status=1)
    assert "no article has the id" in run("similar", "zz", status=1).stderr


def test_a_score_is_explained(run, news):
    run("index", news)
    found = json.loads(run("search", "interpol", "marrakech", "--explain", "--json").stdout)["hits"][0]
    explained = run("explain", "interpol marrakech", found["article"]["id"])
    assert explained.stdout.startswith(f"{found['score']:.4f}  sum\n")
    assert "idf of the stem" in explained.stdout
    assert "idf of the stem" in run("search", "interpol", "--explain").stdout
    as_json = json.loads(run("explain", "interpol marrakech", found["article"]["id"], "--json").stdout)
    assert as_json["explanation"] == found["explanation"]
    assert "does not match" in run("explain", "xyzzy", found["article"]["id"], status=1).stderr
    assert "no article has the id" in run("explain", "interpol", "zz", status=1).stderr


def test_what_is_typed_is_completed(run, news):
    run("index", news)
    assert run("suggest", "interp").stdout == "Interpol\n"
    assert run("suggest", "interpol", "mar", "--limit", "1").stdout == "Interpol à Marrakech\n"
    assert json.loads(run("suggest", "interpol mar", "--json").stdout) == {
        "prefix": "interpol mar",
        "suggestions": ["Interpol à Marrakech"],
    }
    assert run("suggest", "xyzzy", status=1).stdout == ""
    assert "limit" in run("suggest", "a", "--limit", "-1", status=2).stderr


def test_a_misspelt_query_is_answered_with_the_one_that_was_meant(run, news):
    run("index", news)
    done = run("search", "Marakech", status=1)
    assert done.stdout == ""
    assert done.stderr.endswith("Did you mean “Marrakech”?\n")
    assert json.loads(run("search", "Marakech", "--json", status=1).stdout)["suggestion"] == "Marrakech"
    assert "Did you mean" not in run("search", "Marrakech").stderr
    assert json.loads(run("search", "Marrakech", "--json").stdout)["suggestion"] is None


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
def test_counts_are_bars_on_a_terminal_coloured_where_that_is_welcome(run, news, tmp_path):
    run("index", news)
    arguments = ["search", "", "--limit", "0", "--facet", "source", "--timeline", "month"]
    assert "\x1b" not in run(*arguments).stdout
    assert "2025-12 0\n" in run(*arguments).stdout
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "40", "PYTHONIOENCODING": "utf-8"}
    for no_color in ("", "1"):
        shown = _on_terminal(arguments, {**environment, "NO_COLOR": no_color}, tmp_path)
        assert "  2025-11 1 " in shown
        assert "█" * 20 in shown
        assert ("\x1b[36m" in shown) is not bool(no_color)


def _on_terminal(arguments, environment, folder):
    """What the command writes to a terminal."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "newsindex", *arguments]
    subprocess.run(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment, cwd=folder, check=True)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 1 << 16):
            shown += part
    except OSError:  # how Linux says that the other side is closed
        pass
    finally:
        os.close(ours)
    return shown.decode()
