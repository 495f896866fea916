"""The reader of a text that a database wrote is told, for files and for converted documents."""

from __future__ import annotations

import pytest
from striprtf.striprtf import rtf_to_text

from newsindex.corpus.formats.press_databases.database_text import recognise_database_text
from newsindex.corpus.formats.registry import detect_format

from . import exports


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        (rtf_to_text(exports.FACTIVA_RTF), "read_factiva_text"),
        (rtf_to_text(exports.FACTIVA_CODED_RTF), "read_factiva_text"),
        (exports.NEXIS, "read_nexis_text"),
        (exports.NEXIS_UNI, "read_nexis_uni_text"),
        (exports.IRAMUTEQ, "read_iramuteq_text"),
    ],
)
def test_the_text_of_a_database_has_its_reader(text, reader):
    found = recognise_database_text(text)
    assert found is not None
    assert found.__name__ == reader


@pytest.mark.parametrize(
    "text", ["", "Le pont rouvre\nIl porte.", "12 mars 2024\nCopyright 2024 Le Littoral"]
)
def test_another_text_has_none(text):
    assert recognise_database_text(text) is None


@pytest.mark.parametrize(
    ("text", "name", "format"),
    [
        (exports.NEXIS, "a.txt", "nexis"),
        (exports.NEXIS, "a.csv", "csv"),
        (exports.NEXIS.replace("\n", "\r\n"), "-", "nexis"),
        (exports.NEXIS_UNI, "a", "nexis"),
        (exports.NEXIS_PAGE, "a.html", "nexis"),
        (exports.EUROPRESSE, "a.txt", "europresse"),
        (exports.FACTIVA_LINES, "-", "factiva"),
        ("<html><title>Factiva</title><style>" + "a{}" * 30_000, "a.html", "factiva"),
        (exports.IRAMUTEQ, "corpus.txt", "iramuteq"),
    ],
)
def test_the_format_of_a_file_is_told_by_its_content(text, name, format):
    assert detect_format(text, name).name == format
