"""The commands parse, call and print."""

from __future__ import annotations

import gzip
import json

import pytest

import newsindex

from .conftest import RECORDS


def test_articles_are_indexed_and_found(run, news):
    assert "2 added, 0 updated, 0 unchanged, 0 errors" in run("index", news).stdout
    assert "0 added, 0 updated, 2 unchanged" in run("index", news).stdout
    found = run("search", "Interpol Marrakech")
    assert "**Interpol** à **Marrakech**" in found.stdout
    assert "Hespress · 2025-11-24" in found.stdout
    assert "1 article, " in found.stderr
    assert "1 article, " not in found.stdout


def test_near_identical_articles_are_shown_once_where_asked(run, tmp_path):
    text = " ".join(f"mot{i}" for i in range(40))
    records = [{"titre": f"Un pont {i}", "texte": text, "source": f"Journal {i}", "id": i} for i in range(2)]
    news = tmp_path / "copies.jsonl"
    news.write_text("\n".join(map(json.dumps, records)))
    run("index", str(news))
    found = run("search", "pont", "--collapse", "--sort", "oldest")
    assert "  1. Un **pont** 0" in found.stdout
    assert "     = Un pont 1 · Journal 1 · 1\n" in found.stdout
    assert "1 of 2 articles" in found.stderr
    (hit,) = json.loads(run("search", "pont", "--collapse", "--json").stdout)["hits"]
    assert [article["source"] for article in hit["duplicates"]] == ["Journal 1"]
    assert len(json.loads(run("search", "pont", "--no-collapse", "--json").stdout)["hits"]) == 2


def test_results_as_json_have_the_names_of_python(run, news):
    run("index", news)
    found = json.loads(run("search", "fes", "--json", "--facet", "year", "--timeline", "month").stdout)
    (hit,) = found["hits"]
    assert found["total"] == 1
    assert hit["article"]["id"] == "2"
    assert hit["article"]["published"] == "2026-01-02"
    assert hit["snippet"]["html"] == "Il pleut sur &lt;<mark>Fès</mark>&gt;."
    assert hit["snippet"]["spans"] == [[14, 17]]
    assert (found["facets"], found["timeline"]) == ({"year": {"2026": 1}}, {"2026-01": 1})


def test_options_of_search_reach_the_search(run, news):
    run("index", news)
    assert "La pluie" not in run("search", "", "--source", "hespress").stdout
    assert "Interpol" not in run("search", "", "--since", "2026").stdout
    assert "Interpol" not in run("search", "--limit", "1", "--sort", "newest").stdout
    run("search", "--all", "interpol", "pluie", status=1)
    run("search", "--any", "interpol", "pluie")
    assert "**" not in run("search", "interpol", "--no-highlight").stdout
    first = json.loads(run("search", "--limit", "1", "--json").stdout)
    second = json.loads(run("search", "--limit", "1", "--json", "--after", first["next"]).stdout)
    assert {first["hits"][0]["article"]["id"], second["hits"][0]["article"]["id"]} == {
        "2", "https://h.example/1",
    }  # fmt: skip
    counted = run("search", "--facet", "source", "--timeline", "month").stdout
    assert "Hespress" in counted
    assert "2025-12" in counted


def test_an_article_is_shown_whole_and_deleted(run, news):
    run("index", news)
    assert "La 93e assemblée d'Interpol." in run("show", "https://h.example/1").stdout
    assert json.loads(run("show", "2", "--json").stdout)["headline"] == "La pluie revient"
    assert "1 deleted: 1 article in" in run("delete", "2").stdout
    assert json.loads(run("delete", "2", "--json", status=1).stdout) == {
        "deleted": 0,
        "articles": 1,
    }


def test_the_index_is_looked_after(run, news):
    run("index", news)
    assert json.loads(run("stats", "--json").stdout)["articles"] == 2
    assert "articles" in run("stats").stdout
    assert "is sound" in run("check").stdout
    assert "1 segment, " in run("optimize").stdout


