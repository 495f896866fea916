"""How does what a reader types become a query tree?

Whoosh's parser reads the operators, groups, fields and ranges; then every word is analysed as the articles
were, stop words are left out beside other words, and dates become periods. What cannot be meant as
syntax (a stray quote, the colon of a headline) is read as plain words, with a note that says so. A query
of plain words and quoted phrases, which most are, is turned into the same tree without the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from whoosh import qparser
from whoosh import query as whoosh_query

from ..analyzer import analyze, join_numbers
from ..errors import QueryError
from .nodes import ALIASES, DATE_FIELDS, FAR_AHEAD, LABEL_FIELDS, LONG_AGO, TEXT_FIELDS, Published, Spelled
from .periods import parse_period

MAX_CHARACTERS: Final = 10_000
MAX_WORDS: Final = 500
MAX_DEPTH: Final = 50
MAX_BOOST: Final = 1000
MAX_SLOP: Final = 1000
_FIELDS: Final = (*TEXT_FIELDS, *LABEL_FIELDS, *DATE_FIELDS, *ALIASES)
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
_COLON: Final = re.compile(r'"[^"]*"|(?:(?<!\w)(?P<field>\w+))?:')  # and what is quoted, to pass over
_BOOST: Final = re.compile(r'"[^"]*"|\^(?P<number>[^\s()"^]*)')  # and what is quoted, to pass over
_NUMBER: Final = re.compile(r"[0-9]*[.,]?[0-9]+")
_SLOP: Final = re.compile(r'"~0*([0-9]+)')
_SYNTAX: Final = re.compile(r"[():^\[\]{}*?~]|(?:^|\s)[+\-=]\S|\b(?:AND|OR|NOT|ANDNOT|ET|OU|SAUF|NON|TO)\b")
_PHRASE: Final = re.compile(r'"([^"]*)"|[^"]+')


class _SignsPlugin(qparser.PlusMinusPlugin):  # type: ignore[misc]  # whoosh has no types
    """``+word`` and ``-word`` at every depth; Whoosh's own plugin knows them at the top only."""

    def do_plusminus(self, parser: Any, group: Any) -> Any:
        for i, node in enumerate(group):
            if isinstance(node, qparser.GroupNode):
                group[i] = self.do_plusminus(parser, node)
        if any(isinstance(node, qparser.Operator | qparser.InfixOperator) for node in group):
            return self._beside_operators(group)
        if any(isinstance(node, self.Plus | self.Minus) for node in group):
            return super().do_plusminus(parser, group)
        return group

    def _beside_operators(self, group: Any) -> Any:
        """Where operators are written out, they rule: ``+`` says nothing, and ``-`` is NOT."""
        plain = group.empty_copy()
        negate = False
        for node in group:
            if isinstance(node, self.Plus | self.Minus):
                negate = isinstance(node, self.Minus)
            else:
                plain.append(qparser.NotGroup([node]) if negate else node)
                negate = False
        return plain


class _Spaced(whoosh_query.Or):  # type: ignore[misc]  # whoosh has no types
    """Words with only a space between them, where that means any of them; an OR was written out."""


class _SpacedGroup(qparser.GroupNode):  # type: ignore[misc]  # whoosh has no types
    qclass = _Spaced


class ParsedQuery(NamedTuple):
    """The tree that a search runs, and what was read differently from how it was typed."""

    tree: Any  # a whoosh.query.Query
    notes: tuple[str, ...]


def parse_query(text: str, zone: ZoneInfo, operator: str = "any") -> ParsedQuery:
    """Parse a query; ``operator`` says whether a space means "any" or "all" of the words.

    Raises QueryError for a query beyond the limits or a date that is none.
    """
    if operator not in ("any", "all"):
        raise QueryError(f"operator must be 'any' or 'all', not {operator!r}")
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            f"the query has {len(text):,} characters and the limit is {MAX_CHARACTERS:,}: shorten it"
        )
    text = text.encode("utf-8", "replace").decode().replace("\x00", " ").translate(_QUOTES)
    text, notes = _tamed(text)
    if len(text.split()) > MAX_WORDS:
        raise QueryError(
            f"the query has {len(text.split()):,} words and the limit is {MAX_WORDS}: shorten it"
        )
    text = join_numbers(text)
    group = whoosh_query.And if operator == "all" else _Spaced
    analysis = _Analysis(zone, group)
    if not _SYNTAX.search(text):
        return ParsedQuery(analysis.plain(text), notes)
    if any(len(slop) > 4 or int(slop) > MAX_SLOP for slop in _SLOP.findall(text)):
        raise QueryError(f"the words of a phrase may be at most {MAX_SLOP:,} apart")
    if _depth(text) > MAX_DEPTH:
        raise QueryError(f"the query nests deeper than {MAX_DEPTH} parentheses: simplify it")
    raw = _whoosh_parser(operator).parse(text, normalize=False)
    return ParsedQuery(analysis.tree(raw), notes)


