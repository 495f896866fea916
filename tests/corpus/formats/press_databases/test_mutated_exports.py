"""An export with cut, flipped or doubled bytes ends in articles and errors, soon."""

from __future__ import annotations

import random

import pytest
from striprtf.striprtf import rtf_to_text

from tests.corpus.test_mutations import mutated, read_all

from . import exports

EXPORTS = {
    "a.html": exports.EUROPRESSE.encode(),
    "b.html": exports.EUROPRESSE_TABLES.encode("latin-1"),
    "c.html": exports.FACTIVA_CODES.encode(),
    "d.html": exports.FACTIVA_LINES.encode(),
    "e.txt": rtf_to_text(exports.FACTIVA_RTF).encode(),
    "f.txt": rtf_to_text(exports.FACTIVA_CODED_RTF).encode(),
    "g.txt": exports.NEXIS.encode(),
    "h.html": exports.NEXIS_PAGE.encode(),
    "i.txt": exports.NEXIS_UNI.encode("cp1252"),
    "j.txt": exports.IRAMUTEQ.encode(),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_a_mutated_export_ends_in_articles_and_errors(tmp_path, name):
    chance = random.Random(name)
    for number in range(20):
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(mutated(EXPORTS[name], chance))
        read_all(path)


@pytest.mark.parametrize("format", ["europresse", "factiva", "nexis", "iramuteq"])
@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_read_under_any_name_of_a_format(tmp_path, name, format):
    path = tmp_path / name
    path.write_bytes(EXPORTS[name])
    read_all(path, format=format)


@pytest.mark.parametrize(
    "page",
    [
        "<title>Europresse</title>" + "<article class='titreArticle'>" * 5000,
        "<title>Factiva</title>" + "<div class='article frArticle'>" * 5000,
        "<!-- LXNComment" + "<!--" * 100_000,
        "<!-- Hide XML section -->" + "<DOC NUMBER=1>" * 50_000,
    ],
)
def test_a_page_of_empty_articles_ends_soon(tmp_path, page):
    (tmp_path / "a.html").write_text(f"<html>{page}")
    read_all(tmp_path / "a.html")