def test_the_index_may_be_named_by_option_and_by_environment(run, news, tmp_path, monkeypatch):
    run("index", news, "--at", str(tmp_path / "here"))
    assert len(newsindex.open(tmp_path / "here")) == 2
    monkeypatch.setenv("NEWSINDEX_PATH", str(tmp_path / "here"))
    run("search", "interpol")


def test_a_file_in_place_of_an_index_is_refused_by_the_name_that_gave_it(run, news, monkeypatch):
    by_option = run("search", "interpol", "--at", news, status=2).stderr
    assert "Invalid value for --at: Directory" in by_option
    assert "NEWSINDEX_PATH" not in by_option
    monkeypatch.setenv("NEWSINDEX_PATH", news)
    by_variable = run("search", "interpol", status=2).stderr
    assert "Invalid value for NEWSINDEX_PATH: Directory" in by_variable
    assert "--at" not in by_variable.splitlines()[-1]


def test_standard_input_is_read(run):
    run("index", "-", stdin="\n".join(map(json.dumps, RECORDS)))
    assert "1 article" in run("search", "interpol").stderr


def test_broken_records_are_reported_with_file_and_line_and_the_rest_is_indexed(run, tmp_path):
    path = tmp_path / "mixed.jsonl.gz"
    lines = [
        '{"titre": "Un"}',
        "{broken",
        '{"date": "2026"}',
        '{"titre": "A", "date": "32/01/2026"}',
    ]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    done = run("index", str(path), status=2)
    assert "2 added" in done.stdout  # a date that cannot be read costs no article
    assert "3 errors" in done.stdout
    for line in (2, 3, 4):
        assert f"mixed.jsonl.gz:{line}: " in done.stderr
    report = json.loads(run("index", str(path), "--json", status=2).stdout)
    assert [error["line"] for error in report["errors"]] == [2, 3, 4]


def test_the_demonstration_needs_nothing(run):
    found = run("demo").stdout
    assert "**Interpol**" in found
    assert "**Marrakech**" in found


def test_a_filter_of_a_command_has_several_values(run, tmp_path):
    records = [{"titre": f"Neige {source}", "source": source, "texte": "Il neige."} for source in "ABC"]
    (tmp_path / "snow.jsonl").write_text("\n".join(map(json.dumps, records)))
    run("index", "snow.jsonl")
    two = ("--source", "a", "--source", "B")
    found = json.loads(run("search", "neige", *two, "--json").stdout)
    assert {hit["article"]["source"] for hit in found["hits"]} == {"A", "B"}
    assert len(run("export", "neige", *two).stdout.splitlines()) == 2
    article_id = json.loads(run("export", "--source=C").stdout)["id"]
    similar = json.loads(run("similar", article_id, *two, "--json").stdout)
    assert {hit["article"]["source"] for hit in similar["hits"]} == {"A", "B"}


