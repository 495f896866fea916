"""The caches of searches stay within their limits."""

from __future__ import annotations

import random
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from newsindex.query.evaluation.caches import BoundedCache, CodedTextCache, CodedTexts, ScoreCache
from newsindex.query.evaluation.matches import NO_MATCHES, Matches

TABLE = np.ones(1024, np.float32)


def test_scores_are_computed_once_and_those_used_longest_ago_are_dropped():
    cache = ScoreCache(4 * TABLE.nbytes - 1)
    computed = []

    def ask(key):
        cache.get(key, 0, lambda: computed.append(key) or Matches(None, None, table=TABLE))

    for key in "abcabdac":
        ask(key)
    assert computed == list("abcdc")


def test_matches_that_grow_in_the_cache_do_not_upset_its_count_of_bytes():
    cache = ScoreCache(5 * TABLE.nbytes - 1)
    for key in range(100):
        cache.get(key, 0, lambda: Matches(None, None, table=TABLE)).scores  # noqa: B018 - the array is kept from now on
    assert len(cache) == 4


def test_a_full_cache_is_emptied():
    cache = BoundedCache(2)
    for key in range(5):
        cache[key] = key
    assert cache == {4: 4}


def test_scores_of_unknown_words_are_bounded_too():
    cache = ScoreCache(100_000)
    for i in range(1000):
        cache.get((f"word {i}",), 0, lambda: NO_MATCHES)
    assert len(cache) < 200
    cache.get(("x" * 200_000,), 0, lambda: NO_MATCHES)
    assert cache.nbytes <= 100_000


def test_a_cache_is_bounded_in_bytes_of_keys_and_values():
    cache = BoundedCache(max_bytes=100_000, large_values=True)
    for i in range(50):
        cache["x" * 5_000 + str(i)] = i
        assert cache.nbytes <= 100_000
    assert 0 < len(cache) < 20
    cache.clear()
    for i in range(50):
        cache[i] = ({i: ("y" * 5_000,)}, frozenset([f"{i}" * 1000]))
        assert cache.nbytes <= 100_000
    assert 0 < len(cache) < 20


def test_a_value_larger_than_the_cache_is_not_kept():
    cache = BoundedCache(max_bytes=10_000, large_values=True)
    cache["small"] = 1
    cache["large"] = "x" * 10_000
    assert cache == {"small": 1}


def in_threads(function, count=8):
    """The results of a function that threads run at once, with their numbers."""
    barrier = threading.Barrier(count)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(count) as threads:
            return list(threads.map(lambda number: (barrier.wait(), function(number))[1], range(count)))
    finally:
        sys.setswitchinterval(interval)


def test_threads_that_fill_a_cache_keep_it_within_its_limits():
    cache = BoundedCache(max_entries=50, max_bytes=16_000)

    def fill(number):
        rng = random.Random(number)
        for _ in range(3000):
            key = rng.randrange(200)
            assert cache.get(key) in (None, (key, "value"))
            cache[key] = (key, "value")
            assert len(cache) <= 50
            assert cache.nbytes <= 16_000

    in_threads(fill)
    entries = dict(cache)
    cache.clear()
    for key, value in entries.items():
        cache[key] = value
    assert len(cache) == len(entries)


def test_the_count_of_bytes_is_that_of_the_entries_whatever_threads_wrote():
    cache, alone = BoundedCache(), BoundedCache()
    in_threads(lambda number: [cache.__setitem__(key, (key, number > 3)) for key in range(1000)])
    for key in range(1000):
        alone[key] = (key, True)
    assert cache.nbytes == alone.nbytes


def test_threads_get_the_scores_of_their_words_and_keep_the_cache_within_its_limit():
    cache = ScoreCache(20_000)

    def search(number):
        rng = random.Random(number)
        for _ in range(1000):
            word = rng.randrange(1, 40)
            documents = np.arange(word)
            matches = cache.get(word, 64, lambda: Matches(documents, np.full(len(documents), word, "f4")))  # noqa: B023
            assert matches.documents.tolist() == list(range(word))
            assert set(matches.scores.tolist()) == {word}

    in_threads(search)
    assert 0 < cache.nbytes <= 20_000
    assert len(cache) > 1


def test_a_cache_measures_its_values_as_it_is_told():
    cache = BoundedCache(max_bytes=10_000, measure=lambda value: value)
    cache["small"] = 5_000
    cache["too large"] = 10_000
    assert dict(cache) == {"small": 5_000}
    cache["next"] = 5_000
    assert dict(cache) == {"next": 5_000}


def test_equal_words_and_no_others_have_the_same_character_in_coded_texts():
    texts = CodedTexts()
    first = texts.text(1, lambda: ["le", "pont", "le"])
    second = texts.text(2, lambda: ["pont", "le", "Pont"])
    assert first == second[1] + second[0] + second[1]
    assert len(set(second)) == 3
    assert texts.text(1, lambda: ["autre"]) == first, "its words are read once"


def test_coded_texts_start_anew_when_they_take_too_many_bytes():
    cache = CodedTextCache(10_000)
    made = {id(texts): texts for texts in (_coded(cache, number) for number in range(100))}
    assert 1 < len(made) < 20
    assert all(texts.nbytes < 12_000 for texts in made.values())


def _coded(cache, number):
    texts = cache.texts()
    texts.text(number, lambda: [f"mot{number}", "commun"])
    return texts


def test_texts_that_several_threads_code_at_once_agree_on_their_words():
    texts = CodedTexts()
    words = [[f"mot{(start + i) % 500}" for i in range(200)] for start in range(400)]
    with ThreadPoolExecutor(8) as pool:
        coded = list(pool.map(lambda number: texts.text(number, lambda: words[number]), range(len(words))))
    pairs = {pair for own, text in zip(words, coded, strict=True) for pair in zip(own, text, strict=True)}
    assert len(pairs) == len({word for word, _ in pairs}) == len({code for _, code in pairs}) == 500
