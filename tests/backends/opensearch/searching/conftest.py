"""An index of the same articles in a folder and on a cluster."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta
from typing import NamedTuple

import pytest

import newsindex
from newsindex import Article, Index
from newsindex.backends.opensearch.connection import connect
from newsindex.backends.opensearch.frequencies import AverageLengths
from newsindex.backends.opensearch.index_record import read_record, record_averages, with_averages
from newsindex.backends.opensearch.layout import versioned_name
from tests.properties.strategies import WORDS

ARTICLES = 250
"""More than the cluster scores again, so that its own order decides too."""
SOURCES = (None, "Hespress", "L'Écho", "Le Matin [Fès]")
DEFINITIONS = (
    "La Caisse nationale de sécurité sociale (CNSS) recrute.",
    "L'Office national de l'électricité (ONE) investit.",
)


class Pair(NamedTuple):
    """An index in a folder, and one on a cluster."""

    local: Index
    cluster: Index


def random_articles(count: int = ARTICLES) -> list[Article]:
    """Articles of a few words, always the same; some are copies of others but for a word."""
    random_words = random.Random(20)
    articles = []
    for number in range(count):
        headline = " ".join(random_words.choices(WORDS, k=random_words.randint(0, 6)))
        body = " ".join(random_words.choices(WORDS, k=random_words.randint(1, 40)))
        if number % 10 == 0:
            body = f"{body}. {random_words.choice(DEFINITIONS)}"
        if number % 7 == 6:
            body = articles[-1].body.replace("été", "hiver", 1)
        day = date(2023, 1, 1) + timedelta(days=random_words.randint(0, 900))
        articles.append(
            Article(
                headline or "vide",
                body,
                source=random_words.choice(SOURCES),
                published=None if number % 11 == 5 else day,
                id=f"a{number}",
            )
        )
    return articles


def average_lengths(index: Index) -> AverageLengths:
    """The average lengths of the fields of a local index, by which it scores."""
    with index.snapshot() as searcher:
        return AverageLengths(*searcher._backend.snapshot.average_lengths())


def copied_to(address: str, local: Index) -> Index:
    """An index on a cluster with the articles of a local one, scored by the same average lengths."""
    newsindex.create(f"{address}?replicas=0").close()
    connection = connect(address)
    name = versioned_name(connection.address.index, 1)
    record = with_averages(read_record(connection, name), average_lengths(local))
    record_averages(connection, name, record)
    connection.close()
    index = newsindex.open(address)
    index.add(local)
    return index


@pytest.fixture(scope="package")
def pair(cluster, tmp_path_factory) -> Pair:
    """The same articles in a folder and on a cluster."""
    local = newsindex.create(tmp_path_factory.mktemp("local") / "index")
    local.add(random_articles())
    index = copied_to(cluster.address_of(f"pair-{uuid.uuid4().hex[:8]}"), local)
    yield Pair(local, index)
    local.close()
    index.close()
