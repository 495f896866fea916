"""A zip that is a file of some format is told from a zip of files, by the names of its members."""

import io
import zipfile

import pytest

from newsindex.corpus.inputs.zip_archive import zip_kind


def zipped(members):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return raw.getvalue()


def kind(content):
    stream = io.BufferedReader(io.BytesIO(content))
    found = zip_kind(stream, "a.zip")
    assert stream.read() == content
    return found


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ({"[Content_Types].xml": "", "xl/workbook.xml": ""}, "spreadsheet"),
        ({"xl/workbook.bin": ""}, "spreadsheet"),
        ({"word/document.xml": ""}, "docx"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "spreadsheet"),
        ({"mimetype": "application/vnd.oasis.opendocument.text\n"}, "odt"),
        ({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}, "epub"),
        ({"mimetype": "text/plain", "a.txt": "Un titre"}, None),
        ({"articles.jsonl": "{}", "doc/xl/workbook.xml": ""}, None),
        ({}, None),
    ],
)
def test_the_members_of_a_zip_name_its_format(members, name):
    assert kind(zipped(members)) == name


def test_a_zip_that_was_cut_short_is_known_by_its_first_member():
    assert kind(zipped({"xl/workbook.xml": "x" * 500})[:300]) == "spreadsheet"
    assert kind(zipped({"mimetype": "application/epub+zip", "a": "x" * 500})[:300]) == "epub"
    assert kind(b"PK\x03\x04 et rien d'autre") is None