def _tamed(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the signs that cannot be meant as syntax."""
    notes = []
    if text.count('"') % 2:
        at = text.rindex('"')
        text = f"{text[:at]} {text[at + 1 :]}"
        notes.append("A quotation mark without its pair was left out.")
    if text.count("(") != text.count(")"):
        text = text.replace("(", " ").replace(")", " ")
        notes.append("Parentheses that do not pair were left out.")

    def colon(found: re.Match[str]) -> str:
        if found[0].startswith('"'):
            return found[0]
        name = found["field"]
        after = found.string[found.end() : found.end() + 1]
        if name and name.lower() in _FIELDS and after and not after.isspace():
            return f"{name.lower()}:"
        notes.append("A colon that names no field was read as a space.")
        return f"{name or ''} "

    def boost(found: re.Match[str]) -> str:
        if found[0].startswith('"'):
            return found[0]
        if not _NUMBER.fullmatch(found["number"]):
            notes.append("A ^ without a number was left out.")
            return f" {found['number']}" if found["number"][:1].isalpha() else " "
        number = float(found["number"].replace(",", "."))
        if not 0 < number <= MAX_BOOST:
            raise QueryError(f"a weight must be above 0 and at most {MAX_BOOST:,}, not {found[0]:.40}")
        return f"^{number:.6f}"

    if "^" in text:
        text = _BOOST.sub(boost, text)
    if ":" in text:
        text = _COLON.sub(colon, text)
    return text, tuple(dict.fromkeys(notes))


def _depth(text: str) -> int:
    depth = deepest = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=2)
def _whoosh_parser(operator: str) -> Any:
    return qparser.QueryParser(
        "text",
        None,
        group=qparser.AndGroup if operator == "all" else _SpacedGroup,
        plugins=[
            qparser.WhitespacePlugin(),
            qparser.FieldsPlugin(rf"(?P<text>{'|'.join(_FIELDS)}):"),
            qparser.PhrasePlugin(),
            qparser.RangePlugin(),
            qparser.GroupPlugin(),
            qparser.OperatorsPlugin(
                And=r"(?<=\s)(AND|ET)(?=\s)",
                Or=r"(?<=\s)(OR|OU)(?=\s)",
                AndNot=r"(?<=\s)(ANDNOT|SAUF|AND\s+NOT|ET\s+NON)(?=\s)",
                AndMaybe=None,
                Not=r"(^|(?<=[\s(]))(NOT|NON)(?=\s)",
                Require=None,
            ),
            qparser.BoostPlugin(),
            _SignsPlugin(r"(^|(?<=[\s(]))\+(?=\S)", r"(^|(?<=[\s(]))-(?=\S)"),
            qparser.EveryPlugin(),
        ],
    )


class _Analysis:
    """From the words as typed to the terms of the index."""

    def __init__(self, zone: ZoneInfo, group: type) -> None:
        self._zone = zone
        self._group = group

    def plain(self, text: str) -> Any:
        """The tree of words and quoted phrases."""
        parts = []
        for found in _PHRASE.finditer(text):
            if found[1] is not None:
                parts.append(self._words("text", [found[1]], 1, 1.0))
            else:
                parts.extend(self._words("text", [word], 1, 1.0) for word in found[0].split())
        return self._grouped(self._group, parts, 1.0)

    def tree(self, raw: Any) -> Any:
        """The tree that Whoosh's parser gave, analysed."""
        node = self._node(raw)
        if isinstance(node, whoosh_query.Not):
            node = whoosh_query.And([node])
        return _settled(node)

    def _node(self, raw: Any) -> Any:
        match raw:
            case whoosh_query.And() | whoosh_query.Or():
                parts = [self._node(part) for part in raw.subqueries]
                return self._grouped(type(raw), parts, raw.boost)
            case whoosh_query.AndNot() | whoosh_query.AndMaybe():
                return self._binary(raw)
            case whoosh_query.Not():
                inner = _settled(self._node(raw.query))
                return None if inner is whoosh_query.NullQuery else whoosh_query.Not(inner)
            case whoosh_query.Every():
                return whoosh_query.Every()
            case whoosh_query.TermRange() if raw.fieldname in DATE_FIELDS:
                return self._range(raw.start, raw.end)
            case whoosh_query.TermRange():
                return self._leaf(raw.fieldname, [raw.start or "", raw.end or ""], 1, raw.boost)
            case whoosh_query.Term():
                return self._leaf(raw.fieldname, [raw.text], 1, raw.boost)
            case whoosh_query.Phrase():
                return self._leaf(raw.fieldname, [" ".join(raw.words)], raw.slop, raw.boost)
        return None

    def _binary(self, raw: Any) -> Any:
        first, second = _settled(self._node(raw.a)), _settled(self._node(raw.b))
        if second is whoosh_query.NullQuery:
            return first
        if first is whoosh_query.NullQuery:
            first = whoosh_query.Every() if isinstance(raw, whoosh_query.AndNot) else second
        return type(raw)(first, second)

    def _leaf(self, field: str | None, texts: Sequence[str], slop: int, boost: float) -> Any:
        field = ALIASES.get(field or "text", field or "text")
        if field in DATE_FIELDS:
            return self._published(field, texts[0])
        if field in LABEL_FIELDS:
            return whoosh_query.Term(field, " ".join(texts), boost=boost)
        return self._words(field, texts, slop, boost)

    def _published(self, field: str, text: str) -> Published:
        period = parse_period(text, self._zone)
        start = period.start if field in ("date", "since") else LONG_AGO
        end = {"since": FAR_AHEAD, "before": period.start}.get(field, period.end)
        return Published(start, end)

    def _range(self, start: str | None, end: str | None) -> Published:
        return Published(
            parse_period(start, self._zone).start if start else LONG_AGO,
            parse_period(end, self._zone).end if end else FAR_AHEAD,
        )

    def _words(self, field: str, texts: Iterable[str], slop: int, boost: float) -> Any:
        """A written word or a phrase as a term, or as terms that follow each other."""
        words = [word for text in texts for word in analyze(text)]
        if not words:
            return None
        if len(words) > 1:
            return whoosh_query.Phrase(field, [word.term for word in words], slop, boost)
        term = Spelled(field, words[0].term, words[0].spelling, boost)
        return _Stop(term) if words[0].stop else term

    def _grouped(self, group: type, parts: Sequence[Any], boost: float) -> Any:
        """The parts as one, stop words left out where there is another word."""
        parts = [part for part in parts if part is not None and part is not whoosh_query.NullQuery]
        said = [part for part in parts if not isinstance(part, _Stop)]
        if any(not isinstance(part, whoosh_query.Not) for part in said):
            parts = said
        elif parts:
            parts = [part.term if isinstance(part, _Stop) else part for part in parts]
        parts = [_settled(part) for part in parts]
        if not parts:
            return whoosh_query.NullQuery
        if len(parts) == 1 and boost == 1.0:
            return parts[0]
        if group is _Spaced:
            return self._any_of(parts, boost)
        return group(parts, boost=boost)

    def _any_of(self, parts: Sequence[Any], boost: float) -> Any:
        """Any of the parts that only spaces part; what is no alternative restricts instead.

        ``a b NOT c`` asks for a or b, without c, and ``a b source:d`` for a or b, from d.
        """
        choices: dict[object, list[Any]] = {}
        for part in parts:
            choices.setdefault(self._choice(part), []).append(part)
        groups = [group[0] if len(group) == 1 else whoosh_query.Or(group) for group in choices.values()]
        if len(groups) == 1 and not isinstance(groups[0], whoosh_query.Not) and boost == 1.0:
            return groups[0]
        return whoosh_query.And(groups, boost=boost)

    def _choice(self, part: Any) -> object:
        """What a part of an OR is an alternative to: parts that share this are alternatives."""
        if isinstance(part, whoosh_query.Not):
            return id(part)
        if isinstance(part, Published):
            is_open = part.start == LONG_AGO or part.end == FAR_AHEAD
            return id(part) if is_open else "date"
        if isinstance(part, whoosh_query.Term) and part.fieldname in LABEL_FIELDS:
            return part.fieldname
        if isinstance(part, whoosh_query.Or):
            choices = {self._choice(inner) for inner in part.subqueries}
            return choices.pop() if len(choices) == 1 else None
        return None


class _Stop(NamedTuple):
    """A stop word, kept only where there is nothing else to look for."""

    term: Any


def _settled(node: Any) -> Any:
    """A part on its own: a lone stop word is looked for after all."""
    if isinstance(node, _Stop):
        return node.term
    return whoosh_query.NullQuery if node is None else node
