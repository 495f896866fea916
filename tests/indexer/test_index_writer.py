"""A writer keeps what it was given or says so; it never waits for itself."""

from __future__ import annotations

import gc
import os
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

import newsindex
from newsindex import Article


def article(i, body="corps"):
    return Article(f"Titre {i}", body, id=f"a{i}")


@pytest.mark.parametrize(
    "change",
    [lambda index: index.add([article(2)]), lambda index: index.delete("a1"), lambda index: index.optimize()],
)
def test_a_change_inside_a_writers_block_is_refused_at_once(make_index, change):
    index = make_index([article(1)])
    with index.writer() as writer:
        writer.add(article(3))
        with pytest.raises(newsindex.IndexLocked, match="this thread is writing"):
            change(index)
    assert {a.id for a in index} == {"a1", "a3"}
    assert index.add([article(2)]).added == 1


def test_another_thread_waits_its_timeout_and_no_longer(make_index):
    index = make_index()
    with ThreadPoolExecutor(1) as other, index.writer() as writer:
        refused = other.submit(index.add, [article(1)], timeout=0.02)
        with pytest.raises(newsindex.IndexLocked, match="another thread"):
            refused.result(60)
        waiting = other.submit(index.add, [article(2)], timeout=60)
        writer.add(article(3))
        assert not waiting.done()
    assert waiting.result(60).added == 1
    assert {a.id for a in index} == {"a2", "a3"}


def test_a_second_index_of_the_same_process_is_named(make_index):
    index = make_index()
    with index.writer(), pytest.raises(newsindex.IndexLocked, match="this one, with another Index"):
        newsindex.open(index.path).add([article(1)], timeout=0)


def test_the_time_that_was_waited_is_told_in_round_seconds(make_index):
    index = make_index()
    with ThreadPoolExecutor(1) as other, index.writer():
        with pytest.raises(newsindex.IndexLocked, match=r"within 0\.01 s: try again once it has$"):
            other.submit(index.add, [article(1)], timeout=0.0099999).result(60)
        with pytest.raises(newsindex.IndexLocked, match=r"within 0\.01 s: try again once it has$"):
            newsindex.open(index.path).add([article(1)], timeout=0.0099999)


def test_a_writer_ends_with_its_block(make_index):
    index = make_index([article(1)])
    with index.writer() as writer:
        pass
    for late in (lambda: writer.add(article(2)), lambda: writer.delete("a1"), writer.optimize, writer.commit):
        with pytest.raises(newsindex.NewsIndexError, match="has ended"):
            late()
    with pytest.raises(RuntimeError), index.writer() as writer:
        raise RuntimeError
    with pytest.raises(newsindex.NewsIndexError, match="has ended"):
        writer.add(article(2))


def test_a_closed_index_refuses_everything_and_can_be_closed_again(make_index):
    index = make_index([article(1)])
    index.close()
    index.close()
    for call in (
        lambda: index.add([article(2)]), lambda: index.delete("a1"), index.optimize,
        lambda: index.search("titre"),
        lambda: index.get("a1"), lambda: "a1" in index, lambda: len(index), lambda: list(index), index.stats,
        index.check, index.refresh, lambda: index.parse("titre"),
    ):  # fmt: skip
        with pytest.raises(newsindex.NewsIndexError, match="closed"):
            call()
    assert "closed" in repr(index)
    assert len(newsindex.open(index.path)) == 1


def test_an_index_closed_inside_a_writers_block_commits_and_stays_closed(make_index):
    index = make_index()
    with index.writer() as writer:
        writer.add(article(1))
        index.close()
    with pytest.raises(newsindex.NewsIndexError, match="closed"):
        len(index)
    assert len(newsindex.open(index.path)) == 1


def test_a_failed_change_that_the_program_passes_over_is_not_committed(make_index, monkeypatch):
    index = make_index([article(1)])

    def failing(*arguments):
        raise OSError("no space left")

    def run():
        with index.writer() as writer:
            writer.add(article(2))
            monkeypatch.setattr("newsindex.indexer.building.batch.build_segment", failing)
            with pytest.raises(newsindex.NewsIndexError, match="no space"):
                writer.optimize()
            monkeypatch.undo()

    with pytest.raises(newsindex.NewsIndexError, match="an earlier change failed"):
        run()
    assert [a.id for a in index] == ["a1"]
    assert index.add([article(2)]).added == 1


def test_threads_may_share_a_writer(make_index):
    index = make_index()
    with index.writer() as writer, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: writer.add(article(i)), range(3000)))
    assert len(index) == 3000


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that a reader has open")
def test_no_file_stays_that_no_commit_names(make_index):
    index = make_index([article(1)])
    reader = newsindex.open(index.path)

    def files():
        return len(list(index.path.glob("*.segment")))

    with index.writer() as writer:  # written and merged away within one commit
        writer.add(article(2))
        writer.optimize()
        writer.add(article(3))
        writer.optimize()
    assert files() == index.stats().segments == 1
    with index.writer() as writer:  # written, and nothing changed in the end
        writer.add(article(4))
        assert writer.delete("a4")
        writer.add(article(5))
        writer.optimize()
        writer.delete("a5")
    assert files() == index.stats().segments
    with index.writer() as writer:  # all of it deleted again
        for i in (1, 2, 3):
            writer.delete(f"a{i}")
        writer.optimize()
    assert files() == index.stats().segments == 0
    with pytest.raises(RuntimeError), index.writer() as writer:  # noqa: PT012 - the block is the case
        writer.add(article(6))
        writer.optimize()
        raise RuntimeError
    assert files() == 0
    assert [a.id for a in reader] == ["a1"]
    assert reader.search("corps").total == 1


