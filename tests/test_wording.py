"""Numbers of things in messages have the form of the noun that belongs to them."""

from __future__ import annotations

import ast
import re

import pytest

from newsindex.wording import counted
from tests.conftest import ROOT

NOUNS = re.compile(
    r" (alerts|articles|cells|columns|copies|documents|duplicates|errors|files|hits|kinds|lines|matches"
    r"|nodes|records|rows|segments|shards)\b"
)
"""What the messages of newsindex count, in the plural."""


@pytest.mark.parametrize(
    ("number", "forms", "text"),
    [
        (1, ("article",), "1 article"),
        (0, ("article",), "0 articles"),
        (2, ("article",), "2 articles"),
        (1_234, ("copy", "copies"), "1,234 copies"),
        (1, ("file was read", "files were read"), "1 file was read"),
        (3, ("file was read", "files were read"), "3 files were read"),
    ],
)
def test_one_thing_is_in_the_singular_and_any_other_number_in_the_plural(number, forms, text):
    assert counted(number, *forms) == text


def _counts(tree):
    """The plurals that stand right behind a number that is not written out, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for value, text in zip(node.values, node.values[1:], strict=False):
                if isinstance(value, ast.FormattedValue) and isinstance(text, ast.Constant):
                    plural = NOUNS.match(text.value)
                    if plural and not _is_limit(value.value):
                        yield node.lineno, plural[1]


def _is_limit(value):
    """Whether a value is a limit, which is a number of many things: MAX_WORDS, limits.rows."""
    source = ast.unparse(value)
    return source.split(".")[-1].isupper() or source.startswith("limits.")


@pytest.mark.parametrize("folder", ["newsindex", "examples"])
def test_no_message_has_a_number_before_a_plural_that_it_may_not_take(folder):
    found = [
        f"{path.relative_to(ROOT)}:{line}: {word}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, word in _counts(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []
