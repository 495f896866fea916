"""A node that answers as a test tells it, and indexes on a real cluster."""

import pytest

import newsindex

from .fake_node import fake_node


@pytest.fixture
def node():
    """A server that answers as a node of OpenSearch."""
    with fake_node() as running:
        yield running


@pytest.fixture
def make_cluster_index(cluster, request):
    """Makes an index on the real cluster, and gives its address."""
    made = []

    def make(options="shards=2&replicas=0", **settings):
        address = f"{cluster.address_of(f'ecrit-{len(made)}-{abs(hash(request.node.nodeid))}')}?{options}"
        made.append(newsindex.create(address, **settings))
        return address

    yield make
    for index in made:
        index.close()
