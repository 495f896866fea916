"""Finds the words that stand out in what a query finds: the steps from the counts to the words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

import numpy as np

from newsindex.deadline import check_deadline
from newsindex.distinctive_words import DistinctiveWord
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.presentation.highlights import highlight_terms
from newsindex.query.syntax.lexer import OPERATOR_WORDS
from newsindex.query.syntax.nodes import PhraseQuery, QueryNode
from newsindex.results import Note

from .background import Background, background_of
from .comparison import Comparison
from .expressions import EXPLAINED_SHARE, Expression, ScoredTerm, choose_expressions
from .log_likelihood import log_likelihood_ratio
from .vocabulary import MIN_ARTICLES, tells_nothing
from .written_forms import WrittenForm, usual_spelling, word_form

MIN_SCORE: Final = 10.83
"""The least score of a word: G² is as large by chance in one of a thousand words (chi-squared, 1 degree of
freedom)."""
FEW_ARTICLES: Final = 10
"""The number of found articles below which their words tell little."""
_MIN_CANDIDATES: Final = 96  # words with the highest scores that may be a part of an expression
_CANDIDATES_PER_WORD: Final = 3  # that is asked for
_PARTNERS: Final = 48  # words with the most articles that may be the other part


class FoundWords(NamedTuple):
    """The words that stand out, the numbers of the articles compared, and notes."""

    words: tuple[DistinctiveWord, ...]
    articles: int
    reference_articles: int
    notes: tuple[Note, ...]


def find_distinctive_words(
    snapshot: Snapshot, found: QueryNode, reference: QueryNode | None, query: QueryNode, limit: int
) -> FoundWords:
    """The words that more of the found articles have than the reference lets expect, highest score first.

    ``found`` and ``reference`` are query trees; without a reference, it is the rest of the index. The words
    of ``query`` are left out alone, but may be a part of an expression.

    Raises QueryError, DeadlineExceeded and IndexCorrupt.
    """
    background = background_of(snapshot)
    comparison = Comparison(snapshot, background, Evaluator(snapshot), found, reference)
    words: tuple[DistinctiveWord, ...] = ()
    if limit and comparison.articles >= MIN_ARTICLES and comparison.reference_articles:
        words = _words(snapshot, background, comparison, _terms_of(query, snapshot), limit)
    return FoundWords(words, comparison.articles, comparison.reference_articles, _notes(comparison))


def few_articles_notes(found: int, reference: int) -> list[Note]:
    """The notes on too few articles to compare: found ones, or others."""
    if not found:
        return [Note("The search finds no articles.", "no_articles")]
    if found < FEW_ARTICLES:
        sentence = f"The search finds too few articles for their words to tell much: {found}."
        return [Note(sentence, "few_articles", str(found))]
    if not reference:
        return [Note("There are no other articles to compare with.", "no_reference")]
    return []


def _notes(comparison: Comparison) -> tuple[Note, ...]:
    notes = few_articles_notes(comparison.articles, comparison.reference_articles)
    if copies := comparison.copies:
        sentence = f"Copies of other articles that were found were not counted: {copies:,}."
        notes.append(Note(sentence, "copies_not_counted", str(copies)))
    return tuple(notes)


def _terms_of(query: QueryNode, snapshot: Snapshot) -> set[str]:
    """The terms that a query looks for."""
    sought = highlight_terms(query, snapshot)
    return sought.headline_terms() | sought.body_terms()


def _words(
    snapshot: Snapshot, background: Background, comparison: Comparison, left_out: Collection[str], limit: int
) -> tuple[DistinctiveWord, ...]:
    telling, partners = _telling_terms(background, comparison, left_out, limit)
    ranked = list(telling.values())
    least = ranked[limit - 1].score if len(ranked) >= limit else MIN_SCORE
    expressions, replaced = choose_expressions(snapshot, comparison, telling, partners, least)
    rows: list[ScoredTerm | Expression] = [*expressions]
    rows += [word for word in ranked if word.text not in replaced]
    rows.sort(key=lambda row: -row.score)
    words: dict[str, DistinctiveWord] = {}
    for row in rows:
        check_deadline()
        form = row.form if isinstance(row, Expression) else _form_of_word(snapshot, comparison, row.text)
        if form is not None:
            _add(words, _distinctive_word(snapshot, row, form, comparison))
        if len(words) == limit:
            break
    return tuple(sorted(words.values(), key=lambda word: -word.score))


def _add(words: dict[str, DistinctiveWord], word: DistinctiveWord) -> None:
    """Adds a word to those that were found, by their texts; a name takes the place of its parts.

    Two expressions may be parts of one name.
    """
    if word.text in words or any(_takes_place(known, word) for known in words.values()):
        return
    for text in [text for text, known in words.items() if _takes_place(word, known)]:
        del words[text]
    words[word.text] = word


def _takes_place(whole: DistinctiveWord, part: DistinctiveWord) -> bool:
    """Whether a word is a name that has all words of a part of it, and half of the articles with that."""
    if part.text not in whole.text or f" {part.text} " not in f" {whole.text} ":
        return False
    is_name = all(piece[0].isupper() for piece in whole.text.split())
    return is_name and whole.articles >= EXPLAINED_SHARE * part.articles


def _telling_terms(
    background: Background, comparison: Comparison, left_out: Collection[str], limit: int
) -> tuple[dict[str, ScoredTerm], list[str]]:
    """The terms that stand out, highest score first, and the other terms that most found articles have."""
    found, reference = comparison.count_vocabulary()
    texts = background.vocabulary.texts
    frequent = np.flatnonzero(found >= MIN_ARTICLES)
    scores = log_likelihood_ratio(
        found[frequent], reference[frequent], comparison.articles, comparison.reference_articles
    )
    high = np.flatnonzero(scores >= MIN_SCORE)
    count = max(_MIN_CANDIDATES, _CANDIDATES_PER_WORD * limit)
    telling: dict[str, ScoredTerm] = {}
    for place in high[np.lexsort((high, -scores[high]))].tolist():
        if len(telling) == count:
            break
        term = int(frequent[place])
        text = texts[term].decode()
        if text not in left_out:
            telling[text] = ScoredTerm(text, int(found[term]), int(reference[term]), float(scores[place]))
    least = np.partition(found, -_PARTNERS)[-_PARTNERS] if len(found) > _PARTNERS else 0
    partners = [texts[term].decode() for term in np.flatnonzero(found >= max(least, MIN_ARTICLES)).tolist()]
    return telling, [text for text in partners if text not in telling][:_PARTNERS]


def _form_of_word(snapshot: Snapshot, comparison: Comparison, term: str) -> WrittenForm | None:
    """How a term is written; None where most articles have it as a word that tells nothing, or none has."""
    usual = usual_spelling(snapshot, term, comparison.match_masks)
    if usual is None or tells_nothing(snapshot.lexicon.french, usual[0]):
        return None
    return word_form(snapshot, term, *usual)


def _distinctive_word(
    snapshot: Snapshot, row: ScoredTerm | Expression, form: WrittenForm, comparison: Comparison
) -> DistinctiveWord:
    """What is told of a word: of the whole name, where half of the articles with the word have that."""
    found, reference, score = row.found, row.reference, row.score
    if form.whole is not None:
        terms = tuple(word.term for word in snapshot.lexicon.french.analyze(form.whole.text))
        counts = (found, reference)  # those of one term are known: the name is it with an elided article
        if len(terms) > 1:
            counts = comparison.count(comparison.matching(PhraseQuery("text", terms)))
        of_whole = float(comparison.scores([counts])[0])
        if counts[0] >= max(EXPLAINED_SHARE * found, MIN_ARTICLES) and of_whole >= MIN_SCORE:
            form, (found, reference), score = form.whole, counts, of_whole
    return DistinctiveWord(
        text=form.text,
        articles=found,
        reference=reference,
        share=found / comparison.articles,
        reference_share=reference / comparison.reference_articles,
        score=score,
        example=form.example,
        article_id=form.article_id,
        query=_narrowing(form.text),
        lang=form.lang,
    )


def _narrowing(text: str) -> str:
    """The text as a part of a query that needs it."""
    return text if text.isalpha() and text not in OPERATOR_WORDS else f'"{text}"'
