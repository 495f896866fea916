"""The encoding of a text without a byte order mark is told by its bytes."""

from __future__ import annotations

import struct

import pytest

import newsindex
from newsindex.corpus.inputs.text_encoding import unmarked_utf_16
from tests.corpus.error_messages import message

TEXT = "L’œuvre du café rouvre\r\n\r\nDès lundi, pour 3 €, à Fès…\r\n"
TABLE = "Titre;Texte;Date\nL’œuvre du café rouvre;Dès lundi.;12/03/2024\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("name", "content"), [("a.txt", TEXT), ("a.csv", TABLE), ("a", TEXT * 2000)])
def test_utf_16_without_a_mark_is_read(tmp_path, encoding, name, content):
    (tmp_path / name).write_bytes(content.encode(encoding))
    corpus = newsindex.read(tmp_path / name)
    assert [article.headline for article in corpus] == ["L’œuvre du café rouvre"]
    assert corpus.errors == []


@pytest.mark.parametrize("content", [
    b"", b"\0", b"a\0b\0c\0\0\0" * 200, struct.pack("<200H", *range(200)), b"\0" * 400,
    "Le souk".encode("utf-32-le") * 20, b"a\0\0\xd8" * 100, "القدس ".encode("utf-16-le") * 40,
])  # fmt: skip
def test_other_bytes_with_zeros_are_not_taken_for_it(content):
    assert unmarked_utf_16(content) is None


def test_what_is_not_taken_for_it_is_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(struct.pack("<2000H", *(number % 200 + 5 for number in range(2000))))
    corpus = newsindex.read(tmp_path / "a.txt")
    assert list(corpus) == []
    assert [message(error) for error in corpus.errors] == ["this is not a text file"]


def test_a_utf_16_file_of_a_refused_kind_is_refused_by_its_name(tmp_path):
    (tmp_path / "a.sql").write_bytes("CREATE TABLE `a` (b int);\n".encode("utf-16-le") * 4)
    corpus = newsindex.read(tmp_path / "a.sql")
    assert list(corpus) == []
    assert "SQL dump" in str(corpus.errors[0])


PAGE = "<!DOCTYPE html><html lang='fr'><body><article><h1>{0}</h1><p>{0}, {1}</p></article></body></html>\n"
PAGES = [
    PAGE.format(headline, "dit le président de la commune devant les habitants du quartier. " * 5)
    for headline in ("Le pont de Tétouan rouvre", "Trois quartiers d’Oujda sans courant")
]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("name", "files", "headlines"), [
    ("a.html", PAGES, ["Le pont de Tétouan rouvre", "Trois quartiers d’Oujda sans courant"]),
    ("a.txt", ["**** *source_Rif\nUn titre.\n\nOui.\n", "**** *source_Rif\nLa suite.\n\nNon.\n"],
     ["Un titre.", "La suite."]),
    ("a.ris", ["TY  - NEWS\nTI  - Un titre\nER  - \n", "TY  - NEWS\nTI  - La suite\nER  - \n"],
     ["Un titre", "La suite"]),
    ("a.csv", ["titre;texte\nUn titre;Oui.\n", "titre;texte\nLa suite;Non.\n"], ["Un titre", "La suite"]),
    ("a.json", ['[{"titre": "Un titre"}]\n', '[{"titre": "La suite"}]\n'], ["Un titre", "La suite"]),
    ("a.jsonl", ['{"titre": "Un titre"}\n', '{"titre": "La suite"}\n'], ["Un titre", "La suite"]),
])  # fmt: skip
def test_files_that_were_joined_with_their_marks_are_read_as_each(tmp_path, encoding, name, files, headlines):
    (tmp_path / name).write_bytes(b"".join(content.encode(encoding) for content in files))
    corpus = newsindex.read(tmp_path / name)
    assert [article.headline for article in corpus] == headlines
    assert corpus.errors == []
