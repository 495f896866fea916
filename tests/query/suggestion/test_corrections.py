"""A query with a misspelt word is answered with the one that was meant, and no other query is."""

from __future__ import annotations

import math
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.analyzer import analyze
from newsindex.errors import DeadlineExceeded
from newsindex.query.suggestion import corrections
from newsindex.query.suggestion.error_model import correction_cost, phonetic_key
from tests.conftest import ROOT

NEWS = [
    Article("Tebboune à Alger", "Le président Abdelmadjid Tebboune parle.", id="1"),
    Article("Interpol à Marrakech", "L'assemblée d'Interpol se tient à Marrakech.", id="2"),
    Article("Élections présidentielles", "La campagne des présidentielles commence à Alger.", id="3"),
    Article("Une pharmacie ferme", "Le portefeuille du ministre, et le dictionnaire.", id="4"),
    Article("L'Assemblée nationale vote", "L'Assemblée nationale vote la loi.", source="Le Monde", id="5"),
]


@pytest.fixture
def news(make_index):
    return make_index(NEWS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Teboune", "Tebboune"), ("Marakech", "Marrakech"), ("interpool", "interpol"),
        ("farmacie", "pharmacie"), ("portefeuile", "portefeuille"), ("dictionaire", "dictionnaire"),
        ("prezident", "président"), ("campange", "campagne"),
        ("pesidentielles", "présidentielles"), ("MARAKECH", "MARRAKECH"),
    ],
)  # fmt: skip
def test_a_misspelt_word_is_corrected_in_the_case_it_was_typed_in(news, typed, meant):
    assert news.search(typed).suggestion == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("interpool marakech", "interpol marrakech"),
        ('"interpool à Marakech"', '"interpol à Marrakech"'),
        ("titre:interpool", "titre:interpol"),
        ("+interpool -alger", "+interpol -alger"),
        ("(interpool OU drogue) SAUF alger", "(interpol OU drogue) SAUF alger"),
        ('asemblée^2 source:"le monde"', 'assemblée^2 source:"le monde"'),
        ("l’asemblée  nationale", "l’assemblée  nationale"),
        ("intepol?", "interpol?"),
    ],
)
def test_the_rest_of_the_query_stays_as_typed(news, typed, meant):
    assert news.search(typed, operator="all").suggestion == meant


def test_what_follows_a_misspelt_field_is_not_corrected(news):
    assert news.search("sujet:marakech").suggestion == "sujet:marrakech"
    assert news.search("sourc:marakech").suggestion is None
    assert news.search('titr:"interpool marakech"').suggestion is None
    assert news.search("autheur:(interpool OU marakech)").suggestion is None
    assert news.search("autheur:(x OU y) marakech").suggestion == "autheur:(x OU y) marrakech"
    assert news.search('sourc:marakech "sourc:" interpool').suggestion == 'sourc:marakech "sourc:" interpol'
    in_capitals = "LE TITER:MARAKECH ET INTERPOOL"
    assert news.search(in_capitals).suggestion == "LE TITER:MARAKECH ET INTERPOL"


def test_what_follows_a_word_that_is_no_field_is_corrected(make_index):
    articles = [Article(headline) for headline in ("L’acteur", *(f"Marrakech {i}" for i in range(9)))]
    assert make_index(articles).search("acteur:marakech").suggestion == "acteur:marrakech"


@pytest.mark.parametrize("typed", ["porte feuille", "assembleenationale"])
def test_a_query_that_finds_another_written_form_needs_no_correction(news, typed):
    results = news.search(typed, operator="all")
    assert results.total == 1
    assert results.suggestion is None


@pytest.mark.parametrize(
    "typed",
    ["", "Tebboune", "tebboune marrakech", "elections", "président", "le la de", "alger -teboune", "=Teboune",
     "Tebou*", "Teboune~", "source:monnde", "interpol NOT marakech", "xyzzy", "teb", "2027", "\ud800", "\x00",
     "«»", "😀"],
)  # fmt: skip
def test_no_other_query_is_corrected(news, typed):
    assert news.search(typed).suggestion is None


