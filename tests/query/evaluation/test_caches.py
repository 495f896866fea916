"""What a search remembers stays within bounds."""

from __future__ import annotations

import numpy as np

from newsindex.query.evaluation.caches import BoundedCache, ScoreCache
from newsindex.query.evaluation.matches import Matches

TABLE = np.ones(1024, np.float32)


def test_scores_are_made_once_and_the_least_asked_for_are_forgotten():
    cache = ScoreCache(3 * TABLE.nbytes)
    made = []

    def ask(key):
        cache.get(key, 0, lambda: made.append(key) or Matches(None, None, table=TABLE))

    for key in "abcabdac":
        ask(key)
    assert made == list("abcdc")


def test_matches_that_grow_while_they_are_remembered_do_not_upset_the_count():
    cache = ScoreCache(4 * TABLE.nbytes)
    for key in range(100):
        cache.get(key, 0, lambda: Matches(None, None, table=TABLE)).scores  # noqa: B018 - it is kept from now on
    assert len(cache._known) == 4


def test_a_dictionary_that_is_full_begins_anew():
    known = BoundedCache(2)
    for key in range(5):
        known[key] = key
    assert known == {4: 4}
