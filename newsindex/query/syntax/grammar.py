"""Which signs does Whoosh's parser read in a query, and as what?"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from whoosh import qparser
from whoosh import query as whoosh_query

from .nodes import ALIASES, DATE_FIELDS, LABEL_FIELDS, TEXT_FIELDS

FIELDS: Final = (*TEXT_FIELDS, *LABEL_FIELDS, *DATE_FIELDS, *ALIASES)
DATES: Final = (*DATE_FIELDS, *(alias for alias, field in ALIASES.items() if field in DATE_FIELDS))
"""The names of the fields that a range may follow."""
WORD_START: Final = r"(?:^|(?<=[\s(:+-])(?<!\w[+-]))"
"""Where a word may start; a sign inside a compound is no start of another."""


class Spaced(whoosh_query.Or):  # type: ignore[misc]  # whoosh has no types
    """Words with only a space between them, where that means any of them; an OR was written out."""


class _SpacedGroup(qparser.GroupNode):  # type: ignore[misc]  # whoosh has no types
    qclass = Spaced


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
        rest, required, unwanted = group.empty_copy(), qparser.AndGroup(), qparser.OrGroup()
        place = rest
        for node in group:
            if isinstance(node, self.Plus | self.Minus):
                place = required if isinstance(node, self.Plus) else unwanted
            else:
                place.append(node)
                place = rest
        whole = qparser.AndMaybeGroup([required, rest]) if required else rest
        return qparser.AndNotGroup([whole, unwanted]) if unwanted else whole

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


@lru_cache(maxsize=2)
def whoosh_parser(operator: str) -> Any:
    """Whoosh's parser of the query language; ``operator``: what a space means, "any" or "all"."""
    return qparser.QueryParser(
        "text",
        None,
        group=qparser.AndGroup if operator == "all" else _SpacedGroup,
        plugins=[
            qparser.WhitespacePlugin(),
            qparser.FieldsPlugin(rf"(?P<text>{'|'.join(FIELDS)}):"),
            qparser.PhrasePlugin(),
            qparser.RangePlugin(),
            qparser.GroupPlugin(),
            qparser.OperatorsPlugin(
                And=r"(?<=\s)(AND|ET)(?=\s)",
                Or=r"(?<=\s)(OR|OU)(?=\s)",
                AndNot=r"(?<=\s)(ANDNOT|SAUF|AND\s+NOT|ET\s+NON|ET\s+SAUF)(?=\s)",
                AndMaybe=None,
                Not=r"(^|(?<=[\s(]))NOT(?=\s)",
                Require=None,
            ),
            qparser.BoostPlugin(),
            _Signs(r"(^|(?<=[\s(]))\+(?=\S)", r"(^|(?<=[\s(]))-(?=\S)"),
            _SignedWords(),
        ],
    )
