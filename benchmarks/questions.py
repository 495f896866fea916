"""Questions of every kind that can be asked of an index, drawn from real headlines with a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from .corpora import headline_words

Arguments = dict[str, Any]
Question = tuple[str, Arguments]
"""A query, and the other arguments of the search."""

_SORTS: Final = ("relevance", "relevance", "relevance", "newest", "oldest", "recent")
_LIMITS: Final = (10, 10, 10, 1, 3, 40)


def questions(data: Path, count: int, seed: int = 11) -> Iterator[Question]:
    """So many queries, each with the other arguments of the search."""
    rng = random.Random(seed)
    headlines = headline_words(data)
    for _ in range(count):
        yield _query(rng, rng.choice(headlines)), _arguments(rng)


def _query(rng: random.Random, headline: list[str]) -> str:
    """One query about a headline: words, phrases, signs, patterns, fields, slips."""
    words = rng.sample(headline, rng.randint(1, min(6, len(headline))))
    start = rng.randrange(len(headline) - 1)
    run = headline[start : start + rng.randint(2, 4)]
    first, last = words[0], words[-1]
    cut = rng.randrange(len(first))
    return rng.choice((
        " ".join(words), " ".join(words), " ".join(run), f'"{" ".join(run)}"',
        f'"{" ".join(run)}" {last}', f'"{run[0]} {run[-1]}"~{rng.randint(2, 8)}',
        f'titre:"{run[0]} {run[1]}"',
        f"titre:{first} {last}", f"texte:{first} {last}", f"+{first} {' '.join(words[1:])} -{run[0]}",
        f"({first} OU {run[0]}) ET {last}", f"{first}^2.5 {last}", f"{first[:4]}* {last}",
        f"{first[:cut]}?{first[cut + 1:]} {last}", f"{first}~", f"={first} {last}", f"{last} source:o",
        f"{first} date:2018", f"{first[:cut]}{first[cut + 1:]} {last}", f"{first} SAUF {last}", "",
    ))  # fmt: skip


def _arguments(rng: random.Random) -> Arguments:
    arguments: Arguments = {
        "limit": rng.choice(_LIMITS),
        "sort": rng.choice(_SORTS),
        "operator": rng.choice(("any", "any", "all")),
    }
    if rng.random() < 0.2:
        arguments |= {"since": rng.choice(("2013", "2016-05")), "until": rng.choice(("2018", "2019-11-03"))}
    if rng.random() < 0.1:
        arguments["source"] = rng.choice(("o", "source-1", "SOURCE-3", "personne"))
    if rng.random() < 0.2:
        arguments |= {"facets": "source", "timeline": rng.choice(("day", "month", "year"))}
    if rng.random() < 0.1:
        arguments["collapse"] = True
    if rng.random() < 0.05:
        arguments["explain"] = True
    return arguments
