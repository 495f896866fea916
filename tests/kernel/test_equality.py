"""What the compiled kernel finds is what numpy finds: documents, scores to the last bit, totals."""

from __future__ import annotations

import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article
from newsindex.analyzer import FRENCH
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.ranking import top_hits
from newsindex.query.ranking.ranked_page import rank
from newsindex.query.ranking.recency_decay import RecencyDecay
from newsindex.query.ranking.result_order import ResultOrder
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.ranking.second_stage import SecondStage
from newsindex.query.search import run
from newsindex.query.syntax.filters import Filters, apply_filters
from newsindex.query.syntax.nodes import WordQuery
from newsindex.query.syntax.parser import parse_query
from tests.properties.strategies import corpora, queries, signed_queries

pytestmark = pytest.mark.usefixtures("kernel")

filters = st.fixed_dictionaries(
    {},
    optional={
        "source": st.sampled_from(["hespress", "L'Écho", "personne"]),
        "since": st.sampled_from(["2023", "2025-03", "2026-06-01"]),
        "until": st.sampled_from(["2024", "2025-09", "2026-12-31"]),
    },
)


def parsed(snapshot, query, arguments, operator="any"):
    tree = parse_query(query, snapshot.zone, operator)
    return apply_filters(tree, Filters.from_arguments(arguments), snapshot.zone)


def assert_equal(snapshot, query, limit):
    """The page, and every match of every segment, is that of the arrays."""
    order = ResultOrder(snapshot, query, SearchOptions(limit), None)
    by_kernel = top_hits.collect(snapshot, query, order)
    by_arrays = top_hits.collect_over_arrays(snapshot, query, order)
    assert by_kernel.hits == by_arrays.hits
    assert by_kernel.total == by_arrays.total
    for view in snapshot.views:
        found = order.evaluator.matches(view, query.tree)
        expected = order.evaluator.matches_over_arrays(view, query.tree)
        assert found.documents.tolist() == expected.documents.tolist()
        assert found.scores.tolist() == expected.scores.tolist()


@given(
    corpora(max_size=30),
    st.lists(st.tuples(queries | signed_queries, filters, st.integers(0, 12)), min_size=1, max_size=6),
    st.sampled_from(["any", "all"]),
    st.data(),
)
def test_the_kernel_equals_the_arrays(articles, asked, operator, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(articles)), max_size=2)))
    deleted = data.draw(st.sets(st.sampled_from([article.id for article in articles]), max_size=8))
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        newsindex.create(Path(folder) / "i") as index,
    ):
        for start, end in zip([0, *cuts], [*cuts, len(articles)], strict=True):
            index.add(articles[start:end])
        index.delete(*deleted)
        snapshot = index.snapshot()._backend.snapshot
        for query, arguments, limit in asked:
            assert_equal(snapshot, parsed(snapshot, query, arguments, operator), limit)


