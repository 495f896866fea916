"""The record of an index on a cluster: its settings, its identity, and where its articles are.

The record is the ``_meta`` of the mapping; where articles are written is told by the names of aliases, which
change at one instant (see ``layout``).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import uuid4

from newsindex.errors import AnalyzerMismatch, IndexExists, IndexNotFound, IndexTooNew, IndexTooOld
from newsindex.index_settings import IndexSettings

from . import layout
from .connection import Connection
from .frequencies import AverageLengths
from .indexed_files import files_body
from .refusals import Refusal

_TYPICAL_LENGTHS: Final = AverageLengths(10.0, 250.0)
"""The average lengths of a new index, until its first articles are written."""
_EPOCH: Final = re.compile(r"-(?:Write|Copy)-(\d+)$")


@dataclass(frozen=True)
class Places:
    """Where the articles of an index are: the index that is read, and the aliases by which it is written.

    ``copy_alias`` is that of the index that a rebuild fills, None where there is no rebuild.
    """

    index: str
    write_alias: str
    copy_alias: str | None
    epoch: int

    @property
    def aliases(self) -> tuple[str, ...]:
        """The aliases to which each change goes, one after the other."""
        return (self.write_alias,) if self.copy_alias is None else (self.write_alias, self.copy_alias)


@dataclass(frozen=True)
class IndexRecord:
    """What an index has recorded."""

    identity: str
    settings: IndexSettings
    averages: AverageLengths
    are_typical: bool = False
    """Whether the average lengths are not those of articles of the index."""

    @property
    def encoding(self) -> str:
        """What the analysed fields of a document depend on beside the article: 16 hexadecimal digits."""
        settings = self.settings.record()
        made_by = [layout.FORMAT, settings, list(self.averages)]
        return hashlib.blake2b(json.dumps(made_by, sort_keys=True).encode(), digest_size=8).hexdigest()

    def meta(self) -> dict[str, Any]:
        """The record as the ``_meta`` of a mapping."""
        return {
            "newsindex": {
                "format": layout.FORMAT,
                "identity": self.identity,
                "settings": self.settings.record(),
                "averages": {**self.averages._asdict(), "are_typical": self.are_typical},
            }
        }


def new_record(settings: IndexSettings) -> IndexRecord:
    """The record of a new index."""
    return IndexRecord(uuid4().hex, settings, _TYPICAL_LENGTHS, are_typical=True)


def index_body(
    connection: Connection, record: IndexRecord, kept: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The body of the request that creates an index: its settings and its mapping, without aliases.

    The options of the address count before settings that are ``kept`` of another version, and these before
    the defaults.
    """
    settings = {
        **layout.DEFAULT_SETTINGS,
        **(kept or {}),
        **connection.address.settings,
        **layout.analysis_settings(record.settings.ranking.k1),
    }
    return {"settings": settings, "mappings": layout.mappings(record.meta())}


def creation_requests(connection: Connection, record: IndexRecord) -> list[tuple[str, dict[str, Any]]]:
    """The paths and bodies of the PUT requests that create an index, and the one of its files."""
    name = connection.address.index
    body = index_body(connection, record)
    body["aliases"] = {name: {}, layout.write_alias(name, 1): {"is_write_index": True}}
    files = files_body(body["settings"])
    return [(f"/{layout.versioned_name(name, 1)}", body), (f"/{layout.files_index(name)}", files)]


def create_index(connection: Connection, settings: IndexSettings) -> None:
    """Creates an empty index. Raises IndexExists, and ClusterUnavailable."""
    if read_aliases(connection):
        raise IndexExists(_exists(connection))
    path, body = creation_requests(connection, new_record(settings))[0]
    try:
        connection.request("PUT", path, body)
    except Refusal as refusal:
        if refusal.kind in ("resource_already_exists_exception", "invalid_alias_name_exception"):
            raise IndexExists(_exists(connection)) from None
        raise


def _exists(connection: Connection) -> str:
    return f"{connection.name} exists already: open it, or choose another name"


def read_aliases(connection: Connection) -> dict[str, list[str]]:
    """The aliases of the versions of an index, by OpenSearch's name of each version."""
    return _aliases(_read_versions(connection, "/_alias"))


def _read_versions(connection: Connection, part: str = "") -> dict[str, dict[str, Any]]:
    """What the cluster says of the versions of an index, by OpenSearch's name of each version.

    ``part`` is the end of the address that is asked, such as ``/_alias``.
    """
    name = connection.address.index
    parameters = {"expand_wildcards": "all"} | ({} if part else {"flat_settings": True})
    answer = connection.request("GET", f"/{layout.versions_of(name)}{part}", params=parameters)
    pattern = re.compile(rf"{re.escape(name)}-v\d{{4,}}")
    return {index: found for index, found in answer.items() if pattern.fullmatch(index)}


