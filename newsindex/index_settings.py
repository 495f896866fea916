"""The settings that an index records when it is created.

They are its time zone, its ranking weights, its lexicon, and whether it learns acronyms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from newsindex.analyzer import ANALYSIS, Lexicon
from newsindex.analyzer.lexicon import read_lexicon
from newsindex.query.evaluation.bm25f import BM25F

from .arguments import PathName, number, text, truth
from .errors import AnalyzerMismatch, NewsIndexError, QueryError

DEFAULT_TIMEZONE: Final = "Europe/Paris"


def time_zone(name: str) -> ZoneInfo:
    """The time zone with this name in the IANA database.

    Raises QueryError, TypeError for no text, and NewsIndexError where the system has no such database.
    """
    try:
        return ZoneInfo(text("timezone", name))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the last where the name is that of a folder
        if available_timezones():
            raise QueryError(f"{name!r} is no time zone: write one like Europe/Paris") from None
        raise NewsIndexError(
            "this system has no database of time zones: pip install tzdata, or install the system's package"
        ) from None


@dataclass(frozen=True)
class IndexSettings:
    """The settings of one index; they hold for its whole life."""

    zone: ZoneInfo
    ranking: BM25F = field(default_factory=BM25F)
    lexicon: Lexicon = field(default_factory=Lexicon)
    acronyms: bool = True
    """Whether acronyms are learned from the articles, and queries for them are widened."""

    def record(self) -> dict[str, Any]:
        """The settings and the name of the analysis as JSON values, for the manifest."""
        record: dict[str, Any] = {
            "analysis": ANALYSIS,
            "timezone": self.zone.key,
            "ranking": asdict(self.ranking),
        }
        if lexicon := self.lexicon.record():
            record["lexicon"] = lexicon
        if not self.acronyms:
            record["acronyms"] = False
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any], index: object) -> IndexSettings:
        """The inverse of :meth:`record`; ``index`` is its name, for the error.

        Raises AnalyzerMismatch for an index with another analysis.
        """
        analysis = record["analysis"]
        if analysis != ANALYSIS:
            raise AnalyzerMismatch(
                f"{index} was written with the analysis {analysis!r} and this newsindex has "
                f"{ANALYSIS!r}: index its articles anew with `newsindex optimize --rebuild --at {index}` or "
                "newsindex.rebuild()"
            )
        lexicon = Lexicon.from_record(record.get("lexicon", {}))
        acronyms = record.get("acronyms", True)
        return cls(time_zone(record["timezone"]), BM25F(**record["ranking"]), lexicon, acronyms)


class GivenSettings:
    """The settings that a program gives to create or open an index; None stands for those not given.

    ``lexicon_file`` is a TOML file; ``acronyms`` says whether the index learns acronyms; ``weights`` are
    weights of the ranking by name. Raises QueryError for a value that makes no sense, and TypeError.
    """

    def __init__(
        self,
        timezone: str | None,
        lexicon_file: PathName | None,
        acronyms: bool | None,
        weights: Mapping[str, float],
    ) -> None:
        self._zone = None if timezone is None else time_zone(timezone)
        unknown = set(weights) - {weight.name for weight in fields(BM25F)}
        if unknown:
            raise QueryError(f"no setting {', '.join(sorted(unknown))}: see newsindex.create")
        self._weights = {name: number(name, value) for name, value in weights.items()}
        self._ranking = BM25F(**self._weights)
        self._acronyms = None if acronyms is None else truth("acronyms", acronyms)
        self._lexicon_file = lexicon_file
        self._lexicon = None if lexicon_file is None else read_lexicon(Path(lexicon_file))

    def with_defaults(self) -> IndexSettings:
        """The settings of a new index."""
        zone = self._zone or time_zone(DEFAULT_TIMEZONE)
        return IndexSettings(zone, self._ranking, self._lexicon or Lexicon(), self._acronyms is not False)

    def check_equal(self, recorded: IndexSettings, index: str) -> None:
        """Raises AnalyzerMismatch where an index has recorded other settings than those that are given."""
        differing = [
            f"{name}={value:g}"
            for name, value in self._weights.items()
            if getattr(recorded.ranking, name) != value
        ]
        if self._zone is not None and self._zone.key != recorded.zone.key:
            differing.append(f"timezone={self._zone.key}")
        if self._lexicon is not None and self._lexicon != recorded.lexicon:
            differing.append(str(self._lexicon_file))
        if self._acronyms not in (None, recorded.acronyms):
            differing.append(f"acronyms={self._acronyms}")
        if differing:
            raise AnalyzerMismatch(
                f"{index} was made with other settings than {', '.join(differing)}: open it without, or "
                "index the articles again into a new one"
            )
