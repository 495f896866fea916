"""Articles as documents of a cluster, compared with what the analyzer says of each word."""

import json
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsindex import Article, IndexCorrupt
from newsindex.analyzer import FRENCH, fold
from newsindex.backends.opensearch.documents import (
    DocumentEncoder,
    acronym_pair,
    acronym_text,
    restore_article,
)
from newsindex.backends.opensearch.encoding import document_words as words_module
from newsindex.backends.opensearch.frequencies import AverageLengths, FieldWeights
from newsindex.backends.opensearch.index_record import IndexRecord
from newsindex.backends.opensearch.layout import (
    ANALYSED_FIELDS,
    MAX_TOKEN_BYTES,
    SCALE,
    mappings,
    spelling_tokens,
    word_token,
)
from newsindex.index_settings import IndexSettings
from newsindex.indexer.scanning.scanner import Scanner
from newsindex.indexer.scanning.scanners import new_scanner
from newsindex.storage.acronym_table import AcronymPair
from newsindex.storage.stored_articles import hash_content, pack_article
from newsindex.storage.stored_articles import restore_article as local_article
from newsindex.storage.text_store import unpack_text

PARIS = ZoneInfo("Europe/Paris")
RECORD = IndexRecord("identité", IndexSettings(PARIS), AverageLengths(8.0, 120.0))
TEXTS = st.text(st.sampled_from("aébBœ1,.'’-ﷺ⑴ \n#é|\\\"日"), max_size=60)
ARTICLES = st.builds(
    Article,
    headline=TEXTS.map(lambda text: f"x{text}"),
    body=TEXTS,
    source=st.none() | st.sampled_from(["Le Matin", "L'Écho", "x" * 3000]),
    published=st.none()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(UTC) | st.just(PARIS), max_value=datetime(9999, 12, 30)),
    abstract=TEXTS,
    extra=st.dictionaries(TEXTS, TEXTS, max_size=2),
)


def encoded(articles, scanner=None):
    encoder = DocumentEncoder(scanner or new_scanner(FRENCH), RECORD)
    return [json.loads(source) for source in encoder.encode(articles, range(len(articles)))]


def slow_fields(article):
    """The fields of words, from the analyzer's words one by one."""
    words = {name: FRENCH.analyze(getattr(article, name)) for name in ("headline", "body")}
    weights = FieldWeights(RECORD.settings.ranking, RECORD.averages)
    lengths = ([len(words["headline"])], [len(words["body"])])
    of_field = dict(zip(words, (float(weight[0]) for weight in weights.of_lengths(*lengths)), strict=True))
    stems, stems_of_form = Counter(), {}
    for name, found in words.items():
        for word in found:
            stems[word.term] += of_field[name]
            stems_of_form.setdefault(word_token(fold(word.spelling)), set()).add(word.term)
    frequency = {term: max(1, round(SCALE * weight)) for term, weight in stems.items()}
    return {
        "stems": {f"{word_token(term)}|{number}" for term, number in frequency.items()},
        "forms": {
            f"{form}|{max(frequency[term] for term in terms)}" for form, terms in stems_of_form.items()
        },
        **{f"{name}_places": [word_token(word.term) for word in found] for name, found in words.items()},
        **{
            f"{name}_spellings": {
                token for word in found for token in spelling_tokens(word.spelling).split(" ")
            }
            for name, found in words.items()
        },
    }


@given(st.lists(ARTICLES, min_size=1, max_size=6))
def test_the_fields_of_words_are_those_of_the_analyzer(articles):
    for article, document in zip(articles, encoded(articles), strict=True):
        for name, expected in slow_fields(article).items():
            found = document[name].split()
            if name.endswith("_spellings"):  # two of them may have the same form
                found = set(found)
            assert sorted(found) == sorted(expected) if isinstance(expected, set) else found == expected


@given(st.lists(ARTICLES, min_size=1, max_size=6))
def test_both_scanners_make_the_same_documents(articles):
    def sorted_words(document):
        return {
            name: sorted(value.split()) if name in ANALYSED_FIELDS else value
            for name, value in document.items()
        }

    by_arrays = encoded(articles, Scanner(FRENCH))
    assert list(map(sorted_words, by_arrays)) == list(map(sorted_words, encoded(articles)))


@given(ARTICLES)
def test_an_article_comes_back_as_from_a_folder(article):
    (document,) = encoded([article])
    packed = pack_article(article, PARIS)
    assert restore_article(document, "ici") == local_article(unpack_text(packed))
    assert document["content_hash"] == f"{hash_content(packed):016x}"


@given(ARTICLES)
def test_a_document_has_no_field_but_those_of_the_mapping(article):
    (document,) = encoded([article])
    assert document.keys() <= mappings({})["properties"].keys()


def test_a_date_has_its_periods_in_the_time_of_the_index():
    article = Article("Nuit", published=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    (document,) = encoded([article])
    assert [document[unit] for unit in ("day", "week", "month", "year")] == [
        "2026-01-01", "2026-W01", "2026-01", "2026",
    ]  # fmt: skip
    (undated,) = encoded([Article("Nuit")])
    assert not {"minutes", "day", "week", "month", "year"} & undated.keys()


def test_words_are_known_after_the_scanner_has_forgotten_its_own(monkeypatch):
    monkeypatch.setattr("newsindex.indexer.scanning.scanner.MAX_KEPT_FORMS", 3)
    encoder = DocumentEncoder(new_scanner(FRENCH), RECORD)
    for body in ("un deux trois quatre", "cinq six sept huit", "un six neuf"):
        (document,) = map(json.loads, encoder.encode([Article("x", body)], [1]))
        assert document["body_spellings"].split() == sorted(
            body.split(), key=document["body_spellings"].index
        )


def test_a_word_that_is_written_thousands_of_times_has_its_frequency(monkeypatch):
    monkeypatch.setattr(words_module, "_SUFFIXES", words_module._SUFFIXES[:8])
    (document,) = encoded([Article("x", "barrage " * 50)])
    assert set(document["stems"].split()) == slow_fields(Article("x", "barrage " * 50))["stems"]


def test_a_word_that_is_longer_than_lucene_takes_is_found_by_its_digest():
    (document,) = encoded([Article("x", "a" * 40_000)])
    assert len(document["body_places"]) < MAX_TOKEN_BYTES
    assert document["body_places"].startswith("~sha256:")


def test_definitions_of_acronyms_are_listed():
    body = "L'Office national de l'électricité (ONE) investit."
    article, other = Article("x", body), Article("y", "rien")
    first, second = encoded([article, other])
    (pair,) = map(acronym_pair, first["acronyms"])
    assert (pair.acronym, pair.name) == ("ONE", "Office national de l'électricité")
    assert acronym_text(pair) == first["acronyms"][0]
    assert "acronyms" not in second
    assert acronym_text(AcronymPair("A", "b" * 100_000, "b", False)) == ""


@pytest.mark.parametrize("source", [{}, {"article": None}, {"article": {"headline": "x"}}])
def test_a_document_that_holds_no_article_is_damage(source):
    with pytest.raises(IndexCorrupt, match="presse"):
        restore_article(source, "presse")


def test_average_lengths_are_over_the_articles_that_have_the_field():
    encoder = DocumentEncoder(new_scanner(FRENCH), RECORD)
    articles = [Article("un deux", "trois quatre cinq six"), Article("sept huit neuf dix")]
    assert encoder.average_lengths(articles) == AverageLengths(3.0, 4.0)
    assert encoder.average_lengths([Article("", "un")]) == AverageLengths(1.0, 1.0)
