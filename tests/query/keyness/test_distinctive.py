"""The words that stand out: which they are, how they are written, and what is told of each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from newsindex import Article, DistinctiveWords
from newsindex.errors import DeadlineExceeded, QueryError
from newsindex.query.keyness.word_search import MAX_LIMIT
from tests.reference import keyness

DAY = date(2026, 6, 30)
POLICE = (
    "Abdelilah Benkirane salue la coopération policière avec Interpol à l'aéroport.",
    "La coopération policière progresse, dit Abdelilah Benkirane. Interpol approuve.",
    "Interpol et M. Abdelilah Benkirane : une coopération policière exemplaire en 2026.",
    "Selon Interpol, la Coopération policière tient 12 promesses, et l'OMS applaudit.",
)
FOOTBALL = (
    "Le gardien arrête deux penalties en finale de la Coupe.",
    "La Coupe revient au gardien après une finale sans but.",
    "En finale, un but du capitaine donne la Coupe.",
)


@pytest.fixture(params=["as installed", "over arrays"], autouse=True)
def mode(request):
    """The kernel, where it is in use, and the arrays."""
    if request.param == "over arrays":
        request.getfixturevalue("without_kernel")


def article(number, body, section, **fields):
    fields.setdefault("published", DAY - timedelta(days=number))
    return Article(f"Titre numéro {number}", body, section=section, id=f"{section}{number}", **fields)


ARTICLES = [
    *(article(i, f"{POLICE[i % 4]} Dépêche {'abcdefghijkl'[i]}.", "police") for i in range(12)),
    *(article(i, f"{FOOTBALL[i % 3]} Match {'abcdefghijklmnopqrst'[i]}.", "football") for i in range(20)),
]


@pytest.fixture
def index(make_index):
    return make_index(ARTICLES[::2], ARTICLES[1::2])


def texts(words):
    return [word.text for word in words]


def test_words_are_written_as_the_articles_write_them_and_expressions_take_the_place_of_words(index):
    words = index.words(section="police")
    assert set(texts(words)) >= {"Abdelilah Benkirane", "coopération policière", "Interpol"}
    assert not {"Abdelilah", "Benkirane", "coopération", "policière"} & set(texts(words))


def test_what_is_told_of_a_word_is_what_a_slow_count_gives(index):
    words = index.words(section="police")
    found = [one for one in ARTICLES if one.section == "police"]
    rest = [one for one in ARTICLES if one.section != "police"]
    assert (words.articles, words.reference_articles) == (len(found), len(rest))
    in_found = {**keyness.count_terms(found), **keyness.count_pairs(found)}
    in_rest = {**keyness.count_terms(rest), **keyness.count_pairs(rest)}
    assert len(words) == 4
    for word in words:
        terms = tuple(each.term for each in keyness.FRENCH.analyze(word.text))
        key = terms if len(terms) == 2 else terms[0]
        assert (word.articles, word.reference) == (in_found[key], in_rest.get(key, 0))
        assert (word.share, word.reference_share) == (word.articles / 12, word.reference / 20)
        expected = keyness.log_likelihood_ratio(word.articles, word.reference, 12, 20)
        assert word.score == pytest.approx(expected)
    scores = [word.score for word in words]
    assert scores == sorted(scores, reverse=True)


def test_each_word_has_an_example_and_a_query_that_finds_its_articles(index):
    for word in index.words(section="police"):
        example = index.get(word.article_id)
        assert example.section == "police"
        assert word.example.spans
        for start, end in word.example.spans:
            terms = [each.term for each in keyness.FRENCH.analyze(word.example.text[start:end])]
            assert terms == [each.term for each in keyness.FRENCH.analyze(word.text)]
        assert index.search(word.query, section="police").total == word.articles
        assert index.search(f"(Interpol) AND {word.query}", section="police").total <= word.articles


def of_section(make_index, bodies, **filters):
    """The words that stand out in articles with these bodies, by their texts."""
    told = [article(i, f"{body} {'abcdefghijkl'[i] * 3}.", "a") for i, body in enumerate(bodies)]
    others = [article(i, f"Rien de neuf. {'mnopqrstuvwx'[i] * 3}.", "b") for i in range(12)]
    index = make_index([*told[::2], *others], told[1::2])
    return index, {word.text: word for word in index.words(section="a", **filters)}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Hier, Le Pen a parlé.", "Le Pen"),
        ("Hier, L'Oréal a parlé.", "L'Oréal"),
        ("Hier, Jean-Luc Mélenchon a parlé.", "Jean-Luc Mélenchon"),
        ("Hier, la Covid-19 a parlé.", "Covid-19"),
        ("La ville de Provence-Alpes-Côte revient.", "Provence-Alpes-Côte"),
    ],
)
def test_a_word_that_is_a_part_of_a_name_is_shown_as_the_whole_name(make_index, body, name):
    index, words = of_section(make_index, [body] * 12)
    word = words[name]
    assert (word.articles, word.reference) == (12, 0)
    assert index.search(word.query, section="a").total == 12
    assert [word.example.text[start:end] for start, end in word.example.spans] == [name]
    parts = {part for part in name.replace("-", " ").split() if part != name}
    assert not parts & set(words)


def test_a_name_is_told_with_the_articles_that_have_the_whole_of_it(make_index):
    bodies = ["Hier, Le Pen a parlé."] * 7 + ["Hier, Marion Pen a parlé."] * 5
    index, words = of_section(make_index, bodies)
    assert words["Le Pen"].articles == index.search('"Le Pen"').total == 7


def test_a_name_of_several_words_is_one_word_and_its_parts_are_none(make_index):
    body = "Selon Ben Ali Yahia, ministre de Prayut Chan-O-Cha, tout va bien."
    index, words = of_section(make_index, [body] * 12)
    assert {"Ben Ali Yahia", "Prayut Chan-O-Cha"} <= set(words)
    assert not {"Ben Ali", "Ali Yahia", "Yahia", "Chan-O-Cha", "Prayut Chan"} & set(words)
    for name in ("Ben Ali Yahia", "Prayut Chan-O-Cha"):
        word = words[name]
        assert word.articles == index.search(word.query, section="a").total == 12
        assert [word.example.text[start:end] for start, end in word.example.spans] == [name]


def test_a_name_that_less_than_half_of_the_articles_have_takes_no_place(make_index):
    bodies = ["Un maire a parlé, dit Bruno Le Maire."] * 3 + ["Un maire a parlé à des maires."] * 9
    assert "maire" in of_section(make_index, bodies)[1]
    assert "Le Maire" not in of_section(make_index, bodies)[1]


def test_what_only_begins_a_sentence_or_joins_common_words_is_no_name(make_index):
    bodies = ["Bien. Le Grenelle avance, vice-préfet compris."] * 12
    words = of_section(make_index, bodies)[1]
    assert not {"Le Grenelle", "La Grenelle"} & set(words)


def test_the_capitals_of_a_few_articles_are_not_taken_for_those_of_the_word(make_index):
    bodies = [f"On vote pour {'Festival' if i in {4, 9, 10} else 'festival'}, dit-on." for i in range(12)]
    words = of_section(make_index, bodies)[1]
    assert "festival" in words
    assert "Festival" not in words


def test_the_example_has_the_word_as_it_is_shown(make_index):
    bodies = [f"On invite {'les princes' if i < 4 else 'ce prince'} William." for i in range(12)]
    word = of_section(make_index, bodies)[1]["prince William"]
    assert [word.example.text[start:end] for start, end in word.example.spans] == ["prince William"]


def test_function_words_are_left_out(make_index):
    bodies = ["Selon eux, le port a été vu depuis deux quais, contre tout espoir, lors du tri."] * 12
    words = of_section(make_index, bodies)[1]
    shown = {part for text in words for part in text.split()}
    assert {"port", "quais", "espoir", "tri"} & shown
    assert not {"Selon", "selon", "été", "depuis", "deux", "contre", "tout", "lors"} & shown


def test_stop_words_and_numbers_are_left_out_and_years_are_not(make_index):
    bodies = ["Le 12 mai 2026, avec 1.500 personnes à 10h30 pour la 3e fois."] * 12
    other = ["Rien de nouveau."] * 12
    index = make_index(
        [article(i, f"{body} {'abcdefghijkl'[i] * 3}", "a") for i, body in enumerate(bodies)]
        + [article(i, f"{body} {'mnopqrstuvwx'[i] * 3}", "b") for i, body in enumerate(other)]
    )
    found = set(texts(index.words(section="a")))
    assert "2026" in found or "mai 2026" in found
    assert not found & {"12", "1.500", "10h30", "3e", "le", "avec", "pour", "la"}


def test_the_words_of_the_query_are_left_out_alone(index):
    words = index.words("Interpol")
    assert "Interpol" not in texts(words)
    assert "coopération policière" in texts(words)
    assert "Abdelilah Benkirane" in texts(index.words("Abdelilah"))
    assert not {"Abdelilah", "Abdelilah Benkirane"} & set(texts(index.words('"Abdelilah Benkirane"')))


def test_a_dispatch_that_many_sources_ran_makes_no_word_stand_out(make_index):
    dispatch = [
        Article("Un séisme", "Un séisme à Agadir.", source=f"s{i}", section="a", id=f"d{i}") for i in range(9)
    ]
    index = make_index([*dispatch, *ARTICLES, article(90, "Autre sujet", "a"), article(91, "Encore un", "a")])
    words = index.words(section="a")
    assert words.articles == 3
    assert "séisme" not in texts(words)
    assert [note.kind for note in words.notes] == ["few_articles", "copies_not_counted"]


def test_the_rest_of_the_index_has_no_copy_of_what_was_found(make_index):
    copies = [Article("Un séisme", "Un séisme à Agadir.", section=s, id=s) for s in ("a", "b")]
    words = make_index([*copies, *ARTICLES]).words(section="a")
    assert (words.articles, words.reference_articles) == (1, len(ARTICLES))


def test_a_reference_before_is_four_times_as_long(make_index):
    days = [
        Article(f"Jour {i}", f"mot{i} jour", published=DAY - timedelta(days=i), id=f"{i}") for i in range(60)
    ]
    index = make_index(days)
    words = index.words(since=DAY - timedelta(days=4), until=DAY, reference="before")
    assert (words.articles, words.reference_articles) == (5, 20)
    trends = index.trends(DAY - timedelta(days=4), until=DAY)
    assert (trends.articles, trends.reference_articles) == (5, 28)
    trends = index.trends(DAY - timedelta(days=9), until=DAY)
    assert (trends.articles, trends.reference_articles) == (10, 40)


def test_a_period_without_articles_is_named(index):
    (note,) = index.trends(DAY + timedelta(days=2), until=DAY + timedelta(days=9)).notes
    assert note == f"The search finds no articles in the period that begins on {DAY + timedelta(days=2)}."
    assert (note.kind, note.values) == ("no_articles_in_period", (str(DAY + timedelta(days=2)),))
    (note,) = index.words("introuvable").notes
    assert note.kind == "no_articles"


def test_trends_are_what_rose(make_index):
    now = [article(i, f"Une grève bloque le port. {i * 'z'}", "n") for i in range(6)]
    before = [article(10 + i, f"Le port est calme. {i * 'y'}", "b") for i in range(18)]
    trends = make_index([*now, *before]).trends(DAY - timedelta(days=6), until=DAY)
    assert "grève bloque" in texts(trends) or {"grève", "bloque"} <= set(texts(trends))
    assert "port" not in texts(trends)


def test_the_filters_and_the_query_restrict_the_reference_before_too(make_index):
    kept = [article(i, f"Une grève. {i * 'z'}", "n") for i in range(10)]
    others = [article(i, f"Un match. {i * 'y'}", "m") for i in range(10)]
    words = make_index([*kept, *others]).words(
        "grève", section="n", since=DAY - timedelta(days=1), until=DAY, reference="before"
    )
    assert (words.articles, words.reference_articles) == (2, 8)


def test_few_articles_and_no_reference_have_a_note(index, make_index):
    few = index.words("Interpol", source="nobody")
    assert (len(few), few.articles) == (0, 0)
    assert [note.kind for note in few.notes] == ["unknown_label", "no_articles"]
    everything = index.words()
    assert (len(everything), everything.reference_articles) == (0, 0)
    assert [note.kind for note in everything.notes] == ["no_reference"]
    assert index.words("Interpol Benkirane^").notes  # how the query was read
    assert isinstance(make_index([]).words(), DistinctiveWords)


def test_words_are_a_sequence(index):
    words = index.words(section="police", limit=3)
    assert len(words) == 3 == len(list(words))
    assert words[0] == words.words[0]
    assert words[1:] == words.words[1:]
    assert index.words(section="police", limit=0).words == ()
    assert words.seconds > 0


def test_a_searcher_of_a_snapshot_is_asked_the_same(index):
    searcher = index.snapshot()
    index.delete(*[f"police{i}" for i in range(12)])
    assert texts(searcher.words(section="police"))
    assert not texts(index.words(section="police"))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"limit": -1}, f"limit must be from 0 to {MAX_LIMIT}, not -1"),
        ({"limit": MAX_LIMIT + 1}, f"limit must be from 0 to {MAX_LIMIT}"),
        ({"reference": "after"}, "reference must be one of rest, before, not 'after'"),
        ({"reference": "before"}, "give since"),
        ({"reference": "before", "since": "avant 2020"}, "has no beginning"),
        ({"reference": "before", "since": "2026-02", "until": "2026-01"}, "nothing to compare"),
        ({"since": "jamais"}, "is not a date"),
        ({"query": "x" * 100_000}, "shorten it"),
    ],
)
def test_what_makes_no_sense_is_refused(index, arguments, reason):
    with pytest.raises(QueryError, match=reason):
        index.words(**arguments)


def test_what_is_of_the_wrong_type_is_refused(index):
    for arguments in ({"query": 5}, {"limit": "many"}, {"reference": None}, {"colour": "red"}):
        with pytest.raises(TypeError):
            index.words(**arguments)
    with pytest.raises(TypeError):
        index.trends(None, since="hier")


def test_trends_of_a_period_that_ends_before_it_begins_are_refused(index):
    with pytest.raises(QueryError, match="nothing to compare"):
        index.trends("2026-02", until="2026-01")


def test_the_deadline_is_kept(index):
    with pytest.raises(DeadlineExceeded):
        index.words(section="police", timeout=0)
    with pytest.raises(DeadlineExceeded):
        index.trends(timeout=0)
