"""Parses queries with Whoosh's parser, as an oracle for the grammar of newsindex.

Whoosh reads operators, groups, fields, ranges and signs; what it gives is turned into our nodes by the same
builder of clauses. Whoosh evaluates each operand of a binary group twice, so queries must be short. Where it
differs on purpose, a comment says so.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from whoosh import qparser
from whoosh import query as whoosh_query

from newsindex.analyzer import Lexicon, join_numbers
from newsindex.query.syntax.alternatives import Part, node_of
from newsindex.query.syntax.clauses import ClauseBuilder
from newsindex.query.syntax.grouping import GroupKind
from newsindex.query.syntax.nodes import AndQuery, NotQuery, QueryNode
from newsindex.query.syntax.query_fields import ALIASES, FIELD_NAMES
from newsindex.query.syntax.repair import repair_query

WORD_START: Final = r"(?:^|(?<=[\s(:+-])(?<!\w[+-]))"
"""Where a word may start; a sign inside a compound is no start of another."""


_NOT: Final = r"(^|(?<=[\s(]))NOT(?=\s)"


class Spaced(whoosh_query.Or):  # type: ignore[misc]  # whoosh has no types
    """Words with only a space between them, where that means any of them; an OR was written out."""


class SpacedAll(whoosh_query.And):  # type: ignore[misc]  # whoosh has no types
    """Words with only a space between them, where that means all of them.

    An AND behind such a group in parentheses does not extend it, as an AND before it does not either.
    Whoosh's own AndGroup would be extended, weight and dangling operators included.
    """


class _SpacedAllGroup(qparser.GroupNode):  # type: ignore[misc]  # whoosh has no types
    qclass = SpacedAll


class _SpacedGroup(qparser.GroupNode):  # type: ignore[misc]  # whoosh has no types
    qclass = Spaced


class _NotGroup(qparser.syntax.Wrapper):  # type: ignore[misc]  # whoosh has no types
    """NOT; Whoosh's own forgets that it was there if its operand is empty: ``NOT () SAUF a`` would be a."""

    def query(self, parser: Any) -> Any:
        return whoosh_query.Not(self.nodes[0].query(parser)) if self.nodes else None


class Excluded(whoosh_query.AndNot):  # type: ignore[misc]  # whoosh has no types
    """A group without what ``-`` excludes; an AND NOT was written out."""


class _ExcludedGroup(qparser.syntax.BinaryGroup):  # type: ignore[misc]  # whoosh has no types
    qclass = Excluded


class Signed(whoosh_query.Term):  # type: ignore[misc]  # whoosh has no types
    """A word with signs of its own, as it was typed: ``=péché``, ``gouvern*``, ``Tebboun~2``."""


class _SignedNode(qparser.TextNode):  # type: ignore[misc]  # whoosh has no types
    qclass = Signed


class _SignedWords(qparser.TaggingPlugin):  # type: ignore[misc]  # whoosh has no types
    """``=word`` or ``="some words"``; a word with ``*`` or ``?``; a word before ``~``."""

    expr = (
        rf'{WORD_START}(?P<text>=(?:"[^"]*"|[^\s()"^]+)'
        r'|[^\s()"^:=+\-][^\s()"^:*?~]*~[0-9]*(?=[\s()^]|$)'
        r'|(?:[^\s()"^:=+\-*?][^\s()"^:*?]*)?[*?][^\s()"^:]*)'
    )
    nodetype = _SignedNode


class _Signs(qparser.PlusMinusPlugin):  # type: ignore[misc]  # whoosh has no types
    """``+word`` and ``-word`` at every depth; Whoosh's own plugin knows them at the top only."""

    def do_plusminus(self, parser: Any, group: Any) -> Any:
        for i, node in enumerate(group):
            if isinstance(node, qparser.GroupNode):
                group[i] = self.do_plusminus(parser, node)
        if any(isinstance(node, qparser.Operator | qparser.InfixOperator) for node in group):
            return self._beside_operators(group)
        if any(isinstance(node, self.Plus | self.Minus) for node in group):
            return self._sorted(group)
        return group

    def _sorted(self, group: Any) -> Any:
        """The group parted: what is required, what is not wanted, and the rest, still such a group."""
        rest, unwanted = group.empty_copy(), qparser.OrGroup()
        required = qparser.AndGroup(boost=group.boost)  # (+a b)^2 weighs a too
        place = rest
        for node in group:
            if isinstance(node, self.Plus | self.Minus):
                place = required if isinstance(node, self.Plus) else unwanted
            else:
                place.append(node)
                place = rest
        whole = qparser.AndMaybeGroup([required, rest]) if required else rest
        return _ExcludedGroup([whole, unwanted]) if unwanted else whole

    def _beside_operators(self, group: Any) -> Any:
        """Where operators are written out, they rule: ``+`` says nothing, and ``-`` is NOT."""
        plain = group.empty_copy()
        negate = False
        for node in group:
            if isinstance(node, self.Plus | self.Minus):
                negate = isinstance(node, self.Minus)
            else:
                plain.append(_NotGroup([node]) if negate else node)
                negate = False
        return plain


