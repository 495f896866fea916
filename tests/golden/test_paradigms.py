"""The forms of a word have one term, and other words have others: paradigms.tsv lists the forms of words.

The floors are those of a lexicon that is small and regular; ``python -m benchmarks.stemming`` measures a
large one.
"""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from benchmarks import stemming
from benchmarks.stemming import count_errors, main, read_lemmas
from newsindex import Article
from newsindex.analyzer import FRENCH

from . import forms, table

TABLE = table("golden/paradigms.tsv")
MAX_UNDERSTEMMING = 0.01
MAX_OVERSTEMMING = 0.01
NOT_THE_INFINITIVE = {"pouvoir", "devoir"}  # the nouns; the verbs go by another form
LEMMAS = {
    (row["lemma"], row["kind"]): {*forms(row["forms"]), row["lemma"]} - NOT_THE_INFINITIVE for row in TABLE
}


@pytest.mark.parametrize("lemma", LEMMAS, ids=[f"{lemma}, {kind}" for lemma, kind in LEMMAS])
def test_all_forms_of_a_word_have_one_term(lemma):
    terms = {form: FRENCH.term(form) for form in sorted(LEMMAS[lemma])}
    assert len(set(terms.values())) == 1, terms


def test_forms_have_the_same_term_without_accents_and_in_capitals():
    forms_listed = {form for forms_ in LEMMAS.values() for form in forms_}
    for form in forms_listed:
        (capitals,) = FRENCH.analyze(form.upper())
        assert capitals.term == FRENCH.term(form)


def test_few_forms_are_parted_or_joined_with_those_of_other_words():
    errors = count_errors(LEMMAS, FRENCH.term)
    assert errors.under <= MAX_UNDERSTEMMING
    assert errors.over <= MAX_OVERSTEMMING


def test_errors_are_counted_by_pairs_of_forms():
    lemmas = {("chat", "N"): {"chat", "chats"}, ("château", "N"): {"château", "châteaux"}}
    one_term = count_errors(lemmas, lambda form: form[:3].replace("â", "a"))
    assert one_term == (2, 0, 6, 4)
    no_stemming = count_errors(lemmas, lambda form: form)
    assert no_stemming == (2, 2, 0, 0)
    assert (one_term.under, one_term.over, no_stemming.under, no_stemming.over) == (0, 4 / 6, 1, 0)


def test_a_lexicon_lists_a_form_with_its_lemma_and_its_part_of_speech():
    lines = [
        "chats,chat.N:mp",
        "chat,.N:ms",
        "grandes,grand.A+z1:fp",
        "vite,.ADV",
        "rare,.A:ms",
        "à peu près,.ADV",
    ]
    vocabulary = frozenset(["chat", "chats", "grandes", "vite"])
    assert read_lemmas(lines, vocabulary) == {("chat", "N"): {"chat", "chats"}, ("grand", "A"): {"grandes"}}


def test_measuring_without_a_lexicon_is_skipped_with_a_message(tmp_path):
    result = CliRunner().invoke(main, [str(tmp_path / "absent")])
    assert result.exit_code == 0
    assert result.output.startswith("skipped: there is no lexicon")


def test_a_lexicon_is_measured_on_the_words_of_the_news(tmp_path, monkeypatch):
    news = [Article("Les chats", "Un chat et un chien"), Article("Des chats", "Le chat du château")]
    monkeypatch.setattr(stemming, "real", lambda data: iter(news))
    lexicon = tmp_path / "lexicon"
    lexicon.write_text("chat,.N:ms\nchats,chat.N:mp\nchien,.N:ms\n")
    result = CliRunner().invoke(main, [str(lexicon), "--articles", "2"])
    assert result.output.splitlines()[:2] == [
        "2 forms of 1 lemmas",
        "newsindex  understemming 0.0000 of 1 pairs, overstemming 0.0000 of 1 pairs",
    ]
