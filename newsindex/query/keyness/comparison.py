"""What is compared: the articles that a query finds, and those of a reference, each without copies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import QueryNode

from .background import Background
from .document_counts import count_terms
from .document_lists import DocumentLists, DocumentMasks, count_documents, masks
from .log_likelihood import log_likelihood_ratio


class Comparison:
    """The articles found and those of the reference.

    Of copies one counts in either: the first one in the index, whether it was found itself or not. What was
    found, and its copies, is no part of the reference. ``copies`` is the number of found articles that are
    copies of others.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        background: Background,
        evaluator: Evaluator,
        found: QueryNode,
        reference: QueryNode | None,
    ) -> None:
        """``found`` and ``reference`` are query trees; without a reference, it is the rest of the index.

        Raises QueryError, DeadlineExceeded and IndexCorrupt.
        """
        self._snapshot = snapshot
        self._background = background
        self.evaluator = evaluator
        articles = background.articles
        self.matches = self.matching(found)
        """All documents that were found, copies included."""
        self.found = articles.representatives(self.matches)
        """The documents that count for them."""
        self.articles = count_documents(self.found)
        self.copies = count_documents(self.matches) - self.articles
        self.match_masks: DocumentMasks = masks(snapshot, self.matches)
        self._found_masks = masks(snapshot, self.found)
        self._is_rest = reference is None
        candidates = articles.documents
        if reference is not None:
            candidates = articles.representatives(self.matching(reference))
        self._reference = [
            documents[~mask[documents]] for documents, mask in zip(candidates, self._found_masks, strict=True)
        ]
        self._reference_masks = masks(snapshot, self._reference)
        self.reference_articles = count_documents(self._reference)

    def matching(self, tree: QueryNode) -> DocumentLists:
        """The live documents that match a query tree."""
        return [
            self.evaluator.matches(view, tree).documents.astype(np.uint16) for view in self._snapshot.views
        ]

    def count_vocabulary(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many articles found, and how many of the reference, have each term of the vocabulary.

        Both are of shape (terms,).
        """
        vocabulary = self._background.vocabulary
        found = count_terms(self._snapshot, vocabulary, self.found)
        if self._is_rest:
            return found, self._background.frequencies - found
        return found, count_terms(self._snapshot, vocabulary, self._reference)

    def count(self, lists: DocumentLists) -> tuple[int, int]:
        """How many of some documents are among the articles found, and how many among the reference."""
        check_deadline()
        return _count(self._found_masks, lists), _count(self._reference_masks, lists)

    def scores(self, counts: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
        """The scores of words by how many of the articles found and of the reference have each."""
        found, reference = np.array(counts, np.int64).reshape(-1, 2).T
        return log_likelihood_ratio(found, reference, self.articles, self.reference_articles)


def _count(sets: DocumentMasks, lists: Sequence[NDArray[np.uint16]]) -> int:
    return sum(int(np.count_nonzero(mask[documents])) for mask, documents in zip(sets, lists, strict=True))
