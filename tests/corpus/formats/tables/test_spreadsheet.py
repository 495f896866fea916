"""The rows of every sheet of a workbook become articles."""

import gzip
import io
import subprocess
import sys
import zipfile
from datetime import date, datetime
from types import SimpleNamespace

import pytest

import newsindex
from newsindex.corpus.formats.tables import workbook_process

from .workbooks import far_apart, ods, xls, xlsx

HEADER = ["Date de parution", "Titre de l'article", "Texte intégral", "Support", "Tonalité"]
ROW = [date(2025, 5, 6), "Le souk rouvre", "Les étals sont revenus.", "La Dépêche du Rif", "neutre"]


def read(tmp_path, content, name="revue.xlsx", **options):
    (tmp_path / name).write_bytes(content)
    corpus = newsindex.read(tmp_path / name, **options)
    return list(corpus), [str(error) for error in corpus.errors], corpus.summary


def test_every_sheet_is_read(tmp_path):
    sheets = {
        "Mai": [HEADER, ROW],
        "Juin": [["Titre", "Journal"], ["La digue cède", "Le Courrier"]],
        "Vide": [],
    }
    articles, errors, summary = read(tmp_path, xlsx(sheets))
    assert [(a.headline, a.source, a.published) for a in articles] == [
        ("Le souk rouvre", "La Dépêche du Rif", date(2025, 5, 6)),
        ("La digue cède", "Le Courrier", None),
    ]
    assert errors == []
    assert summary.unread == {"Tonalité": 1}


@pytest.mark.parametrize(
    ("cell", "published"),
    [
        (date(2025, 5, 6), date(2025, 5, 6)),
        (datetime(2025, 5, 6, 14, 5), datetime(2025, 5, 6, 14, 5)),
        (45783, date(2025, 5, 6)),
        (45783.586805555, datetime(2025, 5, 6, 14, 5)),
        ("6 mai 2025", date(2025, 5, 6)),
        (None, None),
    ],
)
def test_dates_are_true_dates_serial_numbers_or_text(tmp_path, cell, published):
    articles, errors, _ = read(tmp_path, xlsx({"A": [HEADER, [cell, *ROW[1:]]]}))
    assert ([a.published for a in articles], errors) == ([published], [])


def test_the_header_row_is_found_below_a_title_and_blank_rows(tmp_path):
    rows = [["Revue de presse"], [], ["Semaine", 19], [None, "Titre", "Texte"], [1, "Le souk rouvre", "Oui."]]
    articles, errors, summary = read(tmp_path, xlsx({"A": rows}))
    assert [(a.headline, a.body) for a in articles] == [("Le souk rouvre", "Oui.")]
    assert errors == []
    assert summary.passed_over == {"line above a table": 2}


def test_a_workbook_without_known_columns_says_so_and_lists_them(tmp_path):
    content = xlsx({"A": [["Colonne", "Valeur"], ["Le souk rouvre", 3]]})
    articles, errors, _ = read(tmp_path, content)
    assert articles == []
    assert "Colonne, Valeur" in errors[0]
    assert "--map" in errors[0]
    articles, errors, _ = read(tmp_path, content, fields={"headline": "Colonne"})
    assert ([a.headline for a in articles], errors) == (["Le souk rouvre"], [])


def test_a_sheet_of_notes_beside_a_table_is_passed_over(tmp_path):
    articles, errors, summary = read(tmp_path, xlsx({"Notes": [["À relire"]], "Mai": [HEADER, ROW]}))
    assert ([a.headline for a in articles], errors) == (["Le souk rouvre"], [])
    assert summary.passed_over == {"sheet without a known column": 1}


def test_a_row_that_is_no_article_is_named_by_sheet_and_row(tmp_path):
    _, errors, _ = read(tmp_path, xlsx({"Mai": [HEADER, [*ROW[:1], None, None, "Le Courrier"], ROW]}))
    assert len(errors) == 1
    assert "sheet Mai, row 2" in errors[0]


def test_numbers_are_written_as_they_are_seen(tmp_path):
    articles, _, _ = read(tmp_path, xlsx({"A": [["N°", "Titre", "ID"], [7, "Le souk rouvre", 12.0]]}))
    assert (articles[0].id, articles[0].extra["N°"]) == ("12", "7")


def test_libreoffice_and_old_excel_are_read(tmp_path):
    articles, errors, _ = read(tmp_path, ods([HEADER, ROW]), "revue.ods")
    assert ([(a.headline, a.published) for a in articles], errors) == ([(ROW[1], ROW[0])], [])
    for name in ("revue.xls", "sans-nom"):
        articles, errors, _ = read(tmp_path, xls([HEADER, [45783.0, *ROW[1:]]]), name)
        assert ([(a.headline, a.body, a.published) for a in articles], errors) == (
            [(ROW[1], ROW[2], ROW[0])],
            [],
        )


