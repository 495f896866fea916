"""The kernel's scanner finds the words that the scanner of arrays finds, at the same places."""

from __future__ import annotations

from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.corpora import corpus
from newsindex import Article
from newsindex.analyzer import FRENCH, French
from newsindex.compiled import compiled_kernel
from newsindex.indexer.scanning import scanner as arrays
from newsindex.indexer.scanning.compiled_scanner import CompiledScanner
from newsindex.indexer.scanning.scanner import Scan, Scanner
from newsindex.storage.stored_articles import pack_article

pytestmark = pytest.mark.skipif(compiled_kernel() is None, reason="the compiled kernel is not in use")

PIECES = (
    "l'avocat", "L’ÉTÉ", "qu'il", "QU'", "jusqu'à", "lorsqu’", "puisqu'un", "n'est", "N'Golo",
    "m'hamed", "M'habille", "s'habitue", "c'était", "aujourd’hui", "d'd'a", "dʼœuvre", "‘cité’",
    "＇", "O.N.U.", "l'O.N.U", "e.g.", "ab.cd", "1,65", "8 913", "8\u202f913", "2018 913", "8_913",
    "1.5", "20:30", "25:99", "1er", "2e", "XXe", "n°2", "covid19", "#GrèveGénérale", "#été2024",
    "#", "#l'a", "mai-\nson", "mai\u00ad\r\nson", "est-\nil", "mai¬\nson", "soft\u00adhyphen",
    "e\u0301te\u0301", "İ", "ŉ", "ſ", "ß", "ﬁn", "½", "ª", "µ", "𝐀𝐁", "😀", "a😀b", "жест", "٣م",
    "日本", "æ", "Œuvre", "anticonstitutionnellement", "l'anticonstitutionnellement", "a_b", "_",
    "«", "—", "...", "\r\n", "\n", " ", "\u00a0", "-", "'", ".", ",", ":",
)  # fmt: skip
texts = (
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
    | st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
    | st.text(st.sampled_from("aAéÉœlLdDnNmMqusSjhH019 .,:#\r\n'’ʼ-_\u00a0\u00ad\u0301😀𝐀ж"), max_size=40)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
)
PROTECTED = French(protected=("Marocaines", "l'œuvre"))
PAIRS = [
    (Scanner(french), CompiledScanner(kernel, french))
    for french in (FRENCH, PROTECTED)
    if (kernel := compiled_kernel()) is not None
]


def words_of(scanner, scan):
    """The spelling and the term of each word, where its chunk starts, and the first word of each text."""
    spellings = scanner.forms.spellings if isinstance(scanner, Scanner) else scanner.handle.spellings(0)
    written = [spellings[number] for number in scan.spelling.tolist()]
    return written, scanner.terms_of(scan.spelling), scan.start.tolist(), scan.first.tolist()


@pytest.mark.parametrize("pair", [0, 1], ids=["plain", "protected"])
@given(written=st.lists(texts, max_size=5))
@example(["le", "", "a-\nb"])
def test_the_words_of_texts_are_the_same(pair, written):
    plain, compiled = PAIRS[pair]
    assert words_of(compiled, compiled.scan(written)) == words_of(plain, plain.scan(written))


def read(scanner, packed, written):
    """The words of packed articles."""
    scanner.enter(scanner.handle.scan_packed(packed, scanner.join_lines(packed, written)))
    return Scan(*scanner.handle.words())


@given(articles=st.lists(st.tuples(texts.filter(str.strip), texts), min_size=1, max_size=3))
def test_the_words_of_packed_articles_are_those_of_their_texts(articles):
    plain, compiled = PAIRS[0]
    made = [Article(headline, body, section="Économie") for headline, body in articles]
    packed = [pack_article(article, ZoneInfo("Europe/Paris")) for article in made]
    written = [text for article in made for text in (article.headline, article.body)]
    assert words_of(compiled, read(compiled, packed, written)) == words_of(plain, plain.scan(written))


@given(texts, st.integers(1, 12))
def test_a_text_that_the_arrays_scan_in_pieces_has_the_same_words(text, size):
    plain, compiled = PAIRS[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "_PIECE", size)
        assert words_of(compiled, compiled.scan([text])) == words_of(plain, plain.scan([text]))


def test_forms_that_are_forgotten_are_analysed_in_the_same_way_again(kernel, monkeypatch):
    monkeypatch.setattr(arrays, "MAX_KEPT_FORMS", 0)
    forgetful = CompiledScanner(kernel, French(protected=["élections"]))
    for _ in range(2):
        spellings, terms, *_ = words_of(forgetful, forgetful.scan(["Élections d’O.N.U"]))
        assert (spellings, terms) == (["élections", "onu"], ["elections", "onu"])
        assert not forgetful.is_full
        forgetful.trim()
        assert not forgetful.handle.spellings(0)


def test_a_scanner_whose_analyzer_failed_refuses_to_go_on(kernel):
    class Failing(French):
        def spellings(self, chunk):
            raise MemoryError

    failing = CompiledScanner(kernel, Failing())
    with pytest.raises(MemoryError):
        failing.scan(["O.N.U"])
    with pytest.raises(ValueError, match="were not entered"):
        failing.scan(["mot"])


@pytest.mark.parametrize("packed", [b"", b"\0" * 7, b"\0\0\0\0\2\0\0\0a", b"\xff" * 20])
def test_what_is_no_packed_article_is_refused(kernel, packed):
    with pytest.raises(ValueError, match="cut short"):
        CompiledScanner(kernel).handle.scan_packed([packed], [])


@given(body=st.binary(max_size=40))
def test_texts_that_are_no_unicode_do_no_harm(body):
    handle = CompiledScanner(compiled_kernel()).handle
    packed = [b"\0" * 8 + body]
    assert len(handle.shared_lines(packed)) <= 1
    handle.enter([[] for _ in handle.scan_packed(packed, [])])
    assert len(handle.words()[2]) == 3


def test_the_words_of_real_articles_are_the_same(data):
    plain, compiled = PAIRS[0]
    some = islice(corpus(data, None), 3000)
    written = [text for article in some for text in (article.headline, article.body)]
    assert words_of(compiled, compiled.scan(written)) == words_of(plain, plain.scan(written))
