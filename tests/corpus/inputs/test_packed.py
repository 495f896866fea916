"""Packed files are read as what is in them, within bounds; what is not unpacked is refused by its name."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import tarfile

import pytest
import zstandard

import newsindex
from tests.corpus.error_messages import message
from tests.corpus.formats import test_web_archive as web_archive
from tests.corpus.inputs.test_archives import zipped
from tests.limits import processor_seconds

RECORDS = [
    {"id": "1", "titre": "Le pont de Tétouan rouvre", "texte": "Les voitures passent depuis lundi."},
    {"id": "2", "titre": "Pluie sur Oujda", "texte": "Trois quartiers restent sans courant."},
]
LINES = "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS).encode()
HEADLINES = [record["titre"] for record in RECORDS]
PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.compress}


def tarred(*files):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


@pytest.fixture
def read(tmp_path):
    def read(content, name="a"):
        (tmp_path / name).write_bytes(content)
        corpus = newsindex.read(tmp_path / name)
        headlines = [article.headline for article in corpus]
        errors = [(os.path.relpath(e.file, tmp_path), message(e)) for e in corpus.errors]
        return headlines, errors, dict(corpus.summary.passed_over)

    return read


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("name", ["lot.jsonl.{}", "lot", "lot.txt"])
def test_a_packed_file_is_told_by_its_content(read, suffix, name):
    assert read(PACKERS[suffix](LINES), name.format(suffix)) == (HEADLINES, [], {})


@pytest.mark.parametrize("suffix", PACKERS)
def test_the_name_without_its_packing_is_a_hint_of_the_format(read, suffix):
    table = b"numero;titre\nLundi;Le pont rouvre\n"
    assert read(PACKERS[suffix](table), f"lot.csv.{suffix}")[0] == ["Le pont rouvre"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_several_frames_are_one_file(read, suffix):
    pack = PACKERS[suffix]
    first, second = LINES.split(b"\n")
    assert read(pack(first + b"\n") + pack(second))[:2] == (HEADLINES, [])
    assert read(pack(first + b"\n") + bytes(8) + pack(second) + bytes(4))[0] == HEADLINES


@pytest.mark.parametrize("suffix", PACKERS)
def test_of_a_packed_file_that_is_cut_short_what_there_is_is_read_and_the_rest_is_said(read, suffix):
    noise = random.Random(3)
    lines = b"\n".join(
        json.dumps({"titre": f"Pont {n}", "texte": str(noise.random())}).encode() for n in range(30_000)
    )
    packed = PACKERS[suffix](lines)
    headlines, errors, _ = read(packed[: len(packed) * 3 // 4])
    assert headlines[:2] == ["Pont 0", "Pont 1"]
    assert any("damaged or cut short" in reason for _, reason in errors)


@pytest.mark.parametrize("suffix", PACKERS)
def test_what_follows_a_packed_file_is_said(read, suffix):
    _, errors, _ = read(PACKERS[suffix](LINES) + b"Un reste de texte")
    assert any("damaged" in reason for _, reason in errors)


def test_skippable_frames_of_zstandard_are_skipped(read):
    skippable = b"\x5d\x2a\x4d\x18\x04\0\0\0abcd"
    assert read(skippable + zstandard.compress(LINES))[:2] == (HEADLINES, [])


def test_a_text_that_begins_like_bzip2_is_a_text(read):
    assert read(b"BZh9 est un sigle\n\nCorps.")[0] == ["BZh9 est un sigle"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_bomb_is_refused_soon(read, suffix):
    packed = PACKERS[suffix](b"Un titre\n\n" + bytes([32]) * (24 << 20))
    if suffix == "gz":
        packed = gzip.compress(packed)  # of one gzip the ratio is bounded anyway
    with processor_seconds(10):
        _, errors, _ = read(packed)
    assert [reason for _, reason in errors] == ["this unpacks to more than 200 times its size"]


def test_a_file_that_is_packed_twice_is_read_and_one_packed_three_times_is_refused(read):
    twice = zstandard.compress(gzip.compress(LINES))
    assert read(twice)[0] == HEADLINES
    assert read(bz2.compress(twice))[1] == [("a", "this is packed more than 2 times: unpack it first")]


@pytest.mark.parametrize("suffix", ["", *PACKERS])
@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_the_files_in_a_tar_are_read_as_if_they_lay_in_a_folder(read, tmp_path, suffix, format):
    long = "dossier-" + "é" * 60 + "/" + "x" * 120 + ".txt"
    for name, content in (("lot/a.jsonl", LINES), (f"lot/{long}", b"Trois\n\nCorps"), ("lot/README", b"x")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=format) as archive:
        for name in ("lot/a.jsonl", f"lot/{long}", "lot/README"):
            if format != tarfile.USTAR_FORMAT or len(name) < 100:
                archive.add(tmp_path / name, name)
    content = packed.getvalue()
    headlines, errors, passed_over = read(PACKERS[suffix](content) if suffix else content)
    assert headlines == HEADLINES + (["Trois"] if format != tarfile.USTAR_FORMAT else [])
    assert errors == []
    assert passed_over == {"documentation": 1}


def special(name, kind, target=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def test_links_devices_and_names_that_lead_out_of_a_tar_are_not_followed_and_said(read, tmp_path):
    (tmp_path / "secret.txt").write_text("Secret")
    content = tarred(
        special("a.txt", tarfile.SYMTYPE, str(tmp_path / "secret.txt")),
        special("b.txt", tarfile.LNKTYPE, "ok.txt"),
        special("c", tarfile.FIFOTYPE),
        special("dossier", tarfile.DIRTYPE),
        ("../d.txt", b"Dehors"),
        ("/etc/e.txt", b"Dehors"),
        ("C:\\f.txt", b"Dehors"),
        ("ok.txt", b"Dedans"),
    )
    headlines, errors, _ = read(content)
    assert headlines == ["Dedans"]
    assert [reason for _, reason in errors] == [
        "this is a link",
        "this is a link",
        "this is not a regular file",
        *["its name leads out of the archive: it was not read"] * 3,
    ]


def test_archives_in_archives_are_read_to_the_same_depth(read):
    deep = tarred(("b.tar", tarred(("c.txt", b"Trop profond"))))
    content = tarred(
        ("a.zip", zipped(("b.txt", "Deux"))), ("d.tar.xz", lzma.compress(deep)), ("e.txt.zst", b"Un mot")
    )
    headlines, errors, _ = read(zstandard.compress(content), "lot.tar.zst")
    assert headlines == ["Deux", "Un mot"]
    assert errors == [
        ("lot.tar.zst/d.tar.xz/b.tar", "this is a tar in an archive in an archive: unpack it first")
    ]


def test_a_tar_that_is_damaged_or_cut_short_gives_what_there_is_and_says_so(read):
    content = tarred(("a.txt", b"Un\n\nCorps"), ("b.txt", b"Deux\n\nCorps"), ("c.txt", b"Trois\n\nCorps"))
    for damaged, headlines in (
        (content[:1024], ["Un"]),
        (content[:1600], ["Un", "Deux"]),
        (content[: 1024 + 20] + b"xx" + content[1024 + 22 :], ["Un"]),
        (content + b"reste", ["Un", "Deux", "Trois"]),
        (gzip.compress(content)[:-30], None),
    ):
        found, errors, _ = read(damaged)
        assert headlines is None or found[: len(headlines)] == headlines
        assert any("tar file is" in reason or "gzip file is" in reason for _, reason in errors), errors


def test_what_looks_like_a_tar_is_not_taken_for_one(read):
    text = f"Un titre\n\n{'Le corps. ' * 24}".ljust(257) + "ustar et la suite du texte." + " Fin." * 60
    assert read(text.encode(), "a.txt")[0] == ["Un titre"]
    assert read(bytes(1024), "a.tar")[1] == [("a.tar", "this is no tar archive, or it is damaged")]


def test_a_hostile_header_costs_no_memory_and_no_time(read):
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 1 << 34
    with processor_seconds(5):
        _, errors, _ = read(tarred(("a.txt", b"Un"))[:1024] + info.tobuf(tarfile.GNU_FORMAT) + b"0" * 4096)
    assert "a header is too long" in errors[0][1]
    attributes = {"comment": "x" * 700_000}
    several = tarfile.TarInfo.create_pax_global_header(attributes)
    found, errors, _ = read(several + tarred(("a.txt", b"Un")))
    assert (found, errors) == (["Un"], [])
    found, errors, _ = read(several * 2 + tarred(("a.txt", b"Un")))
    assert (found, "a header is too long" in errors[0][1]) == ([], True)
    sparse = tarfile.TarInfo("y")
    sparse.type, sparse.size = tarfile.GNUTYPE_SPARSE, 0
    with processor_seconds(5):
        read(sparse.tobuf(tarfile.GNU_FORMAT) + bytes(1024))


@pytest.mark.parametrize(
    ("beginning", "name"),
    [
        (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07\x01\0", "rar"), (b"\x04\x22\x4d\x18", "lz4"),
        (b"LZIP\x01", "lzip"), (b"\x1f\x9d\x90", "compress"), (b"MSCF\0\0\0\0", ".cab"),
        (b"StuffIt (c)1997-2002 Aladdin", "StuffIt"), (b"SIT!\0\1\0\0\2\0rLau\2", "StuffIt"),
        (b"StuffIt!\0", "StuffIt"), (b"(This file must be converted with BinHex 4.0)\n\n:$f*T", "BinHex"),
        (b"\x60\xea\x2b\0", "ARJ"), (b"xar!\0\x1c", "xar"), (b"begin 644 a.txt\n", "uuencode"),
        (b"begin 755 a.txt\n", "uuencode"),
    ],
)  # fmt: skip
def test_other_packings_are_refused_by_name(read, beginning, name):
    headlines, ((_, reason),), _ = read(beginning + bytes(range(256)))
    assert headlines == []
    assert name in reason
    assert "unpack it first" in reason


def test_of_a_wacz_only_its_web_archives_are_read(read):
    pages = json.dumps({"url": "http://e.example/1", "title": "Une page", "text": "Le texte."})
    content = zipped(
        ("archive/data.warc.gz", gzip.compress(web_archive.record("http://e.example/1"))),
        ("pages/pages.jsonl", pages),
        ("indexes/index.cdx", "example,e)/1 2026"),
        ("datapackage.json", json.dumps({"title": "Une collection", "resources": []})),
    )
    headlines, errors, passed_over = read(content, "a.wacz")
    assert len(headlines) == 1
    assert headlines != ["Une page"]
    assert errors == []
    assert passed_over == {"index or page list of a WACZ": 3}
    assert read(content[:-40], "b.wacz")[1]
    assert read(zipped(("archive/a.txt", "Un titre"), ("pages/b.txt", "Deux")))[0] == ["Un titre", "Deux"]


FULL = {"url": "https://e.example/pont", "titre": "Le pont de Tétouan rouvre", "source": "L’Écho",
        "texte": "Les voitures passent depuis lundi sur le pont, après huit mois de travaux."}  # fmt: skip
POOR = {"url": "https://e.example/pont", "titre": "Le pont de Tétouan rouvre"}


@pytest.mark.parametrize("order", [(FULL, POOR), (POOR, FULL)])
@pytest.mark.parametrize("pack", [zipped, lambda *files: tarred(*((n, c.encode()) for n, c in files))])
def test_in_an_archive_a_poorer_record_does_not_replace_a_fuller_one(tmp_path, make_index, order, pack):
    first, second = map(json.dumps, order)
    (tmp_path / "lot").write_bytes(pack(("a.json", first), ("b.json", second)))
    index = make_index()
    for _ in range(2):
        index.add(newsindex.read(tmp_path / "lot"))
        assert [(article.source, bool(article.body)) for article in index] == [("L’Écho", True)]
    again = index.add(newsindex.read(tmp_path / "lot"))
    assert (again.added, again.updated) == (0, 0)


def test_in_a_file_a_later_record_is_an_update_even_if_it_is_shorter(tmp_path, make_index):
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(FULL)}\n{json.dumps(POOR)}")
    index = make_index()
    index.add(newsindex.read(tmp_path))
    assert [article.body for article in index] == [""]
