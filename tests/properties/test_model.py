"""Whatever is done to an index, in whatever order, it holds what a dictionary would hold."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import newsindex
from newsindex import Article

from .strategies import texts

ids = st.sampled_from([f"a{i}" for i in range(6)])
articles = st.builds(lambda i, text: Article(text or "vide", text, id=i), ids, texts)
changes = st.lists(articles | ids, max_size=5)  # an id alone is a deletion


class IndexModel(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.index = newsindex.create(Path(self.home.name) / "i")
        self.model: dict[str, Article] = {}

    def teardown(self):
        self.index.close()
        self.home.cleanup()

    def _apply(self, writer, change, model):
        if isinstance(change, str):
            assert writer.delete(change) == (model.pop(change, None) is not None)
        else:
            writer.add(change)
            model[change.id] = change

    @rule(change=changes)
    def commit(self, change):
        with self.index.writer() as writer:
            for one in change:
                self._apply(writer, one, self.model)

    @rule(change=changes)
    def roll_back(self, change):
        scratch = dict(self.model)
        try:
            with self.index.writer() as writer:
                for one in change:
                    self._apply(writer, one, scratch)
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass

    @rule(batch=st.lists(articles, max_size=6), commit_every=st.sampled_from([None, 1, 3]))
    def add(self, batch, commit_every):
        before = dict(self.model)
        report = self.index.add(batch, commit_every=commit_every)
        self.model.update({article.id: article for article in batch})
        assert report.added == len(self.model) - len(before)
        assert report.added + report.updated + report.skipped == len(batch)
        changed = [i for i in before if self.model[i] != before[i]]
        versions = [article for article in batch if article.id in changed]
        assert len(changed) <= report.updated <= len(versions) + sum(one.id not in before for one in batch)
        if len(self.model) == len(before) and not changed:
            assert (report.added, report.updated) == (0, 0)

    @precondition(lambda self: self.model)
    @rule()
    def optimize(self):
        self.index.optimize()
        assert self.index.stats().deleted == 0
        assert self.index.stats().segments == 1

    @rule()
    def reopen(self):
        self.index.close()
        self.index = newsindex.open(Path(self.home.name) / "i")

    @invariant()
    def holds_what_the_dictionary_holds(self):
        assert len(self.index) == len(self.model)
        assert {article.id: article for article in self.index} == self.model
        assert self.index.search("", limit=100).total == len(self.model)
        for article_id in ("a0", "a5"):
            assert self.index.get(article_id) == self.model.get(article_id)
        self.index.check()


TestIndexModel = IndexModel.TestCase
TestIndexModel.settings = settings(deadline=None, max_examples=15, stateful_step_count=20)
