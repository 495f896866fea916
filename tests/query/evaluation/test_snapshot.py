"""A snapshot shows every thread the same segments."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from newsindex import Article


def test_threads_that_search_a_new_snapshot_at_once_see_the_same_views(make_index):
    index = make_index(*([Article(f"Roi {i}", id=str(i))] for i in range(8)))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for i in range(20):
            index.add([Article("Roi", id="again", source=str(i))])
            snapshot = index.snapshot()._backend.snapshot
            with ThreadPoolExecutor(8) as threads:
                seen = list(threads.map(lambda snapshot: snapshot.views, [snapshot] * 8))
            assert all(views is seen[0] for views in seen)
    finally:
        sys.setswitchinterval(interval)
