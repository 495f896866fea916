"""Finds what a query asks to mark, and marks it in a text."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from newsindex.analyzer import FRENCH, STOP_WORDS, French, Word, fold
from newsindex.article import Article
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.evaluation.term_expansion import expanded_spellings
from newsindex.query.syntax.nodes import PhraseQuery, QueryNode, WordQuery
from newsindex.query.syntax.query_fields import TEXT_FIELDS
from newsindex.query.syntax.visitor import leaves
from newsindex.results import Marked, Snippet

from .fragments import merged_spans
from .passages import Occurrences, Phrase

MAX_MARKED_CHARACTERS: Final = 1_000_000
"""The characters of a text in which marks are looked for, about half a second's work; those after them are
left unmarked."""

_FOLDED_STOP_WORDS: Final = frozenset(map(fold, STOP_WORDS))

TermSpellings = dict[str, set[str] | None]
"""Terms to mark, each with the spellings in which it is marked; None stands for all spellings."""


@dataclass
class HighlightTerms:
    """What a query marks in headlines and in bodies: terms, and phrases whose words stand side by side."""

    headline: TermSpellings = field(default_factory=dict)
    body: TermSpellings = field(default_factory=dict)
    headline_phrases: set[Phrase] = field(default_factory=set)
    body_phrases: set[Phrase] = field(default_factory=set)
    french: French = FRENCH

    def headline_terms(self) -> set[str]:
        """Returns all terms that are marked in headlines, alone or in a phrase."""
        return set(self.headline).union(*self.headline_phrases)

    def body_terms(self) -> set[str]:
        """Returns all terms that are marked in bodies, alone or in a phrase."""
        return set(self.body).union(*self.body_phrases)


def highlight_terms(tree: QueryNode, snapshot: Snapshot) -> HighlightTerms:
    """Returns what a query marks: its terms and phrases, those under a NOT left out."""
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
                terms.update(dict.fromkeys(_telling_terms(node.terms) or node.terms))
            else:
                phrases.add(node.terms)
    return found


def _telling_terms(terms: Sequence[str]) -> list[str]:
    """The terms without stop words, which stand all over a text, also away from the other words."""
    return [term for term in terms if term not in _FOLDED_STOP_WORDS]


def mark(text: str, terms: TermSpellings, phrases: set[Phrase], french: French = FRENCH) -> Snippet:
    """Returns the whole text with the terms and phrases in its first 1,000,000 characters marked."""
    check_deadline()
    analyzed = text
    if len(text) > MAX_MARKED_CHARACTERS:
        last_space = text.rfind(" ", 0, MAX_MARKED_CHARACTERS)  # no word is cut in two
        analyzed = text[: last_space if last_space > 0 else MAX_MARKED_CHARACTERS]
    return Snippet(text, tuple(merged_spans(_spans(french.analyze(analyzed), terms, phrases))))


def mark_article(article: Article, tree: QueryNode, snapshot: Snapshot) -> Marked:
    """Returns a whole article with the same words marked as in the hits of a search for the query.

    Of a very long body only the first 1,000,000 characters have marks.
    """
    sought = highlight_terms(tree, snapshot)
    return Marked(
        article,
        mark(article.headline, sought.headline, sought.headline_phrases, sought.french),
        mark(article.body, sought.body, sought.body_phrases, sought.french),
    )


def is_marked(terms: TermSpellings, term: str, spelling: str) -> bool:
    """Returns whether a word is marked by itself, given its term and its spelling."""
    if term not in terms:
        return False
    spellings = terms[term]
    return spellings is None or spelling in spellings


def find_marks(
    occurrences: Occurrences,
    bounds: Mapping[int, tuple[int, int]],
    marked_alone: Container[int],
    phrases: Collection[Phrase],
) -> Iterator[tuple[int, int]]:
    """Yields the (start, end) of each mark in a text.

    ``occurrences`` are those of the terms that are sought, each within ``bounds`` of the text, and
    ``marked_alone`` are the numbers of the words that are marked outside of phrases too. Of several phrases
    that start with a word the longest is marked.
    """
    phrases_by_first: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        phrases_by_first.setdefault(phrase[0], []).append(phrase)
    term_of = dict(occurrences)
    next_word = 0  # the one after the last mark
    for word, term in occurrences:
        if word < next_word:
            continue
        size = int(word in marked_alone)
        for phrase in phrases_by_first.get(term, ()):
            if all(term_of.get(word + i) == following for i, following in enumerate(phrase)):
                size = len(phrase)
                break
        if size:
            yield bounds[word][0], bounds[word + size - 1][1]
        next_word = word + size


def _spans(words: Sequence[Word], terms: TermSpellings, phrases: set[Phrase]) -> Iterator[tuple[int, int]]:
    """The (start, end) of each mark in a text that has been analysed."""
    sought = set(terms).union(*phrases)
    found = [(number, word) for number, word in enumerate(words) if word.term in sought]
    marked_alone = {number for number, word in found if is_marked(terms, word.term, word.spelling)}
    bounds = {number: (word.start, word.end) for number, word in found}
    return find_marks([(number, word.term) for number, word in found], bounds, marked_alone, phrases)
