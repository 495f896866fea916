"""``python -m benchmarks.pages`` measures how much of real French web pages is read right, and how fast."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from newsindex import Article
from newsindex.corpus.formats.web_page import page_articles

from .__main__ import DATA


@dataclass(frozen=True)
class Figures:
    """Shares of 1; ``unwanted`` is better small."""

    pages: int
    wanted: float
    unwanted: float
    body_f1: float
    headline: float
    date: float
    pages_per_second: float


def measure(folder: Path) -> tuple[Figures, list[str]]:
    """The figures over the pages of a folder with an INDEX.jsonl, and what was missed."""
    expected = [json.loads(line) for line in (folder / "INDEX.jsonl").read_text().splitlines()]
    contents = [_content(folder / row["file"]) for row in expected]
    _article(contents[0])  # what is loaded once is not counted
    started = time.perf_counter()
    articles = [_article(content) for content in contents]
    seconds = time.perf_counter() - started
    tally = _Tally()
    for row, article in zip(expected, articles, strict=True):
        tally.compare(row, article)
    share = tally.share
    figures = Figures(
        len(expected),
        share("wanted"),
        share("unwanted"),
        share("body"),
        share("headline"),
        share("date"),
        len(expected) / seconds,
    )
    return figures, tally.missed


class _Tally:
    """Counts of what is right, by kind."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.missed: list[str] = []

    def share(self, kind: str) -> float:
        return self.right[kind] / self.all[kind]

    def compare(self, row: dict[str, Any], article: Article) -> None:
        snippets = row.get("expect", {})
        body = _squeezed(article.body)
        for snippet in snippets.get("with", ()):
            self._add("wanted", _squeezed(snippet) in body, f"{row['file']} lacks {snippet!r}")
        for snippet in snippets.get("without", ()):
            found = _squeezed(snippet) in body
            self._add("unwanted", found, f"{row['file']} has {snippet!r}", note=found)
        if "article" in row:
            self._add("body", _f1(row["article"], article.body), f"{row['file']} differs in its body")
            headline = _is_headline(article.headline, row["title"])
            self._add("headline", headline, f"{row['file']} has the headline {article.headline!r}")
            day = str(article.published)[:10] == row["date"]
            self._add("date", day, f"{row['file']} has the date {article.published}")

    def _add(self, kind: str, right: float, words: str, note: bool | None = None) -> None:
        self.right[kind] += right  # type: ignore[assignment]  # a Counter of floats
        self.all[kind] += 1
        if note or (note is None and right < 0.9):
            self.missed.append(words)


def _content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _article(content: bytes) -> Article:
    return next(item for item in page_articles(content) if isinstance(item, Article))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_headline(headline: str, title: str) -> bool:
    """The title itself, or what stands in it before the section's words for search engines."""
    rest = _squeezed(title).removeprefix(_squeezed(headline))
    return bool(headline) and (
        not rest or (rest.startswith((":", "|", "-")) and len(headline) * 3 > len(title))
    )


def _f1(expected: str, found: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (expected, found))
    return 2 * (a & b).total() / (a.total() + b.total())


@click.command()
@click.option("--missed", is_flag=True, help="List what was not read right.")
def main(missed: bool) -> None:
    """Read the pages of the measuring data and print the figures as JSON."""
    figures, notes = measure(DATA / "pages")
    click.echo(json.dumps(asdict(figures), indent=2))
    if missed:
        click.echo("\n".join(notes))


if __name__ == "__main__":
    main()
