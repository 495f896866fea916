"""Articles that share boilerplate are folded as an obvious definition says, and few of them are compared."""

from __future__ import annotations

import random
import re
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.query.evaluation import caches
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.similarity import near_duplicates, signature_candidates

BEGINNINGS = ["ba", "co", "di", "fu", "gra", "lo", "mi", "pe"]
ENDINGS = ["ton", "ral", "vier", "mage", "nis", "quet", "sard", "tel", "var", "zon", "bec", "dan", "fil"]
WORDS = [beginning + ending for beginning in BEGINNINGS for ending in ENDINGS]


def words(seed, length):
    rng = random.Random(seed)
    return [f"{rng.choice(WORDS)}{rng.choice(WORDS)}" for _ in range(length)]


FOOTER = words("footer", 54)
SENTENCES = [words(f"sentence {number}", 9) for number in range(8)]


def release(seed, changes=0):
    """A press release of 30 words of its own, of which some are changed, over the footer."""
    own = words(seed, 30)
    own[:changes] = words(f"{seed} {changes}", changes)
    return " ".join(own + FOOTER)


def releases(count):
    day = date(2026, 1, 1)
    return [
        Article(f"Annonce {i}", release(i), published=day + timedelta(days=i), id=str(i))
        for i in range(count)
    ]


def groups(hits):
    return [[hit.article.id, *(article.id for article in hit.duplicates)] for hit in hits]


def pages(index, size, **options):
    """The groups of all pages of a search."""
    found, after = [], None
    while True:
        page = index.search("", limit=size, collapse=True, after=after, **options)
        found += groups(page)
        after = page.next
        if after is None:
            return found


# The slow definition


def common(first, second):
    """The length of the longest common subsequence of two lists."""
    row = [0] * (len(second) + 1)
    for word in first:
        before = row
        row = [0]
        for place, other in enumerate(second):
            row.append(before[place] + 1 if word == other else max(row[place], before[place + 1]))
    return row[-1]


def is_candidate(snapshot, one, other):
    """Whether signatures and lengths are alike; all bodies are long enough to be signed alone."""
    (first, second), (third, fourth) = (
        map(int, snapshot.segments[address.segment].signatures[:, address.document])
        for address in (one, other)
    )
    shorter, longer = sorted(
        int(snapshot.segments[address.segment].body_length[address.document]) for address in (one, other)
    )
    first_bits, second_bits = first ^ third, second ^ fourth
    return (
        first_bits.bit_count() <= 20
        and (first_bits | second_bits).bit_count() <= 26
        and shorter >= 0.55 * longer
    )


def expected_groups(index, articles):
    """Each article is beside the first one that is shown of which it is a near-duplicate."""
    snapshot = index.snapshot()._backend.snapshot
    address = {}
    for number, segment in enumerate(snapshot.segments):
        address |= {
            segment.text(document).rest["id"]: DocumentAddress(number, document)
            for document in range(segment.documents)
        }
    texts = {article.id: re.findall(r"\w+", article.body.lower()) for article in articles}

    def are_alike(one, other):
        if not is_candidate(snapshot, address[one], address[other]):
            return False
        sizes = [len(texts[one]), len(texts[other])]
        differing = 1 - 2 * common(texts[one], texts[other]) / sum(sizes)
        return differing <= min(0.25, max(sizes) / 150) + 1e-9

    shown = {}
    for hit in index.search("", limit=1000, sort="oldest"):
        one = hit.article.id
        first = next((other for other in shown if are_alike(other, one)), one)
        shown.setdefault(first, []).append(one)
    return list(shown.values())


RELEASES = st.tuples(st.just("release"), st.integers(0, 5), st.integers(0, 25))
MOSAICS = st.tuples(st.just("sentences"), st.integers(0, 40), st.integers(3, 6))


@given(st.lists(RELEASES | MOSAICS, min_size=1, max_size=24), st.integers(1, 6), st.integers(1, 10_000))
def test_articles_with_shared_parts_are_folded_as_defined(drawn, size, max_bytes):
    """On all pages alike, whatever their size is, and however few texts are kept."""
    articles = []
    for i, (kind, seed, number) in enumerate(drawn):
        if kind == "release":
            body = release(seed, number)
        else:
            body = " ".join(
                word for part in random.Random(seed).choices(SENTENCES, k=number) for word in part
            )
        published = date(2026, 1, 1) + timedelta(days=i * 7 % 31)
        articles.append(Article("Annonce", body, published=published, id=str(i)))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, pytest.MonkeyPatch.context() as m:
        index = newsindex.create(Path(folder) / "i")
        index.add(articles[::2])
        index.add(articles[1::2])
        expected = expected_groups(index, articles)
        m.setattr(caches.CodedTextCache.__init__, "__defaults__", (max_bytes,))
        assert groups(index.search("", limit=100, sort="oldest", collapse=True)) == expected
        assert pages(index, size, sort="oldest") == expected
        m.setattr(Snapshot, "compiled", None)
        assert pages(index, size, sort="oldest") == expected
        index.close()


# How many are compared


@pytest.fixture
def compared(monkeypatch):
    """The pairs of articles whose texts were compared."""
    pairs = []
    compare = near_duplicates.are_near_duplicates

    def counting(snapshot, first, second):
        pairs.append((first, second))
        return compare(snapshot, first, second)

    monkeypatch.setattr(near_duplicates, "are_near_duplicates", counting)
    return pairs


def test_as_many_texts_are_compared_for_a_page_however_many_articles_share_boilerplate(make_index, compared):
    counts = []
    for size in (800, 1600):
        index = make_index(releases(size))
        assert len(index.search("", limit=10, collapse=True)) == 10
        counts.append(len(compared))
        compared.clear()
    closest = signature_candidates._CLOSEST_WORDS // len(release(0).split())
    hits = 10 * 11 // 2  # each with those shown before it
    assert min(counts) > 800, "very many are candidates"
    assert max(counts) <= 10 * closest + hits


def test_what_a_page_has_compared_is_not_compared_again(make_index, compared):
    index = make_index(releases(400))
    first = index.search("", limit=10, collapse=True)
    compared.clear()
    assert groups(index.search("", limit=10, collapse=True)) == groups(first)
    assert len(compared) <= 10 * 11 // 2, "only the hits of the page with each other"


def test_copies_are_found_among_many_articles_with_the_same_boilerplate(make_index):
    articles = releases(500)
    copies = [
        Article(f"Reprise {i}", release(i, 5), published=date(2029, 1, 1), id=f"copie {i}")
        for i in range(0, 500, 50)
    ]
    found = pages(make_index(articles, copies), 60, sort="oldest")
    assert [group for group in found if len(group) > 1] == [[str(i), f"copie {i}"] for i in range(0, 500, 50)]
    assert len(found) == 500


@pytest.mark.parametrize("size", [1, 20])
def test_of_very_many_versions_of_a_text_the_first_is_shown_on_all_pages(make_index, size):
    versions = [
        Article(f"Bulletin {i}", release("bulletin", i % 9), published=date(2026, 1, 1 + i // 30), id=str(i))
        for i in range(700)
    ]
    others = [
        Article("Autre", " ".join(words(f"autre {day}", 80)), published=date(2026, 1, day), id=f"autre {day}")
        for day in (1, 12, 25)
    ]
    found = pages(make_index(versions, others), size, sort="oldest")
    assert sorted(len(group) for group in found) == [1, 1, 1, 101]
