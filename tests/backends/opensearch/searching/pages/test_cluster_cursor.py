"""Cursors of a cluster keep what they record, and other text is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex.backends.opensearch.searching.pages.cluster_cursor import (
    ClusterCursor,
    decode_cursor,
    encode_cursor,
)
from newsindex.errors import QueryError
from newsindex.query.ranking.search_options import MAX_LIMIT, SearchOptions

OPTIONS = SearchOptions(scope=("identity", "maroc"))
values = st.text(max_size=8) | st.integers(-(1 << 40), 1 << 40) | st.floats(-1e6, 1e6, allow_nan=False)
cursors = st.builds(
    ClusterCursor,
    st.text(min_size=1, max_size=50),
    st.integers(0, MAX_LIMIT),
    st.none()
    | st.builds(lambda first, last: [*first, last], st.lists(values, max_size=2), values | st.none()),
    st.none(),
)


@given(cursors)
def test_a_cursor_is_decoded_as_it_was_encoded(cursor):
    assert decode_cursor(encode_cursor(cursor, OPTIONS), OPTIONS) == cursor


@given(st.text(max_size=60))
def test_other_text_is_no_cursor(text):
    with pytest.raises(QueryError, match="no cursor"):
        decode_cursor(text, OPTIONS)


def test_a_cursor_has_every_value_but_the_last():
    with pytest.raises(QueryError, match="no cursor"):
        decode_cursor(encode_cursor(ClusterCursor("point", 3, [None, 1, "a"]), OPTIONS), OPTIONS)


@pytest.mark.parametrize("end", range(1, 40, 3))
def test_a_part_of_a_cursor_is_no_cursor(end):
    text = encode_cursor(ClusterCursor("point", 3), OPTIONS)
    with pytest.raises(QueryError, match="no cursor"):
        decode_cursor(text[:-end], OPTIONS)


@pytest.mark.parametrize(
    "other",
    [
        SearchOptions(scope=("identity", "tunisie")),
        SearchOptions(scope=OPTIONS.scope, sort="newest"),
        SearchOptions(scope=OPTIONS.scope, sort="recent"),
    ],
)
def test_a_cursor_belongs_to_one_search(other):
    with pytest.raises(QueryError, match="another search"):
        decode_cursor(encode_cursor(ClusterCursor("point", 3), OPTIONS), other)


def test_a_cursor_of_the_order_by_age_has_the_date_from_which_ages_count():
    recent = SearchOptions(scope=OPTIONS.scope, sort="recent")
    cursor = ClusterCursor("point", 3, None, 29_000_000)
    assert decode_cursor(encode_cursor(cursor, recent), recent) == cursor
    with pytest.raises(QueryError, match="no cursor"):
        decode_cursor(encode_cursor(cursor._replace(newest=None), recent), recent)
