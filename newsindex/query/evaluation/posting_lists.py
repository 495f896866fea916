"""Operations on posting lists: intersection, and the look-up of documents.

A posting list is an array of document numbers, ascending and distinct. The index of a document in a list is
its *posting*: frequencies, codes and positions of a term are found by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.deadline import check_deadline

_BINARY_SEARCH_RATIO: Final = 24
"""How many times longer one list must be for binary search in it to be faster than one pass over both."""
_NO_POSTINGS: Final = np.zeros(0, np.intp)


def intersect(short: NDArray[Any], long: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The indices of the documents that two lists share: in the first list, and in the second, ascending.

    The order of the arguments matters for speed only.
    """
    if not len(short) or not len(long):
        return _NO_POSTINGS, _NO_POSTINGS
    if len(short) * _BINARY_SEARCH_RATIO < len(long):
        postings = long.searchsorted(short.astype(long.dtype, copy=False))
        postings[postings == len(long)] = 0
        shared = long.take(postings) == short
        return shared.nonzero()[0], postings[shared]
    short, long = short.astype(np.intp, copy=False), long.astype(np.intp, copy=False)
    marked = np.zeros(max(int(short[-1]), int(long[-1])) + 1, bool)
    marked[long] = True
    in_short = marked.take(short).nonzero()[0]
    marked[long] = False
    marked[short.take(in_short)] = True
    return in_short, marked.take(long).nonzero()[0]


def intersect_postings(
    posting_lists: Mapping[int, NDArray[np.uint16]],
) -> tuple[NDArray[np.intp], dict[int, NDArray[np.intp]]]:
    """The documents that all lists share, and by the key of each list the posting of each such document."""
    shortest, *others = sorted(posting_lists, key=lambda term: len(posting_lists[term]))
    documents = posting_lists[shortest]
    postings = {shortest: np.arange(len(documents))}
    for other in others:
        check_deadline()
        kept, postings_of_other = intersect(documents, posting_lists[other])
        documents = documents.take(kept)
        postings = {term: of_term.take(kept) for term, of_term in postings.items()}
        postings[other] = postings_of_other
    return documents.astype(np.intp), postings


def find_postings(posting_list: NDArray[Any], documents: NDArray[Any]) -> NDArray[np.intp]:
    """The posting of each of a few documents in a list, or -1 where the list does not have the document.

    Both arrays are of one type, and the list is ascending; the result has the shape of ``documents``.
    """
    if not len(posting_list):
        return np.full(len(documents), -1)
    postings = posting_list.searchsorted(documents)
    postings[postings == len(posting_list)] = 0
    postings[posting_list[postings] != documents] = -1
    return postings
