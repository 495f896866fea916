"""The caches of searches stay within their limits."""

from __future__ import annotations

import numpy as np

from newsindex.query.evaluation.caches import BoundedCache, ScoreCache
from newsindex.query.evaluation.matches import Matches

TABLE = np.ones(1024, np.float32)


def test_scores_are_computed_once_and_those_used_longest_ago_are_dropped():
    cache = ScoreCache(3 * TABLE.nbytes)
    computed = []

    def ask(key):
        cache.get(key, 0, lambda: computed.append(key) or Matches(None, None, table=TABLE))

    for key in "abcabdac":
        ask(key)
    assert computed == list("abcdc")


def test_matches_that_grow_in_the_cache_do_not_upset_its_count_of_bytes():
    cache = ScoreCache(4 * TABLE.nbytes)
    for key in range(100):
        cache.get(key, 0, lambda: Matches(None, None, table=TABLE)).scores  # noqa: B018 - the array is kept from now on
    assert len(cache) == 4


def test_a_full_cache_is_emptied():
    cache = BoundedCache(2)
    for key in range(5):
        cache[key] = key
    assert cache == {4: 4}
