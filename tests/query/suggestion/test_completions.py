"""What somebody begins to type is completed from the words and the headlines of the index."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.analyzer import analyze, fold
from newsindex.deadline import deadline
from newsindex.errors import DeadlineExceeded
from newsindex.query.suggestion import headline_phrases, recent_vocabulary, segment_headlines, segment_words
from newsindex.query.suggestion.completions import suggest
from newsindex.query.suggestion.headline_phrases import HeadlinePhrases
from newsindex.query.suggestion.recent_vocabulary import RecentVocabulary
from newsindex.query.suggestion.segment_vocabulary import SegmentVocabulary
from newsindex.query.suggestion.surface_forms import SurfaceForm
from newsindex.storage.text_store import unpack_headline
from tests.conftest import ROOT
from tests.limits import processor_seconds
from tests.properties.strategies import corpora

NEWS = [
    Article("Tebboune reçoit l’équipe nationale", "Le président Tebboune a reçu l'équipe.", id="1"),
    Article("Élections régionales : la campagne commence", "Les élections auront lieu en mai.", id="2"),
    Article("Coupe d’Afrique des nations : le tirage", "La Coupe commence.", id="3"),
    Article("La Coupe d'Afrique des nations à Rabat", "Rabat attend les équipes.", id="4"),
    Article("Interpol à Marrakech", "L'assemblée d'Interpol se tient à Marrakech.", id="5"),
    Article("Le prix du blé monte", "INTERPOL n'y est pour rien, et le maire de Marrakech non plus.", id="6"),
    Article("Équipe nationale : trois blessés", "Un médecin suit l'équipe.", id="7"),
]


def words(texts):
    """Texts in plain letters."""
    return {tuple(fold(word.spelling) for word in analyze(text)) for text in texts}


@pytest.fixture
def news(make_index):
    return make_index(NEWS)


def test_a_word_is_completed_whatever_its_case_and_accents_and_written_as_the_articles_write_it(news):
    assert news.suggest("teb") == ["Tebboune"]
    assert news.suggest("TEB") == ["Tebboune"]
    assert news.suggest("elec")[0] == "élections"
    assert news.suggest("éléc")[0] == "élections"
    assert news.suggest("interp") == ["Interpol"]


def test_a_phrase_of_the_headlines_is_completed_over_its_linking_words(news):
    assert news.suggest("coupe d'af")[0] == "Coupe d'Afrique des nations"
    assert news.suggest("coupe afr")[0] == "Coupe d'Afrique des nations"
    assert news.suggest("interpol mar")[0] == "Interpol à Marrakech"
    assert "équipe nationale" in [text.lower() for text in news.suggest("équ")]


def test_after_a_space_the_next_word_is_suggested(news):
    assert news.suggest("équipe ") == ["équipe nationale"]
    assert news.suggest("equipe") != news.suggest("equipe ")
    assert news.suggest("Coupe d'")[0] == "Coupe d'Afrique des nations"


def test_a_phrase_does_not_go_on_beyond_punctuation(news):
    assert not [text for text in news.suggest("nations ") if "tirage" in text]
    assert not [text for text in news.suggest("élections régionales ") if "campagne" in text]


def test_a_word_after_others_is_one_of_articles_that_have_them(make_index):
    index = make_index(
        [Article("", f"Le barrage de Tanger est plein, {i}.", id=f"t{i}") for i in range(4)]
        + [Article("", f"Le tambour de Fès résonne, {i}.", id=f"f{i}") for i in range(9)]
    )
    assert index.suggest("barrage ta") == ["barrage Tanger"]
    assert index.suggest("le ta") == ["le tambour", "le Tanger"]


def test_what_was_typed_before_stays_as_it_is(news):
    assert news.suggest("titre:teb") == ["titre:Tebboune"]
    assert news.suggest("-rabat +\"coupe d'af")[0] == "-rabat +\"Coupe d'Afrique des nations"
    assert news.suggest("l’interp") == ["l’Interpol"]


def test_a_word_in_more_articles_comes_first_and_a_recent_article_counts_for_several(make_index):
    def about(word, day, count):
        return [Article("", f"Un {word}, {i}.", id=f"{word}{i}", published=day) for i in range(count)]

    old, new = date(2020, 1, 1), date(2025, 6, 1)
    index = make_index(about("trésor", old, 4) + about("travail", old, 6) + about("autre", new, 1))
    assert index.suggest("tr") == ["travail", "trésor"]
    index.add(about("tremblement", new - timedelta(days=3), 2))
    assert index.suggest("tr") == ["tremblement", "travail", "trésor"]


def test_stop_words_are_not_suggested_on_their_own(news):
    for typed in ("le", "de", "d", "l", "du", "la", "les"):
        assert not words(news.suggest(typed, 100)) & {("le",), ("la",), ("les",), ("de",), ("du",), ("des",)}


def test_deleted_articles_do_not_count(news):
    news.delete("5", "6")
    assert news.suggest("interp") == []
    assert news.suggest("interpol m") == []
    assert news.suggest("marr") == []
    news.delete(*(article.id for article in NEWS))
    assert news.suggest("teb") == []


def test_several_segments_count_together(make_index):
    index = make_index(*[[article] for article in NEWS])
    assert index.stats().segments > 1
    assert index.suggest("coupe d'af")[0] == "Coupe d'Afrique des nations"
    assert index.suggest("teb") == ["Tebboune"]
    index.optimize()
    assert index.suggest("coupe d'af")[0] == "Coupe d'Afrique des nations"


def test_only_so_many_are_given(news):
    assert len(news.suggest("e", 1)) == 1
    assert news.suggest("e", 0) == []
    assert len(news.suggest("c", 3)) == 3


def test_bad_arguments_are_refused(news):
    for limit in (-1, 1001, 10**30):
        with pytest.raises(newsindex.QueryError, match="limit must be from 0 to 1,000"):
            news.suggest("a", limit)
    assert news.suggest("teb", 1000) == ["Tebboune"]
    with pytest.raises(TypeError, match="prefix"):
        news.suggest(None)
    with pytest.raises(TypeError, match="limit"):
        news.suggest("a", "8")


@pytest.mark.parametrize(
    "typed",
    ["", " ", "«»", "'", "’", "\x00", "\x1b[31m", "a" * 10_000, "a " * 5000, "\ud800", "(((", "~", "*", "😀"],
)
def test_what_cannot_be_completed_has_no_suggestions(news, typed):
    assert news.suggest(typed) == []


def test_an_empty_index_has_no_suggestions(make_index):
    assert make_index().suggest("a") == []
    assert make_index([Article("", "😀", id="1")]).suggest("a") == []


def test_of_a_large_index_only_the_latest_headlines_are_read(make_index, monkeypatch):
    monkeypatch.setattr(recent_vocabulary, "MAX_HEADLINES", 1)
    monkeypatch.setattr(recent_vocabulary, "_ROUNDING", 1)
    index = make_index(
        [Article("Fin du monde", id="1", published=date(2024, 1, 1))],
        [Article("Fin de partie", id="2", published=date(2025, 1, 1))],
    )
    assert index.suggest("fin ") == ["Fin de partie"]
    assert index.suggest("mon") == ["monde"]


def test_what_was_read_of_a_segment_is_kept_when_others_come_and_its_articles_go(make_index, monkeypatch):
    index = make_index(NEWS)
    assert index.suggest("teb") == ["Tebboune"]
    assert index.suggest("teb") == ["Tebboune"]  # all is read now
    assert index.suggest("teb") == ["Tebboune"]
    read = []
    monkeypatch.setattr(
        segment_headlines, "HeadlinePhrases", lambda *part: read.append("headlines") or HeadlinePhrases(*part)
    )
    monkeypatch.setattr(
        segment_words,
        "SegmentVocabulary",
        lambda *part: read.append("words") or SegmentVocabulary(*part),
    )
    index.delete("2")
    assert index.suggest("elec") == []
    assert read == []
    index.add([Article("Le tebboul est servi", id="new")])
    assert set(index.suggest("teb")) == {"Tebboune", "tebboul"}
    assert sorted(read) == ["headlines", "words"]


def test_a_completion_ends_at_the_deadline(news):
    with deadline(-1), pytest.raises(DeadlineExceeded):
        news.suggest("teb")
    assert news.suggest("teb") == ["Tebboune"]


def test_what_was_read_before_a_deadline_is_not_read_again(make_index, monkeypatch):
    index = make_index(NEWS)
    read = []

    def read_one(packed):
        read.append(packed)
        if len(read) == 3:
            raise DeadlineExceeded
        return unpack_headline(packed)

    monkeypatch.setattr(segment_headlines, "unpack_headline", read_one)
    with pytest.raises(DeadlineExceeded):
        index.suggest("e")
    assert index.suggest("e")
    assert len(read) == len(set(read)) + 1  # only the one that the deadline fell upon


def read_all(snapshot, recent):
    """Completes until nothing is left to read."""
    recent.headlines(snapshot, [], "a")
    recent.words(snapshot)
    headlines = [part for _, part in recent._segment_headlines(snapshot)]
    while any(part.read_further() for part in headlines):
        pass


@pytest.mark.parametrize("max_starts", [3, 40, 4096])
def test_a_completion_does_not_depend_on_how_much_was_read(make_index, monkeypatch, max_starts):
    monkeypatch.setattr(segment_headlines, "_MIN_READ", 2)
    monkeypatch.setattr(segment_headlines, "_FURTHER_HEADLINES", 7)
    monkeypatch.setattr(segment_headlines, "MAX_STARTS", max_starts)
    monkeypatch.setattr(headline_phrases, "MAX_STARTS", max_starts)
    rng = random.Random(max_starts)
    pool = [
        "marché",
        "Marché",
        "l'avocat",
        "avocats",
        "le",
        "de",
        "#MarchéNoir",
        "maïs,",
        "œuvre",
        "8 913",
        "9",
    ]
    headlines = [" ".join(rng.choices(pool, k=rng.randint(0, 6))) for _ in range(150)]
    parts = [
        [
            Article(text, "marchait", id=str(i), published=date(2025, 1, 1) + timedelta(i % 90))
            for i, text in enumerate(headlines)
            if i % 3 == part
        ]
        for part in range(3)
    ]
    index = make_index(*parts)
    index.delete(*map(str, range(0, 150, 9)))
    snapshot = index.snapshot()._backend.snapshot
    whole, lately = RecentVocabulary(), RecentVocabulary()
    read_all(snapshot, whole)
    typed = [
        "m",
        "mar",
        "march",
        "a",
        "avo",
        "l'a",
        "le ",
        "le m",
        "marché de",
        "oe",
        "œ",
        "89",
        "#march",
        "x",
    ]
    for text in [*typed, *rng.sample(typed, len(typed))]:
        expected = suggest(snapshot, whole, text, 20)
        assert suggest(snapshot, RecentVocabulary(), text, 20) == expected
        assert suggest(snapshot, lately, text, 20) == expected


@pytest.mark.parametrize(
    ("typed", "completions"),
    [
        ("#grè", ["#grève", "#GrèveGénérale"]),
        ("#GrèveG", ["#GrèveGénérale"]),
        ("#greveg", ["#GrèveGénérale"]),
        ("à #GrèveG", ["à #GrèveGénérale"]),
        ("#GrèveGénérale à P", ["#GrèveGénérale à Paris"]),
        ("#CAN20", ["#CAN2025"]),
    ],
)
def test_a_hashtag_is_completed_however_many_of_its_words_are_typed(make_index, typed, completions):
    index = make_index([Article("#GrèveGénérale à Paris"), Article("La grève"), Article("Maroc #CAN2025")])
    assert index.suggest(typed) == completions


def test_each_later_completion_reads_a_part_of_the_rest(make_index, monkeypatch):
    monkeypatch.setattr(segment_headlines, "_FURTHER_HEADLINES", 3)
    index = make_index(NEWS)
    read = []
    monkeypatch.setattr(
        segment_headlines, "unpack_headline", lambda packed: read.append(1) or unpack_headline(packed)
    )
    numbers = []
    for _ in range(6):
        assert index.suggest("teb") == ["Tebboune"]
        numbers.append(len(read))
    assert numbers == [1, 1, 4, 7, 7, 7]  # the second one reads the words


def test_nothing_is_kept_of_an_index_that_is_closed():
    recent = RecentVocabulary()
    recent.text_forms[1, "tebboune"] = Counter([SurfaceForm("Tebboune", False)])
    recent.weights[1, "tebboune"] = 1.0, 1
    recent.forget()
    assert not recent.text_forms
    assert not recent.weights


def test_what_is_kept_of_words_is_bounded():
    recent = RecentVocabulary()
    for i in range(25_000):
        recent.text_forms[i, "mot"] = Counter([SurfaceForm("mot", False)])
        recent.weights[i, "mot"] = 1.0, 1
    assert len(recent.text_forms) <= 10_000
    assert len(recent.weights) <= 10_000


def test_of_a_very_long_headline_only_the_beginning_is_read(make_index):
    index = make_index([Article("Premier titre " + "et encore un mot " * 50_000 + "dernier titre", id="1")])
    with processor_seconds(5):
        assert index.suggest("premier t") == ["Premier titre"]
    assert index.suggest("dernier t") != ["dernier titre"]


def test_threads_may_ask_while_another_adds(make_index):
    index = make_index(NEWS)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(index.suggest, typed) for typed in ("teb", "elec", "coupe d'af") * 20]
        for i in range(5):
            index.add([Article(f"Dépêche {i}", "Rien.", id=f"new{i}")])
        assert {tuple(one.result()[:1]) for one in asked} == {
            ("Tebboune",), ("élections",), ("Coupe d'Afrique des nations",),
        }  # fmt: skip


@given(corpora(), st.sampled_from(["a", "m", "e", "o", "p", "c", "av", "int", "8", "20"]), st.data())
def test_the_words_suggested_are_those_of_the_articles(articles, prefix, data):
    deleted = data.draw(st.sets(st.sampled_from([article.id for article in articles])))
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        newsindex.create(Path(home) / "i") as index,
    ):
        half = len(articles) // 2
        index.add(articles[:half])
        index.add(articles[half:])
        index.delete(*deleted)
        suggested = {text[0] for text in words(index.suggest(prefix, 100)) if len(text) == 1}
    live = [article for article in articles if article.id not in deleted]
    held = [word for article in live for word in analyze(f"{article.headline} | {article.body}")]
    plain = {fold(word.spelling) for word in held if not word.stop}
    assert suggested == {word for word in plain if word.startswith(prefix) and len(word) > 1}


def test_the_sample_corpus_is_completed(make_index):
    if not (ROOT / "sample_corpus").is_dir():
        pytest.skip("no sample corpus beside the tests")
    index = make_index(newsindex.read(ROOT / "sample_corpus"))
    assert index.suggest("interp")[0] == "Interpol"
    assert "Interpol à Marrakech" in index.suggest("interpol mar")
    assert index.suggest("elec")[0] == "élections"


@given(corpora(), st.binary(min_size=1, max_size=40))
def test_spellings_are_found_by_their_first_byte(articles, first_bytes):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        newsindex.create(Path(home) / "i") as index,
    ):
        index.add(articles)
        for view in index.snapshot()._backend.snapshot.views:
            texts = view.segment.spellings.texts(view.segment.term_texts())
            expected = [(i, text) for i, text in enumerate(texts) if text[0] in first_bytes]
            assert list(view.segment.spellings_by_first_byte(first_bytes)) == expected


@given(corpora(), st.data())
def test_documents_with_terms_in_their_headlines_are_found_for_many_terms_at_once(articles, data):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        newsindex.create(Path(home) / "i") as index,
    ):
        index.add(articles)
        for view in index.snapshot()._backend.snapshot.views:
            postings = view.segment.postings
            numbers = range(view.segment.terms)  # none where no article has a word
            terms = sorted(data.draw(st.sets(st.sampled_from(numbers)))) if numbers else []
            expected = set()
            for term in terms:
                in_headline = postings.frequencies(term).headline > 0
                expected.update(postings.documents(term)[in_headline].tolist())
            found = [documents.tolist() for documents in postings.headline_documents(terms)]
            assert {document for part in found for document in part} == expected
