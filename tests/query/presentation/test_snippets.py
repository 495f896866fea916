"""A snippet shows why an article was found: whole words marked, text untouched, HTML safe."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article, Snippet
from newsindex.query.presentation.fragments import FRAGMENT_LENGTH
from newsindex.query.presentation.highlights import highlight_terms, mark
from newsindex.query.syntax.parser import parse_query
from tests.properties.strategies import WORDS, signed_queries, texts

FILLER = "Rien ici ne répond à la question posée par le lecteur attentif. " * 20


def hit(make_index, article, query, **options):
    return make_index([article]).search(query, **options)[0]


def marks(snippet):
    return [snippet.text[start:end] for start, end in snippet.spans]


def test_the_passage_with_the_words_is_shown_at_sentence_bounds(make_index):
    answer = "La 93e Assemblée générale d'Interpol s'est tenue à Marrakech."
    found = hit(make_index, Article("Titre", FILLER + answer + " " + FILLER), "interpol marrakech")
    assert answer in found.snippet.text
    assert marks(found.snippet) == ["Interpol", "Marrakech"]
    assert not re.match(r"[a-z]", found.snippet.text)


def test_words_close_together_are_preferred_to_words_apart(make_index):
    body = f"Interpol seul. {FILLER} Marrakech seule. {FILLER} Interpol est à Marrakech. {FILLER}"
    found = hit(make_index, Article("Titre", body), "interpol marrakech")
    assert "Interpol est à Marrakech" in found.snippet.text


def test_a_word_far_from_the_others_is_shown_by_a_fragment_of_its_own(make_index):
    body = f"{FILLER}Interpol tient son assemblée. {FILLER}Elle se réunit à Marrakech. {FILLER}"
    found = hit(make_index, Article("Titre", body), "interpol marrakech")
    assert "Interpol tient son assemblée." in found.snippet.text
    assert " … Elle se réunit à Marrakech." in found.snippet.text
    assert marks(found.snippet) == ["Interpol", "Marrakech"]


def test_the_headline_is_marked_too(make_index):
    found = hit(make_index, Article("L’œuvre d'Interpol", "Le corps."), "oeuvre interpol")
    assert found.headline.html == "L’<mark>œuvre</mark> d&#x27;<mark>Interpol</mark>"


def test_the_beginning_is_shown_where_only_the_headline_matches(make_index):
    found = hit(make_index, Article("Interpol", FILLER), "interpol")
    assert found.snippet.text.startswith("Rien ici ne répond")
    assert found.snippet.spans == ()


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_phrase_is_marked_as_one_whatever_the_apostrophe(make_index, apostrophe):
    article = Article("Titre", "Il reçoit la médaille d'honneur. Un honneur, une autre médaille.")
    found = hit(make_index, article, f'"médaille d{apostrophe}honneur"')
    assert marks(found.snippet) == ["médaille d'honneur"]


def test_a_mark_is_the_whole_written_word_and_never_the_elided_one(make_index):
    found = hit(make_index, Article("T", "Il s’agit de l’avocat, des avocates et d'€uros."), "avocat")
    assert marks(found.snippet)[0] == "avocat"
    assert "l’<mark>avocat</mark>" in found.snippet.html


def test_words_under_a_not_are_not_marked(make_index):
    found = hit(make_index, Article("T", "Interpol et la drogue."), "interpol OU (drogue NOT maroc)")
    assert marks(found.snippet) == ["Interpol", "drogue"]


def test_a_field_marks_only_itself(make_index):
    found = hit(make_index, Article("Interpol", "Interpol aussi."), "titre:interpol")
    assert marks(found.headline) == ["Interpol"]
    assert found.snippet.spans == ()


def test_a_spelling_that_no_article_has_marks_none_of_its_inflections(make_index):
    found = hit(make_index, Article("Le péché du Maroc", "La pêche au Maroc."), "=pechee maroc")
    assert marks(found.headline) == marks(found.snippet) == ["Maroc"]


def test_html_is_escaped_around_and_inside_marks(make_index):
    article = Article("<script>alert('Interpol')</script>", "Interpol & <b>Maroc</b>")
    found = hit(make_index, article, "interpol")
    assert "<script" not in found.headline.html
    assert found.snippet.html == "<mark>Interpol</mark> &amp; &lt;b&gt;Maroc&lt;/b&gt;"


def test_nothing_is_marked_where_that_was_not_wanted(make_index):
    found = hit(make_index, Article("Interpol", "Interpol."), "interpol", highlight=False)
    assert found.headline.spans == found.snippet.spans == ()
    assert found.snippet.text == "Interpol."


def test_passages_far_into_long_bodies_are_found_by_their_landmarks(make_index):
    body = "Mot 😀 l'autre 8 913 aujourd'hui. " * 300 + "Voici la cible. " + "Et la suite. " * 50
    assert "Voici la cible." in hit(make_index, Article("T", body), "cible").snippet.text


@given(
    st.lists(st.sampled_from([*WORDS, ".", "\n\n", "  "]), min_size=1, max_size=200), texts | signed_queries
)
def test_snippets_are_short_lie_in_the_text_and_mark_matching_words(make_index, words, query):
    article = Article("x", " ".join(words) + " fin")
    index = make_index([article])
    snapshot = index.snapshot()._backend.snapshot
    for found in index.search(query):
        snippet = found.snippet
        assert len(snippet.text) <= FRAGMENT_LENGTH + 200
        plain = " ".join(article.body.split())
        for shown in snippet.text.removeprefix("… ").removesuffix(" …").split(" … "):
            assert " ".join(shown.split()) in plain
        sought = highlight_terms(parse_query(query, snapshot.zone).tree, snapshot)
        assert snippet == mark(snippet.text, sought.body, sought.body_phrases)
        assert found.headline == mark(article.headline, sought.headline, sought.headline_phrases)


@given(st.text(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_html_without_its_marks_is_the_text(text, pairs):
    spans, at = [], 0
    for gap, size in pairs:
        if at + gap + size <= len(text) and size:
            spans.append((at + gap, at + gap + size))
            at += gap + size
    rendered = Snippet(text, tuple(spans)).html
    assert html.unescape(rendered.replace("<mark>", "").replace("</mark>", "")) == text or "\r" in text
    assert rendered.count("<mark>") == rendered.count("</mark>") == len(spans)


@pytest.mark.parametrize("before", ["un deux trois quatre cinq six sept 02.01.2026", "mot " * 7 + "1.2.3",
                                    "l'a " * 7 + "192.168.1.1",
        "a 1,65 200 300.4 l'1.2.3,4 b'c.d " * 9])  # fmt: skip
def test_marks_are_right_after_words_that_dots_part(make_index, before):
    found = hit(make_index, Article("x", f"{before} hier fin roi. {before} suite"), "hier roi")
    assert marks(found.snippet) == ["hier", "roi"]


def test_words_after_and_inside_what_is_no_text_are_shown(make_index):
    noise = "1." * 3000 + "7"
    index = make_index(
        [
            Article(
                "x",
                f"Début. {noise} puis un mot, deux, trois, quatre, cinq, six, et la cible. "
                + "maroc,roi," * 30_000,
            )
        ]
    )
    assert marks(index.search("cible")[0].snippet) == ["cible"]
    assert set(marks(index.search("maroc")[0].snippet)) == {"maroc"}
    assert marks(index.search("7")[0].snippet) == []  # too far into it to be counted to


def test_a_longer_phrase_is_marked_before_a_shorter():
    marked = mark("conseil de sécurité", {"conseiller": None}, {("conseiller", "de", "secur")})
    assert marked.spans == ((0, 19),)


def test_results_are_a_sequence(make_index):
    results = make_index([Article("Un"), Article("Un deux")]).search("un")
    assert isinstance(results, newsindex.Results)
    assert list(results[0:1]) == [results[0]]
    assert len(list(results)) == len(results) == 2


def test_a_pattern_of_many_words_is_shown_by_the_first_that_stand_in_a_long_text(make_index):
    words = [f"{first}{second}roi" for first in "bcdfgjklmnpqrstvwxz" for second in "bcdfgjklmnpqrstvwxz"]
    index = make_index([Article("T", "Début. " + " ".join(words * 60), id="long")])
    snippet = index.search("*roi")[0].snippet
    assert snippet.text.startswith("bbroi bcroi bdroi")
    assert marks(snippet)[:2] == ["bbroi", "bcroi"]
