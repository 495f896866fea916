"""Indexes on the cluster with alerts."""

from __future__ import annotations

import uuid

import pytest

import newsindex


@pytest.fixture
def address(cluster) -> str:
    """The address of an index that is not there yet."""
    return cluster.address_of(f"alertes-{uuid.uuid4().hex[:12]}") + "?shards=1&replicas=0"


@pytest.fixture
def index(address):
    """An empty index on the cluster."""
    with newsindex.create(address) as index:
        yield index


@pytest.fixture
def alerted(index):
    """An index with one article and an alert."""
    index.add([newsindex.Article("Titre ancien", "eau à Tiznit", id="ancien")])
    index.alerts.add("eau", "eau AND tiznit")
    return index
