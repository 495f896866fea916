"""Which definitions of acronyms a text holds, case by case: the table is acronyms.tsv."""

from __future__ import annotations

import pytest

from newsindex.indexer.scanning.acronym_definitions import find_definitions

from . import forms, table

TABLE = table("golden/acronyms.tsv")


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_a_text_holds_these_definitions_and_no_others(row):
    found = {f"{'~' * one.is_loose}{one.acronym} = {one.name}" for one in find_definitions(row["text"])}
    assert found == set(forms(row["defines"]))
