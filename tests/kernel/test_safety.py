"""The compiled kernel takes no harm: damage, deadlines, threads, forks and wrong arguments end in errors."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import Article, DeadlineExceeded, IndexCorrupt
from newsindex.analyzer import fold
from newsindex.compiled import compiled_kernel
from newsindex.deadline import deadline
from newsindex.query.evaluation.compiled.collection import CompiledCollection
from newsindex.storage.array_file import ArrayFile, write_arrays
from newsindex.storage.segment import Segment

pytestmark = pytest.mark.usefixtures("kernel")

FORMS = ["grand", "grande", "grands", "grandes", "grandement", "GRAND", "agrandi", "Grandés", "grandées"]
NO_STAGE = ((), (), 0.0, 0)
READ = (
    "term_posting", "term_occurrence", "term_posting_byte", "term_position_byte", "posting", "position",
    "rare_posting", "rare_headline", "rare_body", "rare_mark", "other_spelling", "other_first",
    "other_document", "published", "headline_length", "code_headline", "code_body", "code_mark",
    "term_text", "term_text_end", "term_spelling", "spelling_text", "spelling_text_end", "spelling_documents",
    "text_frame", "text_frame_end", "text_dictionary", "landmark_first", "landmark", "landmark_far",
)  # fmt: skip
"""The arrays that the kernel reads."""


def articles(count=40):
    """Articles with words of many spellings, rare frequencies and positions of all widths."""
    for i in range(count):
        body = " ".join(FORMS[: i % 10]) + f" Le corps numéro {i} du journal. " * (1 + i * i * i // 40)
        yield Article(f"Titre {i} {FORMS[i % 9]}", body, id=f"a{i}", published=date(2025, 1, i % 28 + 1))


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """An index of one segment."""
    folder = tmp_path_factory.mktemp("sound") / "i"
    with newsindex.create(folder) as index:
        index.add(articles())
    return folder


@pytest.fixture(scope="module")
def arrays(sound):
    """The arrays of the segment, and what its file says of them."""
    file = ArrayFile(segment_of(sound))
    return {name: file.array(name).copy() for name in file.nbytes()}, json.loads(json.dumps(file.meta))


def segment_of(folder):
    (segment,) = folder.glob("*.segment")
    return segment


@pytest.fixture(scope="module")
def spellings(sound):
    """Every spelling in the segment, with its term."""
    segment = Segment(segment_of(sound))
    texts = [segment.spelling_texts(term) for term in range(segment.terms)]
    return [
        (term.decode(), spelling.decode())
        for term, of_term in zip(segment.term_texts(), texts, strict=True)
        for spelling in of_term
    ]


def assert_ascending(spans, length):
    """Marks follow each other within a text."""
    bounds = [bound for span in spans for bound in span]
    assert bounds == sorted(bounds)
    assert not bounds or (bounds[0] >= 0 and bounds[-1] <= length)


def everything_asked(collection, spellings):
    """Asks for every word, every phrase of two terms that follow each other, and all of it together."""
    handle, plans = collection.handle, collection.plans
    view = collection.views[0]
    words = []
    for text, spelling in spellings:
        assert 0 <= handle.document_frequency(text, None) < 1 << 32
        handle.term_range(text, text + "~", 5, None)
        word = handle.word(handle.term(text, None), spelling, fold(spelling), fold, None)
        words.append((word, 1.5, 0.5))
    terms = [handle.term(text, None) for text in dict(spellings)]
    expansions = []
    for first_bit in range(3):
        of_terms = [
            (number, (1 << first_bit, [*view.segment.spellings.of_term(number)][5:], first_bit == 2))
            for number in range(first_bit, view.segment.terms, 3)
        ]
        expansions.append(handle.expansion([of_terms], None))
    pairs = list(itertools.pairwise(terms))
    placed = [(*word, position) for position, word in enumerate(words)]
    groups = [(placed[::3], placed[1::3], placed[2::3])]
    later = [(term, 1.5) for term in terms], [(text, terms[0]) for text, _ in spellings[:9]], 40.0, 5
    parts = [plans.word(*word) for word in words]
    parts += [plans.phrase([first, second, first], "text", 3, 1.0) for first, second in pairs]
    parts += [plans.all_words(words[i : i + 2]) for i in range(len(words) - 1)]
    parts += [plans.field_word(*word, field) for word in words[::3] for field in ("headline", "body")]
    parts += [plans.expansion(expansion, 1.5) for expansion in expansions]
    documents = [(0, document) for document in range(view.segment.documents)]
    marked = [(term, number % 3, (number + 1) % 3, 1.0 + number) for number, term in enumerate(terms)]
    phrases = [[number, number + 1] for number in range(0, len(terms) - 1, 5)]
    for shown in collection.texts.show(marked, phrases, phrases, documents, 500, 5000, None):
        if len(shown) == 3:  # the kernel does not know the words of the text
            continue
        _, headline, headline_spans, _, snippet, spans, _ = shown
        assert_ascending(headline_spans, len(headline))
        assert_ascending(spans, len(snippet))
    words_of_lead = [([first, second], 0.5) for first, second in pairs]
    found = handle.lead_scores(words_of_lead, 40.0, [(1.0, 0, document) for _, document in documents], None)
    assert all(1 <= score <= 1 + len(words_of_lead) / 2 for score in found)
    for plan in (*parts, plans.any(parts, 1.0), plans.every(parts[:2], [parts[3]], 2.0)):
        hits, total = handle.rank(plan, groups, later, 10, None)
        assert len(hits) == min(10, total)
        assert handle.count(plan, None) == total
        for sort in ("newest", "oldest", "score"):
            found, same_total = handle.sorted(plan, groups, sort, None, None, 10, None)
            assert (len(found), same_total) == (len(hits), total)
        labels, bounds = np.zeros(view.segment.documents, np.uint16), np.array([0, 7, 40], np.uint32)
        (((with_label,),), (of_periods,)) = handle.facets(plan, [[(labels, 1)]], [[bounds]], None)
        assert with_label[0] == of_periods[0].sum() == total
        assert all(0 <= document < view.segment.documents for *_, document in hits)


def collection_of(folder):
    """The segments in the kernel, the way a search hands them over."""
    index = newsindex.open(folder, mapped=False)
    snapshot = index.snapshot()._backend.snapshot
    return CompiledCollection(compiled_kernel(), snapshot.views, snapshot.ranking, snapshot.documents)


def test_a_sound_segment_answers_everything(sound, spellings):
    everything_asked(collection_of(sound), spellings)


@given(st.sampled_from(READ), st.data())
def test_arrays_that_make_no_sense_end_in_an_answer_or_in_the_error_for_damage(
    sound, arrays, spellings, name, data
):
    values, meta = arrays
    changed = dict(values)
    array = changed[name].copy()
    limits = np.iinfo(array.dtype)
    number = st.integers(limits.min, limits.max) | st.integers(0, min(300, limits.max)) | st.just(limits.max)
    for _ in range(data.draw(st.integers(0, 4))):
        if len(array):
            array[data.draw(st.integers(0, len(array) - 1))] = data.draw(number)
    if data.draw(st.booleans()):
        array = array[: data.draw(st.integers(0, len(array)))]
    changed[name] = array
    segment = segment_of(sound)
    original = segment.read_bytes()
    segment.unlink()
    write_arrays(segment, changed, meta)
    try:
        everything_asked(collection_of(sound), spellings)
    except (IndexCorrupt, compiled_kernel().DamagedSegment):
        pass
    except (ValueError, IndexError):  # of numpy, which makes the tables that the kernel is given
        if name not in ("headline_length", "code_headline", "code_body", "code_mark"):
            raise
    finally:
        segment.write_bytes(original)


@pytest.mark.parametrize("name", ["posting", "position", "term_posting", "term_posting_byte", "published"])
def test_a_flipped_bit_is_named_by_the_search_that_meets_it(sound, tmp_path, name):
    segment = segment_of(sound)
    start = ArrayFile(segment).raw().layout[name][2]
    damaged = bytearray(segment.read_bytes())
    damaged[start] ^= 4
    folder = tmp_path / "i"
    folder.mkdir()
    for file in sound.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    segment_of(folder).write_bytes(damaged)
    with pytest.raises(IndexCorrupt, match=segment.name), newsindex.open(folder) as index:
        index.search('"corps numéro" journal le', highlight=False)


def test_damage_that_has_a_checksum_is_named_with_its_array(sound, arrays, tmp_path):
    values, meta = arrays
    changed = dict(values)
    changed["posting"] = np.full_like(changed["posting"], 3)
    folder = tmp_path / "i"
    folder.mkdir()
    for file in sound.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    segment = segment_of(folder)
    segment.unlink()
    write_arrays(segment, changed, meta)
    with newsindex.open(folder) as index, pytest.raises(IndexCorrupt, match="posting are of no form"):
        index.search("corps", highlight=False)


def test_a_panic_is_an_ordinary_error(kernel):
    with pytest.raises(kernel.KernelFault, match="asked for") as caught:
        kernel._panic()
    assert isinstance(caught.value, RuntimeError)


def test_a_search_whose_time_is_over_ends(sound):
    with newsindex.open(sound) as index:
        collection = index.snapshot()._backend.snapshot.compiled
        plan = collection.plans.everything()
        with deadline(-1), pytest.raises(DeadlineExceeded):
            collection.ask(collection.handle.rank, plan, [], NO_STAGE, 10)
        with deadline(-1), pytest.raises(DeadlineExceeded):
            collection.term("journal")
        with deadline(1000):
            _, total = collection.ask(collection.handle.rank, plan, [], NO_STAGE, 10)
        assert total == 40


@pytest.mark.parametrize("seconds", [float("inf"), float("nan"), 1e300, -1e300])
def test_any_number_of_seconds_is_a_deadline(sound, kernel, seconds):
    with newsindex.open(sound) as index:
        collection = index.snapshot()._backend.snapshot.compiled
        try:
            collection.handle.rank(collection.plans.everything(), [], NO_STAGE, 10, seconds)
        except kernel.DeadlinePassed:
            assert not seconds > 0


def test_parts_of_two_collections_are_refused(sound):
    with newsindex.open(sound) as one, newsindex.open(sound) as other:
        mine, theirs = (index.snapshot()._backend.snapshot.compiled for index in (one, other))
        term, plans = mine.term("journal"), mine.plans
        plan = plans.phrase([term], "text", 1, 1.0)
        with pytest.raises(ValueError, match="another collection"):
            theirs.handle.rank(plan, [], NO_STAGE, 10, None)
        with pytest.raises(ValueError, match="another collection"):
            theirs.handle.word(term, "journal", "journal", fold, None)
        with pytest.raises(ValueError, match="two collections"):
            plans.phrase([term, theirs.term("journal")], "text", 1, 1.0)
        group = [(*theirs.word("journal", "journal"), 0)], [], []
        with pytest.raises(ValueError, match="another collection"):
            mine.handle.rank(plan, [group], NO_STAGE, 10, None)
        with pytest.raises(ValueError, match="another collection"):
            mine.handle.rank(plan, [], ([(theirs.term("journal"), 1.0)], [], 40.0, 20), 10, None)


@pytest.mark.parametrize("document", [40, 65535])
def test_a_document_beyond_its_segment_is_refused(sound, document):
    with newsindex.open(sound) as index:
        collection = index.snapshot()._backend.snapshot.compiled
        with pytest.raises(ValueError, match="in no segment"):
            collection.texts.show([], [], [], [(0, document)], 1, 1, None)


def test_what_no_page_has_is_refused(sound, kernel):
    with newsindex.open(sound) as one, newsindex.open(sound) as other:
        mine, theirs = (index.snapshot()._backend.snapshot.compiled for index in (one, other))
        with pytest.raises(ValueError, match="in no segment"):
            mine.texts.show([], [], [], [(1, 0)], 1, 1, None)
        with pytest.raises(ValueError, match="not sought"):
            mine.texts.show([(mine.term("journal"), 1, 1, 1.0)], [[1]], [], [(0, 0)], 1, 1, None)
        with pytest.raises(ValueError, match="no marking 3"):
            mine.texts.show([(mine.term("journal"), 3, 1, 1.0)], [], [], [(0, 0)], 1, 1, None)
        with pytest.raises(ValueError, match="another collection"):
            mine.texts.show([(theirs.term("journal"), 1, 1, 1.0)], [], [], [(0, 0)], 1, 1, None)
        with pytest.raises(ValueError, match="one layout for each segment"):
            kernel.StoredTexts(mine.handle, [])


def test_a_page_whose_time_is_over_is_not_shown(sound):
    with newsindex.open(sound) as index:
        collection = index.snapshot()._backend.snapshot.compiled
        with deadline(-1), pytest.raises(DeadlineExceeded):
            collection.ask(collection.texts.show, [], [], [], [(0, 0)], 1, 1)


def test_a_hit_beyond_the_segments_is_refused(sound):
    with newsindex.open(sound) as index:
        collection = index.snapshot()._backend.snapshot.compiled
        with pytest.raises(ValueError, match="in no segment"):
            collection.handle.lead_scores([], 40.0, [(1.0, 1, 0)], None)


@pytest.mark.parametrize(
    ("labels", "periods"),
    [
        ([[(np.zeros(39, np.uint16), 1)]], []),
        ([[(np.ones(40, np.uint32), 1)]], []),
        ([[]], []),
        ([], [[np.array([7, 3], np.uint32)]]),
        ([], [[]]),
    ],
)
def test_what_does_not_fit_the_documents_counts_nothing(sound, labels, periods):
    with newsindex.open(sound) as index:
        collection = index.snapshot()._backend.snapshot.compiled
        with pytest.raises(ValueError, match=r"label|ascend|segment"):
            collection.handle.facets(collection.plans.everything(), labels, periods, None)


@pytest.mark.parametrize(("sort", "factors"), [("score", []), ("score", [39]), ("size", [40])])
def test_an_order_that_does_not_fit_the_segments_is_refused(sound, sort, factors):
    with newsindex.open(sound) as index:
        collection = index.snapshot()._backend.snapshot.compiled
        decay = 0, 0, [np.ones(count, np.float32) for count in factors]
        with pytest.raises(ValueError, match=r"factor|order"):
            collection.handle.sorted(collection.plans.everything(), [], sort, decay, None, 1, None)


@pytest.mark.parametrize("documents", [[3, 2], [1, 1], [40], [65535]])
def test_listed_documents_must_ascend_within_their_segment(sound, documents):
    with newsindex.open(sound) as index:
        collection = index.snapshot()._backend.snapshot.compiled
        with pytest.raises(ValueError, match="listed documents"):
            collection.plans.listed(collection.handle, [(np.array(documents, np.uint16), None)])


def test_a_plan_is_not_nested_without_end(sound):
    with newsindex.open(sound) as index:
        plans = index.snapshot()._backend.snapshot.compiled.plans
        plan = plans.everything()
        for _ in range(63):
            plan = plans.without(plan, plans.nothing())
        with pytest.raises(ValueError, match="deep"):
            plans.without(plan, plans.nothing())


def test_a_query_may_be_nested_deeper_than_a_plan(sound):
    query = "(" * 45 + "journal" + " -xyz)" * 45
    with newsindex.open(sound) as index:
        assert index.search(query).total == 40


def test_threads_that_search_at_once_find_the_same(sound):
    queries = [
        "journal",
        "corps du journal",
        '"corps numéro"',
        "grande",
        "+titre grands -agrandi",
        "le corps",
    ]
    with newsindex.open(sound) as index:
        expected = [[(hit.article.id, hit.score) for hit in index.search(query)] for query in queries]
    for _ in range(5):
        with newsindex.open(sound) as index, ThreadPoolExecutor(8) as pool:
            found = list(pool.map(index.search, queries * 8))
            for results, hits in zip(found, expected * 8, strict=True):
                assert [(hit.article.id, hit.score) for hit in results] == hits


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # threads are the case
def test_a_forked_child_searches_while_other_threads_of_its_parent_do(sound):
    with newsindex.open(sound) as index:
        expected = index.search("corps du journal").total
        is_over = threading.Event()

        def search():
            while not is_over.is_set():
                index.search("corps du journal", highlight=False)

        def in_child(results):
            results.put(index.search("corps du journal").total)

        threads = [threading.Thread(target=search) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            context = multiprocessing.get_context("fork")
            for _ in range(5):
                results = context.SimpleQueue()
                child = context.Process(target=in_child, args=(results,))
                child.start()
                child.join(20)
                assert child.exitcode == 0
                assert results.get() == expected
        finally:
            is_over.set()
            for thread in threads:
                thread.join()
