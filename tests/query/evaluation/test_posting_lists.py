"""Operations on posting lists are those on sets of documents."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsindex.query.evaluation.posting_lists import find_postings, intersect, intersect_postings

DOCUMENTS = st.sets(st.integers(0, 200), max_size=60) | st.sets(st.integers(0, 200), max_size=2)


def posting_list(documents):
    return np.array(sorted(documents), np.uint16)


@given(DOCUMENTS, DOCUMENTS)
def test_the_intersection_of_two_lists_is_given_by_its_places_in_both(first, second):
    one, other = posting_list(first), posting_list(second)
    in_one, in_other = intersect(one, other)
    assert one[in_one].tolist() == other[in_other].tolist() == sorted(first & second)


@given(st.lists(DOCUMENTS, min_size=1, max_size=5))
def test_the_intersection_of_several_lists_is_given_by_its_postings_in_each(sets):
    lists = dict(enumerate(map(posting_list, sets)))
    documents, postings = intersect_postings(lists)
    shared = sorted(set.intersection(*sets))
    assert documents.tolist() == shared
    assert {key: lists[key][of_list].tolist() for key, of_list in postings.items()} == dict.fromkeys(
        lists, shared
    )


@given(DOCUMENTS, DOCUMENTS)
def test_the_posting_of_a_document_is_its_index_in_the_list_or_minus_one(listed, sought):
    postings = find_postings(posting_list(listed), posting_list(sought))
    order = sorted(listed)
    assert postings.tolist() == [order.index(one) if one in listed else -1 for one in sorted(sought)]
