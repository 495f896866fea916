"""The matches of an article are read as they were written, and notes of changes lose nothing."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from newsindex.backends.opensearch.alerts.article_matches import AlertMatch, ArticleMatches, Intent
from newsindex.backends.opensearch.alerts.conditional_writes import Place, Stored
from newsindex.backends.opensearch.alerts.signature_bands import Signature

alerts = st.integers(1, 2**62)
numbers = st.integers(0, 2**64 - 1)
signatures = st.none() | st.builds(Signature, numbers, numbers)
matches = st.builds(
    AlertMatch, st.integers(1, 10**12), st.none() | st.text(min_size=1, alphabet="aé/~"), st.booleans(),
    st.integers(0, 10**6), st.text(alphabet="ab"),
)  # fmt: skip
some_alerts = st.lists(alerts, max_size=3, unique=True)
intents = st.builds(
    Intent, st.text(alphabet="0123abc", max_size=4), st.just(time.time_ns()), st.text(alphabet="ab"),
    st.integers(0, 99), some_alerts, some_alerts, some_alerts, st.integers(-(10**6), 10**6), signatures,
)  # fmt: skip


@given(
    st.dictionaries(alerts, matches), st.lists(intents, max_size=3), signatures, st.integers(-(10**6), 10**6)
)
def test_matches_are_read_as_they_were_written(of_alert, noted, signature, minutes):
    one = ArticleMatches("a/é")
    one.matches, one.intents, one.signature, one.minutes = of_alert, noted, signature, minutes
    write = one.write()
    assert (write.source is None) == (not of_alert and not noted)
    if write.source is None:
        return
    again = ArticleMatches.restored(Stored(write.key, write.source, Place(3, 1)))
    assert (again.article, again.matches, again.intents) == (one.article, one.matches, one.intents)
    assert (again.signature, again.minutes, again.place) == (signature, minutes, Place(3, 1))
    new = [alert for alert, match in of_alert.items() if not (match.is_seen or match.folded)]
    assert write.source["new"] == sorted(new)


def intent(content_hash, fits=(), fitted=(), version=None):
    return Intent(content_hash, version or time.time_ns(), "w", 1, list(fits), list(fitted))


def test_what_an_earlier_note_tells_is_told_by_the_later_one_too():
    one = ArticleMatches("a")
    one.note(intent("1", fits=[7, 8], fitted=[8]))
    one.note(intent("2", fits=[7, 8], fitted=[7, 8]))
    assert one.made("2").fitted == [8]
    assert one.made("1").fits == [7, 8]


def test_a_note_takes_the_place_of_one_of_the_same_content_and_of_none_other():
    one = ArticleMatches("a")
    for content_hash in ("1", "2", "1"):
        one.note(intent(content_hash, fits=[7], fitted=[7] if one.intents else []))
    assert [noted.content_hash for noted in one.intents] == ["2", "1"]
    assert one.made("1").fitted == []


def test_a_change_that_is_made_strikes_the_notes_before_it():
    one = ArticleMatches("a")
    for content_hash in ("1", "2", "3"):
        one.note(intent(content_hash))
    one.strike(one.made("2"))
    assert [noted.content_hash for noted in one.intents] == ["3"]


def test_a_note_of_a_change_that_was_not_made_for_a_day_is_dropped():
    one = ArticleMatches("a")
    one.note(intent("1", version=time.time_ns() - 25 * 3600 * 10**9))
    one.note(intent("2"))
    assert [noted.content_hash for noted in one.intents] == ["2"]
