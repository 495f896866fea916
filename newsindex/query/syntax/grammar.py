"""Parses the tokens of a query by recursive descent, one level for each pair of parentheses.

::

    group      = { expression }
    expression = operand { ( AND | OR | AND_NOT ) operand }
    operand    = { NOT } [ PLUS | MINUS ] [ FIELD ] atom { BOOST }
    atom       = WORD | PHRASE | RANGE | OPEN group CLOSE

AND binds closer than OR, and OR closer than AND_NOT; a space between expressions binds least. In a group
without operators, ``+`` requires its operand and ``-`` excludes it from the rest; in a group with
operators ``+`` says nothing and ``-`` is NOT. NEAR, XOR and the like are words that need not occur, and so is
an operator without its operands. Each token is read once, so that the time is linear in their number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from newsindex.errors import QueryError
from newsindex.results import Note

from .alternatives import Part
from .clauses import ClauseBuilder
from .grouping import GroupKind
from .lexer import OPERAND_STARTS, Token, TokenKind
from .nodes import DateRangeQuery
from .query_fields import ALIASES

MAX_DEPTH: Final = 50
MAX_SLOP: Final = 1000
_INFIX: Final = frozenset((TokenKind.AND, TokenKind.OR, TokenKind.AND_NOT))
_SIGNS: Final = frozenset((TokenKind.PLUS, TokenKind.MINUS))
_SIGN_TEXTS: Final = frozenset("+-")


class _Signed(NamedTuple):
    """A part of a group, with the sign before it."""

    part: Part
    sign: TokenKind | None = None


class GrammarParser:
    """Parses the tokens of one query into its tree."""

    def __init__(self, tokens: Iterable[Token], builder: ClauseBuilder) -> None:
        self.notes: list[Note] = []
        self._tokens = list(tokens)
        self._index = 0
        self._builder = builder

    def parse(self) -> Part:
        """The whole query as one part."""
        return self._group("text", 0)

    @property
    def _kind(self) -> TokenKind:
        return self._tokens[self._index].kind

    def _take(self) -> Token:
        token = self._tokens[self._index]
        self._index += 1
        return token

    def _group(self, field: str, depth: int) -> Part:
        """The expressions up to the closing parenthesis, or to the end at depth 0, as one part."""
        parts: list[_Signed] = []
        has_operators = False
        while self._kind is not TokenKind.END:
            kind = self._kind
            if kind is TokenKind.CLOSE:
                self._take()
                if depth:
                    break
            elif kind in OPERAND_STARTS:
                part, operators = self._expression(field, depth)
                has_operators = has_operators or operators
                parts.append(part)
            else:
                parts += map(_Signed, self._stray())
        boost = self._boost() if depth else 1.0
        if has_operators:
            unsigned = [self._unsigned(part) for part in parts]
            return self._builder.group(self._builder.space, unsigned, boost)
        return self._signed_group(parts, boost)

    def _signed_group(self, parts: list[_Signed], boost: float) -> Part:
        """A group without operators: what is required, the rest, which is welcome, and what is excluded."""
        build = self._builder
        rest = [part for part, sign in parts if sign is None]
        required = [part for part, sign in parts if sign is TokenKind.PLUS]
        excluded = [part for part, sign in parts if sign is TokenKind.MINUS]
        whole = build.group(build.space, rest, boost)
        if required:
            whole = build.preferring(build.group(GroupKind.AND, required, boost), whole)
        return build.without(whole, [build.group(GroupKind.OR, excluded)]) if excluded else whole

    def _expression(self, field: str, depth: int) -> tuple[_Signed, bool]:
        """Operands between operators as one part, and whether there are operators."""
        start = self._index
        first = self._operand(field, depth)
        has_operators = self._tokens[start].kind is TokenKind.NOT
        if self._kind not in _INFIX:
            return first, has_operators
        # The operands of AND in the operands of OR in the operands of AND_NOT.
        operands = [[[self._unsigned(first)]]]
        while self._kind in _INFIX:
            operator = self._take().kind
            operand = self._unsigned(self._operand(field, depth))
            if operator is TokenKind.AND:
                operands[-1][-1].append(operand)
            elif operator is TokenKind.OR:
                operands[-1].append([operand])
            else:
                operands.append([[operand]])
        positive, *negatives = map(self._disjunction, operands)
        return _Signed(self._builder.without(positive, negatives) if negatives else positive), True

    def _disjunction(self, operands: list[list[Part]]) -> Part:
        """Operands of OR, each a list of operands of AND, as one part."""
        build = self._builder
        parts = [build.group(GroupKind.AND, ands) if len(ands) > 1 else ands[0] for ands in operands]
        return build.group(GroupKind.OR, parts) if len(parts) > 1 else parts[0]

    def _operand(self, field: str, depth: int) -> _Signed:
        """An atom with the sign before it, or with the NOT before it, of which two cancel out."""
        negations = 0
        while self._kind is TokenKind.NOT:
            self._take()
            negations += 1
        sign = self._take().kind if self._kind in _SIGNS else None
        signed = _Signed(self._atom(field, depth), sign)
        if negations == 0:
            return signed
        part = self._unsigned(signed)
        return _Signed(self._builder.negated(part) if negations % 2 else part)

    def _unsigned(self, signed: _Signed) -> Part:
        """A part among operators: ``-`` is NOT there, and ``+`` says nothing."""
        is_excluded = signed.sign is TokenKind.MINUS
        return self._builder.negated(signed.part) if is_excluded else signed.part

    def _atom(self, field: str, depth: int) -> Part:
        """A word, a phrase, a range or a group, in the field that is named before it, else in ``field``."""
        token = self._take()
        is_named = token.kind is TokenKind.FIELD
        if is_named:
            field = ALIASES.get(token.text, token.text)
            token = self._take()
        match token.kind:
            case TokenKind.OPEN:
                if depth == MAX_DEPTH:
                    message = f"the query nests deeper than {MAX_DEPTH} parentheses: simplify it"
                    raise QueryError(message, "too_deep", MAX_DEPTH)
                return self._group(field, depth + 1)
            case TokenKind.RANGE:
                self._boost()  # a period scores nothing
                return self._date_range(_date(token.text), _date(token.extra))
            case TokenKind.PHRASE:
                slop = _slop(token.extra)
                return self._checked(self._builder.quoted(field, token.text, slop, self._boost()), token)
            case TokenKind.WORD:
                return self._checked(self._word(field, token.text, is_named), token)
        raise AssertionError(token)  # tokenize() checks what begins an operand

    def _checked(self, part: Part, token: Token) -> Part:
        """A part, with a note where it is a period that ends before it begins at this moment."""
        if isinstance(part, DateRangeQuery) and part.start >= part.end:
            sentence = f"The period {token.text!r} ends before it begins now, so that no article is in it."
            self.notes.append(Note(sentence, "reversed_relative_period", token.text))
        return part

    def _date_range(self, start: str, end: str) -> Part:
        """The period from one date to another, either of which may be empty."""
        period = self._builder.date_range(start, end)
        if period.start >= period.end:
            self.notes.append(reversed_period(start, end))
        return period

    def _word(self, field: str, text: str, is_named: bool) -> Part:
        """A word or a pattern, with its weight; a pattern without a letter is left out.

        A ``*`` by itself whose field is not named (``is_named``) may be the bullet of a list.
        """
        part = self._builder.unquoted(field, text, self._boost())
        if part is None and "*" in text and (text != "*" or field != "text" or is_named):
            sentence = "A pattern without letters was left out; * alone finds all articles."
            self.notes.append(Note(sentence, "pattern_without_letters"))
        return part

    def _stray(self) -> list[Part]:
        """The words of an operator without its operands, which are optional; signs and weights have none."""
        token = self._take()
        if token.kind is TokenKind.BOOST:
            self.notes.append(Note("A ^ without a word before it was left out.", "boost_without_word"))
            return []
        if token.kind is TokenKind.NEAR:
            sentence = f'{token.text} was read as a word; for words near each other, write "a b"~5.'
            self.notes.append(Note(sentence, "near_operator", token.text))
        elif token.kind is TokenKind.UNKNOWN:
            sentence = f"{token.text} was read as a word; the operators are AND, OR and NOT."
            self.notes.append(Note(sentence, "unknown_operator", token.text))
        elif token.text not in _SIGN_TEXTS:
            sentence = f"{token.text} was read as a word, for it has nothing to apply to."
            self.notes.append(Note(sentence, "operator_without_operands", token.text))
        return self._builder.optional_words(token.text)

    def _boost(self) -> float:
        """The number of a ``^`` that comes, the last of several."""
        boost = 1.0
        while self._kind is TokenKind.BOOST:
            boost = float(self._take().text)
        return boost


def reversed_period(start: object, end: object) -> Note:
    """The note on a period whose last date is before its first."""
    sentence = f"The period from {start} to {end} ends before it begins, so that no article is in it."
    return Note(sentence, "reversed_period", str(start), str(end))


def _slop(digits: str) -> int:
    digits = digits.lstrip("0")
    if len(digits) > 4 or int(digits or 1) > MAX_SLOP:
        raise QueryError(
            f"the words of a phrase may be at most {MAX_SLOP:,} apart", "words_too_far_apart", MAX_SLOP
        )
    return int(digits or 1)


def _date(text: str) -> str:
    return text.strip().strip("\"'")
