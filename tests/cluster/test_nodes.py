"""The nodes of tests end with the program that started them, and say why they did not start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cluster import engine_files
from tests.cluster.engine_files import (
    SECURED_VERSIONS,
    VERSIONS,
    EngineBroken,
    EngineFiles,
    EngineMissing,
    jdk,
)
from tests.cluster.nodes import Node, Nodes, ask, free_ports

from ..conftest import ROOT

PROGRAM = """
import time
from tests.cluster.nodes import running_nodes
with running_nodes(1) as nodes:
    nodes[0].pause()
    print(nodes[0].pid, flush=True)
    time.sleep(600)
"""


def test_a_cluster_of_three_nodes_is_whole(cluster):
    health = ask(cluster.urls[0], "GET", "/_cluster/health")
    assert health["number_of_nodes"] >= 3 or cluster.nodes is None


@pytest.fixture
def java():
    try:
        return jdk(VERSIONS["2"])
    except EngineMissing as missing:
        pytest.skip(str(missing))


def test_a_paused_node_ends_when_the_program_that_started_it_is_killed(java):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as program:
        node = int(program.stdout.readline())
        program.kill()
    for _ in range(600):
        if not Path(f"/proc/{node}").exists():
            break
        time.sleep(0.05)
    else:
        os.kill(node, signal.SIGKILL)
        pytest.fail("the node outlived its program")


def test_nodes_that_do_not_start_show_their_output(tmp_path, java):
    files = EngineFiles(java / "bin" / "java", str(tmp_path))
    node = Node("n1", tmp_path, files, {"http.port": "1"}, ["-Xmx16m"])
    with pytest.raises(EngineBroken, match="EngineNode"):
        Nodes([node]).start()
    assert not node.is_running
    node.end()


def test_a_machine_without_java_or_maven_is_told_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(engine_files, "find_jdk", lambda *versions: None)
    with pytest.raises(EngineMissing, match=r"OpenSearch 2\.[0-9.]+ needs a JDK of 17 to 23"):
        jdk(VERSIONS["2"])
    monkeypatch.setattr(engine_files, "find_jdk", lambda *versions: tmp_path)
    monkeypatch.setattr(engine_files.shutil, "which", lambda command: None)
    with pytest.raises(EngineMissing, match="Maven"):
        jdk(VERSIONS["3"])


def test_a_machine_to_which_maven_does_not_give_the_security_plugin_is_told_so(monkeypatch, tmp_path, java):
    def fail(*arguments):
        raise EngineBroken("could not find artifact")

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(engine_files, "_run", fail)
    with pytest.raises(
        EngineMissing, match=r"no security plugin .* came from Maven: could not find artifact"
    ):
        engine_files.engine_files(SECURED_VERSIONS["2"], is_secured=True)


def test_free_ports_are_different():
    assert len(set(free_ports(20))) == 20
