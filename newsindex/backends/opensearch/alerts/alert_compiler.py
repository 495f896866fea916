"""Compiles the query of an alert into one that the cluster runs on articles that are not indexed yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from newsindex.alerts.definition import Definition
from newsindex.alerts.stored_trees import KEY_VERSION, encode_tree
from newsindex.backends.opensearch.layout import document_id
from newsindex.backends.opensearch.searching.querying.clauses import Clause
from newsindex.backends.opensearch.searching.querying.query_compiler import QueryCompiler
from newsindex.errors import QueryError
from newsindex.index_settings import IndexSettings
from newsindex.query.ranking.search_options import Operator
from newsindex.query.syntax.nodes import FuzzyQuery, LabelQuery, QueryNode
from newsindex.query.syntax.parser import ParsedQuery

from .alert_layout import DOCUMENT_FIELD, FORM_FIELDS

Parse = Callable[[str, Operator], ParsedQuery]
"""Parses a query with the other ways in which the articles of the index write its words."""
_NOTHING: Final[Iterable[str]] = ()


class Compiled(NamedTuple):
    """The query of an alert for the cluster, and the tree of what was typed as JSON.

    The query is None where this version cannot run it.
    """

    clause: Clause | None
    tree: str


class _PercolatorCompiler(QueryCompiler):
    """Asks single articles for what an index is asked otherwise."""

    def _compile(self, node: QueryNode, scores: Any) -> Clause:
        if isinstance(node, LabelQuery) and node.field == "id":
            return {"terms": {DOCUMENT_FIELD: [document_id(value) for value in node.values]}}
        if isinstance(node, FuzzyQuery) and node.field != "text":
            value = {"value": node.word, "fuzziness": node.distance, "rewrite": "constant_score"}
            return {"fuzzy": {FORM_FIELDS[node.field]: value}}
        return super()._compile(node, scores)


class AlertCompiler:
    """Compiles the alerts of an index."""

    def __init__(self, settings: IndexSettings, parse: Parse) -> None:
        self._settings = settings
        self._parse = parse
        self._compiler = _PercolatorCompiler(settings.ranking, lambda node: _NOTHING)

    def compile(self, body: str) -> Compiled:
        """The query of an alert with a definition as JSON."""
        try:
            definition = Definition.from_body(body)
            zone = self._settings.zone
            typed = definition.parse(zone, self._settings.lexicon)
            parsed = definition.within_filters(self._parse(definition.query, definition.operator), zone)
            return Compiled(self._compiler.matching(parsed.tree), encode_tree(typed.tree))
        except QueryError:  # Alert.error says so to who lists the alerts
            return Compiled(None, "")


def compiled_state(zone: ZoneInfo) -> str:
    """By which rules and on which day a query is compiled: relative dates are others on the next day."""
    return f"{KEY_VERSION}, {datetime.now(zone).date().isoformat()}"
