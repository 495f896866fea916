"""The extra of a format brings every library that the reader of the format imports."""

from __future__ import annotations

import inspect
from collections import defaultdict

import pytest

from newsindex.corpus.formats.registry import FORMATS
from tests.absent_libraries import run_without

IMPORT = """
import importlib
for module in sys.argv[1:]:
    importlib.import_module(f"newsindex.corpus.formats.{module}")
"""


def _readers():
    """The modules of the readers that are loaded when they are needed, by extra."""
    modules = defaultdict(set)
    for format in FORMATS:
        values = inspect.getclosurevars(format.reader).nonlocals
        if "extra" in values:
            modules[values["extra"]].add(values["module"])
    return modules


READERS = _readers()


@pytest.mark.parametrize("extra", sorted(READERS))
def test_an_extra_has_all_that_its_readers_import(extra):
    run_without(["files"], IMPORT, *sorted(READERS[extra]), keep=[extra])


def test_a_reader_cannot_be_imported_without_its_extra():
    with pytest.raises(AssertionError, match="No module named 'lxml'"):
        run_without(["html"], IMPORT, "web_page")
