"""How does what a reader types become a query tree?

Whoosh's parser reads the operators, groups, fields and ranges; then every word is analysed as the articles
were, stop words are left out beside other words, and dates become periods. What cannot be meant as
syntax (a stray quote, the colon of a headline) is read as plain words, with a note that says so. A query
of plain words and quoted phrases, which most are, is turned into the same tree without the parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from whoosh import query as whoosh_query

from newsindex.analyzer import FRENCH, Lexicon, Word, elision, fold, join_numbers, normalize
from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO
from newsindex.dates.period_expressions import parse_period
from newsindex.errors import QueryError

from .grammar import Signed, Spaced, whoosh_parser
from .grouping import CompoundWord, QuotedPhrase, Stop, joined, settled, together
from .nodes import (
    ALIASES,
    DATE_FIELDS,
    LABEL_FIELDS,
    DateRangeQuery,
    ExactWordQuery,
    WordQuery,
)
from .repair import repair_query
from .synonyms import ClauseTerms, longest, others

_NO_LEXICON: Final = Lexicon()
MAX_CHARACTERS: Final = 10_000
MAX_WORDS: Final = 500
MAX_DEPTH: Final = 50
MAX_SLOP: Final = 1000
MAX_DISTANCE: Final = 2
MAX_PATTERNS: Final = 10  # and near spellings: each is compared with all words of the index
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
_SLOP: Final = re.compile(r'"~0*([0-9]+)')
_OPERATORS: Final = frozenset(("AND", "OR", "NOT", "ANDNOT", "ET", "OU", "SAUF", "NON", "TO"))
_SYNTAX: Final = re.compile(r"[():^\[\]{}*?~]|(?:^|\s)[+\-=]\S|\b(?:" + "|".join(sorted(_OPERATORS)) + r")\b")
_BREAK: Final = re.compile(r"[/;…—–|&\u200b]+|(?<![0-9]),+|,+(?![0-9])")
"""What parts words though no space stands there; hyphens and apostrophes make compounds of them."""
_PRONOUNS: Final = frozenset(["t", "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce"])
_NUMBER: Final = re.compile(r"[~^][0-9.,]+")
_PIECE: Final = re.compile(r"[\w*?]+")
_LITERAL: Final = re.compile(r"[^*?]+")
_PHRASE: Final = re.compile(r'"([^"]*)"|[^"]+')


class ParsedQuery(NamedTuple):
    """The tree that a search runs, and what was read differently from how it was typed."""

    tree: Any  # a whoosh.query.Query
    notes: tuple[str, ...]


def parse_query(
    text: str, zone: ZoneInfo, operator: str = "any", lexicon: Lexicon = _NO_LEXICON
) -> ParsedQuery:
    """Parse a query; ``operator`` says whether a space means "any" or "all" of the words, and ``lexicon``
    what the user's own words are.

    Raises QueryError for a query beyond the limits or a date that is none.
    """
    if operator not in ("any", "all"):
        raise QueryError(f"operator must be 'any' or 'all', not {operator!r}")
    group = whoosh_query.And if operator == "all" else Spaced
    if _is_plain(text):
        return ParsedQuery(_Analysis(zone, group, lexicon).words(text.split()), ())
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            f"the query has {len(text):,} characters and the limit is {MAX_CHARACTERS:,}: shorten it"
        )
    text = text.encode("utf-8", "replace").decode().replace("\x00", " ").translate(_QUOTES)
    text, notes = repair_query(text)
    words = _count(text)
    if words > MAX_WORDS:
        raise QueryError(f"the query has {words:,} words and the limit is {MAX_WORDS}: shorten it")
    text = join_numbers(text)
    analysis = _Analysis(zone, group, lexicon)
    if not _SYNTAX.search(text):
        return ParsedQuery(analysis.plain(text), notes)
    if text.strip() == "*":
        return ParsedQuery(whoosh_query.Every(), notes)
    if any(len(slop) > 4 or int(slop) > MAX_SLOP for slop in _SLOP.findall(text)):
        raise QueryError(f"the words of a phrase may be at most {MAX_SLOP:,} apart")
    if _depth(text) > MAX_DEPTH:
        raise QueryError(f"the query nests deeper than {MAX_DEPTH} parentheses: simplify it")
    raw = whoosh_parser(operator).parse(text, normalize=False)
    return ParsedQuery(analysis.tree(raw), notes)


def _is_plain(text: str) -> bool:
    """Whether a query is a few words of letters, none of them an operator: it needs no other look."""
    return len(text) < MAX_WORDS and text.replace(" ", "").isalpha() and _OPERATORS.isdisjoint(text.split())


def _count(text: str) -> int:
    """How many words a query has, those of compounds counted one by one."""
    spaced = len(text.split())
    return spaced if len(text) <= MAX_WORDS else max(spaced, len(FRENCH.analyze(_NUMBER.sub(" ", text))))


def _depth(text: str) -> int:
    depth = deepest = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest


class _Analysis:
    """From the words as typed to the terms of the index."""

    def __init__(self, zone: ZoneInfo, group: type, lexicon: Lexicon) -> None:
        self._zone = zone
        self._group = group
        self._lexicon = lexicon
        self._said: dict[int, tuple[Any, ClauseTerms]] = {}  # by the id of a part, which is kept
        self._patterns = 0

    def words(self, texts: Sequence[str]) -> Any:
        """The tree of some words of letters."""
        return self._grouped(self._group, [self._words("text", text, 1, 1.0) for text in texts], 1.0)

    def plain(self, text: str) -> Any:
        """The tree of words and quoted phrases."""
        parts = []
        for found in _PHRASE.finditer(text):
            if found[1] is not None:
                parts.append(self._words("text", found[1], 1, 1.0, quoted=True))
            else:
                parts.extend(self._words("text", word, 1, 1.0) for word in found[0].split())
        return self._grouped(self._group, parts, 1.0)

    def tree(self, raw: Any) -> Any:
        """The tree that Whoosh's parser gave, analysed."""
        node = self._node(raw)
        if isinstance(node, whoosh_query.Not):
            node = whoosh_query.And([node])
        return settled(node)

    def _node(self, raw: Any) -> Any:
        match raw:
            case whoosh_query.And() | whoosh_query.Or():
                parts = [self._node(part) for part in raw.subqueries]
                return self._grouped(type(raw), parts, raw.boost)
            case whoosh_query.AndNot() | whoosh_query.AndMaybe():
                return self._binary(raw)
            case whoosh_query.Not():
                inner = settled(self._node(raw.query))
                return None if inner is whoosh_query.NullQuery else whoosh_query.Not(inner)
            case whoosh_query.Every():
                return whoosh_query.Every()
            case whoosh_query.TermRange():
                return self._range(raw.start, raw.end)
            case Signed():
                return self._signed(raw.fieldname, raw.text, raw.boost)
            case whoosh_query.Term():
                return self._leaf(raw.fieldname, raw.text, 1, raw.boost)
            case whoosh_query.Phrase():
                return self._leaf(raw.fieldname, " ".join(raw.words), raw.slop, raw.boost, quoted=True)
        return None

    def _binary(self, raw: Any) -> Any:
        first, second = settled(self._node(raw.a)), settled(self._node(raw.b))
        if second is whoosh_query.NullQuery:
            return first
        if first is whoosh_query.NullQuery:
            first = whoosh_query.Every() if isinstance(raw, whoosh_query.AndNot) else second
        return type(raw)(first, second)

    def _leaf(self, field: str | None, text: str, slop: int, boost: float, quoted: bool = False) -> Any:
        field = ALIASES.get(field or "text", field or "text")
        if field in DATE_FIELDS:
            return self._published(field, text)
        if field in LABEL_FIELDS:
            return whoosh_query.Term(field, text, boost=boost)
        return self._words(field, text, slop, boost, quoted)

    def _published(self, field: str, text: str) -> DateRangeQuery:
        period = parse_period(text, self._zone)
        start = period.start if field in ("date", "since") else LONG_AGO
        end = {"since": FAR_AHEAD, "before": period.start}.get(field, period.end)
        return DateRangeQuery(start, end)

    def _range(self, start: str | None, end: str | None) -> DateRangeQuery:
        return DateRangeQuery(
            parse_period(start.strip('"'), self._zone).start if start else LONG_AGO,
            parse_period(end.strip('"'), self._zone).end if end else FAR_AHEAD,
        )

    def _words(self, field: str, text: str, slop: int, boost: float, quoted: bool = False) -> Any:
        """A written word or a phrase as a term, or as terms that follow each other."""
        pieces = [text] if quoted else [piece for piece in _BREAK.split(text) if piece]
        if len(pieces) > 1:
            return self._grouped(
                self._group, [self._words(field, piece, slop, boost) for piece in pieces], 1.0
            )
        words = self._lexicon.french.analyze(text)
        if not words:
            return None
        if len(words) > 1 and not quoted:
            words = _without_pronouns(words)
        if len(words) > 1:
            part: Any = whoosh_query.Phrase(field, [word.term for word in words], slop, boost)
            if slop == 1:
                kind = QuotedPhrase if quoted else CompoundWord
                part = kind(part, [_word(field, word, boost) for word in words])
        else:
            part = _word(field, words[0], boost)
        if not self._lexicon.synonyms or slop > 1:
            return part
        said = ClauseTerms(field, tuple(word.term for word in words), boost)
        synonyms = others(self._lexicon, said)
        if synonyms:
            part = whoosh_query.Or([settled(part), *synonyms])
        self._said[id(part)] = part, said
        return part

    def _signed(self, field: str | None, text: str, boost: float) -> Any:
        """A word that was typed with ``=``, ``~``, ``*`` or ``?``."""
        field = ALIASES.get(field or "text", field or "text")
        if field in DATE_FIELDS:
            return self._published(field, text)
        if text.startswith("="):
            return self._exactly(field, text[1:].strip('"'), boost)
        if "*" in text or "?" in text:
            return self._pattern(field, text, boost)
        word, distance = text.rsplit("~", 1)
        if distance and (len(distance) > 4 or not 0 < int(distance) <= MAX_DISTANCE):
            raise QueryError(
                f"after ~ comes 1 or {MAX_DISTANCE}, the letters that may differ, not {distance:.20}"
            )
        if field in LABEL_FIELDS:
            return whoosh_query.Term(field, word, boost)
        words = self._lexicon.french.analyze(word)
        parts: list[Any] = [_spelled(field, part, boost) for part in words]
        if words:
            near = fold(words[-1].spelling)
            self._count_pattern()
            parts[-1] = whoosh_query.FuzzyTerm(field, near, boost, int(distance or 1), prefixlength=0)
        return together(parts)

    def _pattern(self, field: str, text: str, boost: float) -> Any:
        """A word with ``*`` or ``?``; of a compound, the parts without one are words as ever."""
        if field in LABEL_FIELDS:
            kind = whoosh_query.Term if field == "id" else whoosh_query.Wildcard
            return kind(field, text, boost)
        parts: list[Any] = []
        for piece in _PIECE.findall(normalize(text[elision(text) :]).lower()):
            pattern = _LITERAL.sub(lambda found: fold(found[0]), piece)
            if not pattern.strip("*?"):
                continue
            if pattern.isalnum():
                parts.extend(_spelled(field, word, boost) for word in self._lexicon.french.analyze(piece))
            else:
                self._count_pattern()
                parts.append(whoosh_query.Wildcard(field, pattern, boost))
        return together(parts)

    def _count_pattern(self) -> None:
        self._patterns += 1
        if self._patterns > MAX_PATTERNS:
            raise QueryError(f"a query may have at most {MAX_PATTERNS} words with *, ? or ~: leave some out")

    def _exactly(self, field: str, text: str, boost: float) -> Any:
        """A word as spelled; or words as spelled, that also stand side by side in some spelling."""
        if field in LABEL_FIELDS:
            return whoosh_query.Term(field, text, boost)
        words = self._lexicon.french.analyze(text)
        parts: list[Any] = [ExactWordQuery(field, word.term, word.spelling, boost) for word in words]
        if len(words) > 1:
            parts.append(whoosh_query.Phrase(field, [word.term for word in words], boost=boost))
        return together(parts)

    def _grouped(self, group: type, parts: Sequence[Any], boost: float) -> Any:
        """The parts as one, with the synonyms of what several of them say together."""
        return joined(group, self._with_synonyms(group, parts) if self._said else parts, boost)

    def _with_synonyms(self, group: type, parts: Sequence[Any]) -> Sequence[Any]:
        said = [self._said.get(id(part), (None, None))[1] for part in parts]
        found: list[Any] = []
        at = 0
        while at < len(parts):
            count, synonyms = longest(self._lexicon, said[at:])
            own = parts[at : at + max(count, 1)]
            if synonyms and group is whoosh_query.And:
                found.append(whoosh_query.Or([joined(group, own, 1.0), *synonyms]))
            else:
                found += [*own, *synonyms]
            at += len(own)
        return found


def _without_pronouns(words: list[Word]) -> list[Word]:
    """The words of a compound; of an inverted verb, as in ``va-t-il`` or ``est-ce``, the verb alone."""
    verb, *rest = words
    is_inverted = all(word.spelling in _PRONOUNS for word in rest) and verb.spelling != "rendez"
    return [verb] if is_inverted else words


def _word(field: str, word: Word, boost: float) -> WordQuery | Stop:
    term = _spelled(field, word, boost)
    return Stop(term) if word.stop else term


def _spelled(field: str, word: Word, boost: float) -> WordQuery:
    return WordQuery(field, word.term, word.spelling, boost)
