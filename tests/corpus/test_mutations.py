"""A file with cut, flipped or doubled bytes ends in articles and errors, soon and in bounded memory."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import random

import pytest
import zstandard

import newsindex
from newsindex import Article, CorpusError
from newsindex.corpus.formats.registry import FORMAT_NAMES
from newsindex.encoding.export import encode_articles
from tests.limits import processor_seconds

from .formats import test_subtitles
from .formats import test_syndication_feed as feed
from .formats import test_web_archive as web_archive
from .formats import test_web_page as web_page
from .formats.aggregator import test_aggregator_page as aggregator_page
from .formats.bibliography import test_ris as ris
from .formats.xml import test_newsml_1 as newsml_1
from .formats.xml import test_newsml_g2 as newsml_g2
from .formats.xml import test_nitf as nitf
from .formats.xml import test_record_list as record_list
from .formats.xml import test_sitemap as sitemap
from .formats.xml import test_spip as spip
from .formats.xml import test_tei as tei
from .formats.xml import test_wordpress as wordpress
from .inputs.test_archives import table, zipped
from .inputs.test_packed import tarred

_MUTATIONS = 200
_MAX_SECONDS = 5.0  # for a file of some kilobytes

RECORDS = [
    {"titre": f"Un pont à Fès {n}", "texte": "Le pont.\n" * n, "date": "2026-01-31", "auteur": ["A. Alami"]}
    for n in range(8)
]
ARTICLES = [Article(f"Titre {n}", 'Un "corps",\n' * n, "Hespress", extra={"page": str(n)}) for n in range(8)]
JSON_LINES = "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS).encode()
PAGE = web_page.page(
    '<meta property="og:title" content="Un pont"><script type="application/ld+json">'
    '{"@type": "NewsArticle", "headline": "Un pont", "datePublished": "2026-01-02"}</script>',
    f"<h1>Un pont</h1><p>{web_page.TEXT}</p><p>{web_page.MORE}</p>",
).encode()
ARCHIVE = b"".join(web_archive.record(f"http://e.example/{n}") for n in range(3))


def table_of_rows():
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["titre", "texte", "date"])
    rows.writerows([record["titre"], record["texte"], record["date"]] for record in RECORDS)
    return written.getvalue().encode()


INPUTS = {
    "a.jsonl": JSON_LINES,
    "b.json": json.dumps({"response": {"docs": RECORDS}}, indent=1).encode(),
    "c.csv": table_of_rows(),
    "d.csv": b"".join(encode_articles(ARTICLES, "csv")),
    "e.txt": aggregator_page.page().encode(),
    "f.html": PAGE,
    "g.xml": feed.rss(feed.ITEM, feed.ITEM.replace("e.example/1", "e.example/2")).encode(),
    "h.atom": feed.ATOM.encode(),
    "i.warc": ARCHIVE,
    "j.warc.gz": b"".join(gzip.compress(web_archive.record(f"http://e.example/{n}")) for n in range(3)),
    "k.parquet": table(titre=["Un", "Deux"] * 20, texte=["Le corps."] * 40),
    "l.zip": zipped(("a.jsonl", JSON_LINES.decode()), ("b.html", PAGE.decode())),
    "m.jsonl.gz": gzip.compress(JSON_LINES),
    "n.csv": table_of_rows().decode().encode("utf-16"),
    "wordpress.xml": wordpress.export(
        wordpress.item("Un"), wordpress.item("Deux", "[caption id='a']")
    ).encode(),
    "newsml-g2.xml": newsml_g2.message_of(
        newsml_g2.item("1"), newsml_g2.item("2", content=newsml_g2.NITF)
    ).encode(),
    "newsml-1.xml": newsml_1.newsml(newsml_1.item(newsml_1.component())).encode(),
    "nitf.xml": nitf.NITF.encode("utf-16"),
    "sitemap.xml": f"{sitemap.OPEN}{sitemap.url(1)}{sitemap.url(2)}</urlset>".encode(),
    "spip.xml": spip.dump(spip.ARTICLE).encode(),
    "tei.xml": tei.tei().encode(),
    "records.xml": f"{record_list.XML}<liste>{record_list.NODE * 3}</liste>".encode(),
    "references.ris": (ris.REFERENCE * 3).encode(),
    "o.tar": tarred(("a.jsonl", JSON_LINES), ("b.html", PAGE)),
    "p.tar.gz": gzip.compress(tarred(("a.jsonl", JSON_LINES), ("b.html", PAGE))),
    "q.jsonl.bz2": bz2.compress(JSON_LINES),
    "r.jsonl.xz": lzma.compress(JSON_LINES),
    "t.vtt": test_subtitles.VTT.encode(),
    "s.jsonl.zst": zstandard.compress(JSON_LINES),
}
WRAPPERS = (  # ways to pack a damaged file, and the suffix of each
    *[(bytes, "")] * 4,
    (gzip.compress, ".gz"),
    (zstandard.compress, ".zst"),
    (lambda content: tarred(("lot/a", content), ("lot/b.jsonl", content)), ".tar"),
    (lambda content: zipped(("lot/a", content), ("lot/b.html", content)), ".zip"),
)


def mutated(content, chance):
    """Content with one to four pieces of it cut out, flipped or doubled."""
    content = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(content) + 1)
        piece = slice(start, start + chance.choice([1, 2, 8, 100, len(content)]))
        change = chance.choice(["cut", "flip", "double", "end"])
        if change == "cut":
            del content[piece]
        elif change == "flip":
            content[piece] = bytes(byte ^ (1 << chance.randrange(8)) for byte in content[piece])
        elif change == "double":
            content[start:start] = content[piece]
        else:
            del content[start:]
    return bytes(content)


def read_all(path, **options):
    with processor_seconds(_MAX_SECONDS):
        corpus = newsindex.read(path, **options)
        articles = list(corpus)
    assert articles or corpus.errors
    assert all(isinstance(error, CorpusError) and error.file for error in corpus.errors)


@pytest.mark.parametrize("name", INPUTS)
def test_the_input_itself_is_read_without_an_error(tmp_path, name):
    (tmp_path / name).write_bytes(INPUTS[name])
    corpus = newsindex.read(tmp_path / name)
    assert list(corpus)
    assert corpus.errors == []


def test_mutated_files_end_in_articles_and_errors(tmp_path):
    chance = random.Random(20260131)
    for number in range(_MUTATIONS):
        name = chance.choice(list(INPUTS))
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(mutated(INPUTS[name], chance))
        read_all(path)


def test_mutated_files_of_any_format_named_end_in_articles_and_errors(tmp_path):
    chance = random.Random(20260201)
    for number in range(_MUTATIONS // 2):
        name = chance.choice(list(INPUTS))
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(mutated(INPUTS[name], chance))
        read_all(path, format=chance.choice(FORMAT_NAMES))