FORMS = ["grand", "grande", "grands", "grandes", "grandement", "GRAND", "agrandi", "Grandés", "grandées"]
WORDS = [f"mot{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(120)]


def long_corpus(seed, count):
    """Articles with words of uneven frequency, more spellings than a mark has bits, and long bodies."""
    rng = random.Random(seed)
    weights = [1 / (i + 1) for i in range(len(WORDS))]
    for i in range(count):
        words = rng.choices(WORDS, weights, k=rng.choice((5, 30, 60, 60, 700)))
        words += rng.choices(FORMS, k=rng.randint(0, 4)) + ["le", "de", "la"] * rng.randint(0, 3)
        words += rng.choices(WORDS[:1], k=rng.choice((0, 0, 0, 90)))
        if rng.random() < 0.01:
            words += rng.choices(WORDS, weights, k=6000)
        rng.shuffle(words)
        published = date(2010, 1, 1) + timedelta(rng.randrange(6000)) if rng.random() < 0.97 else None
        headline = " ".join(rng.choices(WORDS + FORMS, k=rng.randint(1, 9)))
        yield Article(
            headline, " ".join(words), id=f"{seed}-{i}", source=rng.choice("ab"), published=published
        )


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A snapshot of segments of several windows, with deletions in some."""
    index = newsindex.create(tmp_path_factory.mktemp("large") / "index")
    for seed, count in enumerate((5000, 9000, 60)):
        index.add(long_corpus(seed, count))
    index.delete(*(f"1-{i}" for i in range(0, 9000, 7)))
    yield index.snapshot()._backend.snapshot
    index.close()


@pytest.mark.parametrize("seed", range(60))
def test_the_kernel_equals_the_arrays_over_several_windows(large, seed):
    rng = random.Random(seed)
    rare_and_frequent = [*WORDS[:4], *WORDS[-8:]]
    pool = rng.choice((WORDS, WORDS[:8], WORDS[60:], [*WORDS[:4], *FORMS], rare_and_frequent))
    words = rng.choices(pool, k=rng.randint(1, 6))
    two = words[:2] * (3 - len(words[:2]))
    query = rng.choice((
        " ".join(words), " ".join(words), " ".join([words[0], "de", *words[1:]]), f'"{" ".join(two)}"',
        f'"{" ".join(two)}"~{rng.randint(2, 9)}', f'titre:"{" ".join(two)}"', f'{words[0]} "{" ".join(two)}"',
        f"{words[0]} -{words[-1]}", f"+{words[0]} {' '.join(words[1:])}", f"({words[0]} {words[-1]})^1.7",
        f"{words[0]} {words[-1]} source:a", f"{words[0]} date:2015", "grandes", "agrandi grandées",
        f"({words[0]} ET {words[-1]} ET \"{' '.join(two)}\" ET {FORMS[0]})", f"texte:{words[0]} {words[-1]}",
        f"{words[0]}^0.000000001 {words[-1]}", f"{words[0]}^1000 {words[-1]}", f"{words[0]}*",
    ))  # fmt: skip
    arguments = rng.choice(({}, {}, {"source": "b"}, {"since": "2015", "until": "2020"}))
    tree = parsed(large, query, arguments, rng.choice(("any", "all")))
    assert_equal(large, tree, rng.choice((0, 1, 10, 100, 5000)))


def test_the_best_matches_are_those_within_the_tolerance(large):
    tree = parsed(large, f"{WORDS[0]} {WORDS[5]} {WORDS[9]}", {})
    order = ResultOrder(large, tree, SearchOptions(50), None)
    plan = order.evaluator.plan(large.compiled, tree.tree)
    found = large.compiled.ask(large.compiled.handle.best, plan, 50, 0.25)
    matches = [order.evaluator.matches_over_arrays(view, tree.tree) for view in large.views]
    fiftieth = sorted((score for each in matches for score in each.scores.tolist()), reverse=True)[49]
    for (documents, scores, total), each in zip(found, matches, strict=True):
        assert total == each.count
        all_scores = dict(zip(each.documents.tolist(), each.scores.tolist(), strict=True))
        assert dict(zip(documents.tolist(), scores.tolist(), strict=True)).items() <= all_scores.items()
        sure = {document for document, score in all_scores.items() if score >= fiftieth - 0.25 + 1e-3}
        assert sure <= set(documents.tolist())
        assert scores.min(initial=fiftieth) >= fiftieth - 0.25 - 1e-3


@pytest.mark.parametrize("seed", range(40))
def test_words_in_a_field_and_words_of_several_spellings_are_those_of_the_arrays(large, seed):
    rng = random.Random(seed)
    form, word = rng.choice(FORMS), rng.choice(WORDS)
    typed = rng.choice((
        f"={form}", f"={form}", f"{form[:4]}*", f"{form}~", f"{word}~2", "mot?b", "grand?s*", "=grandées^3",
        f"titre:{form}", f"texte:{form}", f"titre:{word}", f"texte:{word}", f"titre:{form[:3]}*",
    ))  # fmt: skip
    query = rng.choice(
        (typed, f"{typed} {word}", f"+{typed} {word}", f"{word} -{typed}", f"({typed})^2 {form}")
    )
    assert_equal(large, parsed(large, query, {}, rng.choice(("any", "all"))), rng.choice((1, 10, 500)))


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "recent"])
@pytest.mark.parametrize(
    ("facets", "unit"),
    [
        ((), None),
        (("source",), "month"),
        (("year", "author", "lang"), "day"),
        (("section", "year"), "year"),
        ((), "week"),
    ],
)
@pytest.mark.parametrize(
    "query",
    [f"{WORDS[0]} {WORDS[30]}", f"+{WORDS[3]} {WORDS[4]}", f'"{WORDS[0]} {WORDS[1]}"', FORMS[4], "source:a"],
)
def test_every_order_is_that_of_the_arrays(large, query, facets, unit, sort):
    tree = parsed(large, query, {"since": "2012"})

    def pages():
        """Some pages, the counts of all facets, and the totals."""
        found, after = [], None
        for limit in (20, 20, 7, 30):
            options = SearchOptions(limit, sort, after, facets, unit, half_life=900.0, scope=(query,))
            page = rank(large, tree, options)
            counts = [list(page.counts.facet(field).items()) for field in facets]
            counts += [list(page.counts.periods(unit).as_dict().items())] if unit else []
            found.append((page.hits, page.has_more, page.total, counts))
            if not page.has_more:
                break
            after = page.order.cursor_after(page.hits[-1].position)
        return found

    by_kernel = pages()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Snapshot, "compiled", None)
        assert pages() == by_kernel


@pytest.mark.parametrize("seed", range(40))
def test_any_hits_in_any_order_are_those_of_the_arrays(large, seed):
    rng = random.Random(seed)
    words = rng.choices(WORDS[:60], k=rng.randint(1, 4))
    typed = rng.choice(
        (" ".join(words), f"+{words[0]} {words[-1]}", f'"{words[0]} {words[-1]}" {words[0]}', "")
    )
    filters = rng.choice(({}, {"source": "b"}, {"since": "2015", "until": "2020"}))
    tree = parsed(large, typed, filters)
    if not typed:
        tree = apply_filters(tree, Filters.from_arguments(filters), large.zone, every_article=True)
    options = SearchOptions(10, rng.choice(("relevance", "newest", "oldest", "recent")), half_life=600.0)
    decay = RecencyDecay(600.0, rng.choice((24_000_000, 26_000_000))) if options.sort == "recent" else None
    order = ResultOrder(large, tree, options, decay)
    order.seek(rng.choice((1, 10, 300)), None)
    for _ in range(4):
        expected = top_hits.collect_over_arrays(large, tree, order)
        assert top_hits.collect(large, tree, order)[:2] == expected[:2]
        if not expected.hits:
            break
        position = rng.choice(expected.hits).position
        order.seek(order.limit, position._replace(segment=rng.choice((position.segment, 3))))


@pytest.mark.parametrize("seed", range(20))
def test_pages_are_shown_alike(large, seed):
    rng = random.Random(seed)
    words = rng.choices([*WORDS[:20], *FORMS], k=3)
    query = rng.choice(
        (" ".join(words), f'"{words[0]} {words[1]}" {words[2]}', f"titre:{words[0]} {words[1]}*")
    )
    tree = parsed(large, query, {})
    by_kernel = run(large, tree, SearchOptions(10)).hits
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Snapshot, "compiled", None)
        assert run(large, tree, SearchOptions(10)).hits == by_kernel


@pytest.mark.parametrize("seed", range(20))
def test_the_second_stage_is_that_of_the_arrays(large, seed):
    rng = random.Random(seed)
    tree = parsed(large, " ".join(rng.choices([*WORDS[:30], *FORMS], k=rng.randint(1, 5))), {})
    stage = SecondStage(tree.tree, large)
    order = ResultOrder(large, tree, SearchOptions(30), None)
    hits = top_hits.collect(large, tree, order).hits
    assert stage.scores(hits) == stage.scores_over_arrays(hits)


@pytest.mark.parametrize("terms", [WORDS[:2], WORDS[3:6], ["mota", "xyz"], [WORDS[0]] * 2, WORDS[50:52]])
def test_as_many_articles_have_a_phrase_as_over_arrays(large, terms):
    frequency = SnapshotDictionary(large).phrase_frequency(terms)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Snapshot, "compiled", None)
        assert SnapshotDictionary(large).phrase_frequency(terms) == frequency


def test_terms_are_looked_up_as_over_arrays(large):
    terms = [
        *WORDS,
        *{FRENCH.term(form.lower()) for form in FORMS},
        "le",
        "mot",
        "xyz",
        "",
        "zzz",
        "é",
        "a" * 300,
    ]

    def looked_up():
        dictionary = SnapshotDictionary(large)
        frequencies = [(dictionary.document_frequency(term), dictionary.idf(term)) for term in terms]
        return frequencies, [dictionary.numbered_terms(term[:-1], 5) for term in terms]

    by_kernel = looked_up()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Snapshot, "compiled", None)
        assert looked_up() == by_kernel


@pytest.mark.parametrize("field", ["text", "headline"])
@pytest.mark.parametrize("boost", [1.0, 2.5])
def test_words_weigh_what_they_weigh_over_arrays(large, field, boost):
    spellings = [
        spelling for form in [*FORMS, *WORDS[:9], "xyz"] for spelling in (form.lower(), f"#{form.lower()}")
    ]
    words = [WordQuery(field, FRENCH.term(spelling), spelling, boost) for spelling in spellings]
    by_kernel = [large.statistics.term_weight(word) for word in words]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Snapshot, "compiled", None)
        assert [large.statistics.term_weight(word) for word in words] == by_kernel


@pytest.mark.parametrize("deleted", [False, True])
def test_an_index_without_articles_has_facets_and_timelines_without_values(make_index, deleted):
    index = make_index([Article("Un titre", id="a")] if deleted else [])
    index.delete("a")
    for query in ("", "titre"):
        results = index.search(query, facets=["source", "year"], timeline="month")
        assert (results.total, results.facets, results.timeline) == (0, {"source": {}, "year": {}}, {})


def test_a_word_counts_the_memory_of_its_term(large):
    collection = large.compiled
    word, _, _ = collection.word("mota", "mota")
    assert sys.getsizeof(word) > sys.getsizeof(collection.term("mota")) > 3 * word.spelling_frequency
