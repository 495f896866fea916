"""Terms group words as Snowball does, or otherwise by a named rule."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from unidecode import unidecode

from newsindex.analyzer import (
    analyze_chunk,
    derivations,
    inflections,
    irregular_verbs,
    regular_verbs,
    stemming,
)


def rules(word):
    """The rules that part a word's term from Snowball's stem of the word as written."""
    folded = unidecode(word)
    named = {"a verb of the third group": irregular_verbs.irregular_infinitive(folded) is not None}
    named["a form of a regular verb"] = stemming._regular_infinitive(folded) is not None
    named["a noun in -ant"] = folded in derivations.PARTICIPIAL_NOUNS
    guessed = regular_verbs.guessed_infinitive(folded)
    named["the third person of a verb"] = guessed != folded
    singular = inflections.singular(guessed)
    named["the plural"] = singular != guessed
    named["a word by itself"] = inflections.singular(folded) in inflections.FIXED_STEMS
    common = inflections.common_gender(singular)
    named["one form for both genders"] = common != singular
    named["a verb that a noun goes with"] = stemming._verb_of_noun(folded, singular, common) is not None
    named["-ion"] = common.endswith("ion")
    named["-isme and -iste"] = common.endswith(("isme", "iste"))
    named["-eur and -eux"] = common.endswith(("eur", "eux"))
    named["accents of a suffix put back"] = stemming._accented(common) != common
    named["accents left out"] = not word.isascii()
    named["a short word"] = len(folded) <= stemming._MAX_LETTERS_UNSTEMMED
    stem = unidecode(stemming._snowball(common))
    named["what is left is a noun of its own"] = (
        len(stem) <= stemming._MAX_LETTERS_OF_SHORT_STEM or stem in inflections.NOUNS_LIKE_STEMS
    )
    named["what is left is a verb"] = regular_verbs.infinitive_in_er(stem.removesuffix("er")) is not None
    named["a noun or a name in -i"] = common.endswith("i")
    return {rule for rule, applies in named.items() if applies}


def groups(stems):
    words = defaultdict(set)
    for word, stem in stems.items():
        words[stem].add(word)
    return {word: words[stem] for word, stem in stems.items()}


@pytest.fixture(scope="module")
def both(data):
    """The words of the published vocabulary that share a stem with each word, by Snowball and here."""
    words = (data / "french" / "french_voc.txt").read_text().split("\n")
    stems = (data / "french" / "french_output.txt").read_text().split("\n")
    snowball = {word: stem for word, stem in zip(words, stems, strict=True) if word.isalpha()}
    return groups(snowball), groups({word: analyze_chunk(word)[0].term for word in snowball})


def test_words_are_grouped_as_by_snowball_or_otherwise_by_a_named_rule(both):
    snowball, ours = both
    touched = {word for word in snowball if rules(word)}
    for word, group in snowball.items():
        differing = group ^ ours[word]
        assert word in touched or differing <= touched, (word, differing - touched)


def test_most_words_are_grouped_as_by_snowball(both):
    """A change of these shares is a change to look at."""
    snowball, ours = both
    same = sum(group == ours[word] for word, group in snowball.items())
    pairs = sum(len(group) - 1 for group in snowball.values())
    kept = sum(len(group & ours[word]) - 1 for word, group in snowball.items())
    assert same / len(snowball) > 0.55
    assert kept / pairs > 0.83


def test_each_named_rule_is_there_for_a_word(both):
    snowball, ours = both
    used = Counter(
        rule for word, group in snowball.items() if group != ours[word] for rule in rules(word)
    )  # fmt: skip
    assert len(used) == 17, used