def test_a_workbook_is_read_gzipped_and_in_a_zip(tmp_path):
    content = xlsx({"A": [HEADER, ROW]})
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("mai/revue.xlsx", content)
    for packed in (gzip.compress(content), raw.getvalue()):
        articles, errors, _ = read(tmp_path, packed, "paquet")
        assert ([a.headline for a in articles], errors) == (["Le souk rouvre"], [])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (xlsx({"A": [HEADER, ROW]})[:900], "coupé.xlsx"),
        (xls([HEADER])[:600], "coupé.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "vide.xls"),
        (far_apart(), "loin.xlsx"),
        (b"PK\x03\x04" + bytes(range(256)) * 8, "abîmé.XLSX"),
    ],
)
def test_a_damaged_workbook_is_one_error(tmp_path, content, name):
    articles, errors, _ = read(tmp_path, content, name)
    assert articles == []
    assert len(errors) == 1
    assert "workbook is damaged" in errors[0]


def test_a_workbook_with_a_password_is_refused_by_that(tmp_path):
    locked = xls([]).replace("Book".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
    assert "password" in read(tmp_path, locked, "secret.xlsx")[1][0]


@pytest.mark.parametrize(("seconds", "status"), [(0.01, 1), (600, 0)])
def test_where_the_system_bounds_no_processor_time_the_reading_bounds_itself(seconds, status):
    """Windows has no module ``resource``."""
    program = (
        "import sys; sys.modules['resource'] = None\n"
        "from newsindex.corpus.formats.tables import workbook_process\n"
        f"workbook_process.MAX_SECONDS = {seconds}\n"
        "workbook_process.main()"
    )
    content = xlsx({"A": [HEADER, *[ROW] * 5000]})
    done = subprocess.run([sys.executable, "-c", program], input=content, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (status, b"")
    assert done.stdout.endswith(b'{"end": true}\n') is (status == 0)


@pytest.mark.parametrize(("name", "value"), [("frozen", True), ("executable", "C:/Presse/presse.exe")])
def test_a_program_that_is_no_python_is_not_started_to_read_a_workbook(tmp_path, monkeypatch, name, value):
    monkeypatch.setattr(sys, name, value, raising=False)
    articles, (error,), _ = read(tmp_path, xlsx({"A": [HEADER, ROW]}))
    assert articles == []
    assert "save it as CSV" in error


def test_a_limit_that_the_system_refuses_leaves_the_others(monkeypatch):
    """macOS bounds no address space."""
    kept = {}

    def limit(name, bounds):
        if name == "RLIMIT_AS":
            raise ValueError("current limit exceeds maximum limit")
        kept[name] = bounds

    names = {name: name for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE")}
    monkeypatch.setitem(sys.modules, "resource", SimpleNamespace(**names, setrlimit=limit))
    workbook_process._limit_resources()
    assert set(kept) == {"RLIMIT_CPU", "RLIMIT_CORE"}


def test_a_reading_may_end_before_the_workbook(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(xlsx({"A": [HEADER, *[ROW] * 500]}))
    corpus = newsindex.read(tmp_path / "a.xlsx")
    assert next(corpus).headline == "Le souk rouvre"
    del corpus


def with_merged_cells(content, *ranges):
    """A workbook in the first sheet of which some cells are merged."""
    merged = io.BytesIO()
    cells = "".join(f'<mergeCell ref="{cells}"/>' for cells in ranges)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(merged, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name.endswith("/s1.xml"):
                part = part.replace("</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>")
            new.writestr(name, part)
    return merged.getvalue()


@pytest.mark.parametrize("above", [0, 2])
def test_a_merged_cell_stands_in_each_of_its_rows(tmp_path, above):
    rows = [[]] * above + [[None, "Journal", "Titre"], [None, "Le Rif", "Le souk"], [None, None, "La digue"]]
    rows += [[None, None, "Le tramway"]]
    first, last = above + 2, above + 3
    content = with_merged_cells(xlsx({"A": rows}), f"B{first}:B{last}", "A1:D1", "AA1:AA900000")
    articles, errors, _ = read(tmp_path, content)
    assert [(a.headline, a.source or "") for a in articles] == [
        ("Le souk", "Le Rif"), ("La digue", "Le Rif"), ("Le tramway", ""),
    ]  # fmt: skip
    assert errors == []
