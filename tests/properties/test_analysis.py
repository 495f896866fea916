"""Three ways to analyse a text give the same words: array operations, plain Python, Whoosh's chain."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex.analyzer import FRENCH, French, analyze, analyze_chunk, locate_words
from newsindex.analyzer.characters import chunks
from newsindex.indexer.scanning import form_table as forms
from newsindex.indexer.scanning import scanner
from newsindex.indexer.scanning.scanner import Scanner

ALPHABET = "aAéÉœŒElLdDmMhİ019 12.,:#\r'’ʼ-\n\u00a0\u202f\u00ad\u0301٣م😀𝐀ﬁß½²_€«"
texts = st.text(st.sampled_from(ALPHABET), max_size=40) | st.text(max_size=30).filter(
    lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text)
)
SCANNER = Scanner()
STOPS = ("le", "été", "Élu")
PROTECTED = ("Marocaines", "Élections", "l'œuvre", "Aït-Melloul", "peches")
LANGUAGES = [
    (SCANNER, FRENCH, {}),
    (
        Scanner(French(STOPS, PROTECTED)),
        French(STOPS, PROTECTED),
        {"stop_words": STOPS, "protected": PROTECTED},
    ),
]
languages = pytest.mark.parametrize(("scanner", "french", "settings"), LANGUAGES, ids=["plain", "protected"])
texts_with_protected = texts | st.lists(
    st.sampled_from([
        *PROTECTED, "marocaine", "ÉLECTIONS", "elections", "d'OEUVRE", "melloul", "Pêches", "pêche", "le",
        "Le", "ete", "elu", "ÉLU", "marocaines-",
    ])
).map(" ".join)  # fmt: skip


def term_of(scanner, spelling):
    """The term of a spelling that a scanner numbered."""
    return scanner.forms.terms[scanner.forms.term_of_spelling[spelling]]


def chunk_starts(text):
    """Where the chunk of each word starts; -1 for those that are not the first of theirs."""
    counts = [(chunk.start(), len(analyze_chunk(chunk[0]))) for chunk in chunks(text)]
    return [start if i == 0 else -1 for start, count in counts for i in range(count)]


@given(texts)
def test_words_are_located_from_the_start_of_any_chunk(text):
    words = analyze(text)
    for first, start in enumerate(chunk_starts(text)):
        if start >= 0:
            expected = [(w.start, w.end) for w in words[first:]]
            assert locate_words(text, start, range(len(expected))) == expected
            assert locate_words(text, start, [len(expected) - 1]) == expected[-1:]


@languages
@given(written=st.lists(texts_with_protected, min_size=1, max_size=5))
def test_the_scanner_finds_the_words_of_the_analyzer(scanner, french, settings, written):
    scan = scanner.scan(written)
    for i, text in enumerate(written):
        low, high = scan.first[i], scan.first[i + 1]
        words = french.analyze(text)
        found = scan.spelling[low:high]
        assert [scanner.forms.spellings[spelling] for spelling in found] == [w.spelling for w in words]
        assert [term_of(scanner, spelling) for spelling in found] == [w.term for w in words]
        assert scan.start[low:high].tolist() == chunk_starts(text)


@languages
@given(text=texts_with_protected)
def test_plain_analysis_is_the_whoosh_chain(scanner, french, settings, text):
    chain = newsindex.FrenchAnalyzer(**{**settings, "stop_words": ()})
    tokens = [(t.text, t.startchar, t.endchar, t.pos) for t in chain(text, positions=True, chars=True)]
    words = [(w.term, w.start, w.end, i) for i, w in enumerate(french.analyze(text))]
    assert tokens == words


@languages
@given(text=texts_with_protected)
def test_words_without_terms_are_those_of_the_analysis(scanner, french, settings, text):
    found = [
        (spelling, start + run.start(), end + run.start(), stop)
        for run in french.runs(text)
        for spelling, start, end, stop in french.spelled_words(run[0])
    ]
    assert found == [(w.spelling, w.start, w.end, w.stop) for w in french.analyze(text)]


@languages
@given(text=texts_with_protected)
def test_stop_words_are_dropped_and_leave_their_place(scanner, french, settings, text):
    chain = newsindex.FrenchAnalyzer(**settings)
    kept = [(t.text, t.pos) for t in chain(text, positions=True)]
    assert kept == [(w.term, i) for i, w in enumerate(french.analyze(text)) if not w.stop]


def test_protected_words_are_not_stemmed_and_others_are():
    french = French(protected=PROTECTED)
    terms = {word: french.analyze(word)[0].term for word in ("Marocaines", "marocaine", "d’OEUVRE", "Pêches")}
    assert terms == {
        "Marocaines": "marocaines",
        "marocaine": "marocain",
        "d’OEUVRE": "oeuvre",
        "Pêches": "peches",
    }


@given(st.lists(texts, min_size=1, max_size=30).map(" ".join), st.integers(2, 12))
def test_a_text_scanned_in_pieces_has_the_words_of_the_whole(text, size):
    patched = scanner._PIECE
    try:
        scanner._PIECE = size
        scan = SCANNER.scan(["avant", text, "après"])
    finally:
        scanner._PIECE = patched
    words = analyze(text)
    low, high = scan.first[1], scan.first[2]
    found = [SCANNER.forms.spellings[spelling] for spelling in scan.spelling[low:high]]
    assert found == [w.spelling for w in words]
    assert scan.start[low:high].tolist() == chunk_starts(text)
    assert scan.first.tolist()[0] == 0
    assert scan.start[-1] == 0


def test_forms_that_are_forgotten_are_analysed_in_the_same_way_again(monkeypatch):
    monkeypatch.setattr(scanner, "MAX_KEPT_FORMS", 0)
    forgetful = Scanner(French(protected=["élections"]))
    for _ in range(2):
        (spelling,) = forgetful.scan(["Élections"]).spelling
        assert term_of(forgetful, spelling) == "elections"
        forgetful.trim()
        assert len(forgetful.forms) == 0


def test_chunks_whose_keys_fall_together_are_kept_apart(monkeypatch):
    monkeypatch.setattr(forms, "_MIX", np.uint64(0))  # every key begins at the same slot
    table = Scanner()
    text = "le chat noir dort, l'imperturbable chien noir mange; un chat d'imperturbables chiens dort"
    scan = table.scan([text, text])
    terms = [term_of(table, spelling) for spelling in scan.spelling]
    assert terms == [word.term for word in analyze(text)] * 2


@given(st.lists(st.text(st.sampled_from("abéш'’"), min_size=1, max_size=40), max_size=40))
def test_chunks_that_share_their_first_letters_are_kept_apart(chunks):
    text = " ".join(["aaaaaaaa", "aaaaaaaaa", "a" * 16, "a" * 17, *chunks])
    scan = SCANNER.scan([text])
    assert [SCANNER.forms.spellings[spelling] for spelling in scan.spelling] == [
        word.spelling for word in analyze(text)
    ]
