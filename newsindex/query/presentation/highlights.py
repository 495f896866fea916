"""What does a query ask to see, and where is that in a text?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsindex.analyzer import FRENCH, French, Word
from newsindex.article import Article
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.evaluation.term_expansion import expanded_spellings
from newsindex.query.syntax.nodes import PhraseQuery, QueryNode, WordQuery
from newsindex.query.syntax.query_fields import TEXT_FIELDS
from newsindex.query.syntax.visitor import leaves
from newsindex.results import Marked, Snippet

Terms = dict[str, set[str] | None]
"""Terms, and in which spellings; None: in any."""


@dataclass
class HighlightTerms:
    """What to mark: terms and exact phrases, for headline and for body."""

    headline: Terms = field(default_factory=dict)
    body: Terms = field(default_factory=dict)
    headline_phrases: set[tuple[str, ...]] = field(default_factory=set)
    body_phrases: set[tuple[str, ...]] = field(default_factory=set)
    french: French = FRENCH

    def body_terms(self) -> set[str]:
        """All terms that make a passage of the body worth showing."""
        return set(self.body).union(*self.body_phrases)


def wanted(tree: QueryNode, snapshot: Snapshot) -> HighlightTerms:
    """What a query asks to see: its terms and phrases, those under a NOT left out."""
    found = HighlightTerms(french=snapshot.lexicon.french)
    for node in leaves(tree):
        node_field = getattr(node, "field", None)
        for name in TEXT_FIELDS[1:]:
            if node_field not in ("text", name):
                continue
            terms, phrases = getattr(found, name), getattr(found, f"{name}_phrases")
            if isinstance(node, WordQuery):
                terms[node.term] = None
            elif not isinstance(node, PhraseQuery):
                for term, texts in expanded_spellings(snapshot, node).items():
                    known = terms.setdefault(term, set())
                    if known is not None:
                        known |= texts
            elif node.slop > 1:
                terms.update(dict.fromkeys(node.terms))
            else:
                phrases.add(node.terms)
    return found


def mark(text: str, terms: Terms, phrases: set[tuple[str, ...]], french: French = FRENCH) -> Snippet:
    """The whole text with the terms and phrases marked."""
    return Snippet(text, tuple(_spans(french.analyze(text), terms, phrases)))


def marked(article: Article, tree: QueryNode, snapshot: Snapshot) -> Marked:
    """A whole article with what a query asks to see marked, as in the hits of a search."""
    sought = wanted(tree, snapshot)
    return Marked(
        article,
        mark(article.headline, sought.headline, sought.headline_phrases, sought.french),
        mark(article.body, sought.body, sought.body_phrases, sought.french),
    )


def is_meant(terms: Terms, term: str, spelling: str) -> bool:
    """Whether a word of a term is asked for in its spelling."""
    if term not in terms:
        return False
    spellings = terms[term]
    return spellings is None or spelling in spellings


def _spans(words: Sequence[Word], terms: Terms, phrases: set[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    at = 0
    while at < len(words):
        size = int(is_meant(terms, words[at].term, words[at].spelling))
        for phrase in by_first.get(words[at].term, ()):
            if tuple(word.term for word in words[at : at + len(phrase)]) == phrase:
                size = len(phrase)
                break
        if size:
            yield words[at].start, words[at + size - 1].end
        at += max(size, 1)
