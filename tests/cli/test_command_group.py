"""The command ends with a status that says how it went, and with one line where that is an error."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys

import click
import pytest

import newsindex
from newsindex.cli import main
from newsindex.cli.command_group import is_reader_gone


def every_command():
    """The name of each command, and the command."""
    context = click.Context(main)
    return [(name, main.get_command(context, name)) for name in main.list_commands(context)]


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
     ("index", "news.jsonl", "--format", "gazette"), ("search", "--limt", "5"), ("search", "a", "--source"),
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


def test_a_file_of_errors_only_is_status_2(run, tmp_path):
    (tmp_path / "bad.jsonl").write_text("{broken")
    run("index", "bad.jsonl", status=2)


def test_an_unknown_option_may_be_text_after_two_dashes(run, news):
    run("index", news)
    done = run("show", "--x", status=2)
    assert "No such option '--x'. If it is text, write -- before it: main show -- --x" in done.stderr
    assert "no article has the id '--x'" in run("show", "--", "--x", status=1).stderr


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
        for one in command.commands.values() if isinstance(command, click.Group) else [command]:
            assert "as_json" in [parameter.name for parameter in one.params], one.name


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


@pytest.mark.parametrize(
    ("number", "system", "is_gone"),
    [(errno.EPIPE, "posix", True), (errno.EINVAL, "posix", False), (errno.EINVAL, "nt", True),
     (errno.ENOSPC, "nt", False)],
)  # fmt: skip
def test_a_reader_that_leaves_is_known_by_the_error_of_each_system(number, system, is_gone):
    assert is_reader_gone(OSError(number, os.strerror(number)), system) is is_gone


def test_the_words_of_a_query_are_no_patterns_of_file_names(monkeypatch):
    """On Windows click replaces a pattern by the files that it fits."""
    given = {}
    monkeypatch.setattr(click.Group, "main", lambda group, *arguments, **options: given.update(options))
    main()
    assert given["windows_expand_args"] is False


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp850", "ascii"])
def test_json_loses_no_letter_in_any_encoding_of_the_output(tmp_path, encoding):
    headline = "Œuvre : l’été — 中国 🎉"
    with newsindex.create(tmp_path / "i") as index:
        index.add([newsindex.Article(headline, id="a")])
    done = subprocess.run(
        [sys.executable, "-m", "newsindex", "search", "été", "--json", "--at", str(tmp_path / "i")],
        capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    hit = json.loads(done.stdout.decode(encoding))["hits"][0]
    assert hit["article"]["headline"] == headline


@pytest.mark.parametrize("arguments", [["search", "été"], ["show", "a"], ["--help"], ["search", "--help"]])
def test_an_output_that_lacks_letters_gets_the_rest(tmp_path, arguments):
    with newsindex.create(tmp_path / "i") as index:
        index.add([newsindex.Article("Œuvre : l’été — 中国 🎉", id="a")])
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "NEWSINDEX_PATH": str(tmp_path / "i")}
    done = subprocess.run(
        [sys.executable, "-m", "newsindex", *arguments], capture_output=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


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


def test_only_the_command_that_is_called_is_loaded():
    program = (
        "import sys; from newsindex.cli import main; main(['--version'], standalone_mode=False); "
        "packages = tuple(f'newsindex.cli.{name}.' for name in ('commands', 'counting', 'upkeep')); "
        "sys.exit(any(name.startswith(packages) for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_every_command_and_option_has_a_word_of_help():
    for name, command in every_command():
        assert command.help, name
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.name not in ("sort", "timeline"):
                assert getattr(parameter, "help", None), (name, parameter.name)


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("serch", "pluie"), "No such command 'serch': did you mean search or serve?"),
        (("cluster", "statu"), "No such command 'statu': did you mean status?"),
        (("alert", "acknowledge"), "No such command 'acknowledge': the commands are add, list, new, remove."),
    ],
)
def test_a_wrong_name_of_a_command_is_answered_with_the_names_near_it_or_all(run, arguments, advice):
    assert advice in run(*arguments, status=2).stderr
