"""A comma before a closing bracket, as hand-written JSON has it, costs no record and no other comma."""

from __future__ import annotations

import json

import pytest

import newsindex

ONE = '{"titre": "Un titre, }", "texte": "Oui,] \\",}\\" non", }'
TWO = '{"titre": "La suite", "tags": ["a", "b",\n],\n}'
BROKEN = '{"titre": "Un "souk"", "texte": "x,]"}'


def read(path, content):
    path.write_text(content, encoding="utf-8")
    corpus = newsindex.read(path)
    articles = [(article.headline, article.body) for article in corpus]
    return articles, [error.reason for error in corpus.errors]


@pytest.mark.parametrize(("name", "content"), [
    ("a.json", f"[{ONE}, {TWO},]"), ("a.json", f'{{"articles": [{ONE},{TWO}, ], }}'),
    ("a.json", f"{ONE}\n{TWO}"),
    ("a.jsonl", f"{ONE}\n" + TWO.replace("\n", " ")),
])  # fmt: skip
def test_idle_commas_cost_nothing(tmp_path, name, content):
    articles, errors = read(tmp_path / name, content)
    assert articles == [("Un titre, }", 'Oui,] ",}" non'), ("La suite", "")]
    assert errors == []


def test_in_a_broken_list_they_cost_no_record_and_the_break_is_reported(tmp_path):
    articles, errors = read(
        tmp_path / "a.json", f'[{TWO},\n{BROKEN},\n{{"titre": "b,]", "texte": "c,}}"}},{TWO}]'
    )
    assert articles == [("La suite", ""), ("b,]", "c,}"), ("La suite", "")]
    assert len(errors) == 1


@pytest.mark.parametrize("content", ['{"titre": "Un titre",,}', '[,{"titre": "Un titre"}]', "[" + "," * 9000])
def test_other_commas_too_many_are_still_reported(tmp_path, content):
    _, errors = read(tmp_path / "a.json", content)
    assert len(errors) == 1


def test_in_a_broken_list_a_comma_in_a_text_is_not_taken_for_an_idle_one(tmp_path):
    """A quote too many makes texts look like what stands between them."""
    odd = '{"titre": "Un "souk", "texte": "x"}'
    intact = '{"titre": "c,]", "texte": "d,}"}'
    articles, errors = read(tmp_path / "a.json", f"[{TWO}, {odd}, {intact}, {TWO}, {odd}, {intact}, {TWO}]")
    assert articles.count(("c,]", "d,}")) == 2
    assert len(articles) + len(errors) == 7


def test_many_documents_with_idle_commas_are_read_in_proportion_to_their_number(tmp_path, monkeypatch):
    failures = []
    decode_error = json.JSONDecodeError.__init__
    monkeypatch.setattr(
        json.JSONDecodeError,
        "__init__",
        lambda error, *values: failures.append(values) or decode_error(error, *values),
    )
    articles, errors = read(tmp_path / "a.json", '{"titre": "Un titre",\n}\n' * 50)
    assert (len(articles), errors) == (50, [])
    assert len(failures) < 5  # each has all lines before it counted


def test_what_follows_a_record_with_an_idle_comma_is_told(tmp_path):
    articles, (error,) = read(tmp_path / "a.jsonl", '{"titre": "Un titre"}\n{"titre": "La suite",} {\n')
    assert articles == [("Un titre", "")]
    assert "Extra data" in error


def test_a_text_without_its_end_is_gone_through_once(tmp_path):
    """To begin anew at each of these quotes would take hours."""
    articles, errors = read(tmp_path / "a.json", '[{"titre": "' + '\\"' * 500_000)
    assert articles == []
    assert len(errors) == 1
