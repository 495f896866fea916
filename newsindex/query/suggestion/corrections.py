"""Corrections of a query that holds a word which hardly any article has.

A rare word is replaced by the word within one or two edits that the reader most likely meant (see
``error_model``), or by two words where a space is missing, and two words by one where a space is wrong; if
the query then finds more. A well-known word is never corrected, and most queries hold no other: they are not
looked at further.

A word that no article has as it is written may have the term of another one: *Philipe* has that of *Philip*.
It may be a form of that word which nobody has used yet, so it is corrected only to a word of another term
that sounds alike, ends alike and is far more frequent, as *Philippe* is: forms of one word differ at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from itertools import zip_longest
from typing import Final, Protocol

from newsindex.analyzer import Lexicon, Word, fold
from newsindex.arguments import is_unicode
from newsindex.deadline import check_deadline
from newsindex.errors import QueryError
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.ranking.ranked_page import rank
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.syntax.nodes import PhraseQuery, QueryNode, WordQuery
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.query.syntax.query_fields import MAX_MISSPELT_FREQUENCY, MIN_FREQUENCY_RATIO, TEXT_FIELDS
from newsindex.query.syntax.repair import misnamed_values
from newsindex.query.syntax.visitor import leaves

from .error_model import correction_cost, phonetic_key
from .recent_vocabulary import RecentVocabulary
from .segment_vocabulary import MAX_WORD_LETTERS

_MIN_LETTERS: Final = 4  # of a word that is corrected, and of each part of one that is split
_MIN_LETTERS_FOR_TWO_EDITS: Final = 6  # of a word of which two letters may be wrong, if no article has it
_MIN_LETTERS_OF_UNSEEN_FORM: Final = 6  # of a word that is corrected though its term is well known
_ENDING: Final = 2  # last letters, which such a correction has in common with the word
_MAX_CORRECTED_WORDS: Final = 5  # of one query
_MAX_CANDIDATES: Final = 10  # the near words of the lowest cost, whose live articles are counted


class Frequencies(Protocol):
    """Numbers of articles in the index."""

    def document_frequency(self, term: str) -> int:
        """Returns the number of articles with a term."""

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """Returns the number of articles with a spelling of a term, whatever its accents."""


def corrected(
    snapshot: Snapshot,
    recent: RecentVocabulary,
    typed: str,
    read: Callable[[str], ParsedQuery],
    query: ParsedQuery,
    total: int,
) -> str | None:
    """The query with its misspelt words corrected, where that finds more than ``total`` articles, else None.

    ``read`` parses a query within the filters of the search, and ``query`` is what it made of ``typed``.
    """
    frequencies = snapshot.statistics
    if not may_be_misspelt(asked_words(snapshot.lexicon, typed, query), frequencies):
        return None
    correction = corrected_text(snapshot, recent, typed, query, frequencies)
    if correction == typed:
        return None
    try:
        corrected_total = rank(snapshot, read(correction), SearchOptions(limit=0)).total
    except QueryError:  # it has become too long
        return None
    return correction if corrected_total > total else None


def may_be_misspelt(words: Sequence[Word], frequencies: Frequencies) -> bool:
    """Whether any word of a query is so rare that it may be an error; in most queries none is."""
    return any(_is_doubtful(frequencies, word) or _is_unseen_form(frequencies, word) for word in words)


def corrected_text(
    snapshot: Snapshot, recent: RecentVocabulary, typed: str, query: ParsedQuery, frequencies: Frequencies
) -> str:
    """The query with its misspelt words corrected, by the words of a snapshot.

    ``frequencies`` are those of the index, of which the snapshot may be a part.
    """
    words = asked_words(snapshot.lexicon, typed, query)
    return _Correction(snapshot, recent, typed, words, frequencies).text()


def asked_words(lexicon: Lexicon, typed: str, query: ParsedQuery) -> list[Word]:
    """The words of a query by which it is searched, without stop words and the misspelt names of fields.

    What follows such a name is left out too: it is the value of a field, and no word of the texts.
    """
    terms = set(_terms(query.tree)) if is_unicode(typed) else set()
    words = [word for word in lexicon.french.analyze(typed) if word.term in terms and not word.stop]
    names = {note.values[0] for note in query.notes if note.kind == "unknown_field_near"}
    misnamed = misnamed_values(typed, names)
    return [word for word in words if not any(start <= word.start < end for start, end in misnamed)]


def _terms(tree: QueryNode) -> Iterator[str]:
    """The terms that a query asks for, in any spelling."""
    for leaf in leaves(tree):
        if isinstance(leaf, PhraseQuery):
            yield from leaf.terms
        elif isinstance(leaf, WordQuery) and leaf.field in TEXT_FIELDS:
            yield leaf.term


def _is_doubtful(frequencies: Frequencies, word: Word) -> bool:
    """Whether a word is long enough to be corrected, and so rare that it may be an error."""
    return (
        len(word.spelling) >= _MIN_LETTERS
        and word.spelling.isalpha()
        and frequencies.document_frequency(word.term) <= MAX_MISSPELT_FREQUENCY
    )


def _is_unseen_form(frequencies: Frequencies, word: Word) -> bool:
    """Whether no article has a word as it is written, though its term is in enough of them."""
    return (
        len(word.spelling) >= _MIN_LETTERS_OF_UNSEEN_FORM
        and word.spelling.isalpha()
        and not frequencies.spelling_frequency(word.term, word.spelling)
    )


class _Correction:
    """The correction of the words of one query."""

    def __init__(
        self,
        snapshot: Snapshot,
        recent: RecentVocabulary,
        typed: str,
        words: Sequence[Word],
        frequencies: Frequencies,
    ) -> None:
        self._frequencies = frequencies
        self._snapshot = snapshot
        self._dictionary = SnapshotDictionary(snapshot)
        self._vocabulary = recent.words(snapshot)
        self._typed = typed
        self._words = words

    def text(self) -> str:
        """The query as typed, but for the words that are corrected."""
        parts: list[str] = []
        copied = corrected_words = 0
        for word, following in zip_longest(self._words, self._words[1:]):
            if corrected_words == _MAX_CORRECTED_WORDS:
                break
            if word.start < copied:  # the word was joined to the one before it
                continue
            check_deadline()
            correction, end = self._joined(word, following), following.end if following else word.end
            if correction is None and _is_doubtful(self._frequencies, word):
                corrected_words += 1
                correction, end = self._nearest(word) or self._split(word), word.end
            elif correction is None and _is_unseen_form(self._frequencies, word):
                corrected_words += 1
                correction, end = self._nearest(word, is_unseen_form=True), word.end
            if correction is not None:
                typed_word = self._typed[word.start : end]
                parts += [self._typed[copied : word.start], _with_capitals_of(typed_word, correction)]
                copied = end
        return "".join([*parts, self._typed[copied:]])

    def _nearest(self, word: Word, *, is_unseen_form: bool = False) -> str | None:
        """The spelling of the near word that has the lowest cost, None where no word is near.

        An unseen form of a known word may mean only a word of another term that sounds and ends alike.
        """
        folded = fold(word.spelling)
        frequency = self._snapshot.statistics.document_frequency(word.term)
        min_frequency = MIN_FREQUENCY_RATIO * max(frequency, is_unseen_form) or 1
        may_have_two_edits = len(folded) >= _MIN_LETTERS_FOR_TWO_EDITS and not frequency
        max_distance = 2 if may_have_two_edits and not is_unseen_form else 1
        cost = {
            near.word: correction_cost(folded, near.word, near.distance, near.document_frequency)
            for near in self._vocabulary.near(folded, max_distance)
            if near.document_frequency >= min_frequency and near.word != folded
        }
        if is_unseen_form:
            sound, end = phonetic_key(folded), folded[-_ENDING:]
            cost = {near: cost[near] for near in cost if near.endswith(end) and phonetic_key(near) == sound}
        for candidate in nsmallest(_MAX_CANDIDATES, cost, key=lambda near: (cost[near], near)):
            check_deadline()
            spelling = self._vocabulary.spelling(candidate)
            if is_unseen_form and self._term(spelling) == word.term:
                continue
            if self._live_frequency(spelling) >= min_frequency:
                return spelling
        return None

    def _joined(self, word: Word, following: Word | None) -> str | None:
        """The one word that two neighbouring words make, where one of them may be misspelt."""
        if following is None or not self._typed[word.end : following.start].isspace():
            return None
        if not any(_is_doubtful(self._frequencies, part) for part in (word, following)):
            return None
        spelling = self._vocabulary.spelling(fold(word.spelling + following.spelling))
        return spelling if self._live_frequency(spelling) else None

    def _split(self, word: Word) -> str | None:
        """The two words that a misspelt one may be, those that stand side by side in the most articles."""
        folded = fold(word.spelling)
        articles: dict[str, int] = {}
        for cut in range(_MIN_LETTERS - 1, min(len(folded), MAX_WORD_LETTERS) - _MIN_LETTERS + 2):
            check_deadline()
            spellings = [self._vocabulary.spelling(part) for part in (folded[:cut], folded[cut:])]
            if all(map(self._live_frequency, spellings)):
                terms = [self._term(spelling) for spelling in spellings]
                articles[" ".join(spellings)] = self._dictionary.phrase_frequency(terms)
        best = max(articles, key=lambda words: (articles[words], words), default=None)
        return best if best is not None and articles[best] else None

    def _term(self, spelling: str) -> str:
        """The term of a word that an article has."""
        return self._snapshot.lexicon.french.analyze(spelling)[0].term

    def _live_frequency(self, spelling: str) -> int:
        """The number of live articles that have a word, whatever its accents."""
        return sum(len(documents) for _, documents in self._vocabulary.documents_with(spelling))


def _with_capitals_of(typed: str, spelling: str) -> str:
    """A spelling in capitals, or with a capital first letter, where what was typed is so."""
    if typed.isupper():
        return spelling.upper()
    return spelling[:1].upper() + spelling[1:] if typed[:1].isupper() else spelling
