"""Query trees become queries of terms, in which no text of a user is parsed."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.backends.opensearch.searching.querying.clauses import NOTHING
from newsindex.backends.opensearch.searching.querying.query_compiler import QueryCompiler, is_scored
from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO
from newsindex.errors import QueryError
from newsindex.query.evaluation.bm25f import BM25F
from newsindex.query.syntax.nodes import (
    AndMaybeQuery,
    AndNotQuery,
    AndQuery,
    DateRangeQuery,
    EveryQuery,
    ExactWordQuery,
    FuzzyQuery,
    LabelQuery,
    NoQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    QueryNode,
    WildcardQuery,
    WordQuery,
)

COMPILER = QueryCompiler(BM25F(), lambda node: ["avocat", "avocats"])
PARSERS = {"query_string", "simple_query_string", "match", "multi_match", "script", "wrapper"}
WORD = WordQuery("text", "avocat", "avocats")


def kinds(clause: object) -> set[str]:
    """The names of all queries and parameters in a query of the cluster."""
    if isinstance(clause, dict):
        return set(clause).union(*map(kinds, clause.values()))
    return set().union(*map(kinds, clause)) if isinstance(clause, list) else set()


def test_a_word_is_a_stem_and_scores_more_in_its_spelling():
    assert COMPILER.matching(WORD) == {"term": {"stems": "avocat"}}
    assert COMPILER.scoring(WORD) == {
        "bool": {
            "must": [{"term": {"stems": "avocat"}}],
            "should": [{"term": {"forms": {"value": "avocats", "boost": 0.5}}}],
            "minimum_should_match": 0,
        }
    }


def test_weights_multiply_scores():
    scored = COMPILER.scoring(dataclasses.replace(WORD, boost=3.0))
    assert scored["bool"]["must"] == [{"term": {"stems": {"value": "avocat", "boost": 3.0}}}]
    assert scored["bool"]["should"] == [{"term": {"forms": {"value": "avocats", "boost": 1.5}}}]
    assert COMPILER.scoring(OrQuery((WORD, WORD), 2.0))["bool"]["boost"] == 2.0


def test_a_word_of_one_field_is_looked_for_there():
    assert COMPILER.matching(WordQuery("headline", "avocat", "avocat")) == {
        "term": {"headline_places": "avocat"}
    }
    assert "body_places" in json.dumps(COMPILER.scoring(WordQuery("body", "avocat", "avocat")))


def test_an_exact_word_is_a_spelling_of_either_field():
    exact = COMPILER.matching(ExactWordQuery("text", "avocat", "avocats"))
    assert exact["bool"]["should"] == [
        {"term": {"headline_spellings": "avocats"}}, {"term": {"body_spellings": "avocats"}},
    ]  # fmt: skip


def test_the_words_of_a_phrase_stand_side_by_side():
    phrase = COMPILER.matching(PhraseQuery("headline", ("projet", "loi")))
    assert phrase == {"match_phrase": {"headline_places": "projet loi"}}


def test_words_near_each_other_are_spans_in_order():
    near = COMPILER.matching(PhraseQuery("body", ("projet", "loi"), 4))
    assert near["span_near"]["slop"] == 3
    assert near["span_near"]["in_order"] is True


def test_words_near_each_other_are_combined_from_both_sides():
    near = COMPILER.matching(PhraseQuery("body", ("un", "projet", "loi"), 2))
    assert len(near["bool"]["should"]) == 2


def test_a_period_is_a_range_of_minutes():
    assert COMPILER.matching(DateRangeQuery(10, 20)) == {"range": {"minutes": {"gte": 10, "lt": 20}}}
    assert COMPILER.matching(DateRangeQuery(LONG_AGO, 20)) == {"range": {"minutes": {"lt": 20}}}
    assert COMPILER.matching(DateRangeQuery(10, FAR_AHEAD)) == {"range": {"minutes": {"gte": 10}}}
    assert COMPILER.matching(DateRangeQuery(LONG_AGO, FAR_AHEAD)) == {"range": {"minutes": {"lt": FAR_AHEAD}}}


def test_labels_are_compared_without_case_and_accents():
    assert COMPILER.matching(LabelQuery("source", ("L'Écho", "Le  Monde"))) == {
        "terms": {"source_key": ["l'echo", "le monde"]}
    }


def test_a_label_with_a_pattern_is_a_wildcard():
    pattern = COMPILER.matching(LabelQuery("source", ("Le*",), pattern=True))
    assert pattern == {"wildcard": {"source_key": {"value": "le*"}}}


def test_an_id_is_compared_as_it_is_written():
    assert COMPILER.matching(LabelQuery("id", ("É1",))) == {"ids": {"values": ["É1"]}}


def test_what_is_not_scored_filters():
    both = COMPILER.scoring(AndQuery((WORD, LabelQuery("source", ("Le Monde",)), NotQuery(WORD))))
    assert len(both["bool"]["must"]) == 1
    assert both["bool"]["filter"] == [{"terms": {"source_key": ["le monde"]}}]
    assert both["bool"]["must_not"] == [{"term": {"stems": "avocat"}}]


def test_an_alternative_that_is_not_scored_scores_nothing():
    either = COMPILER.scoring(OrQuery((WORD, LabelQuery("source", ("Le Monde",)))))
    assert either["bool"]["should"][1]["constant_score"]["boost"] == 0.0
    assert either["bool"]["minimum_should_match"] == 1


def test_an_optional_clause_need_not_match():
    maybe = AndMaybeQuery(WORD, WordQuery("text", "loi", "loi"))
    assert COMPILER.matching(maybe) == {"term": {"stems": "avocat"}}
    assert COMPILER.scoring(maybe)["bool"]["minimum_should_match"] == 0


def test_what_finds_nothing_matches_nothing():
    assert COMPILER.matching(NoQuery()) == NOTHING
    assert COMPILER.matching(OrQuery(())) == NOTHING


def test_a_fuzzy_word_of_one_field_is_its_near_forms_with_any_accents():
    near = COMPILER.matching(FuzzyQuery("headline", "avocat"))
    assert near == {"terms": {"headline_spellings": ["avocat", "~avocat", "avocats", "~avocats"]}}


def test_the_spellings_of_a_very_long_query_are_left_out():
    many = OrQuery(tuple(WordQuery("text", f"mot{number}", f"mot{number}") for number in range(300)))
    assert "forms" not in json.dumps(COMPILER.scoring(many))


def test_a_node_of_another_kind_is_refused():
    class Other(QueryNode):
        pass

    with pytest.raises(QueryError, match="Other"):
        COMPILER.matching(Other())


texts = st.text(min_size=1, max_size=12)
fields = st.sampled_from(["text", "headline", "body"])
leaves = st.one_of(
    st.builds(WordQuery, fields, texts, texts),
    st.builds(ExactWordQuery, fields, texts, texts),
    st.builds(WildcardQuery, fields, texts),
    st.builds(FuzzyQuery, fields, texts, st.sampled_from([1, 2])),
    st.builds(
        PhraseQuery, fields, st.lists(texts, min_size=1, max_size=3).map(tuple), st.sampled_from([1, 3])
    ),
    st.builds(LabelQuery, st.sampled_from(["source", "id"]), st.tuples(texts), st.booleans()),
    st.just(EveryQuery()),
    st.just(NoQuery()),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda nodes: AndQuery(tuple(nodes))),
        st.lists(inner, min_size=1, max_size=3).map(lambda nodes: OrQuery(tuple(nodes))),
        st.builds(NotQuery, inner),
        st.builds(AndNotQuery, inner, inner),
        st.builds(AndMaybeQuery, inner, inner),
    ),
    max_leaves=6,
)


@given(trees)
def test_no_query_has_a_parser_for_the_text_of_a_user(tree):
    for clause in (COMPILER.matching(tree), COMPILER.scoring(tree)):
        assert not kinds(clause) & PARSERS
        json.dumps(clause)


def test_a_tree_scores_where_a_word_outside_of_a_not_does():
    label = LabelQuery("source", ("Le Monde",))
    assert is_scored(OrQuery((label, WORD)))
    assert is_scored(AndNotQuery(WORD, label))
    assert not is_scored(AndQuery((label, NotQuery(WORD))))
    assert not is_scored(AndNotQuery(label, WORD))
