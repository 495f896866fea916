"""A query is split into tokens, each of which has what it needs beside it."""

from __future__ import annotations

import pytest

from newsindex.query.syntax.lexer import Token, TokenKind, tokenize


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("maroc qatar", "WORD WORD"),
        ("+maroc -(qatar)", "PLUS WORD MINUS OPEN WORD CLOSE"),
        ("a ET b OU c SAUF d AND NOT e", "WORD AND WORD OR WORD AND_NOT WORD AND_NOT WORD"),
        ("SAUF a", "NOT WORD"),
        ("(ET SAUF a) OU SAUF b", "OPEN NOT WORD CLOSE OR NOT WORD"),
        ("SAUF", "STRAY"),
        ("NOT a && NOT (b)", "NOT WORD AND_NOT OPEN WORD CLOSE"),
        ("a NEAR b NEAR/3 c", "WORD NEAR WORD NEAR WORD"),
        ("le roi-ET", "WORD WORD"),
        ('titre:"a b"~3^2 date:[2025 TO 2026]', "FIELD PHRASE BOOST FIELD RANGE"),
        ('="a b" =a titre:=a', "WORD WORD FIELD WORD"),
        ("--a -", "MINUS WORD WORD"),
        ("ET a OU", "STRAY WORD STRAY"),
        ("a ET OU b", "WORD STRAY STRAY WORD"),
        ("a ET (OU b)", "WORD AND OPEN STRAY WORD CLOSE"),
        ("NOT NOT", "STRAY STRAY"),
        ("a SAUF NOT", "WORD STRAY STRAY"),
        ("(+)", "OPEN STRAY CLOSE"),
        ("(titre:) titre:texte:a", "OPEN WORD CLOSE WORD FIELD WORD"),
        ("NEAR a NEAR", "WORD WORD WORD"),
        ("NEAR(a b)", "NEAR OPEN WORD WORD CLOSE"),
        ('"NEAR" (a b)', "PHRASE OPEN WORD WORD CLOSE"),
        ("titre:NEAR (a)", "FIELD WORD OPEN WORD CLOSE"),
        ("1 /3 km /s", "WORD WORD WORD WORD"),
        ("a^2 /s b", "WORD BOOST NEAR WORD"),
        ("date:[2024 TO 2025] /s b", "FIELD RANGE NEAR WORD"),
        ("a AND SAUF b && NON c", "WORD AND_NOT WORD AND_NOT WORD"),
    ],
)
def test_a_query_has_its_tokens(text, kinds):
    assert [token.kind.name for token in tokenize(text)] == [*kinds.split(), "END"]


def test_tokens_have_their_texts():
    assert tokenize('"a b"~03^2.5 titre:date:[2025 TO "mai 2026"]') == [
        Token(TokenKind.PHRASE, "a b", "03"),
        Token(TokenKind.BOOST, "2.5"),
        Token(TokenKind.WORD, "titre"),
        Token(TokenKind.FIELD, "date"),
        Token(TokenKind.RANGE, "2025 ", ' "mai 2026"'),
        Token(TokenKind.END, ""),
    ]
