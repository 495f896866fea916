"""Each reference of RIS becomes an article; BibTeX is refused by its name."""

from __future__ import annotations

import pytest

from tests.corpus.formats.reading import read_as

REFERENCE = """TY  - NEWS
TI  - Le cèdre revient
AU  - Berrada, Nora
AU  - Amrani, Idir
T2  - La Vigie d’Azrou
DA  - 2024/03/12/
PY  - 2024
UR  - https://vigie.example/cedre
AB  - Le cèdre revient à Azrou,
disent les gardes.
SE  - Forêt
LA  - fr
ER  -
"""


@pytest.fixture
def read(tmp_path):
    return lambda content, name="a.ris", **options: read_as(tmp_path, content, name, **options)


def test_a_reference_has_every_field(read):
    (article,), errors, _ = read(REFERENCE, name="export.txt")
    assert errors == []
    assert (article.headline, article.source, article.section) == (
        "Le cèdre revient",
        "La Vigie d’Azrou",
        "Forêt",
    )
    assert article.author == "Nora Berrada, Idir Amrani"
    assert (str(article.published), article.lang) == ("2024-03-12", "fr")
    assert article.url == "https://vigie.example/cedre"
    assert " ".join(article.abstract.split()) == "Le cèdre revient à Azrou, disent les gardes."


def test_names_that_a_user_gives_to_columns_change_no_tags(read):
    (article,), _, _ = read(REFERENCE, fields={"headline": "Titre complet"})
    assert (article.headline, dict(article.extra)) == ("Le cèdre revient", {})


def test_old_tags_and_lines_of_a_database_before_the_first_are_read(read):
    content = (
        "Provider: Base\r\nDatabase: Presse\r\nContent: text/plain\r\n\r\n\r\nTY  - JOUR\r\n\r\nT1  - Un\r\n"
    )
    content += (
        "A1  - Tazi, I.\r\nJO  - Revue\r\nY1  - 2023/11/05\r\nN2  - Court.\r\nDO  - 10.1/x\r\nER  -\r\n"
    )
    (article,), errors, _ = read(content, name="a.txt")
    assert errors == []
    assert (article.headline, article.author, article.source) == ("Un", "I. Tazi", "Revue")
    assert (str(article.published), article.url) == ("2023-11-05", "https://doi.org/10.1/x")


def test_references_without_an_end_and_in_an_old_encoding_are_read(read):
    second = REFERENCE.replace("ER  - \n", "").replace("cèdre", "col").replace("d’", "d'")
    articles, errors, _ = read((second + REFERENCE.replace("d’", "d'")).encode("cp1252"))
    assert errors == []
    assert [article.headline for article in articles] == ["Le col revient", "Le cèdre revient"]


def test_a_reference_without_a_title_is_an_error_and_costs_no_other(read):
    articles, (error,), _ = read("TY  - NEWS\nstray\nAU  - Un\n\nER  - \n" + REFERENCE)
    assert len(articles) == 1
    assert "reference 1" in error


def test_what_only_looks_like_ris_is_text(read):
    (article,), _, _ = read("TY - un titre\n\nUn texte.", name="a.txt")
    assert article.headline == "TY - un titre"


@pytest.mark.parametrize(
    ("content", "name"),
    [("@article{a,\n title = {Un}}", "a.txt"), ("% Zotero\n\n@misc{b}", "-"), ("Rien", "a.bib")],
)
def test_bibtex_is_refused_by_its_name(read, content, name):
    articles, (error,), _ = read(content, name=name)
    assert articles == []
    assert "BibTeX" in error
    assert "RIS" in error
