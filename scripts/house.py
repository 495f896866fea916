"""Checks the rules of the code's layout that ruff and import-linter do not know.

``python scripts/house.py [PACKAGE…]`` prints a line for each breach, and ends with status 1 if there is any:

* a circle of imports between modules, those inside functions and under ``TYPE_CHECKING`` included;
* a module without a docstring, or with one whose first line is a question;
* a public class, function or method without a docstring;
* the docstring of a function that begins with a verb in the imperative, or goes on with one after "and" in
  its first sentence, unless it is the help of a command;
* a module of more than 400 lines whose first line is not a comment that begins with ``# Long:`` and a reason;
* a folder of more than 16 modules, ``__init__.py`` not counted.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

MAX_LINES: Final = 400
MAX_MODULES: Final = 16
_VERBS: Final = """
    add admit answer append ask begin bound build call change chart check choose close collect
    commit compare compile complete compress compute convert copy count create cut decide decode
    delete do drop empty encode end evaluate export fill find forget get give go hand have hide hold
    index insert join keep kill lay learn let list load look make mark match merge move note obey
    open order pack parse pass pause prepare print put queue raise read rebuild receive record
    refresh refuse regard register release remove render replace report reset restore return run
    save say scan search send serve set settle show skip sort split spread start stop store style
    take tell truncate try update use wait walk warn watch wrap write yield
"""
IMPERATIVES: Final = frozenset(_VERBS.split())
"""Verbs that docstrings of functions have in the third person only: "Returns, and writes", not "Return"."""

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def breaches(package: Path) -> Iterator[str]:
    """Every breach in a package, as a line that names the file."""
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))}
    trees = {path: ast.parse(source, str(path)) for path, source in sources.items()}
    for path, tree in trees.items():
        yield from _docstring_breaches(path, tree)
        yield from _mood_breaches(path, tree)
        yield from _length_breach(path, sources[path])
    modules = Counter(path.parent for path in sources if path.name != "__init__.py")
    for folder, count in modules.items():
        if count > MAX_MODULES:
            yield f"{folder}: {count} modules in one folder, more than {MAX_MODULES}: split it by trade"
    imports = {
        module_name(path, package): set(imported_modules(path, tree, package)) for path, tree in trees.items()
    }
    for circle in circles(imports):
        yield f"{package}: a circle of imports: {' -> '.join([*circle, circle[0]])}"


def module_name(path: Path, package: Path) -> str:
    """The dotted name of the module in a file of the package."""
    parts = list(path.relative_to(package.parent).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(path: Path, tree: ast.Module, package: Path) -> Iterator[str]:
    """The modules of the package that a module imports anywhere in it."""
    name = module_name(path, package)
    folder = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = folder.split(".")
                base = ".".join([*parents[: len(parents) - node.level + 1], *base.split(".")]).rstrip(".")
            wanted = [_submodule(package, base, alias.name) or base for alias in node.names]
        else:
            continue
        yield from (found for found in wanted if found.split(".")[0] == package.name and found != name)


def _submodule(package: Path, base: str, name: str) -> str | None:
    """The dotted name of ``name`` in the package ``base`` where it is a module rather than a value."""
    path = package.parent.joinpath(*base.split("."), name)
    return f"{base}.{name}" if path.with_suffix(".py").is_file() or path.is_dir() else None


def circles(imports: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """One circle of each strongly connected group of modules (Tarjan's algorithm)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []

    def visit(module: str) -> Iterator[list[str]]:
        order[module] = lowest[module] = len(order)
        stack.append(module)
        for target in sorted(imports.get(module, ())):
            if target not in order:
                yield from visit(target)
                lowest[module] = min(lowest[module], lowest[target])
            elif target in stack:
                lowest[module] = min(lowest[module], order[target])
        if lowest[module] == order[module]:
            group = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(group) > 1:
                yield group

    for module in sorted(imports):
        if module not in order:
            yield from visit(module)


def _docstring_breaches(path: Path, tree: ast.Module) -> Iterator[str]:
    docstring = ast.get_docstring(tree)
    if docstring is None:
        yield f"{path}: the module has no docstring"
    elif docstring.splitlines()[0].rstrip().endswith("?"):
        yield f"{path}: the docstring of the module is a question: say what is in it"
    for node in _public_definitions(tree):
        if ast.get_docstring(node) is None:
            yield f"{path}:{node.lineno}: {node.name} is public and has no docstring"


def _mood_breaches(path: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_command(node):
            sentence = " ".join((ast.get_docstring(node) or "").partition(".")[0].split())
            first, *others = sentence.split(", and ")
            verbs = {clause.partition(" ")[0].rstrip(",;:") for clause in (first.lower(), *others)}
            if verbs & IMPERATIVES:
                yield f"{path}:{node.lineno}: the docstring of {node.name} is an order: use the third person"


def _public_definitions(parent: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    for node in parent.body:
        if isinstance(node, Definition) and not node.name.startswith("_") and not _is_variant(node):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public_definitions(node)


def _is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is a command, whose docstring is its help and speaks to who types it."""
    names = {ast.unparse(decorator).partition("(")[0].rpartition(".")[2] for decorator in node.decorator_list}
    return bool(names & {"command", "group"})


def _is_variant(node: Definition) -> bool:
    """Whether a definition is an overload or a property's setter, whose docstring stands elsewhere."""
    names = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return bool(names & {"overload", "setter"})


def _length_breach(path: Path, source: str) -> Iterator[str]:
    lines = source.splitlines()
    if len(lines) > MAX_LINES and not lines[0].startswith("# Long: "):
        yield f"{path}: {len(lines)} lines, more than {MAX_LINES}: split it, or begin it with `# Long: why`"


def main(arguments: list[str]) -> int:
    """Checks the packages named, ``newsindex`` by default; returns the exit status."""
    root = Path(__file__).resolve().parent.parent
    packages = [Path(argument) for argument in arguments] or [root / "newsindex"]
    found = [breach for package in packages for breach in breaches(package)]
    print("\n".join(found) if found else "the house is in order")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
