"""A headline that a reader pastes or types finds its own article first, whatever signs are in it."""

from __future__ import annotations

from itertools import pairwise

import pytest

import newsindex
from newsindex import Article
from tests.conftest import ROOT
from tests.golden import forms, table

TABLE = table("french/headlines.tsv")


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The headlines' articles; for each two another that has half of either; and the sample corpus."""
    headlines = list(dict.fromkeys(row["headline"] for row in TABLE))
    filler = "Rien de plus n'a été dit sur place, où l'on attendait encore la suite. "
    articles = [
        Article(headline, filler * (1 + i % 4), id=f"own-{i}") for i, headline in enumerate(headlines)
    ]
    for one, other in pairwise(headlines):
        words, others = one.split(), other.split()
        mixed = words[: len(words) // 2] + others[len(others) // 2 :]
        articles.append(Article(" ".join(mixed), filler, id=f"mixed: {one}"))
    with newsindex.create(tmp_path_factory.mktemp("headlines") / "i") as index:
        index.add([*articles, *newsindex.read(ROOT / "sample_corpus" / "articles.jsonl")], workers=1)
        yield index


@pytest.mark.parametrize("row", TABLE, ids=[row["typed"] or row["headline"] for row in TABLE])
@pytest.mark.parametrize("operator", ["any", "all"])
def test_a_typed_headline_finds_its_article_first_and_notes_what_was_read_otherwise(index, row, operator):
    results = index.search(row["typed"] or row["headline"], operator=operator)
    assert results[0].article.headline == row["headline"]
    expected = forms(row["note"])
    assert len(results.notes) == len(expected)
    assert all(word in " ".join(results.notes) for word in expected)
