"""Indexes are created and opened, and what is not there, or is not asked sensibly, is refused by name."""

from __future__ import annotations

import pytest

import newsindex
from newsindex import Article

LEXICON = """
protected = ["Les Républicains"]

[stop_words]
added = ["selon"]
removed = ["avec"]

[synonyms]
ONU = "Organisation des Nations unies"
voiture = ["automobile", "bagnole"]
"""


@pytest.fixture
def lexicon(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(LEXICON, encoding="utf-8")
    return path


def test_an_index_that_is_not_there_is_not_opened(place):
    with pytest.raises(newsindex.IndexNotFound, match=r"`newsindex (index|cluster create)"):
        newsindex.open(place.new_address())


def test_open_makes_an_index_where_asked(place):
    address = place.new_address()
    with newsindex.open(address, create=True) as index:
        assert len(index) == 0
        index.add([Article("Un", id="a")])
    with newsindex.open(address, create=True) as index:
        assert len(index) == 1


def test_an_index_is_not_made_over_another(place):
    index = place.make([Article("Un", id="a")])
    with pytest.raises(newsindex.IndexExists):
        newsindex.create(place.address(index))
    index.refresh()
    assert len(index) == 1


@pytest.mark.parametrize(
    "settings", [{"k1": 0}, {"headline_b": 1.5}, {"nonsense": 1}, {"timezone": "Mars/Olympus"}]
)
def test_settings_that_make_no_sense_are_refused_and_nothing_is_made(place, settings):
    address = place.new_address()
    with pytest.raises(newsindex.QueryError):
        newsindex.create(address, **settings)
    with pytest.raises(newsindex.IndexNotFound):
        newsindex.open(address)


def test_an_index_that_was_made_with_other_settings_is_refused(place, lexicon):
    index = place.make([Article("Un", id="a")], timezone="Africa/Casablanca", k1=1.5)
    assert index.zone.key == place.open(index).zone.key == "Africa/Casablanca"
    place.open(index, timezone="Africa/Casablanca", k1=1.5)
    for other in ({"timezone": "Europe/Paris"}, {"k1": 1.2}, {"acronyms": False}, {"settings": lexicon}):
        with pytest.raises(newsindex.AnalyzerMismatch, match="other settings"):
            place.open(index, **other)


def test_another_analysis_is_refused(place, monkeypatch):
    index = place.make([Article("Un", id="a")])
    monkeypatch.setattr("newsindex.index_settings.ANALYSIS", "french-99")
    with pytest.raises(newsindex.AnalyzerMismatch, match="french-99"):
        place.open(index)


def test_a_closed_index_says_so(make_index):
    index = make_index([Article("Un", id="a")])
    index.close()
    index.close()
    for ask in (
        lambda: index.search("un"),
        lambda: index.add([Article("Deux")]),
        lambda: len(index),
        lambda: index.get("a"),
        lambda: index.writer().__enter__(),
        index.refresh,
        index.stats,
        index.snapshot,
        lambda: list(index.alerts),
    ):
        with pytest.raises(newsindex.NewsIndexError, match="closed"):
            ask()


def test_an_index_shows_itself_in_one_line(presse):
    assert repr(presse).startswith("<newsindex.Index ")
    assert "\n" not in repr(presse)


# The user's own words


@pytest.mark.parametrize("is_reopened", [False, True])
def test_stop_words_synonyms_and_protected_words_are_recorded(place, lexicon, is_reopened):
    index = place.make(
        [
            Article("Réforme de l'O.N.U.", "Elle tarde.", id="sigle"),
            Article("Un vote", "L'Organisation des Nations Unies a voté la réforme.", id="nom"),
            Article("Les Républicains", "Le parti se réunit.", id="parti"),
            Article("La république", "Un républicain, des républicaines.", id="république"),
            Article("Les automobiles", "Elles polluent, selon eux.", id="voitures"),
        ],
        settings=lexicon,
    )
    lexicon.unlink()
    if is_reopened:
        index = place.open(index)

    def found(query, **options):
        return {hit.article.id for hit in index.search(query, **options)}

    assert found("ONU") == found('"Organisation des Nations unies"') == {"sigle", "nom"}
    assert found("bagnoles") == {"voitures"}
    assert found("républicains") == {"parti"}
    assert found("républicaine") == {"république"}
    assert found("selon automobiles", operator="all") == {"voitures"}
    (hit,) = [hit for hit in index.search("ONU") if hit.article.id == "nom"]
    assert hit.snippet.html == "L&#x27;<mark>Organisation des Nations Unies</mark> a voté la réforme."


def test_the_weights_of_the_ranking_are_those_of_the_index(make_index):
    articles = [
        Article("Le barrage", "Un texte.", id="titre"),
        Article("Un titre", "Le barrage.", id="texte"),
    ]
    by_headline = make_index(articles, headline_weight=4.0, body_weight=1.0)
    by_body = make_index(articles, headline_weight=0.1, body_weight=4.0, lead=0.0)
    assert [hit.article.id for hit in by_headline.search("barrage")] == ["titre", "texte"]
    assert [hit.article.id for hit in by_body.search("barrage")] == ["texte", "titre"]


# Bad input


@pytest.mark.parametrize(
    "wrong",
    [{"limit": -1}, {"limit": 10_001}, {"sort": "best"}, {"operator": "some"}, {"facets": ["mood"]},
     {"timeline": "hour"}, {"since": "hier ou demain"}, {"after": "???"}, {"half_life": 0}, {"timeout": -1},
     {"source": "\ud800"}],
)  # fmt: skip
def test_a_search_setting_that_makes_no_sense_is_refused(presse, wrong):
    with pytest.raises(newsindex.QueryError):
        presse.search("maroc", **wrong)


@pytest.mark.parametrize("wrong", [{"limit": "3"}, {"sources": "Hespress"}, {"source": 3}, {"timeout": "1"}])
def test_a_search_setting_of_the_wrong_type_is_refused(presse, wrong):
    with pytest.raises(TypeError):
        presse.search("maroc", **wrong)


@pytest.mark.parametrize("query", ["mot " * 25_000, "date:hierr", "a* b* c* d* e* f* g* h* i* j* k*"])
def test_a_query_beyond_the_limits_is_refused(presse, query):
    with pytest.raises(newsindex.QueryError):
        presse.search(query)


@pytest.mark.parametrize(
    "query",
    ['"', "((", "+", "-", "interpol AND", "{", '{"match_all": {}}', "_exists_:id", "*:*", "a:b:c", "/.*/",
     "\\", "interpol\x00", "\ud800", "<script>", "é" * 1000, "[* TO *]", "id:*", "source:", "^3", "~", "=",
     "=*", "?"],
)  # fmt: skip
def test_no_query_is_ever_an_error_of_the_engine(presse, query):
    try:
        results = presse.search(query, facets=["source"], highlight=True)
    except newsindex.QueryError:
        return
    assert results.total <= len(presse)
    assert all(hit.headline.text == hit.article.headline for hit in results)


def test_what_is_not_an_article_or_an_argument_is_refused(make_index):
    index = make_index()
    for wrong in ("texte", Article("Un"), {"headline": "Un"}, 3, None):
        with pytest.raises(TypeError, match="several articles"):
            index.add(wrong)
    with pytest.raises(newsindex.QueryError, match="workers"):
        index.add([], workers=0)
    with pytest.raises(newsindex.QueryError, match="commit_every"):
        index.add([], commit_every=0)
    with pytest.raises(newsindex.QueryError, match="same_id"):
        index.add([], same_id="both")
    with pytest.raises(TypeError, match="article_id"):
        index.delete(3)
    with pytest.raises(TypeError):
        index.get(3)
    assert len(index) == 0
