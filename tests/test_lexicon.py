"""A user's own words: read from a file, recorded in the index, and used by every search."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.analyzer import Lexicon
from newsindex.analyzer.lexicon import read_lexicon
from newsindex.cli import main
from newsindex.index_settings import time_zone
from newsindex.query.syntax.parser import _SYNTAX, parse_query

MINE = """
protected = ["Casablanca", "Les Républicains"]

[stop_words]
added = ["selon"]
removed = ["avec"]

[synonyms]
ONU = "Organisation des Nations unies"
voiture = ["automobile", "bagnole"]
"""
NEWS = [
    Article("Réforme de l'O.N.U.", "Elle tarde.", id="sigle"),
    Article("Un vote", "L'Organisation des Nations Unies a voté la réforme.", id="name"),
    Article("Les nations", "Une organisation des clubs.", id="words"),
    Article("Les Républicains", "Le parti se réunit.", id="party"),
    Article("La république", "Un républicain, des républicaines.", id="republic"),
    Article("Les automobiles", "Elles polluent, selon eux.", id="cars"),
]


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.fixture
def index(tmp_path, mine):
    made = newsindex.create(tmp_path / "i", settings=mine)
    made.add(NEWS)
    made.close()
    mine.unlink()  # what the index needs is recorded in it
    with newsindex.open(tmp_path / "i") as opened:
        yield opened


def ids(results):
    return {hit.article.id for hit in results}


@pytest.mark.parametrize(
    ("query", "operator", "found"),
    [
        ("ONU", "any", {"sigle", "name"}),
        ('"Organisation des Nations unies"', "any", {"sigle", "name"}),
        ("organisation des nations unies", "any", {"sigle", "name", "words"}),
        ("organisation des nations unies", "all", {"sigle", "name"}),
        ("réforme de l'organisation des nations unies", "all", {"sigle", "name"}),
        ("réforme ONU", "all", {"sigle", "name"}),
        ("titre:ONU", "any", {"sigle"}),
        ("texte:ONU", "any", {"name"}),
        ("réforme -ONU", "any", set()),
        ("=ONU", "any", {"sigle"}),
        ("bagnoles", "any", {"cars"}),
    ],
)
def test_a_query_for_a_synonym_finds_the_others(index, query, operator, found):
    assert ids(index.search(query, operator=operator)) == found


def test_synonyms_are_marked(index):
    (hit,) = index.search("ONU nations", source=None, operator="all")
    assert hit.snippet.html == "L&#x27;<mark>Organisation des Nations Unies</mark> a voté la réforme."


def test_a_protected_word_is_found_as_it_is_and_its_inflections_are_not(index):
    assert ids(index.search("républicains")) == {"party"}
    assert ids(index.search("républicaine")) == {"republic"}
    assert index.search("republicains")[0].headline.html == "Les <mark>Républicains</mark>"


def test_stop_words_are_the_users(index):
    assert ids(index.search("selon automobiles", operator="all")) == {"cars"}
    assert str(index.parse("selon eux clubs").tree) == str(index.parse("clubs").tree)
    assert "avec" in str(index.parse("avec clubs").tree)
    assert "avec" not in str(newsindex.parse("avec clubs"))


def test_an_article_added_later_is_read_with_the_recorded_words(index):
    index.add([Article("Le groupe des Républicains", id="later")])
    index.optimize()
    assert ids(index.search("républicains")) == {"party", "later"}


def test_other_settings_than_the_recorded_are_refused(index, tmp_path, mine):
    mine.write_text(MINE)
    newsindex.open(index.path, settings=mine).close()
    newsindex.open(index.path, create=True, settings=mine).close()
    mine.write_text(MINE.replace("bagnole", "caisse"))
    with pytest.raises(newsindex.AnalyzerMismatch, match=r"mine\.toml"):
        newsindex.open(index.path, create=True, settings=mine)


def test_a_file_written_by_windows_is_read(mine):
    mine.write_bytes(b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode())
    assert read_lexicon(mine).stop_words_added == ("selon",)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("a = 1\nprotected = [,]", "line 2"),
        ("proteges = []", "there is no proteges"),
        ("[stop_words]\nadd = []", "there is no stop_words.add"),
        ("stop_words = ['a']", "stop_words must be a table"),
        ("protected = 'Casablanca'", "protected must be a list"),
        ("protected = [3]", "protected must hold texts"),
        ("protected = ['—']", "protected: '—' must be"),
        ("[stop_words]\nadded = ['tout le monde']", "stop_words.added: 'tout le monde' must be one word"),
        ("[stop_words]\nremoved = ['maroc']", "stop_words.removed: 'maroc' is no stop word"),
        ("[synonyms]\nONU = 3", "synonyms.ONU must be a list"),
        ("[synonyms]\nONU = []", "synonyms.ONU names nothing"),
        ("[synonyms]\nONU = 'O.N.U.'", "synonyms.ONU names nothing"),
        (f"[synonyms]\nONU = '{'mot ' * 30}'", "synonyms.ONU"),
        (b"protected = ['\xe9t\xe9']", "UTF-8"),
        ("protected = " + "[" * 5000, "TOML"),
    ],
)
def test_a_wrong_setting_is_one_clear_error_that_names_it(tmp_path, toml, said):
    path = tmp_path / "mine.toml"
    path.write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    with pytest.raises(newsindex.QueryError) as error:
        newsindex.create(tmp_path / "i", settings=path)
    assert said in str(error.value)
    assert "mine.toml" in str(error.value)
    assert not (tmp_path / "i").exists()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(newsindex.QueryError, match="nowhere"):
        newsindex.create(tmp_path / "i", settings=tmp_path / "nowhere.toml")


def test_the_command_takes_settings_where_it_makes_an_index(tmp_path, mine):
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps({"title": "Les bagnoles", "text": "Deux."}))
    at = ["--at", str(tmp_path / "i")]
    run = CliRunner()
    assert run.invoke(main, ["index", str(news), "--settings", str(mine), *at]).exit_code == 0
    assert "bagnoles" in run.invoke(main, ["search", "automobile", *at]).stdout
    mine.write_text("")
    done = run.invoke(main, ["index", str(news), "--settings", str(mine), *at])
    assert done.exit_code == 3
    assert "other settings" in done.stderr


LEXICON = Lexicon(synonyms=(("ONU", "Nations unies"), ("paix", "fin de la guerre", "accord")))
typed = st.lists(
    st.sampled_from(
        ["ONU", "nations", "unies", "Nations-unies", "fin", "de", "la", "guerre", "paix", '"accord"']
    )
).map(" ".join)


@given(typed, st.sampled_from(["any", "all"]))
def test_synonyms_mean_the_same_with_and_without_syntax(text, operator):
    """A query in parentheses takes the way through the grammar."""
    zone = time_zone("UTC")
    bracketed = f"({text})"
    assert _SYNTAX.search(bracketed)
    plain = parse_query(text, zone, operator, LEXICON).tree
    assert str(parse_query(bracketed, zone, operator, LEXICON).tree) == str(plain)


def test_a_lexicon_is_what_its_record_says(mine):
    lexicon = read_lexicon(mine)
    assert Lexicon.from_record(json.loads(json.dumps(lexicon.record()))) == lexicon
    assert Lexicon.from_record({}) == Lexicon()
