"""Near-duplicates are shown once, and other articles are never hidden."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.analyzer import analyze
from newsindex.query.similarity import text_comparison
from tests.conftest import ROOT

WORDS = [
    "police", "maire", "budget", "séance", "route", "travaux", "pont", "école", "juge", "procès", "forêt",
    "incendie", "barrage", "récolte", "marché", "usine", "grève", "accord", "vote", "loi", "musée", "stade",
    "match", "finale", "équipe", "hôpital", "médecin", "vaccin", "train", "gare", "port", "navire",
]  # fmt: skip


def dispatch(seed, length=120):
    """A text of random words, the same for the same seed."""
    rng = random.Random(seed)
    return " ".join(f"{rng.choice(WORDS)}{rng.randrange(9)}" for _ in range(length))


def changed(text, count, seed=1):
    """The text with so many of its words replaced, at random places."""
    rng = random.Random(seed)
    words = text.split()
    for i in rng.sample(range(len(words)), count):
        words[i] = f"autre{i}"
    return " ".join(words)


def groups(results):
    return [[hit.article.id, *(article.id for article in hit.duplicates)] for hit in results]


TEXT = dispatch(0)
AGENCY = [
    Article("Un pont sur le fleuve", f"{TEXT} fleuve", "AFP", date(2026, 1, 2), id="afp"),
    Article("Le pont est ouvert", f"{changed(TEXT, 18)} fleuve", "MAP", date(2026, 1, 3), id="map"),
    Article("Le pont, suite", f"{dispatch(1)} fleuve", "AFP", date(2026, 1, 4), id="other"),
    Article("Le pont du fleuve", TEXT.upper(), "L'Écho", date(2026, 1, 5), id="echo"),
]  # fmt: skip


def test_a_dispatch_is_shown_once_as_its_best_copy_with_the_others_beside_it(make_index):
    index = make_index(AGENCY[:2], AGENCY[2:])
    results = index.search("pont", collapse=True, sort="newest")
    assert groups(results) == [["echo", "map", "afp"], ["other"]]
    assert groups(index.search("pont", collapse=True, sort="oldest")) == [["afp", "map", "echo"], ["other"]]
    assert results[0].duplicates[1] == index.get("afp")


def test_without_collapse_every_match_is_a_hit(make_index):
    assert groups(make_index(AGENCY).search("pont", sort="oldest")) == [["afp"], ["map"], ["other"], ["echo"]]


def test_total_facets_and_timeline_count_every_match(make_index):
    results = make_index(AGENCY).search("pont", collapse=True, facets="source", timeline="year", limit=1)
    assert results.total == 4
    assert results.facets["source"] == {"AFP": 2, "L'Écho": 1, "MAP": 1}
    assert results.timeline == {"2026": 4}


def test_only_matches_are_grouped(make_index):
    index = make_index(AGENCY)
    assert groups(index.search("pont", source="AFP", sort="oldest", collapse=True)) == [["afp"], ["other"]]
    assert groups(index.search("ouvert fleuve -suite", sort="oldest", collapse=True)) == [
        ["afp", "map", "echo"]
    ]


def test_a_copy_of_a_hidden_copy_is_shown_if_it_is_no_near_duplicate_of_the_hit(make_index):
    first = dispatch(2)
    second = " ".join(w if i % 6 else f"un{i}" for i, w in enumerate(first.split()))
    third = " ".join(w if i % 6 != 3 else f"deux{i}" for i, w in enumerate(second.split()))
    days = [date(2026, 1, day) for day in (3, 2, 1)]
    bodies = zip("abc", days, (first, second, third), strict=True)
    index = make_index([Article("Titre", body, published=day, id=i) for i, day, body in bodies])
    assert groups(index.search("titre", collapse=True, sort="newest")) == [["a", "b"], ["c"]]
    assert groups(index.search("titre", collapse=True, sort="oldest")) == [["c", "b"], ["a"]]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_no_later_page_shows_a_near_duplicate_of_an_earlier_page(make_index, size):
    texts = [dispatch(i) for i in range(4)]
    copies = [changed(text, 10, seed) for seed in (1, 2) for text in texts]
    index = make_index(
        [
            Article(f"Nouvelle {i}", body, published=date(2026, 1, 1 + i))
            for i, body in enumerate(texts + copies)
        ]
    )
    paged, after = [], None
    while True:
        page = index.search("nouvelle", limit=size, collapse=True, sort="newest", after=after)
        assert len(page) <= size
        paged += groups(page)
        after = page.next
        if after is None:
            break
    assert paged == groups(index.search("nouvelle", limit=100, collapse=True, sort="newest"))
    assert sorted(map(len, paged)) == [3, 3, 3, 3]


def test_copies_are_grouped_across_segments_merges_and_deletions(make_index):
    index = make_index(AGENCY[:1], AGENCY[1:3], AGENCY[3:])
    index.optimize()
    assert groups(index.search("pont", collapse=True, sort="newest")) == [["echo", "map", "afp"], ["other"]]
    index.delete("echo")
    assert groups(index.search("pont", collapse=True, sort="newest")) == [["other"], ["map", "afp"]]


@pytest.mark.parametrize(
    "short", ["Séisme au {} : un mort", "Météo du {} janvier", "{} : la Bourse recule un peu, de 0,2 %"]
)
def test_of_a_short_text_no_word_may_differ(make_index, short):
    headlines = [short.format(word) for word in ("Japon", "Maroc", "Japon")]
    found = make_index([Article(h, id=str(i)) for i, h in enumerate(headlines)]).search("", collapse=True)
    assert sorted(map(sorted, groups(found))) == [["0", "2"], ["1"]]


def test_articles_without_a_word_are_not_near_duplicates(make_index):
    index = make_index([Article("—", id="a"), Article("…", id="b")])
    assert len(index.search("", collapse=True)) == 2


def test_the_retold_stories_of_the_sample_corpus_are_found_and_no_others(make_index):
    """Its README counts 19 stories, two of them in three versions; else it repeats headlines."""
    index = make_index(list(newsindex.read(ROOT / "sample_corpus")))
    grouped = [hit for hit in index.search("", limit=1000, collapse=True) if hit.duplicates]
    assert sorted(len(hit.duplicates) for hit in grouped if hit.article.body) == [1] * 17 + [2] * 2
    for hit in grouped:
        if not hit.article.body:
            words = [analyze(article.headline) for article in (hit.article, *hit.duplicates)]
            assert len({tuple(word.spelling for word in own) for own in words}) == 1


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60)), min_size=1, max_size=12), st.integers(1, 5))
def test_every_match_is_shown_or_listed_beside_one_that_is(drawn, size):
    """Pages are the whole list in pieces, and nothing is lost or doubled, whatever chains there are."""
    articles = [
        Article("Titre", changed(dispatch(seed, 80), count, i), id=str(i))
        for i, (seed, count) in enumerate(drawn)
    ]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        index = newsindex.create(Path(folder) / "i")
        index.add(articles[::2])
        index.add(articles[1::2])
        whole = groups(index.search("titre", limit=100, collapse=True))
        paged, after = [], None
        while True:
            page = index.search("titre", limit=size, collapse=True, after=after)
            paged += groups(page)
            after = page.next
            if after is None:
                break
        assert paged == whole
        assert sorted(i for group in whole for i in group) == sorted(a.id for a in articles)
        index.close()


def test_of_very_many_copies_the_first_is_shown_and_a_hundred_are_listed(make_index):
    copies = [
        Article(f"Dépêche {i}", TEXT, published=date(2026, 1, 1 + i // 12), id=str(i)) for i in range(300)
    ]
    index = make_index(copies, AGENCY[2:3])
    (other, first) = index.search("", limit=2, collapse=True, sort="oldest")[::-1]
    assert (first.article.id, len(first.duplicates), other.article.id) == ("0", 100, "other")
    page = index.search("", limit=1, collapse=True, sort="oldest")
    page = index.search("", limit=1, collapse=True, sort="oldest", after=page.next)
    assert [hit.article.id for hit in page] == ["other"]
    assert page.next is None


def test_of_very_long_texts_the_beginning_is_compared(make_index, monkeypatch):
    split = []

    class Words:
        """Records how much of a text is split into words."""

        def findall(self, text, start, end):
            split.append(len(text[start:end]))
            return text[start:end].split()

    monkeypatch.setattr(text_comparison, "_WORD", Words())
    long = dispatch(5, 60_000)
    index = make_index([Article("Titre", f"{long} {i}", id=str(i)) for i in "ab"])
    assert len(index.search("titre", collapse=True)) == 1
    assert split
    assert max(split) <= 200_000 < len(long)
