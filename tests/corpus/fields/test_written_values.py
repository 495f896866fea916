"""A list or an object that a program wrote as text is read as the names in it, wherever it stands."""

from __future__ import annotations

import json

import pytest

import newsindex
from newsindex.corpus.fields.records import article_from
from newsindex.corpus.fields.written_values import written_names


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("['Lina Tazi', 'Omar Amrani']", "Lina Tazi, Omar Amrani"),
        ("['Lina Tazi' 'Omar Amrani']", "Lina Tazi, Omar Amrani"),
        ("['Lina Tazi'\n \"Omar d'Oujda\"]", "Lina Tazi, Omar d'Oujda"),
        ('["Lina Tazi", null]', '["Lina Tazi", null]'),
        ('["AFP \\/ Rabat"]', "AFP / Rabat"),
        ("{'id': None, 'name': 'Lina Tazi'}", "Lina Tazi"),
        ('{"id": null, "name": "Lina Tazi"}', "Lina Tazi"),
        ("[{'name': 'Lina Tazi'}, {'name': 'Omar Amrani'}]", "Lina Tazi, Omar Amrani"),
        ("['Lina \\d Tazi']", "['Lina \\d Tazi']"),
        ("[Tribune] Lina Tazi", "[Tribune] Lina Tazi"),
        ("[1, 2]", "[1, 2]"),
        ("{'id': 3}", "{'id': 3}"),
        ("[]", None),
    ],
)
def test_names_in_a_written_list_or_object_are_read_in_any_record(tmp_path, written, author):
    record = {"titre": "Le souk rouvre", "auteur": written}
    assert article_from(record).author == author
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert [article.author for article in newsindex.read(tmp_path / "a.jsonl")] == [author]


def test_names_in_a_long_written_list_are_read_too():
    names = [f"Journaliste {number}" for number in range(40)]
    assert article_from({"titre": "Le souk", "auteur": str(names)}).author == ", ".join(names)


@pytest.mark.parametrize("text", ["[" * 1900, "{" * 1900, "[" + "'a'," * 600 + "]", "['a", "[\x00]"])
def test_what_is_no_written_value_is_the_text_itself(text):
    assert written_names(text) == text
