"""What a rebuild does with a cluster that refuses to delete what was deleted meanwhile."""

import pytest

from newsindex import AccessDenied, ClusterUnavailable
from newsindex.backends.opensearch import patience
from newsindex.backends.opensearch.connection import connect
from newsindex.backends.opensearch.index_record import IndexRecord, Places
from newsindex.backends.opensearch.writing.article_copy import ArticleCopy

PLACES = Places("presse-v0001", "presse-Write-2", "presse-Copy-2", 2)
BUSY = {"type": "rejected_execution_exception", "reason": "trop"}
DENIED = {
    "type": "security_exception",
    "reason": "no permissions for [indices:data/write/bulk[s]] and User [x]",
}


@pytest.fixture
def copy(node):
    connection = connect(f"opensearch://{node.host}/presse")
    return ArticleCopy(connection, PLACES, IndexRecord, "presse-v0001", "presse-v0002", "presse-Copy-2")


def answering(*results, document=None):
    """A new version with one article that the old one has no more, and the results of deletions."""
    left = list(results)
    hit = {"_id": "a", "_seq_no": 3, "_primary_term": 1, "_source": {}}

    def answer(method, path, body):
        if "/_bulk" in path:
            return 200, {"items": [{"delete": left.pop(0)}]}
        if "/_mget" in path:
            return 200, {"docs": [document or {"_id": "a", "found": False}]}
        hits = [] if path.startswith("/_search/scroll") else [hit]
        return 200, {"_scroll_id": "x", "hits": {"hits": hits}, "_shards": {"failed": 0}}

    return answer, left


def test_a_deletion_that_a_busy_cluster_refused_is_asked_for_again(node, copy, monkeypatch):
    monkeypatch.setattr(patience, "_FIRST_PAUSE", 0.01)
    node.answer, left = answering({"status": 429, "error": BUSY}, {"status": 200})
    copy._delete_deleted(1)
    assert left == []


@pytest.mark.parametrize("status", [404, 409])
def test_an_article_that_was_changed_or_deleted_since_is_left(node, copy, status):
    node.answer, left = answering({"status": status, "error": {"type": "version_conflict_engine_exception"}})
    copy._delete_deleted(1)
    assert left == []


def test_a_deletion_that_is_forbidden_ends_the_rebuild(node, copy):
    node.answer, _ = answering({"status": 403, "error": DENIED})
    with pytest.raises(AccessDenied, match="indices:data/write/bulk"):
        copy._delete_deleted(1)


def test_an_article_that_cannot_be_looked_up_ends_the_rebuild(node, copy):
    document = {"_id": "a", "error": {"type": "no_shard_available_action_exception", "reason": "non"}}
    node.answer, _ = answering(document=document)
    with pytest.raises(ClusterUnavailable, match="no_shard_available"):
        copy._delete_deleted(1)
