"""Whatever the bytes and names are, reading ends with articles or errors, in bounded memory."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import CorpusError
from newsindex.corpus.formats.registry import FORMAT_NAMES
from newsindex.encoding.export import CSV_HEADER
from tests.conftest import ROOT
from tests.limits import processor_seconds

HEAD = "<title>Un</title><script type='application/ld+json'>{}</script>"
PAGE = f"<!doctype html><html><head>{HEAD}</head><body>"
BEGINNINGS = [
    b"",
    PAGE.encode(),
    b"<!doctype html><html><body><p>",
    b"<html><meta charset=",
    b"<?xml version='1.0'?><rss><channel>",
    b"<rss version='2.0'><channel><item><title>a</title><pubDate>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40\r\n\r\nHTTP/1.1 200 OK\r\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PAR1",
    b"\x1f\x8b\x08\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'{"titre": "',
    b'[{"titre": ',
    b"titre,texte\n",
    CSV_HEADER + b"\n",
    CSV_HEADER + b'\n"1","Un","","","","","","","","","{',
    "Publié dans A le 1 - 1 - 2026".encode(),
    b"\x00<\x00h\x00t\x00m\x00l",
    b"L\0e\0 \0s\0o\0u\0k\0",
    b"1\n00:00:01,000 --> 00:00:02,000\n",
]
SUFFIXES = ("html", "xml", "warc", "zip", "parquet", "jsonl", "json", "csv", "txt", "gz")
NAMES = ["a", *(f"a.{suffix}" for suffix in SUFFIXES)]
PIECES = st.sampled_from(
    [b"<", b">", b"&#xD800;", b"&nbsp;", b"]]>", b"\r\n\r\n", b"\x00", b'"', b"{", b"\xed\xa0\x80"]
)
CONTENTS = st.lists(st.binary(max_size=30) | PIECES | st.sampled_from(BEGINNINGS), max_size=12).map(b"".join)


def zipped(content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.html", content)
    return packed.getvalue()


WRAPPED = st.sampled_from([bytes, gzip.compress, zipped, lambda content: zipped(content)[:-5]])


@given(st.sampled_from(BEGINNINGS), CONTENTS, WRAPPED, st.sampled_from(NAMES))
def test_whatever_the_bytes_reading_ends_with_articles_errors_or_counts(
    tmp_path, beginning, content, wrap, name
):
    (tmp_path / name).write_bytes(wrap(beginning + content))
    corpus = newsindex.read(tmp_path / name)
    articles = list(corpus)
    (tmp_path / name).unlink()
    assert articles or corpus.errors or corpus.summary.passed_over
    assert all(isinstance(error, CorpusError) and error.file for error in corpus.errors)


@given(st.sampled_from(BEGINNINGS), CONTENTS, st.sampled_from(FORMAT_NAMES))
def test_whatever_the_bytes_and_the_format_named_reading_ends(tmp_path, beginning, content, format):
    (tmp_path / "a").write_bytes(beginning + content)
    corpus = newsindex.read(tmp_path / "a", format=format)
    assert list(corpus) or corpus.errors


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes, and limits of memory")
def test_odd_names_and_links_are_read_reported_and_indexed(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for name in (b"a\nb.txt", b"\xff\xfe.txt", "é.txt".encode()):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(b"Un titre " + name.hex().encode())
    (tmp_path / "secret.txt").write_text("SECRET")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "wrong.jsonl").write_bytes(b'{"titre": "\\ud800"}\n{"titre": "a\\u0000b"}\n\x00\x00\n')
    index = newsindex.create(tmp_path / "i.newsindex")
    report = index.add(newsindex.read(folder))
    assert report.added == 4
    assert len(report.errors) == 2
    assert not index.search("SECRET").total
    index.close()


HOSTILE = {
    "line.jsonl.gz": lambda: _gzip_of(b'{"titre": "', b"a" * (1 << 20), 1024),
    "zeros.txt.gz": lambda: _gzip_of(b"Titre", b"\0" * (1 << 20), 1024),
    "deep.html": lambda: PAGE.encode() + b"<div>" * 100_000 + b"Texte",
    "wide.html": lambda: PAGE.encode() + b"<p>a" * 500_000,
    "bomb.xml": lambda: _entities().encode(),
    "bomb.zip": lambda: _zip_bomb(),
    "head.warc": lambda: b"WARC/1.0\r\nX: " + b"a" * (32 << 20),
    "good.txt": lambda: b"Un titre\n\nUn corps.",
}


def _gzip_of(begin, piece, times):
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(begin) + b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


def _entities():
    many = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    item = "<item><title>&l9;</title></item>"
    return f'<!DOCTYPE r [<!ENTITY l0 "lol">{many}]><rss><channel>{item}</channel></rss>'


def _zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as file:
        for _ in range(512):
            file.write(b" " * (1 << 20))
    return packed.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory")
def test_bombs_are_named_errors_in_bounded_memory_and_the_rest_is_read(tmp_path):
    for name, content in HOSTILE.items():
        (tmp_path / name).write_bytes(content())
    code = (
        "import newsindex\n"
        "from tests.limits import peak_memory\n"
        f"corpus = newsindex.read({str(tmp_path)!r})\n"
        "titles = [a.headline[:20] for a in corpus]\n"
        "print('Un titre' in titles, len({e.file for e in corpus.errors}), peak_memory())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    found, in_error, peak = done.stdout.split()
    assert (found, in_error) == ("True", str(len(HOSTILE) - 1))
    assert int(peak) < 900 << 20
    assert done.stderr == ""


PAGE_WITH = "<!doctype html><html><head>{}</head><body>{}"
SLOW = {
    "lines.txt": "[" + "\n[," * 20_000 + "x",
    "spaces.json": '[{"titre":"a"},{"titre" }' + " " * 100_000 + "x",
    "broken.json": "[" + '{"titre" },' * 200_000,
    "links.txt": "Titre\nCliquez ici pour lire l'article depuis sa source.\n" * 10_000,
    "links-in-a-line.txt": "Cliquez ici pour lire l'article depuis sa source. " * 50_000,
    "author.html": PAGE_WITH.format(f"<meta name=author content='{'(www.' * 100_000}'>", "<p>Texte"),
    "authors.html": PAGE_WITH.format("", "<i itemprop=author><i itemprop=name>x</i></i>" * 15_000),
    "times.html": PAGE_WITH.format("", "<article><time datetime=hier>x</time></article>" * 15_000),
    "tags.html": (PAGE_WITH.format("", "\xe9") + "<" * 100_000).encode("cp1252"),
    "headings.html": PAGE_WITH.format("", "<h1><div>" * 100 + "mot " * 500_000),
    "title.html": PAGE_WITH.format(
        f"<meta property='og:site_name' content='z'><title>{'a | ' * 20_000}</title>", "<h1>b</h1>" * 10_000
    ),
}


@pytest.mark.parametrize("name", SLOW)
def test_hostile_documents_are_read_in_a_time_in_proportion_to_their_length(tmp_path, name):
    content = SLOW[name]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with processor_seconds(8):
        corpus = newsindex.read(tmp_path / name)
        assert list(corpus) or corpus.errors


def test_no_library_prints_what_it_thinks_of_a_file(tmp_path):
    (tmp_path / "a.warc").write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.example/a b\r\n"
        b"Content-Length: 0\r\n\r\n"
    )
    (tmp_path / "a.html").write_text("<html><body>")
    code = f"import newsindex; print(len(list(newsindex.read({str(tmp_path)!r}))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("0\n", "")
