"""The settings that an index records when it is created: its time zone, ranking weights and lexicon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from os import PathLike
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsindex.analyzer import ANALYSIS, Lexicon
from newsindex.analyzer.lexicon import read_lexicon
from newsindex.query.evaluation.bm25f import BM25F

from .arguments import number, text
from .errors import AnalyzerMismatch, QueryError

DEFAULT_TIMEZONE: Final = "Europe/Paris"


def time_zone(name: str) -> ZoneInfo:
    """The time zone with this name in the IANA database. Raises QueryError, and TypeError for no text."""
    try:
        return ZoneInfo(text("timezone", name))
    except (ZoneInfoNotFoundError, ValueError):
        raise QueryError(f"{name!r} is no time zone: write one like Europe/Paris") from None


def ranking_weights(weights: Mapping[str, float]) -> BM25F:
    """The ranking with some of its weights changed. Raises QueryError, and TypeError for no number."""
    unknown = set(weights) - {weight.name for weight in fields(BM25F)}
    if unknown:
        raise QueryError(f"no setting {', '.join(sorted(unknown))}: see newsindex.create")
    return BM25F(**{name: number(name, value) for name, value in weights.items()})


def lexicon_in(path: str | PathLike[str] | None) -> Lexicon:
    """The lexicon in a TOML file; an empty one without a file. Raises QueryError."""
    return Lexicon() if path is None else read_lexicon(Path(path))


@dataclass(frozen=True)
class IndexSettings:
    """The settings of one index; they hold for its whole life."""

    zone: ZoneInfo
    ranking: BM25F = field(default_factory=BM25F)
    lexicon: Lexicon = field(default_factory=Lexicon)

    def record(self) -> dict[str, Any]:
        """The settings and the name of the analysis as JSON values, for the manifest."""
        record = {"analysis": ANALYSIS, "timezone": self.zone.key, "ranking": asdict(self.ranking)}
        lexicon = self.lexicon.record()
        return {**record, "lexicon": lexicon} if lexicon else record

    @classmethod
    def of_record(cls, record: Mapping[str, Any], folder: Path) -> IndexSettings:
        """The inverse of :meth:`record`. Raises AnalyzerMismatch for an index with another analysis."""
        analysis = record["analysis"]
        if analysis != ANALYSIS:
            raise AnalyzerMismatch(
                f"{folder} was written with the analysis {analysis!r} and this newsindex has "
                f"{ANALYSIS!r}: index the articles again"
            )
        lexicon = Lexicon.of_record(record.get("lexicon", {}))
        return cls(time_zone(record["timezone"]), BM25F(**record["ranking"]), lexicon)
