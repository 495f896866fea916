"""Runs every test of this folder on an index in a folder and on one of a cluster."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import newsindex
from newsindex import Index

from ..conftest import ROOT
from ..golden import forms, table
from .press import PRESS

SMALL = "shards=1&replicas=0"
"""The options of an index that one test makes: it has few articles and a short life."""


class Place:
    """Where indexes are made: each has an address of its own there."""

    def __init__(self, address_of: Callable[[str], str], options: str = "") -> None:
        self._address_of = address_of
        self._options = f"?{options}" if options else ""
        self._made: dict[int, str] = {}
        self._open: list[Index] = []

    def new_address(self) -> str:
        """The address of an index that is not there yet."""
        return self._address_of(f"essai-{uuid.uuid4().hex[:12]}") + self._options

    def make(self, *commits: Any, **settings: Any) -> Index:
        """An index, with each commit's articles."""
        address = self.new_address()
        index = newsindex.create(address, **settings)
        self._made[id(index)] = address
        self._open.append(index)
        for articles in commits:
            index.add(articles)
        return index

    def address(self, index: Index) -> str:
        """The address of an index that was made here."""
        return self._made[id(index)]

    def open(self, index: Index, **settings: Any) -> Index:
        """The same index once more, as another program opens it."""
        again = newsindex.open(self.address(index), **settings)
        self._made[id(again)] = self.address(index)
        self._open.append(again)
        return again

    def close(self) -> None:
        """Close what was opened."""
        for index in self._open:
            index.close()


@pytest.fixture(params=["folder", "cluster"])
def backend(request) -> str:
    """What keeps the index of a test."""
    return request.param


@pytest.fixture
def place(backend, tmp_path, request) -> Iterator[Place]:
    """Where a test makes indexes of its own."""
    if backend == "folder":
        place = Place(lambda name: str(tmp_path / name))
    else:
        place = Place(request.getfixturevalue("cluster").address_of, SMALL)
    yield place
    place.close()


@pytest.fixture
def make_index(place) -> Callable[..., Index]:
    """An index of some articles; called once for each index."""
    return place.make


class Shared:
    """Indexes that tests only read, each made once."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._indexes: dict[str, Index] = {}

    def index(self, name: str, articles: Any) -> Index:
        """The index of these articles, which have a name."""
        if name not in self._indexes:
            half = len(articles) // 2
            self._indexes[name] = self._place.make(articles[:half], articles[half:])
        return self._indexes[name]


@pytest.fixture(scope="session")
def shared_in_folder(tmp_path_factory) -> Iterator[Shared]:
    """The indexes in folders that tests only read."""
    home = tmp_path_factory.mktemp("shared")
    place = Place(lambda name: str(home / name))
    yield Shared(place)
    place.close()


@pytest.fixture(scope="session")
def shared_on_cluster(cluster) -> Iterator[Shared]:
    """The indexes on the cluster that tests only read."""
    place = Place(cluster.address_of, "shards=3")
    yield Shared(place)
    place.close()


@pytest.fixture
def shared(backend, request) -> Shared:
    """The indexes that tests only read."""
    return request.getfixturevalue("shared_in_folder" if backend == "folder" else "shared_on_cluster")


@pytest.fixture
def presse(shared) -> Index:
    """An index of the articles of ``press.py``, to be read only."""
    return shared.index("presse", PRESS)


@pytest.fixture(scope="session")
def sample_articles() -> list[newsindex.Article]:
    """The articles of the sample corpus."""
    if not (ROOT / "sample_corpus").is_dir():
        pytest.skip("no sample corpus beside the tests")
    return list(newsindex.read(ROOT / "sample_corpus"))


@pytest.fixture
def journal(shared, sample_articles) -> Index:
    """An index of the sample corpus, to be read only."""
    return shared.index("journal", sample_articles)


VARIANTS = table("golden/written_variants.tsv")
"""The golden table of written variants."""


@pytest.fixture
def variants(shared) -> Index:
    """An index of all headlines of the golden table of written variants, to be read only."""
    headlines = {form for row in VARIANTS for column in ("finds", "not") for form in forms(row[column])}
    articles = [newsindex.Article(headline, id=headline) for headline in sorted(headlines)]
    return shared.index("variantes", articles)


def ids(results) -> list[str]:
    """The ids of some hits, in order."""
    return [hit.article.id for hit in results]
