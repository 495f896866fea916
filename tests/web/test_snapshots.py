"""Every answer is of one commit, whatever is committed while it is made."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from newsindex import Article
from newsindex.searching.searcher import Searcher
from newsindex.web import create_app
from newsindex.web.limits import Limits


@pytest.fixture
def committing(monkeypatch):
    """A function that makes every search be followed by a commit, of a change that it is given."""

    def commit_after_each_search(change):
        search = Searcher.search
        commits = []

        def search_then_commit(searcher, *arguments, **options):
            results = search(searcher, *arguments, **options)
            change(len(commits))
            commits.append(results)
            return results

        monkeypatch.setattr(Searcher, "search", search_then_commit)
        return commits

    return commit_after_each_search


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_a_csv_file_has_each_row_once_while_a_writer_commits_between_its_pages(make_index, committing, sort):
    index = make_index(Article("neige", f"La neige {i}", id=f"{i:04}") for i in range(1_700))

    def change(round):
        with index.writer() as writer:
            for i in range(round, 1_700, 7):
                writer.delete(f"{i:04}")
            for i in range(round + 3, 1_700, 11):
                writer.add(Article("neige", f"Encore de la neige {i} {round}", id=f"{i:04}"))
            for i in range(300):
                writer.add(Article("neige neige", "neige", id=f"new {round} {i}"))

    commits = committing(change)
    app = create_app(index, limits=Limits(refresh=1e-9, seconds=60))
    answer = TestClient(app).get(f"/api/search.csv?q=neige&sort={sort}")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(commits) == 4
    assert sorted(row["id"] for row in rows) == [f"{i:04}" for i in range(1_700)]
    assert not any("Encore" in row["body"] for row in rows)


def test_a_page_shows_one_commit_in_all_its_parts(make_index, committing):
    index = make_index([Article("neige", source=source, id=source) for source in ("A", "B")])
    commits = committing(lambda round: index.add([Article("neige", source=f"New {round}")]))
    text = TestClient(create_app(index)).get("/?q=neige&source=A").text
    assert len(commits) > 1
    assert "New" not in text


def test_a_feed_has_the_tag_of_what_is_in_it(make_index, committing):
    index = make_index([Article("neige", id="a")])
    client = TestClient(create_app(index))
    commits = committing(lambda round: index.add([Article("neige", id=f"new {round}")]))
    first = client.get("/api/search.atom")
    assert first.text.count("<entry>") == 1
    entries = 1 + len(commits)
    second = client.get("/api/search.atom", headers={"If-None-Match": first.headers["etag"]})
    assert second.text.count("<entry>") == entries > 1
