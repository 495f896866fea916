"""A file whose content is no text is refused by what its name promises."""

from __future__ import annotations

import gzip
import random

import pytest

import newsindex
from newsindex.corpus.inputs.binary_content import _KIND_OF_SUFFIX
from tests.corpus.error_messages import message

NOISE = bytes([5, 0, 255, 1]) + random.Random(1).randbytes(4000)


def errors_of(path):
    corpus = newsindex.read(path)
    assert list(corpus) == []
    return [message(error) for error in corpus.errors]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", "PDF"), ("A.PDF", "PDF"), ("a.docx", "Word document"), ("a.xlsx", "Excel workbook"),
        ("a.odt", "OpenDocument file"), ("a.rtf", "RTF document"), ("a.epub", "EPUB book"),
        ("a.zip", "zip archive"), ("a.tar", "tar archive"), ("a.csv.gz", "gzip file"),
        ("a.parquet", "Parquet file"), ("a.jpg", "image"),
    ],
)  # fmt: skip
def test_noise_is_refused_by_the_ending_of_the_name(tmp_path, name, kind):
    (tmp_path / name).write_bytes(NOISE)
    assert errors_of(tmp_path / name) == [f"this is no {kind}, or it is damaged"]


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html", "a", "a.jsonl"])
def test_noise_under_the_name_of_a_text_is_no_text(tmp_path, name):
    (tmp_path / name).write_bytes(NOISE)
    assert errors_of(tmp_path / name) == ["this is not a text file"]


@pytest.mark.parametrize("suffix", sorted(_KIND_OF_SUFFIX))
def test_no_ending_of_bytes_is_called_a_text(tmp_path, suffix):
    (tmp_path / f"a{suffix}").write_bytes(NOISE)
    (error,) = errors_of(tmp_path / f"a{suffix}")
    assert error.startswith("this is no ")
    assert error.endswith(", or it is damaged")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.csv.gz", "this is not a text file"),
        ("a.gz", "this is not a text file"),
        ("a.csv.gz.gz", "this is not a text file"),
        ("a.PDF.GZ", "this is no PDF, or it is damaged"),
        ("a.tar.gz", "this is no tar archive, or it is damaged"),
        ("a.tgz", "this is no tar archive, or it is damaged"),
    ],
)
def test_a_sound_gzip_file_of_noise_is_refused_by_what_it_packs(tmp_path, name, reason):
    (tmp_path / name).write_bytes(gzip.compress(NOISE))
    assert errors_of(tmp_path / name) == [reason]


def test_a_sound_gzip_file_of_a_text_and_noise_is_no_text(tmp_path):
    (tmp_path / "a.log.gz").write_bytes(gzip.compress(b"Un mot.\n" * 40_000 + NOISE))
    assert errors_of(tmp_path / "a.log.gz") == ["this is not a text file"]


def test_a_file_in_an_archive_is_refused_by_its_own_name(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.pdf", NOISE)
    assert errors_of(tmp_path / "a.zip") == ["this is no PDF, or it is damaged"]