def test_show_names_the_articles_with_the_same_text(run, tmp_path):
    records = [{"id": str(i), "titre": f"Titre {i}", "texte": "Une dépêche."} for i in range(2)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    run("index", "a.jsonl")
    assert "same text: 1" in run("show", "0").stdout
    assert json.loads(run("show", "1", "--json").stdout)["duplicates"] == ["0"]


def test_articles_like_one_are_found(run, tmp_path):
    records = [{"titre": "Le barrage de Tanger", "texte": "Le barrage est plein.", "id": 1},
               {"titre": "Un barrage à Fès", "texte": "Le barrage se vide.", "id": 2},
               {"titre": "Autre chose", "id": 3}]  # fmt: skip
    news = tmp_path / "dams.jsonl"
    news.write_text("\n".join(map(json.dumps, records)))
    run("index", str(news))
    found = run("similar", "1")
    assert "Un **barrage** à Fès" in found.stdout
    assert "1 article, " in found.stderr
    as_json = json.loads(run("similar", "1", "--json", "--limit", "1").stdout)
    assert (as_json["id"], as_json["total"]) == ("1", 1)
    assert as_json["hits"][0]["article"]["id"] == "2"
    run("similar", "3", status=1)
    run("similar", "1", "--since", "2030", status=1)
    assert "no article has the id" in run("similar", "zz", status=1).stderr


def test_a_score_is_explained(run, news):
    run("index", news)
    found = json.loads(run("search", "interpol", "marrakech", "--explain", "--json").stdout)["hits"][0]
    explained = run("explain", "interpol marrakech", found["article"]["id"])
    assert explained.stdout.startswith(f"{found['score']:.4f}  product\n")
    assert "idf of the stem" in explained.stdout
    assert "idf of the stem" in run("search", "interpol", "--explain").stdout
    as_json = json.loads(run("explain", "interpol marrakech", found["article"]["id"], "--json").stdout)
    assert as_json["explanation"] == found["explanation"]
    assert "does not match" in run("explain", "xyzzy", found["article"]["id"], status=1).stderr
    assert "no article has the id" in run("explain", "interpol", "zz", status=1).stderr


def test_what_is_typed_is_completed(run, news):
    run("index", news)
    assert run("suggest", "interp").stdout == "Interpol\n"
    assert run("suggest", "interpol", "mar", "--limit", "1").stdout == "Interpol à Marrakech\n"
    assert json.loads(run("suggest", "interpol mar", "--json").stdout) == {
        "prefix": "interpol mar",
        "suggestions": ["Interpol à Marrakech"],
    }
    assert run("suggest", "xyzzy", status=1).stdout == ""
    assert "limit" in run("suggest", "a", "--limit", "-1", status=2).stderr


def test_a_misspelt_query_is_answered_with_the_one_that_was_meant(run, news):
    run("index", news)
    done = run("search", "Marakech", status=1)
    assert done.stdout == ""
    assert done.stderr.endswith("Did you mean “Marrakech”?\n")
    assert json.loads(run("search", "Marakech", "--json", status=1).stdout)["suggestion"] == "Marrakech"
    assert "Did you mean" not in run("search", "Marrakech").stderr
    assert json.loads(run("search", "Marrakech", "--json").stdout)["suggestion"] is None


def test_a_moment_is_shown_by_the_clocks_of_the_index(run, tmp_path):
    (tmp_path / "sardine.jsonl").write_text(
        '{"titre": "La sardine", "date": "2024-03-12T23:05:00Z", "id": 1}'
    )
    run("index", "sardine.jsonl")
    assert "2024-03-13 00:05" in run("search", "sardine").stdout
    assert "2024-03-13 00:05" in run("show", "1").stdout


def test_a_search_of_a_period_says_how_many_articles_without_a_date_it_left_out(run, tmp_path):
    (tmp_path / "a.txt").write_text("Neige\n\nIl neige.")
    run("index", "a.txt")
    told = "newsindex: 1 article has no date and was left out of the period.\n"
    assert told in run("search", "neige", "--since", "2020", status=1).stderr
    assert told not in run("search", "neige").stderr
    assert json.loads(run("search", "neige", "--since", "2020", "--json", status=1).stdout)["notes"] == [
        told.removeprefix("newsindex: ").strip()
    ]


def test_a_facet_says_how_many_articles_have_no_value(run, news):
    run("index", news)
    counted = run("search", "--facet", "source", "--facet", "lang", "--facet", "year", "--limit", "0").stdout
    source, lang, year = counted.strip().split("\n\n")
    assert source.splitlines()[-1] == "  1 article without a source"
    assert lang.splitlines() == ["lang", "  2 articles without a language"]
    assert "without" not in year


@pytest.mark.parametrize("fields", ["source,year", "source year"])
def test_several_fields_in_one_facet_are_refused_with_the_way_to_ask_for_both(run, news, fields):
    run("index", news)
    refused = run("search", "neige", "--facet", fields, status=2)
    assert "the option may be repeated: --facet source --facet year" in refused.stderr
    assert "may be repeated" in " ".join(run("search", "--help").stdout.split())
