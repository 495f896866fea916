"""Builds the clauses of a query: what was typed becomes terms of the index, labels and periods.

Words are analysed as the words of articles are. A clause keeps what its group has to know (that it is a stop
word, a compound or a quoted phrase), and where the index has synonyms, the terms that it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from newsindex.analyzer import Lexicon, Word, elision, fold, normalize
from newsindex.analyzer.characters import HASH
from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO
from newsindex.dates.period_expressions import ends_itself, parse_period, parse_range
from newsindex.errors import QueryError

from .alternatives import Alternatives, Part, TermsClause, node_of, with_synonyms, without_terms
from .grouping import (
    Clause,
    CompoundWord,
    GroupKind,
    QuotedPhrase,
    StopWord,
    all_of,
    make_group,
    unwrap,
    word_clause,
)
from .nodes import (
    AndMaybeQuery,
    AndNotQuery,
    DateRangeQuery,
    EveryQuery,
    ExactWordQuery,
    FuzzyQuery,
    LabelQuery,
    NoQuery,
    NotQuery,
    OrQuery,
    PhraseQuery,
    QueryNode,
    WildcardQuery,
    WordQuery,
)
from .query_acronyms import AcronymDictionary
from .query_fields import DATE_FIELDS, LABEL_FIELDS
from .synonyms import ClauseTerms, synonyms_of

MAX_DISTANCE: Final = 2
MAX_PATTERNS: Final = 10
"""How many patterns and fuzzy words a query may have: each is compared with all words of the index."""
_SEPARATOR: Final = re.compile(r"[/;…—–|&]+|(?<![0-9]),+|,+(?![0-9])")
"""What separates words without a space; hyphens and apostrophes make compounds instead."""
_PRONOUNS: Final = frozenset(["t", "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce"])
_PATTERN_PIECE: Final = re.compile(r"[\w*?]+")
_LITERAL: Final = re.compile(r"[^*?]+")
_FUZZY: Final = re.compile(r"([^*?~:]*)~([0-9]*)")


class ClauseBuilder:
    """Builds the clauses and groups of one query; ``space`` is what a space between words means."""

    def __init__(
        self,
        zone: ZoneInfo,
        space: GroupKind,
        lexicon: Lexicon,
        dictionary: AcronymDictionary | None = None,
        query: str = "",
    ) -> None:
        self.space = space
        self._alternatives = None if dictionary is None else Alternatives(lexicon, dictionary, query)
        self._zone = zone
        self._lexicon = lexicon
        self._patterns = 0
        self._place: int | None = None

    def number_words(self) -> None:
        """Numbers the words from now on in the order in which they come: all are of one group."""
        self._place = 0

    def group(self, kind: GroupKind, parts: Sequence[Part], boost: float = 1.0) -> Part:
        """The parts of a group as one, with the synonyms of runs of them."""
        if len(parts) == 1 and boost == 1.0:
            return _alone(parts[0])
        if self._lexicon.synonyms:
            parts = with_synonyms(self._lexicon, kind, parts, self._plain_group)
        return self._plain_group(kind, parts, boost)

    def _plain_group(self, kind: GroupKind, parts: Sequence[Part], boost: float = 1.0) -> QueryNode:
        """The parts of a group as one, with other ways to write them."""
        variants: list[QueryNode] = []
        if self._alternatives is not None:
            parts, variants = self._alternatives.of_group(kind, parts)
        return make_group(kind, list(map(without_terms, parts)), boost, variants)

    def without(self, positive: Part, negatives: Sequence[Part]) -> QueryNode:
        """What matches ``positive``, or everything if that is empty, and none of ``negatives``."""
        node = node_of(positive)
        unwanted = [inner for inner in map(node_of, negatives) if type(inner) is not NoQuery]
        if not unwanted:
            return node
        negative = unwanted[0] if len(unwanted) == 1 else OrQuery(tuple(unwanted))
        return AndNotQuery(EveryQuery() if type(node) is NoQuery else node, negative)

    def preferring(self, required: Part, optional: Part) -> QueryNode:
        """What matches ``required``, first what also matches ``optional``; the other if one is empty."""
        first, second = node_of(required), node_of(optional)
        if type(first) is NoQuery:
            return second
        return first if type(second) is NoQuery else AndMaybeQuery(first, second)

    def negated(self, part: Part) -> Part:
        """What does not match a part."""
        node = node_of(part)
        return None if type(node) is NoQuery else NotQuery(node)

    def optional_words(self, text: str) -> list[Part]:
        """The words of a text, to be searched for only where the group has nothing else."""
        return [StopWord(_word_query("text", word, 1.0)) for word in self._lexicon.french.analyze(text)]

    def unquoted(self, field: str, text: str, boost: float) -> Part:
        """The clause of a word without quotation marks, which may have signs: ``=péché``, ``gouv*``."""
        if field in DATE_FIELDS:
            return self.period(field, _without_punctuation(text))
        if text[0] == "=" and len(text) > 1:
            return self._exact(field, text[1:].strip('"'), boost)
        if "*" in text or "?" in text:
            return self._pattern(field, text, boost)
        fuzzy = _FUZZY.fullmatch(_without_punctuation(text)) if "~" in text else None
        if fuzzy is not None and fuzzy[1]:
            return self._fuzzy(field, fuzzy[1], fuzzy[2], boost)
        if field in LABEL_FIELDS:
            return LabelQuery(field, (_without_punctuation(text),), boost=boost, is_bare=True)
        return self.words(field, text, boost)

    def quoted(self, field: str, text: str, slop: int, boost: float) -> Part:
        """The clause of a text in quotation marks: a phrase, a label or a period."""
        text = " ".join(text.split())
        if field in DATE_FIELDS:
            return self.period(field, text)
        if field in LABEL_FIELDS:
            return LabelQuery(field, (text,), boost=boost)
        words = self._lexicon.french.analyze(text)
        if len(words) < 2:
            return self._one_word(field, words, slop, boost)
        phrase = PhraseQuery(field, tuple(word.term for word in words), slop, boost)
        if slop > 1:
            return phrase
        clause = QuotedPhrase(phrase, words)
        self._pass_over(words)
        return self._with_terms(clause, field, words, boost)

    def words(self, field: str, text: str, boost: float) -> Part:
        """The clause of a word, or of several that punctuation separates or joins."""
        pieces = [piece for piece in _SEPARATOR.split(text) if piece]
        if len(pieces) > 1:
            return self.group(self.space, [self.compound(field, piece, boost) for piece in pieces])
        return self.compound(field, text, boost)

    def compound(self, field: str, text: str, boost: float) -> Part:
        """The clause of a word, or of several that hyphens or apostrophes join."""
        words: Sequence[Word] = self._lexicon.french.words(text)
        if len(words) > 1:
            is_hashtag = text[0] == HASH and words[-1].start == 0  # the last word is the whole of it
            words = words[-1:] if is_hashtag else _without_pronouns(words)
        if len(words) < 2:
            return self._one_word(field, words, 1, boost, text)
        phrase = PhraseQuery(field, tuple(word.term for word in words), 1, boost)
        clause = CompoundWord(phrase, words)
        self._pass_over(words)
        return self._with_terms(clause, field, words, boost, text)

    def period(self, field: str, text: str) -> DateRangeQuery:
        """The clause of a date field.

        That of ``depuis`` has no end, except where both ends are named, as in ``2025 à 2026``.
        Raises QueryError for what is not a date.
        """
        period = parse_period(text, self._zone)
        start = period.start if field in ("date", "since") else LONG_AGO
        if field == "since" and not ends_itself(text):
            return DateRangeQuery(start, FAR_AHEAD)
        return DateRangeQuery(start, period.start if field == "before" else period.end)

    def date_range(self, start: str, end: str) -> DateRangeQuery:
        """The clause of a range of dates, both included; an empty date leaves that side open."""
        return DateRangeQuery(*parse_range(start, end, self._zone))

    def _one_word(
        self, field: str, words: Sequence[Word], slop: int, boost: float, typed: str | None = None
    ) -> Part:
        if not words:
            return None
        clause = word_clause(field, words[0], boost, self._place)
        self._pass_over(words)
        return clause if slop > 1 else self._with_terms(clause, field, words, boost, typed)

    def _pass_over(self, words: Sequence[Word]) -> None:
        if self._place is not None:
            self._place += len(words)

    def _with_terms(
        self, clause: Clause, field: str, words: Sequence[Word], boost: float, typed: str | None = None
    ) -> Part:
        """The clause of some words, with its synonyms and its terms.

        Where it is not quoted, the variants of how it was ``typed`` are added.
        """
        alternatives = None if typed is None else self._alternatives
        if not self._lexicon.synonyms and alternatives is None:
            return clause
        terms = ClauseTerms(field, tuple([word.term for word in words]), boost)
        if self._lexicon.synonyms and (synonyms := synonyms_of(self._lexicon, terms)):
            clause = OrQuery((unwrap(clause), *synonyms))
        if alternatives is None or typed is None:
            return TermsClause(clause, terms, ())
        nodes = alternatives.of_clause(clause, terms, typed, words)
        return TermsClause(clause, terms, words, nodes)

    def _exact(self, field: str, text: str, boost: float) -> Part:
        """A word as spelled; or words as spelled, that also stand side by side in some spelling."""
        if field in LABEL_FIELDS:
            return LabelQuery(field, (text,), boost=boost)
        words = self._lexicon.french.analyze(text)
        nodes: list[QueryNode] = [ExactWordQuery(field, word.term, word.spelling, boost) for word in words]
        if len(words) > 1:
            nodes.append(PhraseQuery(field, tuple(word.term for word in words), boost=boost))
        return all_of(nodes)

    def _pattern(self, field: str, text: str, boost: float) -> Part:
        """A word with ``*`` or ``?``; the parts of a compound that have neither are words."""
        if field in LABEL_FIELDS:
            return LabelQuery(field, (_without_punctuation(text),), field != "id", boost)
        nodes: list[QueryNode] = []
        for piece in _PATTERN_PIECE.findall(normalize(text[elision(text) :]).lower()):
            pattern = _LITERAL.sub(lambda literal: fold(literal[0]), piece)
            if not pattern.strip("*?"):
                continue
            if pattern.isalnum():
                words = self._lexicon.french.analyze(piece)
                nodes.extend(_word_query(field, word, boost) for word in words)
            else:
                self._count_pattern()
                nodes.append(WildcardQuery(field, pattern, boost))
        return all_of(nodes)

    def _fuzzy(self, field: str, word: str, distance: str, boost: float) -> Part:
        """A word before ``~``; of a compound, only the last word may differ."""
        if distance and (len(distance) > 4 or not 0 < int(distance) <= MAX_DISTANCE):
            raise QueryError(
                f"after ~ comes 1 or {MAX_DISTANCE}, the letters that may differ, not {distance:.20}",
                "bad_distance",
                MAX_DISTANCE,
                distance,
            )
        if field in LABEL_FIELDS:
            return LabelQuery(field, (word,), boost=boost)
        words = self._lexicon.french.analyze(word)
        nodes: list[QueryNode] = [_word_query(field, part, boost) for part in words]
        if words:
            self._count_pattern()
            nodes[-1] = FuzzyQuery(field, fold(words[-1].spelling), int(distance or 1), boost)
        return all_of(nodes)

    def _count_pattern(self) -> None:
        self._patterns += 1
        if self._patterns > MAX_PATTERNS:
            message = f"a query may have at most {MAX_PATTERNS} words with *, ? or ~: leave some out"
            raise QueryError(message, "too_many_patterns", MAX_PATTERNS)


def _alone(part: Part) -> Part:
    """A part that is alone in its group; if it is one node, it may still have synonyms with the next part."""
    if isinstance(part, TermsClause) and isinstance(part.clause, QueryNode):
        return part
    return node_of(part)


def _without_punctuation(text: str) -> str:
    """A label, a date or a fuzzy word without the comma of the sentence behind it."""
    return text.rstrip(",;!") or text


def _without_pronouns(words: Sequence[Word]) -> Sequence[Word]:
    """The words of a compound; of an inverted verb, as in ``va-t-il`` or ``est-ce``, the verb alone."""
    verb, *rest = words
    is_inverted = all(word.spelling in _PRONOUNS for word in rest) and verb.spelling != "rendez"
    return [verb] if is_inverted else words


def _word_query(field: str, word: Word, boost: float) -> WordQuery:
    return WordQuery(field, word.term, word.spelling, boost)
