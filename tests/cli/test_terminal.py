"""What people see on the terminal, whatever it is and whatever is in an article."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest


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


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
def test_the_cursor_of_the_next_page_is_the_last_line_on_a_terminal_alone(run, news, tmp_path):
    run("index", news)
    arguments = ["search", "--limit", "1"]
    cursor = json.loads(run(*arguments, "--json").stdout)["next"]
    assert cursor not in run(*arguments).output
    environment = {**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "utf-8"}
    shown = _on_terminal(arguments, environment, tmp_path, with_errors=True)
    assert shown.splitlines()[-1] == f"next page: --after {cursor}"


def _on_terminal(arguments, environment, folder, *, with_errors=False):
    """What the command writes to a terminal, what it writes on standard error too if that is asked for."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "newsindex", *arguments]
    errors = theirs if with_errors else subprocess.DEVNULL
    subprocess.run(command, stdout=theirs, stderr=errors, env=environment, cwd=folder, check=True)
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
