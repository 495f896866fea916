"""The cluster that tests use: nodes of their own, or one that runs already."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from .engine_files import VERSIONS
from .nodes import Nodes, ask, running_nodes

GIVEN: Final = "NEWSINDEX_TEST_CLUSTER"
"""The variable with the address of a running cluster: ``http://host:port``, several separated by commas."""
REQUIRED: Final = "NEWSINDEX_REQUIRE_CLUSTER"
"""The variable that is 1 where tests fail without a cluster, and are not skipped."""
MAJOR: Final = "NEWSINDEX_CLUSTER_VERSION"
"""The variable with the major version of OpenSearch that is started: 2 or 3."""


class RunningCluster:
    """A cluster, and the names of this test run's indexes on it."""

    def __init__(self, urls: list[str], nodes: Nodes | None) -> None:
        """``nodes`` are those that the tests started, and may kill."""
        self.urls = urls
        self.nodes = nodes
        self.run = f"test-{uuid.uuid4().hex[:8]}"

    def address_of(self, name: str) -> str:
        """The address of an index, whose name begins with that of this run."""
        hosts = ",".join(url.removeprefix("http://") for url in self.urls)
        return f"opensearch://{hosts}/{self.run}-{name}"

    def delete_indexes(self) -> None:
        """Delete the indexes of this run."""
        query = "format=json&h=index&expand_wildcards=all"
        rows = ask(self.urls[0], "GET", f"/_cat/indices/{self.run}-*?{query}")
        for row in rows:
            ask(self.urls[0], "DELETE", f"/{row['index']}")


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
