"""The corpora and the queries of the benchmarks are what is said of them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from benchmarks import corpora
from benchmarks.questions import questions
from newsindex import Article, QueryError
from newsindex.query.syntax.parser import parse_query

HEADLINES = [
    "Le maire de Lille inaugure une grande bibliothèque",
    "Orages violents dans le sud : plusieurs communes inondées",
    "Pour les pompiers, une nuit très longue après les orages",
    "Nous avons été avec vous dans cette épreuve",
]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder of measuring data with a few articles."""
    sentence = "La commune de Lille a rouvert sa grande bibliothèque après plusieurs mois de travaux. "
    articles = [Article(headline, sentence * 5, id=str(i)) for i, headline in enumerate(HEADLINES)]
    monkeypatch.setattr(corpora, "real", lambda folder: iter(articles))
    (tmp_path / "french").mkdir()
    (tmp_path / "french" / "french_stop_snowball.txt").write_text("| a list\nfurent | were\n")
    return tmp_path


def test_no_phrase_has_a_stop_word(data):
    pairs = {tuple(pair) for pair in corpora.queries(data)["phrase"]}
    assert ("grande", "bibliothèque") in pairs
    assert not {word for pair in pairs for word in pair} & {
        "les",
        "une",
        "dans",
        "pour",
        "nous",
        "vous",
        "été",
    }
    assert len(corpora.queries(data)["phrase"]) == corpora.QUERIES


def test_the_same_words_are_asked_of_a_kind_with_a_total_and_without(data):
    assert corpora.queries_of("any + total", data) == corpora.queries_of("any", data)
    assert corpora.queries_of("end to end + facets", data) == corpora.queries(data)["end to end"]


def test_long_articles_have_over_800_words_and_are_the_same_each_time(data):
    articles = list(corpora.Corpus(long=7).articles(data))
    assert all(len(article.body.split()) > 800 for article in articles)
    assert articles == list(corpora.Corpus(long=7).articles(data))
    assert len({article.id for article in articles}) == 7


def test_a_corpus_may_be_cut(data):
    assert len(list(corpora.Corpus(recombined=9, limit=4).articles(data))) == 4
    assert len(list(corpora.Corpus(limit=2).articles(data))) == 2


def test_questions_are_of_every_kind_and_the_same_each_time(data):
    asked = list(questions(data, 400))
    assert asked == list(questions(data, 400))
    queries = [query for query, _ in asked]
    for sign in ('"', "*", "?", "~", "+", "-", "=", "^", "titre:", "OU", "date:", "source:"):
        assert any(sign in query for query in queries), sign
    assert "" in queries
    refused = 0
    for query in queries:
        try:
            parse_query(query, ZoneInfo("UTC"))
        except QueryError:
            refused += 1
    assert refused < 40
