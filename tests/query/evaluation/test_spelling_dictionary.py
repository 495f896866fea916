"""The dictionary of spellings finds what a comparison with every spelling finds, in bounded memory."""

from __future__ import annotations

import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from newsindex.analyzer import fold
from newsindex.deadline import deadline
from newsindex.errors import DeadlineExceeded
from newsindex.query.evaluation import spelling_dictionary
from newsindex.query.evaluation.spelling_dictionary import SpellingDictionaries, SpellingDictionary


class Spellings:
    """A segment of which only the spellings are known."""

    def __init__(self, *texts):
        self.spellings = self
        self._texts = [text.encode() for text in texts]

    def term_texts(self):
        return []

    def texts(self, terms):
        return self._texts


WORDS = st.text(st.sampled_from("abéœ٣,1"), min_size=1, max_size=7)


@given(st.lists(WORDS, max_size=40), WORDS, st.integers(1, 2), st.integers(1, 50))
def test_near_spellings_are_those_within_the_distance(texts, word, distance, step):
    folded = fold(word)
    expected = {}
    for number, text in enumerate(map(fold, texts)):
        if text and OSA.distance(folded, text) <= distance:
            expected.setdefault(text, []).append(number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spelling_dictionary, "_LINES_PER_STEP", step)
        near = SpellingDictionary(Spellings(*texts)).near(folded, distance)
    assert {text: sorted(numbers) for text, numbers in near.items()} == expected


@given(st.lists(WORDS, max_size=40), st.integers(1, 50))
def test_a_pattern_finds_the_spellings_that_it_matches_across_steps(texts, step):
    expected = {}
    for number, text in enumerate(map(fold, texts)):
        if text.startswith("a"):
            expected.setdefault(text, []).append(number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spelling_dictionary, "_LINES_PER_STEP", step)
        dictionary = SpellingDictionary(Spellings(*texts))
        assert dictionary.matching(re.compile(rb"\na[^\n]*(?=\n)"), 1000) == expected


def test_a_pattern_that_matches_too_much_is_not_searched_to_the_end(monkeypatch):
    monkeypatch.setattr(spelling_dictionary, "_LINES_PER_STEP", 10)
    dictionary = SpellingDictionary(Spellings(*(f"a{i}" for i in range(1000))))
    assert len(dictionary.matching(re.compile(rb"\na[^\n]*(?=\n)"), 15)) == 20


def test_a_near_word_is_compared_with_few_spellings(monkeypatch):
    from rapidfuzz import process

    compared = []
    extract = process.extract
    monkeypatch.setattr(
        process, "extract", lambda word, texts, **rest: compared.extend(texts) or extract(word, texts, **rest)
    )
    rng = random.Random(1)
    texts = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(4, 10))) for _ in range(5000)]
    assert "motion" in SpellingDictionary(Spellings(*texts, "motion")).near("notion", 1)
    assert len(compared) < len(texts) / 50


def test_dictionaries_are_kept_up_to_a_number_of_bytes():
    segments = [Spellings(*(f"mot{i}{j}" for j in range(50))) for i in range(5)]
    nbytes = SpellingDictionary(segments[0]).nbytes
    dictionaries = SpellingDictionaries(3 * nbytes)
    first = [dictionaries.of(segment) for segment in segments]
    second = [dictionaries.of(segment) for segment in segments]
    assert [one is other for one, other in zip(first, second, strict=True)] == [True] * 3 + [False] * 2
    assert dictionaries.nbytes == 3 * nbytes
    assert [dictionary.near("mot400", 1) for dictionary in second] == [
        dictionary.near("mot400", 1) for dictionary in first
    ]


def test_threads_that_need_a_dictionary_at_once_make_it_once(monkeypatch):
    made = []
    begin = SpellingDictionary.__init__
    monkeypatch.setattr(
        SpellingDictionary, "__init__", lambda self, segment: (made.append(segment), begin(self, segment))[1]
    )
    segment = Spellings(*(f"mot{i}" for i in range(5000)))
    dictionaries, barrier = SpellingDictionaries(), threading.Barrier(8)
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _: (barrier.wait(), dictionaries.of(segment))[1], range(8)))
    assert made == [segment]
    assert all(dictionary is got[0] for dictionary in got)


def test_a_dictionary_that_is_not_made_in_time_is_made_by_the_next_search():
    segment, dictionaries = Spellings("président"), SpellingDictionaries()
    with deadline(-1), pytest.raises(DeadlineExceeded):
        dictionaries.of(segment)
    assert dictionaries.nbytes == 0
    assert dictionaries.of(segment).near("presidant", 1) == {"president": [0]}
