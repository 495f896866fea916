"""An article is a value: it compares, copies, pickles and turns into a dictionary like one."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from datetime import date

import pytest

import newsindex
from newsindex import Article, CorpusError

FULL = Article("Interpol", "Le corps.", "S", date(2026, 1, 2), "u", "i", extra={"page": "3"})


@pytest.fixture(params=["made", "stored"])
def full(request, make_index):
    """The same article as it was made, and as an index gives it."""
    return FULL if request.param == "made" else make_index([FULL]).get("i")


def test_an_article_becomes_a_dictionary(full):
    values = dataclasses.asdict(full)
    assert values["extra"] == {"page": "3"}
    assert json.loads(json.dumps(values["extra"])) == {"page": "3"}
    assert Article(**values) == full
    assert dataclasses.astuple(full)[-1] == {"page": "3"}


def test_an_article_is_copied_pickled_hashed_and_changed_into_another(full):
    for other in (copy.copy(full), copy.deepcopy(full), pickle.loads(pickle.dumps(full))):
        assert other == full
        assert hash(other) == hash(full)
        assert other.extra == {"page": "3"}
    changed = dataclasses.replace(full, headline="Autre")
    assert (changed.headline, changed.extra) == ("Autre", full.extra)


def test_the_extra_fields_are_read_only(full):
    changes = [
        lambda extra: extra.__setitem__("a", "b"), lambda extra: extra.__delitem__("page"),
        lambda extra: extra.update(a="b"), lambda extra: extra.pop("page"), lambda extra: extra.clear(),
        lambda extra: extra.popitem(), lambda extra: extra.setdefault("a", "b"),
        lambda extra: extra.__ior__({"a": "b"}),
    ]  # fmt: skip
    for article in (full, copy.deepcopy(full), pickle.loads(pickle.dumps(full))):
        for change in changes:
            with pytest.raises(TypeError, match="read-only"):
                change(article.extra)
        assert article.extra == {"page": "3"}


def test_the_extra_fields_are_those_of_when_the_article_was_made():
    given = {"page": "3"}
    article = Article("Un", extra=given)
    given["page"] = "4"
    assert article.extra == {"page": "3"}


def test_different_contents_have_different_ids():
    contents = [("a\x1fb", "c"), ("a", "b\x1fc"), ("a", "b", "c"), ("a", "b\x1fc\x1f"), ("ab", "c")]
    assert len({Article(*content).id for content in contents}) == len(contents)
    assert {len(Article(*content).id) for content in contents} == {32}


def test_the_id_of_a_content_stays_the_same_for_good():
    assert Article("Interpol", "Le corps.", "S", date(2026, 1, 2)).id == "459a424769e36ef87f24b8e8241a358c"


def test_an_article_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr("newsindex.article.MAX_ARTICLE_CHARACTERS", 10)
    assert Article("Un titre", "ab").headline == "Un titre"
    with pytest.raises(newsindex.CorpusError, match="the article 'Un titre' has 11 characters, more than 10"):
        Article("Un titre", "abc")


def test_a_date_as_text_is_refused_by_an_article_and_read_in_a_mapping(make_index):
    with pytest.raises(CorpusError, match=r"not '2026-02-28': write datetime\.date.*or give a mapping"):
        Article("Un", published="2026-02-28")
    (article,) = make_index([{"headline": "Un", "published": "2026-02-28"}])
    assert article.published == date(2026, 2, 28)
