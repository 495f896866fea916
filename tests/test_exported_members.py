"""The public API is imports and ``__all__``, nothing else."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import newsindex


def test_the_package_file_holds_imports_and_all_only():
    tree = ast.parse(Path(newsindex.__file__).read_text())
    docstring, *statements = tree.body
    assert isinstance(docstring, ast.Expr)
    for statement in statements:
        if isinstance(statement, ast.Assign):
            assert [target.id for target in statement.targets] == ["__all__"]
        else:
            assert isinstance(statement, ast.ImportFrom)


def test_all_lists_every_public_name_once_and_sorted():
    imported = {
        alias.asname or alias.name
        for node in ast.parse(Path(newsindex.__file__).read_text()).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname != "_display"  # imported for its effect: it tells results how to show themselves
    }
    assert set(newsindex.__all__) == imported
    assert newsindex.__all__ == sorted(newsindex.__all__)


def test_every_error_has_the_one_root():
    errors = [
        getattr(newsindex, name)
        for name in newsindex.__all__
        if isinstance(getattr(newsindex, name), type) and issubclass(getattr(newsindex, name), Exception)
    ]
    assert len(errors) == 18
    assert all(issubclass(error, newsindex.NewsIndexError) for error in errors)


def test_importing_the_package_leaves_whoosh_rich_and_click_alone():
    code = "import sys, newsindex; print([m for m in ('whoosh', 'rich', 'click') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_type_that_a_public_function_returns_is_exported():
    functions = [newsindex.create, newsindex.open, newsindex.read]
    classes = [newsindex.Index, newsindex.Searcher, newsindex.IndexWriter, newsindex.Results, newsindex.Hit]
    for owner in classes:
        functions += [value for name, value in vars(owner).items() if not name.startswith("_")]
    returned = set()
    for function in functions:
        function = function.fget if isinstance(function, property) else function
        returned |= set(re.findall(r"[A-Z]\w+", getattr(function, "__annotations__", {}).get("return", "")))
    elsewhere = {"Any", "Iterator", "None", "AbstractContextManager", "T", "DataFrame", "ZoneInfo", "Path"}
    internal = {"Lexicon", "ParsedQuery", "Snapshot", "WhooshQuery"}  # what searches and settings are made of
    assert returned - elsewhere - internal <= set(newsindex.__all__)
    assert {"Stats", "Explanation", "Corpus", "IndexWriter", "Searcher", "Marked"} <= returned
