"""Runs the blocks of one page in a folder of its own, as a reader would who types them in."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from configparser import ConfigParser
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, Final

from click.testing import CliRunner

from newsindex.cli import main
from tests.conftest import ROOT
from tests.docs.blocks import Block

_SAME: Final = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_SERVERS: Final = ("newsindex serve", "uvicorn ", "flask ")
_WATCH: Final = "newsindex watch"
PROGRAMS: Final = {
    "python": "",
    "newsindex": "-m newsindex",
    "uvicorn": "-m uvicorn",
    "flask": "-m flask",
}
_PORT: Final = "8000"
OPTIONAL: Final = {"curl": "apt-get install curl"}
"""Programs that sessions of the manual call and a machine may lack, with what installs each."""
_SHELL: Final = re.compile(r"[|<>&;$`*]|\\\n")
_SEPARATORS: Final = ("|", "||", "&&", "&", ";", "(")
_COMMENT: Final = re.compile(r"\s+# (?:status (\d)$)?.*$")


class Session:
    """The state between the blocks of a page: its folder, its Python names, its servers.

    Commands that call a program of ``OPTIONAL`` which is not found are left out; ``missing`` has its name.
    """

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        """Prepare a folder that has the sample articles, and commands that run this checkout."""
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.printed = ""
        self.missing: set[str] = set()
        self.environment = environment | _paths(folder)
        self.servers: list[subprocess.Popen[bytes]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        self.names["port"] = int(self.port)

    def run(self, block: Block, page: str) -> None:
        """Run one block. Raises AssertionError where what it says is not so."""
        if block.reason is not None:
            return
        if block.file is not None:
            path = self.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, encoding="utf-8")
        if block.is_output:
            assert_same(block.code, self.printed)
        elif block.language == "check" or (block.language == "python" and block.file is None):
            self._python(block, page)
        elif block.language == "console":
            self._console(block.code)
        else:
            _parse(block)

    def close(self) -> None:
        """End the servers."""
        for server in self.servers:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)
        self.servers.clear()

    def _python(self, block: Block, page: str) -> None:
        printed = StringIO()
        code = "\n" * block.line + block.code  # so that a traceback names the line of the page
        with redirect_stdout(printed):
            exec(compile(code, page, "exec"), self.names)
        self.printed = printed.getvalue()

    def _console(self, code: str) -> None:
        for command, shown in commands(code):
            if lacking := [name for name in called_programs(command) if self._lacks(name)]:
                self.missing.update(lacking)
                continue
            comment = _COMMENT.search(command)
            typed = command[: comment.start()] if comment else command
            status, output = self._command(typed)
            assert status == int((comment and comment[1]) or 0), (typed, output)
            if shown:
                assert_same(shown, output, typed)

    def _lacks(self, program: str) -> bool:
        return program in OPTIONAL and shutil.which(program, path=self.environment["PATH"]) is None

    def _command(self, typed: str) -> tuple[int, str]:
        if found := re.fullmatch(r"export (\w+)=(\S+)", typed):
            self.environment[found[1]] = found[2]
            return 0, ""
        if typed.startswith("pip install "):
            _check_extras(typed)
            return 0, ""
        typed = typed.replace(_PORT, self.port)
        if typed.startswith((*_SERVERS, _WATCH)):
            return 0, self._start(typed)
        if typed.startswith("newsindex ") and not _SHELL.search(typed):
            done = CliRunner().invoke(main, shlex.split(typed)[1:], env=self.environment)
            return done.exit_code, done.output
        ran = subprocess.run(
            ["bash", "-c", typed],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        return ran.returncode, ran.stdout.decode()

    def _start(self, typed: str) -> str:
        """Start what runs until Ctrl-C, and wait until it is ready; gives what it printed."""
        is_server = not typed.startswith(_WATCH)
        if is_server and self.port not in typed:
            typed += f" --port {self.port}"
        log = self.folder / "server.log"
        self.close()  # one server at a time has the port
        with log.open("wb") as output:
            server = subprocess.Popen(
                ["bash", "-c", f"exec {typed}"],
                cwd=self.folder,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.servers.append(server)
        while not (log.read_bytes() and (not is_server or _listens(int(self.port)))):
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        return log.read_text().replace(self.port, _PORT)


def assert_same(shown: str, printed: str, what: str = "") -> None:
    """Raise AssertionError unless a page shows what was printed; ``...`` stands for anything."""
    shown = re.sub(r"\s*^ *\.\.\.$\s*", "...", shown, flags=re.M)
    assert doctest.OutputChecker().check_output(shown, printed, _SAME), f"{what}\n{printed}"


def called_programs(command: str) -> list[str]:
    """The programs that a command line calls, in their order."""
    words = shlex.shlex(command, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    called, begins = [], True
    for word in words:
        if begins and not re.match(r"\w+=", word):
            called.append(word)
            begins = False
        begins = begins or word in _SEPARATORS
    return called


def commands(code: str) -> list[tuple[str, str]]:
    """The commands of a console session, without their prompt, and what is shown after each."""
    found: list[tuple[str, str]] = []
    for line in code.splitlines():
        command, shown = found[-1] if found else ("", "")
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif line.startswith("> "):
            found[-1] = (f"{command}\n{line[2:]}", shown)
        else:
            found[-1] = (command, f"{shown}{line}\n")
    return found


def _paths(folder: Path) -> dict[str, str]:
    """Environment variables by which `newsindex` and `python` are those of this checkout."""
    programs = folder / ".bin"
    programs.mkdir()
    for name, arguments in PROGRAMS.items():
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        (programs / name).chmod(0o755)
    if (ROOT / "scripts").is_dir():
        shutil.copytree(ROOT / "scripts", folder / "scripts")
    return {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "110"}


def _check_extras(typed: str) -> None:
    """Raise AssertionError for extras that the package does not have."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for extras in re.findall(r"newsindex\[([\w,]+)\]", typed):
        assert set(extras.split(",")) <= set(project["optional-dependencies"]), typed


def _parse(block: Block) -> None:
    """Raise an error for a block that is not in the language that it is said to be in."""
    if block.language == "json":
        json.loads(block.code)
    elif block.language == "toml":
        tomllib.loads(block.code)
    elif block.language == "ini":
        ConfigParser(strict=False, interpolation=None).read_string(block.code)
    elif block.language == "python":
        compile(block.code, block.file or "block", "exec")
    else:
        assert block.file or block.language == "text", f"nothing runs the language {block.language!r}"


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