@lru_cache(maxsize=2)
def whoosh_parser(operator: str) -> Any:
    """Whoosh's parser of the query language; ``operator``: what a space means, "any" or "all"."""
    return qparser.QueryParser(
        "text",
        None,
        group=_SpacedAllGroup if operator == "all" else _SpacedGroup,
        plugins=[
            qparser.WhitespacePlugin(),
            qparser.FieldsPlugin(rf"(?P<text>{'|'.join(FIELD_NAMES)}):"),
            qparser.PhrasePlugin(),
            qparser.RangePlugin(),
            qparser.GroupPlugin(),
            qparser.OperatorsPlugin(
                [(qparser.OperatorsPlugin.OpTagger(_NOT, _NotGroup, qparser.syntax.PrefixOperator), 0)],
                And=r"(?<=\s)(AND|ET)(?=\s)",
                Or=r"(?<=\s)(OR|OU)(?=\s)",
                AndNot=r"(?<=\s)(ANDNOT|SAUF|AND\s+NOT|ET\s+NON|ET\s+SAUF)(?=\s)",
                AndMaybe=None,
                Not=None,
                Require=None,
            ),
            qparser.BoostPlugin(),
            _Signs(r"(^|(?<=[\s(]))\+(?=\S)", r"(^|(?<=[\s(]))-(?=\S)"),
            _SignedWords(),
        ],
    )


def parse_with_whoosh(text: str, zone: ZoneInfo, operator: str = "any") -> QueryNode:
    """The tree of a query by Whoosh's parser."""
    builder = ClauseBuilder(zone, GroupKind.AND if operator == "all" else GroupKind.SPACE, Lexicon())
    raw = whoosh_parser(operator).parse(join_numbers(repair_query(text)[0]), normalize=False)
    tree = node_of(_part(raw, builder))
    return AndQuery((tree,)) if isinstance(tree, NotQuery) else tree


def _part(raw: Any, builder: ClauseBuilder) -> Part:
    """A part of Whoosh's tree as the builder of clauses makes it."""
    field = getattr(raw, "fieldname", None) or "text"
    field = ALIASES.get(field, field)
    match raw:
        case Spaced() | SpacedAll():
            return builder.group(builder.space, [_part(part, builder) for part in raw.subqueries], raw.boost)
        case whoosh_query.And():
            return builder.group(GroupKind.AND, [_part(part, builder) for part in raw.subqueries], raw.boost)
        case whoosh_query.Or():
            return builder.group(GroupKind.OR, [_part(part, builder) for part in raw.subqueries], raw.boost)
        case Excluded():
            return builder.without(_part(raw.a, builder), [_part(raw.b, builder)])
        case whoosh_query.AndNot():
            # a SAUF b SAUF c: Whoosh nests such a chain, and we exclude all of b, c at once
            negatives = []
            while type(raw) is whoosh_query.AndNot:
                negatives.append(raw.b)
                raw = raw.a
            return builder.without(
                _part(raw, builder), [_part(negative, builder) for negative in reversed(negatives)]
            )
        case whoosh_query.AndMaybe():
            return builder.preferring(_part(raw.a, builder), _part(raw.b, builder))
        case whoosh_query.Not():
            return builder.negated(_part(raw.query, builder))
        case whoosh_query.TermRange():
            return builder.date_range((raw.start or "").strip('"'), (raw.end or "").strip('"'))
        case Signed() | whoosh_query.Term():
            return builder.unquoted(field, raw.text, raw.boost)
        case whoosh_query.Phrase():
            return builder.quoted(field, " ".join(raw.words), raw.slop, raw.boost)
    return None
