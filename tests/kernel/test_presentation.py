"""What the kernel shows of a page is what Python shows: marks, passages and HTML, to the last character."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.analyzer import FRENCH
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.presentation.highlights import HighlightTerms, highlight_terms
from newsindex.query.presentation.shown_documents import (
    PlainDocument,
    show_documents,
    show_over_arrays,
    snippets_of,
)
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.search import run
from newsindex.query.syntax.parser import parse_query
from tests.conftest import ROOT
from tests.properties.strategies import corpora, queries

pytestmark = pytest.mark.usefixtures("kernel")

LETTERS = "aélLdDqunsmtcjhMçœbBÉ"
SIGNS = "0123456789''’.,::-\n\t\u00a0\u202f\u2009 #«»!?…_*/()"
RARE_SIGNS = "\u00adʼıſ😀🄀م\u0301²½‘¬\r\u200d️Éºª"
PIECES = (
    "maroc", "Marocains", "l’élection", "d'été", "qu'aujourd'hui", "M'hamed", "m'a", "8 913", "1,65", "20:30",
    "O.N.U.", "U.S", "fin.Le", "porte-parole", "a.", "b.c", "192.168.1.1", "1.234,5", "n'Golo", "l'1er",
    "œuvre", "Ça", "7", "000", "«", "»", "“", "”", "…", "!", "?", ".", "\n", "\n\n", "  ", "\u00a0", "\t",
    "—", "&", "<b>", '"', "'", "\x02", "\x1c",
)  # fmt: skip
RARE_PIECES = (
    "😀", "#GrèveGénérale", "#CAN2025", "#iPhone", "#l'été", "mo\u00adta", "8_913", "e\u0301te\u0301", "m²",
    "’", "❤️", "1.5😀",
)  # fmt: skip
UNKNOWN_PIECES = ("éco-\nnomie", "mota¬\r\n", "مغرب", "ſoit", "naı̈f", "日本")


def words_of_python(run):
    """The bounds in bytes of the words of a run, as the analyzer finds them."""
    bytes_before = [len(run[:i].encode()) for i in range(len(run) + 1)]
    return [(bytes_before[word.start], bytes_before[word.end]) for word in FRENCH._analyze(run)]


def shown(documents):
    """All that is shown of some documents: their stored texts, and texts, marks and HTML."""
    found = []
    for document in documents:
        headline, snippet = snippets_of(document)
        found.append((document[0], headline, headline.html, snippet, snippet.html))
    return found


def assert_shown_alike(snapshot, query, documents=None):
    """Returns how many documents the kernel knows the words of."""
    tree = parse_query(query, snapshot.zone, "any", snapshot.lexicon, SnapshotDictionary(snapshot)).tree
    sought = highlight_terms(tree, snapshot)
    if documents is None:
        documents = [
            (number, document)
            for number, view in enumerate(snapshot.views)
            for document in range(view.segment.documents)
        ]
    found = show_documents(snapshot, sought, documents)
    assert shown(found) == shown(show_over_arrays(snapshot, sought, documents))
    return sum(not isinstance(one, PlainDocument) for one in found)


@given(
    st.text(st.sampled_from(LETTERS + SIGNS), max_size=14) | st.text(LETTERS + SIGNS + RARE_SIGNS, max_size=8)
)
def test_the_words_of_a_run_are_those_of_the_analyzer_or_not_known(kernel, run):
    assert kernel._words_of_run(run) in (None, words_of_python(run))


@given(st.lists(st.sampled_from(PIECES + RARE_PIECES), max_size=6).map("".join))
def test_so_are_those_of_pieces_of_news(kernel, run):
    assert kernel._words_of_run(run) in (None, words_of_python(run))


def test_no_character_is_taken_for_another(kernel):
    known = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000]
    known = [sign for sign in known if kernel._words_of_run(sign) is not None]
    assert len(known) > 250
    for sign in known:
        runs = [
            f"{sign}",
            f"a{sign}b",
            f"ab{sign}bc",
            f"1{sign}2",
            f"1{sign}234",
            f"l'{sign}a",
            f"t'{sign}a",
            f"{sign}'a",
        ]
        runs += [
            f"n'{sign}",
            f"a.{sign}.b",
            f"20{sign}30",
            f"m'h{sign}mid",
            f"{sign}{sign}",
            f"1,{sign}",
            f"a{sign}'b",
        ]
        for each in (*runs, *map(str.upper, runs)):
            assert kernel._words_of_run(each) in (None, words_of_python(each)), each


@pytest.mark.parametrize(
    "run",
    [*RARE_PIECES, "l'avocat,", "«Aujourd’hui»", "8 913", "1.234,5", "1.5", "20:30", "25:99", "1:2:3",
     "O.N.U.", "d'O.N.U", "M'hamed", "fin.\nDébut", "porte-parole", "(93e)", "qu'à", "c'est-à-dire",
     "12.05.2026", "1234 567", "1:2,5"],
)  # fmt: skip
def test_what_is_frequent_in_news_is_known(kernel, run):
    assert kernel._words_of_run(run) == words_of_python(run)


@pytest.mark.parametrize("run", UNKNOWN_PIECES)
def test_what_is_rare_is_left_to_the_analyzer(kernel, run):
    assert kernel._words_of_run(run) is None


@given(corpora(max_size=6), st.lists(queries, min_size=1, max_size=4))
def test_pages_of_small_corpora_are_shown_alike(articles, asked):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        newsindex.create(Path(folder) / "i") as index,
    ):
        index.add(articles)
        for query in asked:
            assert_shown_alike(index.snapshot()._backend.snapshot, query)


def text_of(rng, count, pieces):
    """A text of some pieces, most of which have a space between them."""
    return "".join(rng.choice(pieces) + rng.choice(("", " ", " ", " ", " ", " ")) for _ in range(count))


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """A snapshot of texts of all lengths, some of which have rare signs, in two segments with a deletion."""
    rng = random.Random(5)
    filler = [f"mot{letter}" for letter in "abcdefghijklmno"] * 3
    index = newsindex.create(tmp_path_factory.mktemp("news") / "i")
    for _ in range(2):
        articles = []
        for _ in range(150):
            pieces = [*PIECES, *RARE_PIECES, *filler, *filler]
            if rng.random() < 0.2:
                pieces += UNKNOWN_PIECES
            headline = text_of(rng, rng.randint(0, 9), pieces)
            body = text_of(rng, rng.choice((0, 1, 5, 40, 40, 200, 200, 2000)), pieces)
            articles.append(Article(headline.strip() or "vide", body))
        index.add(articles)
    index.delete(next(iter(index)).id)
    yield index.snapshot()._backend.snapshot
    index.close()


@pytest.mark.parametrize("seed", range(60))
def test_pages_of_news_are_shown_alike(news, seed):
    rng = random.Random(seed)
    pieces = (*PIECES, *RARE_PIECES, *UNKNOWN_PIECES, "mota", "motb", "motc")
    words = [piece for piece in pieces if any(map(str.isalnum, piece))]
    one, two, three = (rng.choice(words) for _ in range(3))
    query = rng.choice((
        one, f"{one} {two}", f"{one} {two} {three}", f'"{one} {two}"', f'"mota motb" {one}',
        f'"{one} motc" "motc {one}"', f"titre:{one} {two}", f'texte:"mota motb" {three}',
        f'titre:"{one} mota" texte:{two}', f'"{one} {two}"~3',
    ))  # fmt: skip
    assert assert_shown_alike(news, query) > 150


def test_a_page_without_marks_is_shown_alike(news):
    documents = [(number, document) for number in (0, 1) for document in range(0, 140, 7)]
    expected = shown(show_over_arrays(news, HighlightTerms(), documents))
    assert shown(show_documents(news, HighlightTerms(), documents)) == expected
    assert not any(
        isinstance(one, PlainDocument) for one in show_documents(news, HighlightTerms(), documents)
    )


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A snapshot of the sample corpus."""
    index = newsindex.create(tmp_path_factory.mktemp("sample") / "i")
    index.add(newsindex.read(ROOT / "sample_corpus"))
    yield index.snapshot()._backend.snapshot
    index.close()


