"""How a word that is typed after an elided one, or with accents, goes on, case by case: completions.tsv."""

from __future__ import annotations

import pytest

import newsindex
from newsindex import Article

from . import forms, table

TABLE = table("golden/completions.tsv")
TEXTS = [
    "Le président a reçu la ministre de l'école. Un plan pour l'école primaire est prêt.",
    "Il fut directeur d'école, et l’école reste son monde.",
    "Hier, dans l'école, le maire de la ville a pris la parole.",
    "Le directeur d'école est en congé.",
    "Un discours d'Emmanuel Macron. Puis Emmanuel Macron est parti, et Emmanuel Macron a promis.",
    "Le discours d'Emmanuel Macron. Selon Emmanuel Macron, tout va bien.",
    "Au nom de l'équipe, le capitaine remercie. Une équipe soudée.",
    "Le budget de l'État, et la part de l'État.",
    "Le sommet de l'Europe.",
    "Les élections ont lieu, et des élections suivront.",
    "Une écharpe rouge.",
    "Un lit à l'hôpital, et un budget d'hôpital.",
    "Un haricot vert, et la Hollande en rêve.",
    "Un vote de l'ONU.",
    "Le ministre de l'agriculture parle aujourd'hui.",
]
HEADLINES = [
    "Vote à l'Assemblée nationale",
    "La loi devant l'Assemblée nationale",
    "Emmanuel Macron en visite",
    "La visite reportée d'Emmanuel Macron",
    "L'Élysée dément",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with newsindex.create(tmp_path_factory.mktemp("golden") / "i") as made:
        made.add([Article("", text, id=f"text{i}") for i, text in enumerate(TEXTS)])
        made.add([Article(headline, id=f"headline{i}") for i, headline in enumerate(HEADLINES)])
        yield made


@pytest.mark.parametrize("row", TABLE, ids=[row["typed"] for row in TABLE])
def test_what_is_typed_goes_on_as_articles_write_it(index, row):
    assert index.suggest(row["typed"]) == forms(row["completions"])