def _aliases(versions: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    return {index: list(found["aliases"]) for index, found in versions.items()}


def read_index(connection: Connection) -> tuple[Places, IndexRecord]:
    """Where the articles of the index are now, and its record, by one request.

    Raises IndexNotFound, AnalyzerMismatch, IndexTooOld and IndexTooNew, as :func:`read_record` does.
    """
    versions = _read_versions(connection)
    places = places_of(connection, _aliases(versions))
    return places, _checked_record(connection, places.index, versions[places.index])


def read_places(connection: Connection) -> Places:
    """Where the articles of the index are now. Raises IndexNotFound."""
    return places_of(connection, read_aliases(connection))


def places_of(connection: Connection, aliases: Mapping[str, list[str]]) -> Places:
    """Where the articles are, by the aliases of all versions. Raises IndexNotFound."""
    name = connection.address.index
    read = [index for index, names in aliases.items() if name in names]
    written = [alias for names in aliases.values() for alias in names if alias.startswith(f"{name}-Write-")]
    copied = [alias for names in aliases.values() for alias in names if alias.startswith(f"{name}-Copy-")]
    if len(read) != 1 or len(written) != 1:
        raise IndexNotFound(
            f"there is no index at {connection.name}: create it with `newsindex index` or newsindex.create()"
        )
    match = _EPOCH.search(written[0])
    return Places(read[0], written[0], copied[0] if copied else None, int(match[1]) if match else 0)


def read_record(connection: Connection, index: str) -> IndexRecord:
    """The record of a version of an index, after a check that its mapping and settings are newsindex's.

    Raises AnalyzerMismatch for one that was changed by hand or that has another analysis, IndexTooOld,
    IndexTooNew and IndexNotFound.
    """
    try:
        answer = connection.request("GET", f"/{index}", params={"flat_settings": True})
    except Refusal as refusal:
        if refusal.status == 404:
            raise IndexNotFound(f"there is no index at {connection.name} any more") from None
        raise
    return _checked_record(connection, index, answer[index])


def _checked_record(connection: Connection, index: str, version: Mapping[str, Any]) -> IndexRecord:
    """The record of a version, of which the cluster says this."""
    mapping = version["mappings"]
    record = parse_meta(connection, mapping.get("_meta", {}).get("newsindex"))
    _check_unchanged(connection, index, record, mapping, version["settings"])
    return record


def parse_meta(connection: Connection, meta: Any, *, analysis: str | None = None) -> IndexRecord:
    """The record in the ``_meta`` of a mapping; ``analysis`` is regarded as the one that it names.

    Raises AnalyzerMismatch, IndexTooOld and IndexTooNew.
    """
    if not isinstance(meta, dict) or not {"format", "identity", "settings", "averages"} <= meta.keys():
        raise AnalyzerMismatch(
            f"{connection.name} has lost the record of newsindex in its mapping (_meta): restore the index "
            "from a snapshot, or index the articles again into a new one"
        )
    if meta["format"] < layout.OLDEST_FORMAT:
        raise IndexTooOld(
            f"{connection.name} has the format {meta['format']}, older than this newsindex reads "
            f"({layout.OLDEST_FORMAT}): index the articles again into a new one"
        )
    if meta["format"] > layout.FORMAT:
        raise IndexTooNew(
            f"{connection.name} has the format {meta['format']}, newer than this newsindex knows "
            f"({layout.FORMAT}): install a newer newsindex"
        )
    recorded = {**meta["settings"], **({} if analysis is None else {"analysis": analysis})}
    settings = IndexSettings.from_record(recorded, connection.name)
    averages = dict(meta["averages"])
    are_typical = bool(averages.pop("are_typical", False))
    return IndexRecord(str(meta["identity"]), settings, AverageLengths(**averages), are_typical)


def _check_unchanged(
    connection: Connection,
    index: str,
    record: IndexRecord,
    mapping: Mapping[str, Any],
    settings: Mapping[str, Any],
) -> None:
    """Raises AnalyzerMismatch where a field or a setting of the analysis is not as newsindex makes it."""
    expected = layout.mappings({})
    found = mapping.get("properties", {})
    changed = [name for name, field in expected["properties"].items() if found.get(name) != field]
    changed += [name for name in ("dynamic", "_source") if mapping.get(name) != expected.get(name)]
    changed += [
        name
        for name, value in layout.analysis_settings(record.settings.ranking.k1).items()
        if settings.get(name) != value
    ]
    if changed:
        raise AnalyzerMismatch(
            f"the mapping of {index} at {connection.name} was changed by hand ({', '.join(changed[:5])}): "
            "run `newsindex cluster rebuild`, which makes it anew from the articles that are stored"
        )


def record_averages(connection: Connection, index: str, record: IndexRecord) -> None:
    """Records the average lengths of the first articles of an index."""
    connection.request("PUT", f"/{index}/_mapping", {"_meta": record.meta()})


def with_averages(record: IndexRecord, averages: AverageLengths) -> IndexRecord:
    """A record with the average lengths of articles."""
    return replace(record, averages=averages, are_typical=False)
