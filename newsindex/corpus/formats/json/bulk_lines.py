"""Reads the lines of a search engine's bulk request: an action, and in the next line its document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from newsindex.corpus.formats.format_input import FormatInput

_ACTIONS: Final = ("index", "create", "update", "delete")
_SETTINGS: Final = frozenset(
    ("_index", "_id", "_type", "_routing", "_parent", "_version", "_version_type", "routing", "version",
     "version_type", "retry_on_conflict", "_retry_on_conflict", "require_alias", "dynamic_templates",
     "pipeline", "if_seq_no", "if_primary_term", "list_executed_pipelines")
)  # fmt: skip
_UPDATE_KEYS: Final = frozenset(("doc", "doc_as_upsert", "detect_noop", "upsert"))


class BulkLines:
    """What the action of one line says of the document in the next."""

    def __init__(self, content: FormatInput) -> None:
        self._content = content
        self._settings: Mapping[str, Any] | None = None

    def concerns(self, record: Any) -> bool:
        """Whether a record may be an action, or the document of the action before it."""
        return self._settings is not None or (record.__class__ is dict and len(record) == 1)

    def document(self, record: Any) -> Any:
        """The record of a line, with the id that an action before it gave; None for an action itself."""
        if isinstance(record, dict) and len(record) == 1 and self._is_action(record):
            return None
        settings, self._settings = self._settings, None
        if settings is None or not isinstance(record, dict):
            return record
        if isinstance(record.get("doc"), dict) and record.keys() <= _UPDATE_KEYS:
            record = record["doc"]
        if settings.get("_id") is None:
            return record
        return {"_id": settings["_id"], **{name: value for name, value in record.items() if name != "_id"}}

    def forget(self) -> None:
        """Forgets the action of the last line, since the line after it cannot be read."""
        self._settings = None

    def _is_action(self, record: dict[str, Any]) -> bool:
        ((name, settings),) = record.items()
        if name not in _ACTIONS or not isinstance(settings, dict) or not settings.keys() <= _SETTINGS:
            return False
        if name == "delete":
            self._content.pass_over("deletion")
        else:
            self._settings = settings
        return True
