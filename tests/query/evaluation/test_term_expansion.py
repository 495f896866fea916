"""Exact, wildcard and fuzzy words find the spellings that they stand for."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.query.evaluation import term_expansion

NEWS = [
    Article("Le péché originel", "Un péché, des péchés : la confession.", "Le Rif", id="sin"),
    Article("La pêche au thon", "La saison de pêche commence.", "Le Rif", id="fishing"),
    Article("Une peche sans accent", "Une faute de frappe.", "Hespress", id="bare"),
    Article("Il pêche le péché", "Dit le prêtre : qui pêche ?", "Hespress Sport", id="both"),
    Article("Le gouvernement gouverne", "Les gouvernements gouvernent.", id="government"),
    Article("Abdelmadjid Tebboune à Rome", "Le président Tebboune voyage.", id="name"),
    Article("Le tourisme reprend", "Les touristes et le tourisme.", id="tourism"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with newsindex.create(tmp_path_factory.mktemp("expansion") / "i") as index:
        index.add(NEWS[::2])
        index.add(NEWS[1::2])
        yield index


def ids(results):
    return [hit.article.id for hit in results]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("=péché", {"sin", "both"}),
        ("=pêche", {"fishing", "both"}),
        ("=Peche", {"bare"}),
        ("=péchés", {"sin"}),
        ("titre:=pêche", {"fishing", "both"}),
        ("texte:=péché", {"sin"}),
        ("peche", {"sin", "fishing", "bare", "both"}),
        ("gouvern*", {"government"}),
        ("*isme", {"tourism"}),
        ("t*r*sm?", {"tourism"}),
        ("titre:touriste*", set()),
        ("Teboun~2", {"name"}),
        ("Tebbuone~", {"name"}),
        ("Teboun~", set()),
        ("source:hesp*", {"bare", "both"}),
        ("source:hespress", {"bare"}),
        ("*", {article.id for article in NEWS}),
        ("* NOT =péché source:*r*", {"fishing", "bare"}),
    ],
)
def test_the_spellings_decide_what_is_found(index, typed, found):
    assert set(ids(index.search(typed))) == found


@pytest.mark.parametrize("typed", ["péché", "pêche", "peche", "pêché"])
def test_all_accents_are_found_and_the_typed_ones_come_first(make_index, typed):
    forms = ["péché", "pêche", "peche", "pêché"]
    index = make_index([Article(f"Un {form} de plus", f"Ce {form}.", id=form) for form in forms])
    found = ids(index.search(typed))
    assert found[0] == typed
    assert set(found) == set(forms)


def test_only_the_spellings_asked_for_are_marked(index):
    (hit,) = (hit for hit in index.search("=pêche") if hit.article.id == "both")
    assert hit.headline.html == "Il <mark>pêche</mark> le péché"
    assert hit.snippet.html == "Dit le prêtre : qui <mark>pêche</mark> ?"
    (hit,) = index.search("gouvernement*")
    assert hit.headline.html == "Le <mark>gouvernement</mark> gouverne"
    assert hit.snippet.html == "Les <mark>gouvernements</mark> gouvernent."


def test_a_passage_is_chosen_by_the_spelling_asked_for(make_index):
    filler = "Rien de neuf au village. " * 40
    index = make_index([Article("x", f"La pêche. {filler} Le péché. {filler}")])
    assert index.search("=péché")[0].snippet.html.count("<mark>péché</mark>") == 1
    assert "pêche" in index.search("peche")[0].snippet.text


def test_rare_spellings_of_a_term_are_known_through_merges_and_deletions(make_index):
    forms = [
        "national",
        "nationale",
        "nationaux",
        "nationales",
        "Nâtional",
        "natiönal",
        "nåtional",
        "natîonal",
    ]
    articles = [
        Article(f"Titre {i}", f"{form} {forms[i % 3]}", id=f"{form}{i}") for i, form in enumerate(forms * 3)
    ]
    index = make_index(articles[::2], articles[1::2])
    index.delete("nåtional6", "nationale1")
    for _ in range(2):
        for form in forms:
            expected = {
                a.id for a in articles if form.lower() in a.body.lower().split()
            } - {"nåtional6", "nationale1"}  # fmt: skip
            assert set(ids(index.search(f"={form}", limit=30))) == expected, form
        index.optimize()


def test_a_pattern_that_stands_for_too_much_is_refused_with_the_limit(make_index, monkeypatch):
    monkeypatch.setattr(term_expansion, "MAX_EXPANSION", 3)
    index = make_index([Article("aa ab ac ad")])
    with pytest.raises(newsindex.QueryError, match=r"a\* stands for more than 3 words"):
        index.search("a*")
    assert index.search("?a").total == 1


def test_a_field_that_must_be_read_in_too_many_articles_is_refused(make_index, monkeypatch):
    monkeypatch.setattr(term_expansion, "MAX_READ", 1)
    index = make_index([Article("Pêche", f"Péché numéro {i}.") for i in range(2)])
    with pytest.raises(newsindex.QueryError, match="without the field"):
        index.search("titre:=péché")
    assert index.search("=péché").total == 2


def test_the_field_of_a_spelling_is_known_far_inside_a_run_that_no_space_parts(make_index):
    index = make_index(
        [Article("Pêche", "a." * 600 + "péché"), Article("Péché pêche", "b. " * 600 + "péché")]
    )
    found = {typed: index.search(typed).total for typed in ("texte:=péché", "texte:=pêche", "titre:=péché")}
    assert found == {"texte:=péché": 2, "texte:=pêche": 0, "titre:=péché": 1}


def test_a_pattern_of_many_stars_takes_no_longer_than_its_words(make_index):
    index = make_index([Article("a" * 60, "a" * 59 + "b")])
    assert index.search("*a" * 50 + "*b").total == 1
    assert index.search("*a" * 50 + "*c").total == 0


@given(st.text(st.sampled_from('péch* ?~2="():+-titre:’'), max_size=30))
def test_whatever_is_typed_is_searched_or_refused(index, typed):
    with contextlib.suppress(newsindex.QueryError):
        index.search(typed)
