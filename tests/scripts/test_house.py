"""The script that checks the layout of the code finds each kind of breach, and nothing in the package."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "house.py"


@pytest.fixture(scope="module")
def house():
    spec = importlib.util.spec_from_file_location("house", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def breaches(house, tmp_path):
    def found(**files):
        package = tmp_path / "paper"
        for name, text in {"__init__": '"""A package."""\n', **files}.items():
            path = package.joinpath(*name.split("__", 1 if not name.startswith("__") else 0)).with_suffix(
                ".py"
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return [
            breach.replace(os.sep, "/").replace(f"{tmp_path.as_posix()}/", "")
            for breach in house.breaches(package)
        ]

    return found


def test_the_package_is_in_order():
    done = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "the house is in order\n")


def test_modules_in_order_have_no_breach(breaches):
    assert (
        breaches(one='"""One."""\n\nfrom .two import f\n', two='"""Two."""\n\n\ndef f():\n    """F."""\n')
        == []
    )


@pytest.mark.parametrize(
    "back",
    [
        "from .one import g\n",
        "from . import one\n",
        "import paper.one\n",
        "def f():\n    '''F.'''\n    from paper.one import g\n",
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from .one import g\n",
    ],
)
def test_a_circle_of_imports_is_found_wherever_the_import_stands(breaches, back):
    found = breaches(one='"""One."""\n\nfrom .two import f\n', two=f'"""Two."""\n\n{back}')
    assert found == ["paper: a circle of imports: paper.one -> paper.two -> paper.one"]


def test_a_circle_over_three_modules_in_folders_is_found(breaches):
    found = breaches(
        a='"""A."""\nfrom paper.room.b import x\n',
        room____init__='"""Room."""\n',
        room__b='"""B."""\nfrom .c import x\n',
        room__c='"""C."""\nfrom paper.a import y\n',
    )
    assert any("a circle of imports" in line and line.count("->") == 3 for line in found)


def test_a_question_or_no_docstring_at_the_head_of_a_module_is_found(breaches):
    assert breaches(one='"""What is in it?"""\n', two="x = 1\n") == [
        "paper/one.py: the docstring of the module is a question: say what is in it",
        "paper/two.py: the module has no docstring",
    ]


def test_a_public_name_without_a_docstring_is_found_and_a_private_one_is_not(breaches):
    found = breaches(
        one='"""One."""\n\n\nclass C:\n    """C."""\n\n    def m(self): ...\n    def _p(self): ...\n'
        "\ndef f(): ...\n"
    )
    assert found == [
        "paper/one.py:7: m is public and has no docstring",
        "paper/one.py:10: f is public and has no docstring",
    ]


def test_a_docstring_in_the_imperative_is_found_unless_it_is_the_help_of_a_command(breaches):
    found = breaches(
        one='"""One."""\n\n\ndef f():\n    """Return one."""\n\n\ndef g():\n    """Returns one."""\n',
        two='"""Two."""\n\n\n@cli.command("h")\ndef h():\n    """Print two."""\n',
    )
    assert found == ["paper/one.py:4: the docstring of f is an order: use the third person"]


def test_a_second_verb_in_the_imperative_is_found_in_the_first_sentence(breaches):
    found = breaches(
        one='"""One."""\n\n\ndef f():\n    """Writes one,\n    and merge two."""\n',
        two='"""Two."""\n\n\ndef g():\n    """Writes what users add and merge, and merges two."""\n',
    )
    assert found == ["paper/one.py:4: the docstring of f is an order: use the third person"]


def test_a_long_module_needs_a_reason_on_its_first_line(breaches):
    long = '"""One."""\n' + "x = 1\n" * 400
    assert breaches(one=long) == [
        "paper/one.py: 401 lines, more than 400: split it, or begin it with `# Long: why`"
    ]
    assert breaches(one=f"# Long: a table of verbs\n{long}") == []


def test_a_folder_holds_sixteen_modules_and_no_more(breaches):
    modules = {f"m{i}": '"""M."""\n' for i in range(16)}
    assert breaches(**modules) == []
    assert breaches(m16='"""M."""\n') == ["paper: 17 modules in one folder, more than 16: split it by trade"]