def test_a_word_that_a_twentieth_as_many_articles_have_is_corrected_too(make_index):
    typical = [Article("", f"Marrakech {i}", id=f"a{i}") for i in range(40)]
    misspelt = [Article("", "Marakech", id="b1"), Article("", "Marakech", id="b2")]
    index = make_index(typical + misspelt)
    assert index.search("marakech").suggestion == "marrakech"
    index.delete("a0")
    assert index.search("marakech").suggestion is None
    assert index.search("marrakech").suggestion is None


def of_each(counts):
    """An article for each of so many times that a word is written."""
    words = [word for word, count in counts.items() for _ in range(count)]
    return [Article("", f"Hier, {word} est venu.", id=str(i)) for i, word in enumerate(words)]


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    counts = {
        "Philip": 8, "Philippe": 170, "Edouard": 30, "avocat": 40, "avocate": 8, "mangeait": 9, "manger": 9,
        "vacant": 7, "vacance": 150, "votait": 7, "voter": 40, "notes": 200, "gland": 7, "grand": 200,
        "grands": 200, "lord": 7, "lors": 200,
    }  # fmt: skip
    with newsindex.create(tmp_path_factory.mktemp("forms") / "i") as index:
        index.add(of_each(counts))
        yield index


def test_a_form_that_no_article_has_is_corrected_to_a_frequent_word_that_sounds_alike(forms):
    assert forms.search("Philipe").total == 8  # its term is that of Philip
    assert forms.search("Philipe").suggestion == "Philippe"
    assert forms.search("Edouard Philipe").suggestion == "Edouard Philippe"
    assert forms.search('"edouard philipe"').suggestion is None  # which finds no more
    assert forms.search("Philip").suggestion is None


@pytest.mark.parametrize(
    "typed",
    ["avocates", "avocats", "mangeassions", "mangeâmes", "mangerions", "votâtes", "votasses", "voterons",
     "glands", "lords", "vacants", "vacante", "Philips", "edouards", "vacances"],
)  # fmt: skip
def test_a_right_form_that_no_article_has_is_not_corrected(forms, typed):
    assert forms.search(typed).suggestion is None


def test_an_unseen_form_is_not_corrected_to_a_word_that_is_only_somewhat_more_frequent(make_index):
    index = make_index(of_each({"Philip": 8, "Philippe": 159}))
    assert index.search("Philipe").suggestion is None
    index.add([Article("", "Philippe", id="more")])
    assert index.search("Philipe").suggestion == "Philippe"


def test_a_correction_finds_more_within_the_filters_of_the_search(news):
    assert news.search("asemblée", source="Le Monde").suggestion == "assemblée"
    assert news.search("asemblée", source="Le Soir").suggestion is None
    assert news.search("asemblée", since="2020").suggestion is None


def test_words_of_deleted_articles_are_not_suggested(news):
    news.delete("1")
    assert news.search("Teboune").suggestion is None


def test_several_segments_count_together(make_index):
    index = make_index(*[[article] for article in NEWS])
    assert index.stats().segments > 1
    assert index.search("Teboune Marakech").suggestion == "Tebboune Marrakech"


def test_a_stop_word_is_neither_corrected_nor_a_correction(make_index):
    index = make_index([Article("", "Le mot elae", id="1"), Article("", "Elle arrive", id="2")])
    assert index.search("ele").suggestion is None
    index = make_index([Article("", "elae", id="1")])
    assert index.search("elle").suggestion is None
    index = make_index([Article("", "elle", id="1")])
    assert index.search("elae").suggestion is None


@pytest.mark.parametrize("typed", ["Teboune", "assembleenationale", "porte feuille"])
def test_a_correction_ends_at_the_deadline(news, monkeypatch, typed):
    def over():
        raise DeadlineExceeded

    monkeypatch.setattr(corrections, "check_deadline", over)
    with pytest.raises(DeadlineExceeded):
        news.search(typed)


