"""The pages of web archives become articles, damaged archives as far as they go."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

import newsindex
from tests.corpus.error_messages import message

PAGE = "<html><head><title>Le pont</title></head><body><p>" + "Le pont de Fès est refait. " * 20


def record(url, content=PAGE, kind="response", http="HTTP/1.1 200 OK", type_="text/html; charset=utf-8"):
    head = f"{http}\r\nContent-Type: {type_}\r\n\r\n" if kind == "response" else ""
    block = head.encode() + (content if isinstance(content, bytes) else content.encode())
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
        f"Content-Type: {'application/http' if kind == 'response' else type_}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def read(content, name="a.warc"):
        (tmp_path / name).write_bytes(content)
        corpus = newsindex.read(tmp_path / name)
        return list(corpus), [message(error) for error in corpus.errors]

    return read


@pytest.mark.parametrize("address", ["http://[", "http://[echo]/2", "http://ex℀mple.example/2"])
def test_a_page_whose_address_cannot_be_split_is_read(read, address):
    (article,), errors = read(record(address))
    assert (article.headline, article.url, article.source, errors) == ("Le pont", address, None, [])


def test_a_captured_page_has_its_address_as_id_and_its_capture_as_date(read):
    (article,), errors = read(record("http://e.example/1"))
    assert errors == []
    assert (article.headline, article.url, article.id) == (
        "Le pont",
        "http://e.example/1",
        "http://e.example/1",
    )
    assert article.published == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert article.source == "e.example"


def test_only_pages_are_read(read):
    others = [
        record("http://e.example/2", http="HTTP/1.1 404 Not Found"),
        record("http://e.example/3", type_="image/png"),
        record("http://e.example/4", kind="metadata"),
    ]
    articles, errors = read(b"".join([*others, record("http://e.example/1"), *others]), "a.dat")
    assert [article.url for article in articles] == ["http://e.example/1"]
    assert errors == []


def test_the_charset_of_the_answer_counts(read):
    (article,), _ = read(
        record("http://e.example/1", PAGE.encode("cp1252"), type_="text/html; charset=latin1")
    )
    assert "Fès" in article.body


@pytest.mark.parametrize("joined", [True, False])
def test_gzipped_archives_are_read_and_one_gzip_for_all_is_reported(read, joined):
    records = [record("http://e.example/1"), record("http://e.example/2")]
    packed = gzip.compress(b"".join(records)) if joined else b"".join(map(gzip.compress, records))
    articles, errors = read(packed, "a.warc.gz")
    assert len(articles) == 2
    assert [("one gzip" in error) for error in errors] == [True] * joined


def test_a_record_of_a_wrong_length_costs_no_other(read):
    first = record("http://e.example/1").replace(b"Content-Length: ", b"Content-Length: 1", 1)
    wrong = record("http://e.example/2").replace(
        b"est refait. \r\n\r\n", b"est refait. \r\nplus\r\nencore\r\n\r\n"
    )
    articles, errors = read(wrong + record("http://e.example/3"))
    assert [article.url for article in articles] == ["http://e.example/2", "http://e.example/3"]
    assert errors == ["the archive is damaged: 1 record does not end where it says"]
    assert read(first)[0]


def test_an_archive_cut_short_is_read_as_far_as_it_goes(read):
    packed = gzip.compress(record("http://e.example/1")) + gzip.compress(record("http://e.example/2"))
    articles, errors = read(packed[:-100], "a.warc.gz")
    assert articles[0].url == "http://e.example/1"
    assert "the gzip file is damaged" in errors[0]


def test_headers_without_end_are_an_error(read):
    assert read(b"WARC/1.0\r\nX: " + b"a" * (2 << 20))[1][0].startswith("the archive is damaged")
    assert read(b"WARC/1.0\r\n\r\n" * 3) == ([], ["there is no record in this file"])


def test_real_archives_give_their_pages_and_the_damaged_are_reported(data):
    corpus = newsindex.read(data / "warc")
    pages = sorted(article.url for article in corpus)
    damaged = {error.file.rpartition("/")[2] for error in corpus.errors if "damaged" in error.reason}
    assert pages == [
        "http://example.com/", "http://example.com/", "http://example.com?example=1", "http://www.iana.org/",
    ]  # fmt: skip
    assert damaged == {"example-bad.warc.gz.bad", "example-trunc.warc"}


def test_a_captured_page_that_is_no_article_is_counted_and_no_error(tmp_path):
    missing = "<html><head><title>Page introuvable</title></head><body><p>Désolés.</p></body></html>"
    (tmp_path / "a.warc").write_bytes(record("http://e.example/1") + record("http://e.example/2", missing))
    corpus = newsindex.read(tmp_path / "a.warc")
    assert [article.url for article in corpus] == ["http://e.example/1"]
    assert corpus.errors == []
    assert corpus.summary.passed_over == {"error page": 1}
