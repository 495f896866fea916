"""The cluster that tests use: nodes of their own, or one that runs already."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Final, TypeVar

import pytest

from .engine_files import VERSIONS, EngineMissing, PluginMissing
from .nodes import Nodes, ask, running_nodes

GIVEN: Final = "NEWSINDEX_TEST_CLUSTER"
"""The variable with the address of a running cluster: ``http://host:port``, several separated by commas."""
REQUIRED: Final = "NEWSINDEX_REQUIRE_CLUSTER"
"""The variable that is 1 where tests fail without a cluster, and are not skipped."""
MAJOR: Final = "NEWSINDEX_CLUSTER_VERSION"
"""The variable with the major version of OpenSearch that is started: 2 or 3."""
_DELETED_AT_ONCE: Final = 30
T = TypeVar("T")


class RunningCluster:
    """A cluster, and the names of this test run's indexes on it."""

    def __init__(self, urls: list[str], nodes: Nodes | None) -> None:
        """``nodes`` are those that the tests started, and may kill."""
        self.urls = urls
        self.nodes = nodes
        self.run = f"conformance-{uuid.uuid4().hex[:8]}"

    @property
    def port(self) -> int:
        """The port of the first node, which is on loopback."""
        return int(self.urls[0].rpartition(":")[2])

    def address_of(self, name: str, by: str | None = None) -> str:
        """The address of an index, whose name begins with that of this run; ``by`` replaces the hosts."""
        hosts = by or ",".join(url.removeprefix("http://") for url in self.urls)
        return f"opensearch://{hosts}/{self.index_name(name)}"

    def index_name(self, name: str) -> str:
        """The name of an index, which begins with that of this run."""
        return f"{self.run}-{name}"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The answer of the first node. Raises OSError."""
        return ask(self.urls[0], method, path, body)

    def delete_indexes(self) -> None:
        """Delete the indexes of this run."""
        query = "format=json&h=index&expand_wildcards=all"
        rows = self.ask("GET", f"/_cat/indices/{self.run}-*?{query}")
        for first in range(0, len(rows), _DELETED_AT_ONCE):
            names = ",".join(row["index"] for row in rows[first : first + _DELETED_AT_ONCE])
            ask(self.urls[0], "DELETE", f"/{names}", timeout=120)


@contextmanager
def running_cluster() -> Iterator[RunningCluster]:
    """The cluster that is named by the environment, else three nodes that end with the block.

    Raises EngineMissing, and EngineBroken.
    """
    given = os.environ.get(GIVEN)
    if given:
        cluster = RunningCluster([url.rstrip("/") for url in given.split(",")], None)
        yield cluster
        cluster.delete_indexes()
        return
    version = VERSIONS[os.environ.get(MAJOR, "2")]
    with running_nodes(version=version) as nodes:
        yield RunningCluster([node.url for node in nodes.nodes], nodes)


def start_or_skip(stack: ExitStack, nodes: AbstractContextManager[T]) -> T:
    """Nodes that run until a stack is closed; the test is skipped where a machine cannot start any.

    Where REQUIRED is 1 the test fails instead, but for the plugin, of which few mirrors have the files.
    """
    try:
        return stack.enter_context(nodes)
    except EngineMissing as missing:
        if os.environ.get(REQUIRED) == "1" and not isinstance(missing, PluginMissing):
            pytest.fail(f"{REQUIRED}=1, and {missing}")
        pytest.skip(str(missing))
