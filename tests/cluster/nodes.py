"""Starts OpenSearch nodes on free ports of loopback, and ends them.

The data of the nodes is in a temporary folder. Each node is a process that ends when its standard input does,
so that none outlives the program that started it, whatever ended that program. It has a process group of its
own: a node that is paused when its program dies is woken by the system with a SIGHUP, and ends too.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from .engine_files import VERSIONS, EngineBroken, EngineFiles, Version, engine_files

_PORTS: Final = range(20_000, 32_000)  # below those that a system gives to outgoing connections
_LAST_LINES: Final = 30
_START_SECONDS: Final = 180.0
_ENDING_SECONDS: Final = 20.0
QUICK: Final = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Half the processor time until a node answers, and slower work later."""
COMMON_SETTINGS: Final = {
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "indices.breaker.total.use_real_memory": "false",  # garbage that was not collected counts otherwise
    "network.host": "127.0.0.1",
}
"""The settings of every node."""
_THOROUGH: Final = ("-XX:+UseSerialGC",)
_PREFIX: Final = "newsindex-nodes-"
_MEMORY: Final = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""A folder in memory, where a change of the cluster's state does not wait for disks; None without."""
_LOCK: Final = "lock"
"""A file in the folder of a cluster that is locked as long as its program lives."""


class Node:
    """One node: a process of Java, with its ports and its folder, that can be ended and started again."""

    def __init__(
        self,
        name: str,
        folder: Path,
        files: EngineFiles,
        settings: dict[str, str],
        java_options: Sequence[str],
    ) -> None:
        self.name = name
        self.port = int(settings["http.port"])
        self._folder = folder
        self._output = folder / "output.txt"
        pairs = {**settings, "node.name": name, "path.home": str(folder)}
        self._command = [
            str(files.java),
            *java_options,
            "-cp",
            files.class_path,
            "EngineNode",
            *[f"{key}={value}" for key, value in pairs.items()],
        ]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the node for HTTP."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The number of the process, None where it was never started."""
        return None if self._process is None else self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process is there, paused or not."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process; it takes some seconds until the node answers."""
        self.close_input()
        (self._folder / "config").mkdir(parents=True, exist_ok=True)
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
                cwd=self._folder,
            )

    def kill(self) -> None:
        """End the process at once, as a loss of power would."""
        self._send(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()
            self.close_input()

    def end(self) -> None:
        """End the process as its administrator would, and at once where that takes long."""
        if self._process is None:
            return
        self.close_input()
        self._send(signal.SIGCONT)
        try:
            self._process.wait(_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def pause(self) -> None:
        """Stop the process where it is; its connections stay open and nothing answers."""
        self._send(signal.SIGSTOP)
        if self._process is not None:  # a signal takes a moment to arrive
            os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def resume(self) -> None:
        """Let a paused process go on."""
        self._send(signal.SIGCONT)

    def last_output(self) -> str:
        """The last lines that the node wrote."""
        lines = self._output.read_text("utf-8", "replace").splitlines() if self._output.exists() else []
        return "\n".join([f"--- {self.name}", *lines[-_LAST_LINES:]])

    def _send(self, number: int) -> None:
        if self.is_running and self._process is not None:
            self._process.send_signal(number)

    def close_input(self) -> None:
        """End the standard input of the process, by which it is told to end."""
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()


class Nodes:
    """The nodes of one cluster."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = list(nodes)

    @property
    def address(self) -> str:
        """The address of the cluster, to which a program adds ``/`` and the name of an index."""
        return "opensearch://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def __getitem__(self, place: int) -> Node:
        return self.nodes[place]

    def __len__(self) -> int:
        return len(self.nodes)

    def start(self) -> None:
        """Start all nodes that do not run, and wait until the cluster is whole. Raises EngineBroken."""
        for node in self.nodes:
            if not node.is_running:
                node.start()
        self.wait_until_green()

    def end(self) -> None:
        """End all nodes."""
        for node in self.nodes:
            node.close_input()  # so that they end side by side
        for node in self.nodes:
            node.end()

    def wait_until_green(self, seconds: float = _START_SECONDS) -> None:
        """Wait until all nodes have joined and every shard has its copies. Raises EngineBroken."""
        query = f"wait_for_nodes={len(self.nodes)}&wait_for_status=green&wait_for_no_initializing_shards=true"
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(OSError, ValueError):
                health = self.ask("GET", f"/_cluster/health?{query}&timeout=2s", timeout=10)
                if not health["timed_out"]:
                    return
            if not all(node.is_running for node in self.nodes):
                break
            time.sleep(0.3)
        outputs = "\n".join(node.last_output() for node in self.nodes)
        raise EngineBroken(f"the cluster was not whole after {seconds:.0f} s, or a node ended:\n{outputs}")

    def ask(self, method: str, path: str, body: object = None, *, node: int = 0, timeout: float = 30) -> Any:
        """The JSON answer of a node to a request. Raises OSError where it does not answer or refuses."""
        return ask(self.nodes[node].url, method, path, body, timeout=timeout)


def ask(url: str, method: str, path: str, body: object = None, *, timeout: float = 30) -> Any:
    """The JSON answer of a server to a request. Raises OSError where it does not answer or refuses."""
    request = urllib.request.Request(
        url + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            raise OSError(f"{method} {path}: {error.code} {error.read()[:500]!r}") from error


@contextmanager
def running_nodes(
    count: int = 3, version: Version = VERSIONS["2"], *, heap: str = "512m", is_measured: bool = False
) -> Iterator[Nodes]:
    """A cluster that runs during a block, with so much memory for each node.

    Nodes that are measured take longer to start. Raises EngineMissing, and EngineBroken.
    """
    files = engine_files(version)
    with folder_of_nodes(is_measured=is_measured) as home:
        options = (f"-Xms{heap}", f"-Xmx{heap}", *(_THOROUGH if is_measured else QUICK))
        nodes = Nodes(_nodes(count, home, files, options))
        try:
            nodes.start()
            yield nodes
        finally:
            nodes.end()


@contextmanager
def folder_of_nodes(*, is_measured: bool = False) -> Iterator[Path]:
    """A folder for the data of nodes, which is deleted after the block, or later if the program is killed."""
    _delete_abandoned()
    with (
        tempfile.TemporaryDirectory(
            prefix=_PREFIX, dir=None if is_measured else _MEMORY, ignore_cleanup_errors=True
        ) as home,
        (Path(home) / _LOCK).open("w") as lock,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(home)


def _delete_abandoned() -> None:
    """Delete the data of nodes whose program was killed."""
    for place in {tempfile.gettempdir(), _MEMORY or tempfile.gettempdir()}:
        for home in Path(place).glob(f"{_PREFIX}*"):
            with suppress(OSError), (home / _LOCK).open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(home, ignore_errors=True)


def _nodes(count: int, home: Path, files: EngineFiles, java_options: Sequence[str]) -> Iterator[Node]:
    ports = free_ports(2 * count)
    names = [f"n{number}" for number in range(1, count + 1)]
    common = {
        **COMMON_SETTINGS,
        "cluster.name": home.name,
        "cluster.initial_cluster_manager_nodes": ",".join(names),
        "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in ports[count:]),
        "http.type": "netty4",
        "transport.type": "netty4",
    }
    for name, http, transport in zip(names, ports[:count], ports[count:], strict=True):
        settings = {**common, "http.port": str(http), "transport.port": str(transport)}
        yield Node(name, home / name, files, settings, java_options)


def free_ports(count: int) -> list[int]:
    """So many ports of loopback on which nothing listens now."""
    found: list[int] = []
    for port in random.SystemRandom().sample(_PORTS, len(_PORTS)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                found.append(port)
        if len(found) == count:
            break
    return found
