"""A row in which a table counts its own rows is no article, and is counted."""

from __future__ import annotations

import pytest

import newsindex
from newsindex.corpus.formats.tables.total_rows import is_total_row

from .workbooks import xlsx


def read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    corpus = newsindex.read(path)
    return [article.headline for article in corpus], corpus.error_count, dict(corpus.summary.passed_over)


@pytest.mark.parametrize("row", [
    ["Total", "2"], ["TOTAL :", 12], ["Total", None, "1 234,5"], ["", "Total général", "12"],
    ["Total : 2", ""],
    ["Total d'articles", "2"], ["Nombre d’articles", "2"], ["Sous-total", 3.0], ["Grand total", "12 %"],
    ["Total 14 articles"],
])  # fmt: skip
def test_a_total_with_its_number_is_the_total_of_a_table(row):
    assert is_total_row(row)


@pytest.mark.parametrize("row", [
    ["Total"], ["Total", "Le groupe ferme une raffinerie."], ["Total", "2", "12/03/2024"], ["", None], [],
    ["Total ferme une raffinerie", "2"], ["Eau", "2"], ["12", "Total"], ["Total " + "1" * 100],
])  # fmt: skip
def test_other_rows_are_no_totals(row):
    assert not is_total_row(row)


def test_totals_are_counted_in_every_kind_of_table(tmp_path):
    rows = [["Titre", "Nombre"], ["Le souk rouvre", 2], ["La digue cède", 3], ["Total", 5]]
    csv = "".join(";".join(map(str, row)) + "\n" for row in rows)
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    for name, content in (
        ("a.csv", csv),
        ("a.xlsx", xlsx({"A": rows})),
        ("a.xls", f"<table>{cells}</table>"),
    ):
        expected = ["Le souk rouvre", "La digue cède"], 0, {"total of a table": 1}
        assert read(tmp_path / name, content) == expected, name


def test_an_exported_article_about_a_total_comes_back(tmp_path):
    articles = [newsindex.Article("Total", "2"), newsindex.Article("Le souk rouvre", "Oui.")]
    with newsindex.create(tmp_path / "a.newsindex") as index:
        index.add(articles)
        index.export(tmp_path / "a.csv")
    headlines, errors, passed_over = read(tmp_path / "a.csv", (tmp_path / "a.csv").read_bytes())
    assert (sorted(headlines), errors, passed_over) == (["Le souk rouvre", "Total"], 0, {})
