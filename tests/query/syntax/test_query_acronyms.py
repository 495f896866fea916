"""A query for an acronym also finds its long name, and the other way round, where the articles define it."""

from __future__ import annotations

import pytest

import newsindex
from newsindex import Acronym, Article

NAME = "Office national de l'électricité et de l'eau potable"
DEFINITION = f"L'{NAME} (ONEE) investit."
ARTICLES = [
    Article("Définition", DEFINITION, id="both", source="A"),
    Article("L'ONEE recrute", "Des postes sont ouverts.", id="short", source="A"),
    Article("Le communiqué", f"L'{NAME} recrute.", id="long", source="B"),
    Article("L'office de tourisme", "Il est national.", id="other", source="B"),
]


def said(text, article_id=""):
    """An article that says a text."""
    return Article("Titre", text, id=article_id)


@pytest.fixture
def index(make_index):
    return make_index(ARTICLES)


def found(index, query, **options):
    return [hit.article.id for hit in index.search(query, **options)]


def test_an_index_tells_what_it_has_learned(index):
    assert index.acronyms() == [Acronym("ONEE", NAME, 1)]


@pytest.mark.parametrize("operator", ["any", "all"])
@pytest.mark.parametrize("query", ["ONEE", "onee", "O.N.E.E."])
def test_an_acronym_finds_its_long_name_a_little_lower(index, query, operator):
    ids = found(index, query, operator=operator)
    assert sorted(ids) == ["both", "long", "short"]
    assert ids[-1] == "long"


@pytest.mark.parametrize("query", [NAME, "office national électricité eau potable", f"L'{NAME.upper()}"])
def test_a_long_name_finds_its_acronym_a_little_lower(index, query):
    assert found(index, query, operator="all") in (["long", "both", "short"], ["both", "long", "short"])
    hits = {hit.article.id: hit.score for hit in index.search(query)}
    assert hits["long"] > hits["short"] > 0


def test_the_other_form_scores_at_most_eight_tenths_of_the_typed_one(make_index):
    index = make_index(
        [Article("Définition", DEFINITION), Article("ONEE", id="short"), Article(NAME, id="long")]
    )
    scores = {hit.article.id: hit.score for hit in index.search("ONEE")}
    assert 0 < scores["long"] <= 0.8 * scores["short"]


def test_an_article_with_both_forms_gains_nothing_by_the_other_one(make_index):
    index = make_index([said(f"L'ONEE, {NAME}", "both"), said(f"{NAME} (ONEE)")])
    assert "potabl" not in str(index.explain("ONEE", "both"))


def test_all_words_may_be_said_by_an_acronym_and_other_words(index):
    assert sorted(found(index, "ONEE recrute", operator="all")) == ["long", "short"]
    assert sorted(found(index, f"{NAME} recrute", operator="all")) == ["long", "short"]
    assert sorted(found(index, f"({NAME}) ET recrute")) == ["long", "short"]
    assert sorted(found(index, "(ONEE OU tourisme) SAUF investit")) == ["long", "other", "short"]


def test_what_is_excluded_is_excluded_in_both_forms(index):
    assert found(index, "recrute SAUF ONEE") == []
    assert sorted(found(index, "NOT ONEE")) == ["other"]


def test_filters_hold_for_both_forms(index):
    assert found(index, "ONEE", source="B") == ["long"]
    assert found(index, "source:B ONEE") == ["long"]


def test_a_field_holds_for_both_forms(make_index):
    index = make_index([*ARTICLES, Article(f"{NAME} : un bilan", id="headline")])
    assert found(index, "titre:ONEE") == ["short", "headline"]
    assert "short" not in found(index, f"texte:({NAME})", operator="all")


def test_quoted_and_exact_words_are_as_typed(index):
    assert sorted(found(index, "=ONEE")) == ["both", "short"]
    assert sorted(found(index, f'"{NAME}"')) == ["both", "long"]
    assert sorted(found(index, '"ONEE"')) == ["both", "short"]


def test_a_weight_counts_for_both_forms(index):
    once, twice = ({h.article.id: h.score for h in index.search(q)} for q in ("ONEE", "ONEE^2"))
    assert twice == pytest.approx({article: 2 * score for article, score in once.items()})


def test_the_other_form_is_marked(index):
    (hit,) = index.search("ONEE", source="B")
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.spans] == [NAME]
    marked = {hit.article.id: hit.headline.html for hit in index.search(NAME, operator="all")}
    assert marked["short"] == "L&#x27;<mark>ONEE</mark> recrute"


def test_the_other_form_is_explained_and_in_the_tree(index):
    assert "potabl" in str(index.explain("onee", "long"))
    assert "onee" in str(index.explain(NAME, "short"))
    assert "potabl" in str(index.parse("onee").tree)


def test_no_correction_is_offered_for_a_learned_acronym(index):
    assert index.search("onee").suggestion is None


def test_what_is_typed_in_both_forms_is_not_searched_twice(index):
    assert "=onee" not in str(index.parse(f"{NAME} (ONEE)").tree)


def test_a_definition_ends_with_its_article(index):
    index.delete("both")
    assert index.acronyms() == []
    assert found(index, "ONEE") == ["short"]
    index.optimize()
    assert index.acronyms() == []


def test_an_article_that_loses_its_definition_defines_nothing(index):
    index.add([Article("Définition", "Plus rien.", id="both")])
    assert index.acronyms() == []


