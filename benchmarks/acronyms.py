"""``python -m benchmarks.acronyms`` measures how many of the acronyms that an index learns are right.

It indexes the news corpus, counts what was learned, and draws a sample, the same each time, of the pairs of
acronym and long name by which queries are widened. ``acronyms.tsv`` holds the judgements of pairs: ``true``
where the long name, as it was learned, is a whole name of what the acronym stands for, ``false`` where words
of it are missing or too many, or where it names something else. The precision is that of the judged pairs of
the sample, with the interval of Wilson ("Probable Inference, the Law of Succession, and Statistical
Inference", Journal of the American Statistical Association 22, 1927) at 95 %.

With ``--missed`` it also prints acronyms in parentheses of which nothing was learned, with the words before
them. The judged pairs are random samples of what was learned at three times.
"""

from __future__ import annotations

import csv
import random
import re
import tempfile
from collections.abc import Iterable, Iterator
from math import sqrt
from pathlib import Path
from typing import Final

import click

import newsindex
from newsindex import Article
from newsindex.indexer.scanning.acronym_definitions import find_definitions
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary

from .corpora import DATA, real

JUDGEMENTS: Final = Path(__file__).with_name("acronyms.tsv")
_SEED: Final = 20
_PARENTHESIS: Final = re.compile(r"\(([A-Z][\w.&-]{1,9})\)")
_WORDS_BEFORE: Final = 80  # characters
_Z: Final = 1.96  # of an interval at 95 %

Pair = tuple[str, str]


def interval(right: int, judged: int) -> tuple[float, float]:
    """The interval of Wilson for a share of ``right`` among ``judged``."""
    share = right / judged
    middle = share + _Z**2 / (2 * judged)
    half = _Z * sqrt(share * (1 - share) / judged + _Z**2 / (4 * judged**2))
    return (middle - half) / (1 + _Z**2 / judged), (middle + half) / (1 + _Z**2 / judged)


def judgements() -> dict[Pair, bool]:
    """Whether each judged pair is right."""
    with JUDGEMENTS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["acronym"], row["long name"]): row["judgement"] == "true" for row in rows}


def used_pairs(index: newsindex.Index) -> list[Pair]:
    """The pairs by which queries are widened, sorted."""
    meanings = index.snapshot()._backend.snapshot.acronyms.meanings.values()
    return sorted({(one.acronym, one.name) for several in meanings for one in several})


def missed(articles: Iterable[Article], known: set[str]) -> Iterator[str]:
    """The acronyms in parentheses that are not known, with the words before them; each acronym once."""
    seen = {acronym.lower() for acronym in known}
    for article in articles:
        for match in _PARENTHESIS.finditer(article.body):
            acronym = match[1].replace(".", "")
            if sum(map(str.isupper, acronym)) > 1 and acronym.lower() not in seen:
                seen.add(acronym.lower())
                before = article.body[max(0, match.start() - _WORDS_BEFORE) : match.end()]
                yield " ".join(before.split())


@click.command()
@click.option("--data", type=click.Path(path_type=Path), default=DATA, help="The folder of measuring data.")
@click.option("--sample", "size", default=250, show_default=True, help="How many pairs are drawn.")
@click.option("--missed", "missed_size", default=0, help="How many acronyms that were not learned to print.")
def main(data: Path, size: int, missed_size: int) -> None:
    """Measure how many of the learned acronyms are right."""
    articles = list(real(data))
    with tempfile.TemporaryDirectory() as home, newsindex.create(Path(home) / "i") as index:
        index.add(articles)
        learned, pairs = index.acronyms(), used_pairs(index)
        dictionary = SnapshotDictionary(index.snapshot()._backend.snapshot)
        ordinary = sum(dictionary.is_ordinary(acronym) for acronym in sorted({pair[0] for pair in pairs}))
    found = [one for article in articles for one in find_definitions(article.body)]
    click.echo(f"{len(found):,} definitions in the bodies of {len(articles):,} articles")
    click.echo(
        f"{len(learned):,} acronyms learned, {len(pairs):,} widen queries, {ordinary} only in capitals"
    )
    sample = random.Random(_SEED).sample(pairs, min(size, len(pairs)))
    judged = judgements()
    for pair in sorted(sample):
        click.echo("\t".join((*pair, {True: "true", False: "false"}.get(judged.get(pair), "not judged"))))
    for name, several in (("the sample", sample), ("all that widen queries", pairs)):
        if verdicts := [judged[pair] for pair in several if pair in judged]:
            low, high = interval(sum(verdicts), len(verdicts))
            click.echo(
                f"of {len(several):,} pairs of {name}, {len(verdicts)} are judged, {sum(verdicts)} right: "
                f"precision {sum(verdicts) / len(verdicts):.1%}, between {low:.1%} and {high:.1%}"
            )
    if missed_size:
        not_learned = list(missed(articles, {one.acronym for one in learned}))
        click.echo(f"{len(not_learned):,} acronyms stand in parentheses and were not learned; some of them:")
        for line in random.Random(_SEED).sample(not_learned, min(missed_size, len(not_learned))):
            click.echo(line)


if __name__ == "__main__":
    main()
