"""What alerts tell is what a search of the index finds among the articles that came."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex.alerts.copies import CopyFinder
from newsindex.alerts.definition import Definition
from newsindex.errors import QueryError
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.syntax.filters import Filters
from tests.properties.strategies import WORDS, corpora, queries, signed_queries

VARIANT_TEXTS = (
    "ONEE", "Office national de l'électricité et de l'eau potable (ONEE)", "anti-gang", "antigang",
    "anti gang", "COP28", "COP 28", "covid19", "covid", "20h30", "20 h 30", "2e", "deuxième", "#CAN2025",
    "CAN 2025",
    "office national de l'électricité et de l'eau potable", "CHU", "centre hospitalier universitaire (CHU)",
    "centre hospitalier universitaire", "week-end", "weekend", "Oréal", "L'Oréal", "loréal",
    "porteparole", "49.3",
)  # fmt: skip
variant_words = st.sampled_from(VARIANT_TEXTS)
variant_queries = st.lists(variant_words | st.sampled_from(WORDS[:8]), min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([" ", " AND ", " SAUF ", " OR "]).map(lambda sign: sign.join(parts))
)
filters = st.fixed_dictionaries(
    {}, optional={"source": st.sampled_from(["Hespress", "l'echo"]), "since": st.just("2024-06")}
)


@st.composite
def variant_corpora(draw):
    articles = draw(corpora())
    return [
        replace(article, body=" . ".join([article.body, *draw(st.lists(variant_words, max_size=3))]))
        for article in articles
    ]


class Model:
    """The matches that are recorded of one alert, by the obvious rules; the value is whether it was told."""

    def __init__(self, definition):
        self.definition = definition
        self.rows = {}

    def found(self, searcher, tree):
        snapshot = searcher._backend.snapshot
        evaluator = Evaluator(snapshot)
        return {
            view.segment.text(document).rest["id"]
            for view in snapshot.views
            for document in evaluator.matches(view, tree).documents.tolist()
        }

    def commit(self, before, after):
        dictionary = SnapshotDictionary(after._backend.snapshot)
        try:
            tree = self.definition.parse(after.zone, after.lexicon, dictionary).tree
            now, earlier = self.found(after, tree), self.found(before, tree)
        except QueryError:
            return
        for article_id in {article.id for article in after}:
            if before.get(article_id) == after.get(article_id):
                continue
            if article_id not in now:
                self.rows.pop(article_id, None)
            elif article_id not in earlier:
                self.rows.setdefault(article_id, False)
        for article_id, was_told in list(self.rows.items()):
            if article_id not in after and not was_told:
                del self.rows[article_id]

    def new(self):
        return {article_id for article_id, was_told in self.rows.items() if not was_told}


changes = st.sampled_from(["update", "delete", "acknowledge", "optimize", "nothing"])


@given(
    st.lists(corpora() | variant_corpora(), min_size=2, max_size=4),
    st.lists(
        st.tuples(queries | signed_queries | variant_queries, st.sampled_from(["any", "all"]), filters),
        min_size=1,
        max_size=5,
    ),
    st.data(),
)
def test_alerts_tell_what_a_search_finds_among_what_came(batches, asked, data):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        newsindex.create(Path(folder) / "i") as index,
        patch.object(CopyFinder, "originals", lambda *_: {}),
    ):
        if data.draw(st.booleans()):
            index.add(batches.pop())
        models = {}
        for number, (query, operator, given_filters) in enumerate(asked):
            try:
                index.alerts.add(str(number), query, operator=operator, **given_filters)
            except QueryError:
                continue
            definition = Definition(query, operator, Filters.from_arguments(given_filters))
            models[str(number)] = Model(definition)
        for articles in batches:
            before = index.snapshot()
            what = data.draw(changes)
            if what == "acknowledge":
                for name, model in models.items():
                    index.alerts.acknowledge(name)
                    model.rows = dict.fromkeys(model.rows, True)
            with index.writer() as writer:
                for article in articles:
                    writer.add(article)
                    if what == "update":
                        writer.add(replace(article, body=data.draw(variant_words)))
                if what == "delete":
                    writer.delete(articles[0].id)
                if what == "optimize":
                    writer.optimize()
            with index.snapshot() as after:
                for model in models.values():
                    model.commit(before, after)
            for name, model in models.items():
                told = [match.hit.article.id for match in index.alerts.new(name)]
                assert len(told) == len(set(told))
                assert set(told) == model.new(), index.alerts[name]
            arrived = [(match.alert.name, match.hit.article.id) for match in writer.report.alerts]
            assert set(arrived) <= {(name, one) for name, model in models.items() for one in model.new()}
        index.check()