@pytest.mark.parametrize(
    "query", ["le gouvernement", "l'eau à Marrakech", '"Conseil de sécurité" réforme', "prix du pain"]
)
def test_the_kernel_knows_the_words_of_ordinary_articles(sample, query):
    assert assert_shown_alike(sample, query) > 0.98 * sample.documents


def test_many_segments_with_trained_dictionaries_are_shown_alike(tmp_path):
    rng = random.Random(2)
    with newsindex.create(tmp_path / "i") as index:
        articles = [Article(text_of(rng, 6, PIECES) + "x", text_of(rng, 60, PIECES)) for _ in range(2100)]
        index.add(articles)
        index.add([Article("Autre maroc", "Un autre maroc.")])
        snapshot = index.snapshot()._backend.snapshot
        assert len(snapshot.segments[0].file.array("text_dictionary"))
        documents = [(0, document) for document in rng.sample(range(2000), 200)] + [(1, 0)]
        assert_shown_alike(snapshot, "maroc l'élection", documents)


def test_hits_are_alike_with_and_without_the_kernel(news, monkeypatch):
    tree = parse_query("maroc élection", news.zone)
    by_kernel = run(news, tree, SearchOptions(20)).hits
    assert by_kernel[0].snippet.text
    with monkeypatch.context() as patch:
        patch.setattr(Snapshot, "compiled", None)
        by_arrays = run(news, tree, SearchOptions(20)).hits
        assert by_kernel == by_arrays
        assert [hit.snippet.html for hit in by_kernel] == [hit.snippet.html for hit in by_arrays]
