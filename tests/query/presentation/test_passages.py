"""The best passage holds the most telling terms, close together."""

from __future__ import annotations

from newsindex.query.presentation.passages import best_windows, phrase_starts

IDF = {"roi": 1.0, "reine": 2.0, "maroc": 3.0}


def test_a_phrase_starts_where_its_terms_follow_each_other():
    occurrences = [(0, "roi"), (1, "maroc"), (5, "roi"), (7, "maroc"), (9, "roi"), (10, "maroc")]
    assert phrase_starts(occurrences, {("roi", "maroc"), ("maroc", "roi")}) == {
        ("roi", "maroc"): [0, 9], ("maroc", "roi"): [],
    }  # fmt: skip


def test_the_window_with_the_greatest_idf_wins():
    occurrences = [(0, "roi"), (1, "reine"), (100, "reine"), (110, "maroc"), (112, "roi")]
    assert best_windows(occurrences, {}, IDF) == [100]


def test_of_windows_with_the_same_terms_the_densest_wins():
    occurrences = [(0, "roi"), (30, "maroc"), (200, "roi"), (201, "maroc")]
    assert best_windows(occurrences, {}, IDF) == [200]


def test_terms_outside_the_best_window_get_one_of_their_own():
    occurrences = [(0, "roi"), (100, "reine"), (101, "maroc")]
    assert best_windows(occurrences, {}, IDF) == [100, 0]


def test_a_whole_phrase_wins_over_more_terms():
    occurrences = [(0, "reine"), (2, "maroc"), (3, "roi"), (200, "roi"), (201, "maroc")]
    starts = phrase_starts(occurrences, {("roi", "maroc")})
    assert best_windows(occurrences, starts, IDF)[0] == 200
