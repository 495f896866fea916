"""Words with signs, letters of other scripts, and very long ones are found on a cluster as in a folder."""

from __future__ import annotations

import pytest

import newsindex
from newsindex import Article

from .conftest import Pair, copied_to

HEADLINES = (
    "#GrèveGénérale à Paris", "La grève du R&B", "محمد السادس في الرباط", "Élection à Москва", "東京 2020",
    "#covid19 et covid-19", "Les œuvres de l’été", "Straße und Fußball", "M'Bappé, O.N.U. et 8.913 voix",
    f"{'a' * 1500} mot", "Noël x̄ ﬁnance",
)  # fmt: skip


@pytest.fixture(scope="module")
def written(cluster, tmp_path_factory):
    """The same odd words in a folder and on a cluster."""
    local = newsindex.create(tmp_path_factory.mktemp("local") / "index")
    local.add([
        Article(headline, f"Texte : {headline}", id=f"a{number}")
        for number, headline in enumerate(HEADLINES)
    ])  # fmt: skip
    with local, copied_to(cluster.address_of("written"), local) as index:
        yield Pair(local, index)


@pytest.mark.parametrize(
    "query",
    [
        "grève", "#grève", "=grève", "titre:=grève", "=#GrèveGénérale", "titre:grev*", "titre:grevegen*",
        "titre:greve~", "titre:محمد", "titre:محم*", "titre:محمد~", "titre:mhmd~", "titre:моск*",
        "titre:moskva~", "titre:東*", "dong*", "titre:?euvres", "titre:?uvres", "texte:*uvre?",
        "titre:stras*", "titre:strasse~", "titre:fina*", "titre:m'bap*", "titre:8*3", "titre:covid~",
        "covid", "titre:noel", "a" * 1500, f"titre:{'a' * 300}*", f"titre:{'e' * 40}~",
        "titre:anticonstitutionnellement*", "titre:anticonstitutionnellement~",
    ],
)  # fmt: skip
def test_the_same_articles_are_found(written, query):
    local, cluster = (index.search(query, 50) for index in written)
    assert {hit.article.id for hit in cluster} == {hit.article.id for hit in local}
    assert cluster.total == local.total
