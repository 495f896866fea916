"""The summary of a reading counts what came, and what did not and why."""

from __future__ import annotations

import json
from pathlib import Path

import newsindex
from newsindex import Article, CorpusError, Summary


def write_all(tmp_path):
    records = [
        {"titre": "Un pont", "texte": "Le pont.", "date": "2026-01-31", "lang": "fr-MA"},
        {"titre": "A bridge", "lang": "en"},
        {"titre": "Jisr", "lang": "ar"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)) + '\n{"a"\n{"b"\n')
    (tmp_path / "b.csv").write_text("titre,texte\nUn,Deux\nTrois,Quatre,Cinq,Six\n")
    (tmp_path / ".caché").write_text("x")
    (tmp_path / "LISEZ.md").write_text("x")
    (tmp_path / "dehors.txt").symlink_to(Path(__file__))


def test_a_reading_is_counted(tmp_path):
    write_all(tmp_path)
    corpus = newsindex.read(tmp_path)
    assert len(list(corpus)) == 5
    summary = corpus.summary
    assert summary.articles == {"jsonl": 3, "csv": 1, "markdown": 1}
    assert (summary.undated, summary.without_body) == (4, 3)
    assert summary.other_languages == {"en": 1, "ar": 1}
    assert summary.passed_over["hidden file"] == 1
    assert summary.passed_over["link out of the folder"] == 1
    counts = sorted(kind.count for kind in summary.errors.values())
    assert (sum(counts), counts) == (corpus.error_count, [1, 2])


def test_errors_of_a_kind_are_counted_together_and_the_first_is_kept_as_it_is():
    summary = Summary()
    for value in ("'12 mars'", '"13, mars"', "14"):
        summary.count_error(CorpusError(f"{value} is not a date: write it like 2026-01-31", "a.csv", 3))
    summary.count_error(CorpusError("this is a link"))
    assert summary.to_dict()["errors"] == [
        {
            "reason": "'12 mars' is not a date: write it like 2026-01-31",
            "count": 3,
            "example": "a.csv:3: '12 mars' is not a date: write it like 2026-01-31",
        },
        {"reason": "this is a link", "count": 1, "example": "this is a link"},
    ]


def test_a_summary_is_written_as_json():
    summary = Summary()
    for lang in ("fr", "FR", "fr_FR", "fra", None, "en"):
        summary.count_article(Article("Un titre", lang=lang), "page")
    for number in range(8):
        summary.keep_apart(f"1#{number}")
    summary.pass_over("draft")
    summary.unread["Mots-clés"] += 12
    written = json.loads(json.dumps(summary.to_dict()))
    assert written == {
        "articles": {"page": 6},
        "without_date": 6,
        "without_body": 6,
        "other_languages": {"en": 1},
        "passed_over": {"draft": 1},
        "unread": {"Mots-clés": 12},
        "kept_apart": 8,
        "kept_apart_ids": [f"1#{number}" for number in range(5)],
        "errors": [],
    }


def test_versions_of_an_entry_are_one_article_of_their_format(tmp_path):
    for name, text in (("a.xml", "Court."), ("b.xml", "Court. Puis plus long.")):
        item = (
            f"<item><title>Un pont</title><link>https://e.example/1</link><description>{text}</description>"
        )
        (tmp_path / name).write_text(
            f"<rss version='2.0'><channel><title>L</title>{item}</item></channel></rss>"
        )
    corpus = newsindex.read(tmp_path)
    assert len(list(corpus)) == 1
    assert corpus.summary.articles == {"feed": 1}