def test_definitions_outlive_segments_and_merges(make_index):
    index = make_index(*[[article] for article in ARTICLES])
    assert sorted(found(index, "ONEE")) == ["both", "long", "short"]
    index.optimize()
    index.check()
    assert sorted(found(index, "ONEE")) == ["both", "long", "short"]
    assert index.acronyms() == [Acronym("ONEE", NAME, 1)]


def test_an_acronym_finds_all_its_frequent_meanings(make_index):
    definitions = [said(f"La Coupe d'Afrique des nations (CAN) {i}") for i in range(3)]
    definitions.append(said("La Communauté andine des nations (CAN)"))
    names = [said("La Coupe d'Afrique des nations", "cup"), said("La Communauté andine des nations", "andes")]
    index = make_index([*definitions, *names])
    assert [one.articles for one in index.acronyms()] == [3, 1]
    assert found(index, "CAN")[4:] == ["cup", "andes"]


def test_a_rare_meaning_beside_a_frequent_one_is_known_and_widens_no_query(make_index):
    definitions = [said(f"La Coupe d'Afrique des nations (CAN) {i}") for i in range(11)]
    definitions.append(said("La Communauté andine des nations (CAN)"))
    index = make_index([*definitions, said("La Communauté andine des nations", "andes")])
    assert len(index.acronyms()) == 2
    assert "andes" not in found(index, "CAN", limit=20)


def test_a_loose_definition_needs_a_second_article(make_index):
    index = make_index(
        [said("Le Mouvement démocrate (MoDem) hésite.", "1"), said("Mouvement démocrate", "name")]
    )
    assert index.acronyms() == []
    assert found(index, "modem") == ["1"]
    index.add([said("Le Mouvement démocrate (MoDem) vote.", "2")])
    assert [(one.acronym, one.articles) for one in index.acronyms()] == [("MoDem", 2)]
    assert "name" in found(index, "modem")


def test_an_acronym_that_is_an_ordinary_word_too_is_typed_in_capitals(make_index):
    words = [said("Encore un pav, et un pav", f"p{i}") for i in range(4)]
    definition = said("Le Plan d'action pour la ville (PAV), un pav dans la mare")
    index = make_index([*words, definition, said("Un plan d'action pour la ville", "name")])
    assert "name" not in found(index, "pav")
    assert "name" in found(index, "PAV")
    assert "p1" not in found(index, "plan d'action pour la ville", operator="all")


def test_a_stop_word_is_no_acronym_unless_in_capitals(make_index):
    index = make_index(
        [said("Le Conseil économique et social (CES)"), said("Un conseil économique et social", "name")]
    )
    assert "name" in found(index, "CES")
    assert "name" not in found(index, "ces")


def test_an_accent_tells_a_word_from_an_acronym(make_index):
    name = "plan épargne retraite entreprise"
    index = make_index([said(f"Le {name} (PERE)"), said("Un père"), said(f"Un {name}", "name")])
    assert "name" in found(index, "pere")
    assert "name" not in found(index, "père")


def test_an_acronym_with_a_hyphen_is_found_by_its_name(make_index):
    definition = said("L'Assistance publique-Hôpitaux de Paris (AP-HP)")
    name = said("Assistance publique, hôpitaux de Paris", "name")
    index = make_index([definition, said("L'AP-HP recrute", "acronym"), name])
    assert "name" in found(index, "AP-HP")
    assert "acronym" in found(index, "assistance publique hôpitaux de Paris", operator="all")


def test_the_users_synonyms_count_instead(tmp_path, make_index):
    settings = tmp_path / "settings.toml"
    settings.write_text(f'[synonyms]\nONEE = "{NAME}"\n')
    index = make_index(ARTICLES, settings=settings)
    assert str(index.parse("ONEE").tree).count("potabl") == 1
    assert "^" not in str(index.parse("ONEE").tree)
    assert str(index.parse(NAME).tree).count("onee") == 1


def test_an_index_may_be_made_not_to_learn(make_index):
    index = make_index(ARTICLES, acronyms=False)
    assert index.acronyms() == []
    assert sorted(found(index, "ONEE")) == ["both", "short"]
    (segment,) = index.snapshot()._backend.snapshot.segments
    assert not any("acronym" in name for name in segment.nbytes())
    with newsindex.open(index.path) as opened:
        assert opened.acronyms() == []
    with pytest.raises(newsindex.AnalyzerMismatch, match="other settings than acronyms=True"):
        newsindex.open(index.path, acronyms=True)


def test_whether_to_learn_is_true_or_false(tmp_path):
    with pytest.raises(TypeError, match="acronyms must be True or False, not 'non'"):
        newsindex.create(tmp_path / "i", acronyms="non")


@pytest.mark.parametrize("has_kernel", [True, False])
def test_threads_and_worker_processes_learn_too(tmp_path, monkeypatch, request, has_kernel):
    if not has_kernel:
        request.getfixturevalue("scanner_of_arrays")
    monkeypatch.setattr("newsindex.indexer.workers.worker_pool._MIN_CHARACTERS", 1)
    articles = [Article(f"Titre {i}", f"{DEFINITION} {i}", id=f"a{i}") for i in range(1200)]
    for learns in (True, False):
        with newsindex.create(tmp_path / f"{learns}", acronyms=learns) as index:
            index.add(articles, workers=3)
            assert [one.articles for one in index.acronyms()] == [1200] * learns


def test_statistics_tell_the_most_frequent_acronyms(index):
    stats = index.stats()
    assert stats.acronyms == 1
    assert stats.frequent_acronyms == (Acronym("ONEE", NAME, 1),)