def test_a_file_that_was_open_at_the_commit_is_deleted_when_its_readers_have_ended(
    make_index, open_files_stay
):
    """Windows deletes no file that is open."""
    index = make_index([article(1)], [article(2)])
    reader = newsindex.open(index.path)

    def files():
        return {path.name for path in index.path.glob("*.segment")}

    before = files()
    index.optimize()
    assert index.stats().segments == 1
    assert before < files()  # the reader has them open
    assert reader.search("corps").total == 2
    reader.close()
    gc.collect()
    index.optimize(rebuild=True)
    assert len(files()) == index.stats().segments == 1
    with pytest.raises(RuntimeError), index.writer() as writer:  # noqa: PT012 - the block is the case
        writer.add(article(6))
        writer.optimize()
        raise RuntimeError
    assert len(files()) == 1


def test_a_segment_that_is_missing_is_named(make_index):
    made = make_index([article(1)])
    made.close()
    gc.collect()
    path = made.path
    index = newsindex.open(path, mapped=False)  # Windows deletes no file that is mapped
    (segment,) = path.glob("*.segment")
    segment.unlink()
    with pytest.raises(newsindex.IndexCorrupt, match=segment.name):
        newsindex.open(index.path)
    with pytest.raises(newsindex.IndexCorrupt, match=segment.name):
        index.add([article(2)])


def test_threads_that_write_at_once_each_see_their_own_change(make_index):
    index = make_index()
    unseen = []

    def work(name):
        for k in range(8):
            index.add([Article("Titre", id=f"{name}-{k}")], timeout=60)
            if f"{name}-{k}" not in index:
                unseen.append((name, k))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert unseen == []
    assert len(index) == 32


def test_a_writer_gives_an_article_as_of_the_changes_so_far(make_index):
    index = make_index([Article("Un", id="1"), Article("Deux", id="2")])
    with index.writer() as writer:
        writer.add(Article("Un, changé", id="1"))
        assert [writer.get(i) and writer.get(i).headline for i in "123"] == ["Un, changé", "Deux", None]
        writer.delete("2")  # what waited is in the batch from here on
        assert [writer.get(i) and writer.get(i).headline for i in "123"] == ["Un, changé", None, None]
        assert writer.get("a\ud800") is None


def test_an_article_that_is_too_long_is_an_error_and_the_others_are_indexed(make_index, monkeypatch):
    monkeypatch.setattr("newsindex.article.MAX_ARTICLE_CHARACTERS", 20)
    index = make_index()
    report = index.add([article(1), {"id": "a2", "titre": "Titre 2", "texte": "mot " * 6}, article(3)])
    assert report.added == 2
    assert [str(error) for error in report.errors] == [
        "the article 'a2' has 31 characters, more than 20: split it"
    ]
    assert {a.id for a in index} == {"a1", "a3"}


@pytest.mark.parametrize("workers", [1, 2])
def test_articles_of_ever_new_words_become_a_segment_before_memory_is_short(make_index, monkeypatch, workers):
    monkeypatch.setattr("newsindex.indexer.admission._MAX_WAITING_ARTICLES", 2)
    monkeypatch.setattr("newsindex.indexer.workers.worker_pool._FULL_CHECK_BLOCKS", 2)
    monkeypatch.setattr("newsindex.indexer.workers.worker_pool._MIN_CHARACTERS", 1)
    monkeypatch.setattr(
        "newsindex.indexer.workers.worker_process.WorkerProcess.is_full", lambda process: True
    )
    monkeypatch.setattr("newsindex.indexer.scanning.scanner.MAX_FORMS", 3)
    index = make_index()
    index.add([article(i) for i in range(8)], workers=workers)
    assert 2 <= index.stats().segments <= 4
    assert {a.id for a in index} == {f"a{i}" for i in range(8)}


def test_much_text_is_taken_in_before_many_articles_wait(make_index, monkeypatch):
    monkeypatch.setattr("newsindex.indexer.admission._MAX_WAITING_CHARACTERS", 30)
    index = make_index()
    with index.writer() as writer:
        for i in range(4):
            writer.add(article(i, "mot " * 5))
        assert len(writer._writer._admission._waiting) == 0
        assert writer.get("a1") == article(1, "mot " * 5)


def test_a_writer_that_is_done_releases_the_files_of_deleted_segments_at_once(make_index):
    index = make_index([article(1)])
    gc.collect()
    gc.disable()
    try:
        with index.writer() as writer:
            writer.add(article(2))
            done = weakref.ref(writer._writer)
        del writer
        assert done() is None
    finally:
        gc.enable()


def test_a_writer_that_has_committed_takes_no_change_and_its_block_ends_well(make_index):
    index = make_index()
    with index.writer() as writer:
        writer.add(Article("Un pont", id="1"))
        writer.commit()
        writer.commit()
        with pytest.raises(newsindex.NewsIndexError, match="has committed: make another"):
            writer.add(Article("Un autre pont", id="2"))
    assert [article.id for article in index] == ["1"]
    index.check()
