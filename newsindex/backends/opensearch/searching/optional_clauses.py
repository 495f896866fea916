"""What scores on the cluster without being required: stop words, words of phrases, neighbouring words.

The cluster's order comes near to that of ``query/ranking/optional_scorer.py``; pairs of words that do not
stand side by side in the query are left to the second scoring of the best matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from newsindex.query.ranking.optional_scorer import neighbours, word_groups
from newsindex.query.syntax.nodes import PhraseQuery, QueryNode, WordQuery

from .query_compiler import Clause, QueryCompiler, boolean, term

_MAX_CLAUSES: Final = 60  # of a long text, whose words say enough
_TYPICAL_SATURATION: Final = 0.7
"""What w / (k1 + w) is for most matches: a pair scores a share of the idf, whatever its frequency."""


def with_optional(compiler: QueryCompiler, tree: QueryNode) -> Clause:
    """Returns the query of a tree with its scores, and those of what need not be there."""
    scored = compiler.scoring(tree)
    groups = word_groups(tree)
    optional = [*_words(compiler, groups), *_pairs(compiler, groups)]
    if not optional or len(optional) > _MAX_CLAUSES:
        return scored
    return boolean(must=[scored], should=optional)


def _words(compiler: QueryCompiler, groups: Sequence[Sequence[WordQuery]]) -> Iterator[Clause]:
    """The stop words of the query, and the words of its phrases."""
    share = compiler.ranking.stop_words
    for words in groups:
        for first in words:
            if share:
                for stop in first.stop_words:
                    yield compiler.scoring(replace(stop, boost=stop.boost * share))
            yield from map(compiler.scoring, first.phrase_words)


def _pairs(compiler: QueryCompiler, groups: Sequence[Sequence[WordQuery]]) -> Iterator[Clause]:
    """The pairs of words that stand side by side in the query."""
    share = compiler.ranking.neighbours / 2 / _TYPICAL_SATURATION
    for words in groups if share else ():
        for first, second, distance in neighbours(words):
            if distance == 1:
                phrase = compiler.matching(PhraseQuery("text", (first.term, second.term)))
                both = [term("stems", word.term, word.boost * share) for word in (first, second)]
                yield boolean(filters=[phrase], should=both)
