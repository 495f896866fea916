"""Combines the clauses of a query with other ways in which articles say the same.

A clause, or several in a row, may have written variants (``written_variants.py``), an acronym or a long name
that articles define (``learned_acronyms.py``), and synonyms of the user's (``synonyms.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Final, NamedTuple, TypeAlias

from newsindex.analyzer import Lexicon, Word

from .grouping import Clause, GroupKind, make_group, unwrap, with_variants
from .nodes import AndNotQuery, AndQuery, OrQuery, PhraseQuery, QueryNode, WordQuery
from .query_acronyms import MAX_NAMING_PARTS, AcronymDictionary, QueryAcronyms
from .synonyms import ClauseTerms, longest_synonyms
from .written_variants import MAX_JOINED_WORDS, Variant, WrittenVariants


class TermsClause(NamedTuple):
    """A clause of words together with its terms, which may have synonyms beside the next clause's.

    ``words`` are what was typed; ``variants`` are other ways to write them, as nodes.
    """

    clause: Clause
    terms: ClauseTerms
    words: Sequence[Word]
    variants: tuple[QueryNode, ...] = ()


Part: TypeAlias = Clause | TermsClause | None
"""A clause of a query; None for one without words."""


def node_of(part: Part) -> QueryNode:
    """The node of a part that stands alone."""
    if not isinstance(part, TermsClause):
        return unwrap(part)
    return with_variants(unwrap(part.clause), part.variants)


class Run(NamedTuple):
    """How many of some parts mean the same as some nodes; 1 and no nodes where none do."""

    parts: int
    nodes: tuple[QueryNode, ...]


_ALONE: Final = Run(1, ())


class Alternatives:
    """Finds the written variants, and the acronyms and long names, of the clauses of one query."""

    def __init__(self, lexicon: Lexicon, dictionary: AcronymDictionary, query: str) -> None:
        self._variants = WrittenVariants(lexicon.french, dictionary)
        self._acronyms = QueryAcronyms(lexicon, dictionary, query)

    def of_clause(
        self, clause: Clause, terms: ClauseTerms, typed: str, words: Sequence[Word]
    ) -> tuple[QueryNode, ...]:
        """The nodes of other ways to say a clause, whose words are ``typed``."""
        variants = self._variants.of_clause(typed, words)
        acronyms = self._acronyms.of_clause(terms, typed, words)
        return _variant_nodes(terms, variants, unwrap(clause)) + acronyms if variants else acronyms

    def of_group(self, kind: GroupKind, parts: Sequence[Part]) -> tuple[list[Part], list[QueryNode]]:
        """The parts of a group, and other ways to say each of them and runs of them.

        Where any part will do, these are alternatives like the parts. In other groups a part and its
        alternatives become one part; of runs, the longest from the left.
        """
        if kind is GroupKind.OR:
            return list(map(_with_own_variants, parts)), []
        found: list[Part] = []
        alternatives: list[QueryNode] = []
        names = kind is GroupKind.AND or len(parts) <= MAX_NAMING_PARTS
        start = 0
        while start < len(parts):
            count, nodes = self._longest_run(parts, start, names)
            run = parts[start : start + count]
            if kind is GroupKind.SPACE:
                found += run
                alternatives += nodes
                for part in run:
                    if isinstance(part, TermsClause):
                        alternatives += part.variants
            elif nodes:
                own = [without_terms(_with_own_variants(part)) for part in run]
                found.append(OrQuery((make_group(kind, own), *nodes)))
            else:
                found += map(_with_own_variants, run)
            start += count
        return found, alternatives

    def _longest_run(self, parts: Sequence[Part], start: int, names: bool) -> Run:
        """The longest run of the parts from ``start`` on, two or more, that is written as one word.

        Where ``names`` are looked for, it may also be a long name of an acronym.
        """
        first = parts[start]
        if not isinstance(first, TermsClause) or not first.words:
            return _ALONE
        longest = (
            self._longest_name(parts[start:]) if names and self._acronyms.may_begin(first.terms) else _ALONE
        )
        if longest.parts > MAX_JOINED_WORDS:
            return longest
        words: list[Word] = [*first.words]
        for count, part in enumerate(parts[start + 1 : start + MAX_JOINED_WORDS], 2):
            if not isinstance(part, TermsClause) or not part.words or part.terms.field != first.terms.field:
                break
            words += part.words
            if len(words) <= MAX_JOINED_WORDS and count >= longest.parts:
                variants = self._variants.of_run(words)
                if variants:
                    same = longest.nodes if count == longest.parts else ()
                    longest = Run(count, same + _run_nodes(first.terms, words, variants))
        return longest

    def _longest_name(self, parts: Sequence[Part]) -> Run:
        """The longest run of the first parts, two or more, that is a long name of an acronym."""
        run = takewhile(lambda part: isinstance(part, TermsClause) and bool(part.words), parts)
        count, nodes = self._acronyms.of_run(part.terms for part in run if isinstance(part, TermsClause))
        return Run(count, nodes) if count > 1 else _ALONE


def with_synonyms(
    lexicon: Lexicon,
    kind: GroupKind,
    parts: Sequence[Part],
    group: Callable[[GroupKind, Sequence[Part]], QueryNode],
) -> list[Part]:
    """The parts and the synonyms of runs of them.

    In an AND, such a run, as ``group`` makes it one node, and its synonyms are one part.
    """
    terms = [part.terms if isinstance(part, TermsClause) else None for part in parts]
    found: list[Part] = []
    start = 0
    while start < len(parts):
        count, synonyms = longest_synonyms(lexicon, terms[start:])
        run = parts[start : start + max(count, 1)]
        if synonyms and kind is GroupKind.AND:
            found.append(OrQuery((group(kind, run), *synonyms)))
        else:
            found += [*run, *synonyms]
        start += len(run)
    return found


def _run_nodes(
    first: ClauseTerms, words: Sequence[Word], variants: Sequence[Variant]
) -> tuple[QueryNode, ...]:
    """The nodes of some variants of a run, of which ``first`` is the first clause."""
    run = first._replace(terms=tuple(word.term for word in words))
    typed = AndQuery(tuple(WordQuery(run.field, word.term, word.spelling) for word in words))
    return _variant_nodes(run, variants, typed)


def _variant_nodes(
    clause: ClauseTerms, variants: Sequence[Variant], typed: QueryNode
) -> tuple[QueryNode, ...]:
    """The nodes of some variants of a clause, which are words and phrases.

    They score less than what was typed, and only where an article does not have that.
    """
    field, terms, boost = clause
    nodes: list[QueryNode] = []
    for words, weight in variants:
        if len(words) == 1:
            (word,) = words
            node: QueryNode = WordQuery(field, word.term, word.spelling, boost * weight, stands_for=terms)
        else:
            phrase = tuple(word.term for word in words)
            node = PhraseQuery(field, phrase, 1, boost * weight, stands_for=terms)
        nodes.append(AndNotQuery(node, typed))
    return tuple(nodes)


def _with_own_variants(part: Part) -> Part:
    """A part and its variants as one part."""
    return node_of(part) if isinstance(part, TermsClause) and part.variants else part


def without_terms(part: Part) -> Clause | None:
    """The clause of a part."""
    return part.clause if isinstance(part, TermsClause) else part
