"""A table of HTML in a file that is named as a workbook is read as one."""

import pytest

import newsindex

TABLE = """<table border=1><tr><th>Titre</th><th>Date</th><th>Texte</th></tr>
<tr><td>Le souk&nbsp;rouvre</td><td>06/05/2025</td><td>Oui.<br>Les étals.</td></tr>
<tr><td></td></tr></table>"""


def read(tmp_path, content, name="revue.xls"):
    (tmp_path / name).write_text(content, "utf-8")
    corpus = newsindex.read(tmp_path / name)
    return list(corpus), [str(error) for error in corpus.errors], corpus.summary


@pytest.mark.parametrize("page", [
    TABLE, f'<html><head><meta charset="utf-8"></head><body>{TABLE}</body></html>',
    f"<html><meta charset='utf-8'><table><tr><td>{TABLE}</td></tr></table></html>", TABLE[:-14],
])  # fmt: skip
def test_rows_of_the_table_are_articles(tmp_path, page):
    articles, errors, summary = read(tmp_path, page)
    assert [(a.headline, a.body) for a in articles] == [("Le souk rouvre", "Oui.\nLes étals.")]
    assert (errors, summary.articles) == ([], {"spreadsheet": 1})


def test_a_table_without_known_columns_says_so(tmp_path):
    _, errors, _ = read(tmp_path, "<table><tr><td>a</td><td>b</td></tr></table>")
    assert "no column is known as headline or body: a, b" in errors[0]


def test_a_page_without_a_table_is_no_workbook(tmp_path):
    articles, errors, _ = read(tmp_path, "<html><body><p>Rien.</p></body></html>")
    assert articles == []
    assert "no table" in errors[0]
