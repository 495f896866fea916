"""CSV is read below a title, in any usual encoding, and a damaged cell costs no other."""

import pytest

import newsindex

TABLE = "Date de parution;Titre de l’article;Texte intégral;Journal\n"
TABLE += "06/05/2025;Le souk rouvre;Été à Fès.;Le Rif\n"


def read(tmp_path, content, name="revue.csv", **options):
    raw = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(raw)
    corpus = newsindex.read(tmp_path / name, **options)
    return list(corpus), [str(error) for error in corpus.errors], corpus.summary


@pytest.mark.parametrize("above", [
    "Revue de presse du 6 mai 2025\n", "\n\n", "Revue de presse;;;\n;;;\n",
    "Revue\n\nExporté le 7 mai, 3 articles\n\n",
    "sep=;\n", '"Revue ""de presse"""\r\n',
])  # fmt: skip
@pytest.mark.parametrize("name", ["revue.csv", "revue.txt"])
def test_the_header_row_is_found_below_other_lines(tmp_path, above, name):
    articles, errors, _ = read(tmp_path, above + TABLE, name)
    assert [(a.headline, a.body, a.source) for a in articles] == [("Le souk rouvre", "Été à Fès.", "Le Rif")]
    assert errors == []


def test_lines_above_are_counted_and_errors_have_the_lines_of_the_file(tmp_path):
    _, errors, summary = read(tmp_path, f"Revue\n\n{TABLE}a;b;c;d;e\n")
    assert summary.passed_over == {"line above a table": 1}
    assert "revue.csv:5:" in errors[0]


def test_prose_with_names_of_fields_is_no_table(tmp_path):
    articles, _, summary = read(
        tmp_path, "Le titre, puis le texte\n\nUn titre suffit, dit la date.\n", "note.txt"
    )
    assert len(articles) == 1
    assert summary.unread == {}


def test_a_table_without_known_columns_lists_them_and_says_what_to_do(tmp_path):
    articles, errors, _ = read(tmp_path, "Colonne;Valeur\nLe souk;3\n")
    assert articles == []
    assert "Colonne, Valeur" in errors[0]
    assert "--map" in errors[0]


def test_blank_cells_beyond_the_header_cost_nothing(tmp_path):
    articles, errors, _ = read(tmp_path, "titre;texte\nA;B;;\nC;D; ; \n")
    assert ([a.headline for a in articles], errors) == (["A", "C"], [])


def test_a_zero_byte_costs_no_other_cell(tmp_path):
    articles, errors, _ = read(tmp_path, "titre;texte\nA;le\0souk\nC;D\n")
    assert ([(a.headline, a.body) for a in articles], errors) == ([("A", "le souk"), ("C", "D")], [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16", "iso8859_15"])
def test_french_is_read_in_the_encodings_that_it_comes_in(tmp_path, encoding):
    table = TABLE.replace("’", "'").replace(
        "Été", "Élève, prêt, cœur" if encoding != "cp850" else "Élève, prêt"
    )
    articles, errors, _ = read(tmp_path, table.encode(encoding))
    assert "à Fès" in articles[0].body
    assert "prêt" in articles[0].body
    assert errors == []


def test_arabic_is_read_in_the_code_page_of_windows(tmp_path):
    text = "وصلت مياه الآبار إلى المدينة بعد سنوات من الانتظار"
    articles, _, _ = read(tmp_path, f"titre;texte\n{text};{text}\n".encode("cp1256"))
    assert [a.headline for a in articles] == [text]


def test_columns_that_no_field_took_are_counted(tmp_path):
    _, _, summary = read(tmp_path, "titre;Audience;Tonalité\nA;3;x\nB;4;\n")
    assert summary.unread == {"Audience": 2, "Tonalité": 1}


def test_names_that_no_field_took_are_counted_within_a_bound(tmp_path):
    lines = "".join(f'{{"titre": "A", "clé {n}": 1}}\n' for n in range(1500))
    _, _, summary = read(tmp_path, lines, "a.jsonl")
    assert len(summary.unread) == 1000


def test_a_mapped_column_that_no_file_has_is_an_error_at_the_end(tmp_path):
    (tmp_path / "a.csv").write_text("colonne;titre\nA;B\n")
    (tmp_path / "b.csv").write_text("titre\nC\n")
    corpus = newsindex.read([tmp_path / "a.csv", tmp_path / "b.csv"], fields={"headline": "colonne"})
    assert [a.headline for a in corpus] == ["A", "C"]
    assert corpus.errors == []
    corpus = newsindex.read([tmp_path / "a.csv", tmp_path / "b.csv"], fields={"headline": "colone"})
    assert [a.headline for a in corpus] == ["B", "C"]
    (error,) = corpus.errors
    assert "'colone'" in str(error)
    assert "colonne" in str(error)


@pytest.mark.parametrize("content", [
    "Revue\ntitre;texte\n", "\0\rtitre,text", "titre;texte\nTotal;0\n", "Revue;\n;\ntitre;date\nTotal :;2\n",
])  # fmt: skip
def test_a_table_without_a_row_of_its_own_has_no_record(tmp_path, content):
    articles, errors, _ = read(tmp_path, content)
    assert articles == []
    assert "there is no record in this file" in errors[0]
