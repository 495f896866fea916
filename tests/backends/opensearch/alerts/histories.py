"""Random histories of an index and its alerts: what programs do to it, one step after the other."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from newsindex import Article, Index, QueryError

DISPATCH = (
    "La police judiciaire a démantelé vendredi à Tiznit un réseau de trafic d’eau minérale, saisissant plus "
    "de mille bouteilles dans un entrepôt du centre ville, a annoncé la préfecture dans un communiqué."
)
WORDS = (
    "maroc", "marocains", "élection", "élections", "avocat", "avocats", "eau", "tiznit", "police", "interpol",
    "marrakech", "barrage", "barrages", "péché", "pêche", "été", "pluie", "port", "ministre", "gouvernement",
)  # fmt: skip
QUERIES = (
    "eau", "eau AND tiznit", "maroc -eau", "NOT maroc", '"eau tiznit"', '"police marrakech"~4', "=péché",
    "titre:eau", "elec*", "titre:b?rrage*", "interpoll~", "titre:avocas~2", "barrage OU pluie",
    "(maroc OU eau) SAUF police", "source:hespress", "date:2026", "depuis:2026-03", "police judiciaire",
    "+maroc ministre", "texte:=avocats", "id:a3",
)  # fmt: skip

Step = Callable[[Index], object]


class History:
    """Makes random steps; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._names: list[str] = []
        self._added = 0

    def article(self) -> Article:
        """An article with one of a few ids; some are dispatches, of which others are copies."""
        choose = self._random
        if choose.random() < 0.3:
            body = DISPATCH + choose.choice(["", " (AFP)", " (Reuters)", " Le parquet est saisi."])
            body = body.replace("vendredi", choose.choice(["vendredi", "samedi"]))
        else:
            body = " ".join(choose.choices(WORDS, k=choose.randint(0, 10)))
        headline = " ".join(choose.choices(WORDS, k=choose.randint(1, 3)))
        day = date(2026, 1, 1) + timedelta(days=choose.randint(0, 120))
        return Article(
            headline, body, choose.choice([None, "Hespress", "Le Monde"]),
            choose.choice([None, day, day, day]), id=f"a{choose.randint(0, 14)}",
        )  # fmt: skip

    def step(self) -> Step:
        """The next step."""
        weights = {
            self._add: 5, self._delete: 1, self._several: 2, self._acknowledge: 2, self._new_alert: 3,
            self._replace_alert: 1, self._remove_alert: 0.5,
        }  # fmt: skip
        (make,) = self._random.choices(list(weights), list(weights.values()))
        return make()

    def _add(self) -> Step:
        articles = [self.article() for _ in range(self._random.randint(1, 6))]
        return lambda index: told(index.add(articles).alerts)

    def _several(self) -> Step:
        articles = [self.article() for _ in range(self._random.randint(1, 4))]
        gone = f"a{self._random.randint(0, 14)}"
        last = replace(articles[0], body=" ".join(self._random.choices(WORDS, k=4)))

        def change(index: Index) -> object:
            with index.writer() as writer:
                for article in articles:
                    writer.add(article)
                writer.delete(gone)
                writer.add(last)
            return told(writer.report.alerts)

        return change

    def _delete(self) -> Step:
        gone = f"a{self._random.randint(0, 14)}"
        return lambda index: index.delete(gone)

    def _acknowledge(self) -> Step:
        if not self._names:
            return self._add()
        name, share = self._random.choice(self._names), self._random.random()

        def acknowledge(index: Index) -> None:
            new = index.alerts.new(name)
            if share < 0.4:
                index.alerts.acknowledge(name)
            elif new:
                index.alerts.acknowledge(name, new[int(share * len(new))])

        return acknowledge

    def _new_alert(self) -> Step:
        self._added += 1
        name = f"n{self._added}"
        self._names.append(name)
        query, operator = self._random.choice(QUERIES), self._random.choice(["any", "all"])
        filters = self._random.choice([{}, {}, {}, {"source": "hespress"}, {"since": "2026-02"}])

        def add(index: Index) -> object:
            try:
                return index.alerts.add(name, query, operator=operator, **filters).filters
            except QueryError as error:
                return str(error)

        return add

    def _replace_alert(self) -> Step:
        if not self._names:
            return self._new_alert()
        name, query = self._random.choice(self._names), self._random.choice(QUERIES)
        return lambda index: index.alerts.add(name, query, replace=True).query

    def _remove_alert(self) -> Step:
        if not self._names:
            return self._new_alert()
        name = self._names.pop(self._random.randrange(len(self._names)))
        return lambda index: index.alerts.remove(name)


def told(matches: list) -> list[tuple[str, str]]:
    """The alerts and the articles of matches."""
    return [(match.alert.name, match.hit.article.id) for match in matches]


def shown(index: Index) -> dict[str, object]:
    """All that the alerts of an index show."""
    new = index.alerts.new()
    return {
        "alerts": [(alert.name, alert.query, alert.seen is None) for alert in index.alerts.values()],
        "new": told(new),
        "copies": [sorted(copy.id for copy in match.hit.duplicates) for match in new],
        "counts": index.alerts.counts(),
        "latest": {name: told(index.alerts.latest(name, 5)) for name in index.alerts},
        "first": told(index.alerts.new(limit=3)),
    }
