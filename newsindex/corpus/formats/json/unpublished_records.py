"""Says why a record of JSON is no published article: a draft, an attachment, a withdrawn dispatch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .shape import Shape
from .shape_table import DRUPAL, GHOST, NINJS, WORDPRESS, ZOTERO

_WORDPRESS_KINDS: Final = {
    "attachment": "attachment", "revision": "revision", "nav_menu_item": "menu", "wp_navigation": "menu",
    "wp_block": "block", "wp_template": "template", "wp_template_part": "template",
    "wp_global_styles": "style", "custom_css": "style", "customize_changeset": "revision",
    "oembed_cache": "attachment", "user_request": "request", "feedback": "form",
}  # fmt: skip
_PUBLISHED: Final = ("", "publish", "published", "sent", "usable", "stat:usable", "inherit")
_STATUS_NAMES: Final = frozenset(("status", "statut", "post_status", "state", "etat", "état", "_status"))
_NOT_PUBLISHED: Final = {
    **{status: status for status in ("draft", "unpublished", "private", "trash", "auto-draft")},
    **{status: f"record with the status {status!r}" for status in ("brouillon", "privé")},
}
"""The reason for each status of a record that is not published; a word of the file in French is quoted."""
_TEXT_NAMES: Final = ("title", "content")
_WITHDRAWN: Final = "[removed]"  # as NewsAPI has it in each field
_ZOTERO_KINDS: Final = ("attachment", "note", "annotation")
_PICTURES: Final = ("picture", "photo", "video", "audio", "graphic")


def unpublished_reason(record: Mapping[str, Any], shape: Shape | None) -> str | None:
    """The reason by which a record is counted that is no published article; None for one that is."""
    if any(_text(record, name) == _WITHDRAWN for name in _TEXT_NAMES):
        return "withdrawn"
    if shape is None:
        statuses = (_text(record, name) for name in status_names(record))
        return next((_NOT_PUBLISHED[status] for status in statuses if status in _NOT_PUBLISHED), None)
    if shape.name == WORDPRESS:
        kind = _text(record, "type") or _text(record, "post_type")
        return _WORDPRESS_KINDS.get(kind) or _status(record, "status", "post_status")
    if shape.name == GHOST:
        return _status(record, "status")
    if shape.name == NINJS:
        kind = _text(record, "type")
        return _status(record, "pubstatus") or (kind if kind in _PICTURES else None)
    if shape.name == ZOTERO:
        kind = _text(record, "itemType")
        return "deleted" if record.get("deleted") else kind if kind in _ZOTERO_KINDS else None
    if shape.name == DRUPAL:
        return "draft" if _is_false(record.get("status")) else None
    return None


def status_names(record: Mapping[str, Any]) -> list[str]:
    """The names in a record, in capitals or not, whose values may say that it is not published."""
    return sorted(name for name in record if name.lower() in _STATUS_NAMES)


def _status(record: Mapping[str, Any], *names: str) -> str | None:
    status = next(filter(None, (_text(record, name) for name in names)), "")
    return None if status in _PUBLISHED else status


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value.strip().lower() if isinstance(value, str) else ""


def _is_false(value: Any) -> bool:
    """Whether a flag is off, also as Drupal wraps it: ``[{"value": false}]``."""
    if isinstance(value, list) and len(value) == 1:
        (value,) = value
    if isinstance(value, dict):
        value = value.get("value")
    return value is False or value == "0"
