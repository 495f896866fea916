"""``newsindex serve`` serves until Ctrl-C, and says clearly why it cannot."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress

import pytest
from click.testing import CliRunner

import newsindex
from newsindex import Article
from newsindex.cli import main
from newsindex.web.server import Serving, listen
from tests.interruption import interruptible

WITHOUT_DESCRIPTORS = """
from newsindex.cli import main
from newsindex.web import server
server._TAKES_DESCRIPTORS = False
if __name__ == "__main__":
    main()
"""
"""The program on a system whose processes share no descriptors, as Windows."""


@pytest.fixture
def path(tmp_path):
    with newsindex.create(tmp_path / "x.newsindex") as index:
        index.add([Article("La neige", "Il neige.", id="x")])
    return str(tmp_path / "x.newsindex")


@contextmanager
def served(path, *options, program=("-m", "newsindex"), **environment):
    """The address of a server, which Ctrl-C ends with status 0."""
    command = [sys.executable, *program, "serve", "--at", path, "--port", "0", *options]
    # a group of its own: as on a terminal, Ctrl-C reaches every process of it
    with interruptible():
        started = subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
            start_new_session=True,
        )
    with started as process:
        try:
            told = process.stderr.readline()
            address = re.fullmatch(
                r"newsindex: .* is served at (http://127\.0\.0\.1:\d+/) until Ctrl-C\n", told
            )
            assert address, told
            yield address[1]
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(60) == 0
            assert "Traceback" not in process.stderr.read()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def ask(address, **options):
    """The answer of a server, which takes requests once it has told its address."""
    with urllib.request.urlopen(urllib.request.Request(address, **options), timeout=60) as answer:
        return json.load(answer)


def refusal(address, **options):
    """The status with which a server refuses a request."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(address, **options)
    with refused.value as answer:
        return answer.code


def wait_for(address, **options):
    """Wait until a server answers whose processes open their socket after it has told its address."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with suppress(OSError):
            return ask(address, **options)
        time.sleep(0.1)
    raise AssertionError("the server takes no requests")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no Ctrl-C to one process")
def test_an_index_is_served_until_ctrl_c(path):
    with served(path) as address:
        assert ask(f"{address}api/search?q=neige")["total"] == 1
        assert refusal(f"{address}api/health", headers={"Host": "evil.example"}) == 400
        assert refusal(f"{address}api/articles", data=b"{}") == 405


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no Ctrl-C to one process")
@pytest.mark.parametrize("program", [("-m", "newsindex"), ("-c", WITHOUT_DESCRIPTORS)])
def test_several_workers_serve_one_index(path, program):
    with served(
        path, "--workers", "2", "--allow-host", "presse.example", program=program, NEWSINDEX_TOKEN="sesame"
    ) as address:
        headers = {"Authorization": "Bearer sesame", "Content-Type": "application/json"}
        first_ask = ask if program[0] == "-m" else wait_for
        assert first_ask(f"{address}api/health", headers={"Host": "presse.example"})["articles"] == 1
        added = ask(f"{address}api/articles", data=b'{"headline": "Le gel", "id": "y"}', headers=headers)
        assert added["articles"] == 2


def test_answers_do_not_wait_for_the_client_to_confirm_their_headers(path):
    with (
        listen(Serving(path, port=0)) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as connection,
    ):
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_in_use_is_one_clear_error(path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["serve", "--at", path, "--port", str(port)])
    assert done.exit_code == 2
    assert done.stderr == (
        f"newsindex: http://127.0.0.1:{port}/ cannot be used: something else is served there: "
        "choose another --port\n"
    )


def test_a_host_that_is_not_of_this_machine_is_one_clear_error(path):
    done = CliRunner().invoke(main, ["serve", "--at", path, "--host", "192.0.2.1"])
    assert done.exit_code == 2
    assert re.fullmatch(r"newsindex: http://192\.0\.2\.1:8000/ cannot be used: .*\n", done.stderr)


def test_without_an_index_nothing_is_served(tmp_path):
    done = CliRunner().invoke(main, ["serve", "--at", str(tmp_path / "nix.newsindex")])
    assert done.exit_code == 3
    assert done.stderr.count("\n") == 1


def test_without_the_extra_the_command_names_it(path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("newsindex.web")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = CliRunner().invoke(main, ["serve", "--at", path])
    assert done.exit_code == 2
    assert "install newsindex with its extra `web`" in done.stderr


@pytest.mark.parametrize(
    ("host", "is_local", "address"),
    [
        ("127.0.0.1", True, "http://127.0.0.1:80/"),
        ("localhost", True, "http://localhost:80/"),
        ("::1", True, "http://[::1]:80/"),
        ("0.0.0.0", False, "http://0.0.0.0:80/"),
        ("::", False, "http://[::]:80/"),
        ("presse.example", False, "http://presse.example:80/"),
    ],
)
def test_only_loopback_is_this_machine_alone(path, host, is_local, address):
    serving = Serving(path, host)
    assert (serving.is_local, serving.address(80)) == (is_local, address)
