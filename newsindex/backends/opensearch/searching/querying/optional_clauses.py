"""What scores on the cluster without being required: the words of the phrases of a query.

Stop words and pairs of neighbouring words score little (``query/ranking/optional_scorer.py``), and are left
to the second scoring of the best matches: measured with and without them, the first ten are the same.
"""

from __future__ import annotations

from typing import Final

from newsindex.query.ranking.optional_scorer import word_groups
from newsindex.query.syntax.nodes import QueryNode

from .clauses import Clause, boolean
from .query_compiler import QueryCompiler

_MAX_WORDS: Final = 60  # of the phrases of a long text, which say enough as a whole


def with_optional(compiler: QueryCompiler, tree: QueryNode) -> Clause:
    """Returns the query of a tree with its scores, and those of what need not be there."""
    scored = compiler.scoring(tree)
    words = [word for group in word_groups(tree) for first in group for word in first.phrase_words]
    if not words or len(words) > _MAX_WORDS:
        return scored
    return boolean(must=[scored], should=[compiler.scoring(word) for word in words])