def test_an_empty_index_suggests_nothing(make_index):
    assert make_index().search("Teboune").suggestion is None


def test_the_accents_are_those_that_most_articles_have(make_index):
    index = make_index(
        [Article("", text, id=str(i)) for i, text in enumerate(["mémoire", "mémoire", "memoire"])]
    )
    assert index.search("memoirre").suggestion == "mémoire"


@pytest.mark.parametrize("typed", ["abcdefghij" * 900, "teboune " * 400, "x" * 9999, "teboune" * 60])
def test_absurd_queries_are_answered(news, typed):
    assert news.search(typed).total == 0


def test_threads_may_search_while_another_adds(make_index):
    index = make_index(NEWS)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(index.search, "Teboune") for _ in range(30)]
        for i in range(5):
            index.add([Article(f"Dépêche {i}", "Rien.", id=f"new{i}")])
        assert {one.result().suggestion for one in asked} == {"Tebboune"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("farmacie", "pharmacie"), ("dictionaire", "dictionnaire"), ("presidant", "president"),
     ("resto", "restau"), ("parler", "parlee"), ("kiosque", "quiosque"), ("rytme", "rythme"),
     ("reson", "raison")],
)  # fmt: skip
def test_words_that_sound_alike_are_told(one, other):
    assert phonetic_key(one) == phonetic_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("pain", "bain"), ("maire", "mare"), ("chat", "rat"), ("mer", "mal")]
)
def test_words_that_do_not_sound_alike_are_told(one, other):
    assert phonetic_key(one) != phonetic_key(other)


def distance(one, other):
    """Letters more, less, other or swapped between two words: the recursion of its definition, by hand."""
    rows = [list(range(len(other) + 1))]
    for i in range(1, len(one) + 1):
        row = [i]
        for j in range(1, len(other) + 1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


plain_words = st.text("abelmrst", min_size=4, max_size=9).filter(lambda word: not analyze(word)[0].stop)


@given(
    st.lists(st.lists(plain_words, min_size=1, max_size=4), min_size=1, max_size=6), plain_words, st.data()
)
def test_the_word_suggested_is_the_likeliest_of_all_near_words(texts, typed, data):
    deleted = data.draw(st.sets(st.integers(0, len(texts) - 1), max_size=len(texts) - 1))
    articles = [Article("", " ".join(text), id=str(i)) for i, text in enumerate(texts)]
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        newsindex.create(Path(home) / "i") as index,
    ):
        index.add(articles[: len(texts) // 2])
        index.add(articles[len(texts) // 2 :])
        index.delete(*map(str, deleted))
        results = index.search(typed)
    live = [set(text) for i, text in enumerate(texts) if i not in deleted]
    counts = {word: sum(word in text for text in live) for word in set().union(*live)}
    allowed = 1 + (len(typed) >= 6)
    near = {word: distance(typed, word) for word in counts if distance(typed, word) <= allowed}
    if results.total:
        assert results.suggestion is None  # no word is in twenty times as many articles
    elif results.suggestion is None or " " in results.suggestion:
        assert not near
    else:
        likeness = {word: correction_cost(typed, word, far, counts[word]) for word, far in near.items()}
        best = min(likeness.values())
        # deleted articles still count for how frequent a word is, though not for whether it is suggested
        assert math.isclose(likeness[results.suggestion], best) or deleted
        assert near[results.suggestion] == min(near.values())


def test_the_sample_corpus_is_corrected(make_index):
    if not (ROOT / "sample_corpus").is_dir():
        pytest.skip("no sample corpus beside the tests")
    index = make_index(newsindex.read(ROOT / "sample_corpus"))
    assert index.search("Marakech").suggestion == "Marrakech"
    assert index.search("interpool").suggestion == "interpol"
    assert index.search("Interpol Marrakech").suggestion is None
