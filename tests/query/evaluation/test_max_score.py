"""The best documents for any of some words are those of exhaustive scoring, found without scoring all."""

from __future__ import annotations

import random

import pytest

from newsindex import Article
from newsindex.query.evaluation import evaluator, max_score

WORDS = [f"mot{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(300)]


def corpus(seed, count):
    """Articles whose words are as unevenly frequent as those of a language."""
    rng = random.Random(seed)
    weights = [1 / (i + 1) for i in range(len(WORDS))]
    for i in range(count):
        words = rng.choices(WORDS, weights, k=rng.randint(5, 60))
        yield Article(
            " ".join(words[:5]), " ".join(words), id=f"{seed}-{i}", source=rng.choice("ab"), published=None
        )


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    import newsindex

    index = newsindex.create(tmp_path_factory.mktemp("max_score") / "index")
    for seed in range(3):
        index.add(corpus(seed, 1500))
    index.delete(*(f"1-{i}" for i in range(0, 1500, 7)))
    return index


@pytest.mark.parametrize("seed", range(40))
def test_max_score_equals_exhaustive_scoring(index, seed):
    rng = random.Random(seed)
    query = " ".join(rng.choices(WORDS, [1 / (i + 1) ** 0.5 for i in range(len(WORDS))], k=rng.randint(2, 9)))
    limit = rng.choice((1, 3, 10, 50))
    pruned = index.search(query, limit=limit)
    exhaustive = index.search(query, limit=limit, facets=["source"])  # which counts, and so reads, all
    assert [(hit.article.id, hit.score) for hit in pruned] == [
        (hit.article.id, hit.score) for hit in exhaustive
    ]
    assert pruned.total == exhaustive.total


def test_frequent_words_beside_rare_ones_are_only_counted(index, without_kernel, monkeypatch):
    scored = []
    monkeypatch.setattr(
        evaluator, "top_matches", lambda view, terms, score, *rest: max_score.top_matches(
            view, terms, lambda view, word: scored.append(word.spelling) or score(view, word), *rest
        )
    )  # fmt: skip
    index.search(f"{WORDS[0]} {WORDS[200]}")
    assert WORDS[200] in scored
    assert WORDS[0] not in scored


@pytest.mark.parametrize("seed", range(10))
def test_pages_that_follow_each_other_are_one_long_page(index, seed):
    rng = random.Random(seed)
    query = " ".join(rng.choices(WORDS[:80], k=rng.randint(2, 5)))
    whole = index.search(query, limit=120)
    paged, after = [], None
    for _ in range(6):
        page = index.search(query, limit=20, after=after)
        paged += page.hits
        after = page.next
    assert [(hit.article.id, hit.score) for hit in paged] == [(hit.article.id, hit.score) for hit in whole]
