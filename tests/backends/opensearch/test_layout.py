"""Names and tokens on a cluster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.backends.opensearch.layout import (
    MAX_ID_BYTES,
    MAX_TOKEN_BYTES,
    bounded_token,
    document_id,
    version_number,
    versioned_name,
    word_token,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000)


@given(TEXTS)
def test_an_id_is_never_longer_than_the_cluster_takes(article_id):
    assert len(document_id(article_id).encode()) <= MAX_ID_BYTES


@given(TEXTS, TEXTS)
def test_two_articles_have_two_documents(one, other):
    ids = {one, other, document_id(one), document_id(other)}
    assert len({document_id(article_id) for article_id in ids}) == len(ids)


@given(TEXTS)
def test_a_token_is_one_word_that_lucene_takes(word):
    token = word_token(word)
    assert len(token.encode()) <= MAX_TOKEN_BYTES
    assert token.split() == [token]
    assert "|" not in token


@given(TEXTS)
def test_a_short_text_is_its_own_token(text):
    assert (bounded_token(text) == text) == (len(text.encode()) <= MAX_TOKEN_BYTES)


@pytest.mark.parametrize("number", [1, 42, 12345])
def test_the_number_of_a_version_is_read_from_its_name(number):
    assert version_number(versioned_name("presse", number)) == number
    assert version_number("presse") == 0
