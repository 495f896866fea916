"""Collections of judged questions: the queries and the articles that answer them.

Each collection of judged questions is a folder of the measuring data: ``queries.jsonl``, ``qrels.tsv``
(question, article, grade) and ``corpus.jsonl``; without the last, the questions are asked of the news corpus.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from newsindex import Article

COLLECTIONS: Final = ("piaf", "cnil_faq", "orangesum_abstract")
_NEWS: Final = "orangesum.jsonl.gz"


@dataclass(frozen=True)
class Judged:
    """Articles, questions by id, and for each question the grade of every article that answers it."""

    name: str
    articles: list[Article]
    questions: dict[str, str]
    answers: dict[str, dict[str, int]]
    digest: str  # SHA-256 of the files, in the order of their names


def load(name: str, data: Path) -> Judged:
    """A collection by its name."""
    folder = data / "ir" / name
    own = folder / "corpus.jsonl"
    corpus = own if own.is_file() else data / _NEWS
    grades = folder / "qrels.tsv"
    questions = folder / "queries.jsonl"
    answers: dict[str, dict[str, int]] = {}
    with grades.open(encoding="utf-8", newline="") as lines:
        for question, article, grade in list(csv.reader(lines, delimiter="\t"))[1:]:
            if int(grade) > 0:
                answers.setdefault(question, {})[article] = int(grade)
    return Judged(
        name,
        [_article(row) for row in _rows(corpus)],
        {row["_id"]: row["text"] for row in _rows(questions) if row["_id"] in answers},
        answers,
        _digest(corpus, grades, questions),
    )


def _article(row: dict[str, Any]) -> Article:
    """Headline and body alone: the abstracts of the news corpus are questions here."""
    body = row["text"] if "text" in row else row["body"]
    return Article(row.get("title") or "", body, id=row["_id"] if "_id" in row else row["id"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return map(json.loads, content.decode().splitlines())


def _digest(*paths: Path) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()
