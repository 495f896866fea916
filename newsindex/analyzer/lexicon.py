"""The words that a user adds to French for one index: stop words, synonyms and protected words.

They are written in a small TOML file, which is given when the index is made and recorded in it::

    protected = ["Casablanca"]            # never stemmed

    [stop_words]
    added = ["selon"]
    removed = ["avec"]

    [synonyms]                            # a query for one finds the others
    ONU = "Organisation des Nations unies"
    voiture = ["automobile", "bagnole"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from newsindex.arguments import shown
from newsindex.errors import QueryError
from newsindex.forks import cached_property

from .french import FRENCH, French, Word
from .stopwords import STOP_WORDS, StopWords

_KEYS: Final = ("protected", "stop_words", "synonyms")
_STOP_KEYS: Final = ("added", "removed")
_MAX_WORDS: Final = 20  # of a synonym or a protected text

Terms = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The stop words that a user added or removed, the words to leave unstemmed, and the synonyms."""

    stop_words_added: tuple[str, ...] = ()
    stop_words_removed: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()  # each entry: texts that mean the same
    protected: tuple[str, ...] = ()

    @cached_property
    def french(self) -> French:
        """The analysis of French with these words."""
        removed = {word.spelling for text in self.stop_words_removed for word in FRENCH.analyze(text)}
        added = {word.spelling for text in self.stop_words_added for word in FRENCH.analyze(text)}
        if not (removed or added or self.protected):
            return FRENCH
        removed_words = StopWords(removed)
        kept = {word for word in STOP_WORDS if word not in removed_words}
        return French(kept | added, self.protected)

    @cached_property
    def alternatives(self) -> Mapping[Terms, list[list[Word]]]:
        """The synonyms of some terms in a row, each as its words."""
        alternatives: dict[Terms, list[list[Word]]] = {}
        for texts in self.synonyms:
            analyzed = [self.french.analyze(text) for text in texts]
            for words in analyzed:
                terms = _terms(words)
                known = alternatives.setdefault(terms, [])
                known += [other for other in analyzed if _terms(other) != terms]
        return alternatives

    def record(self) -> dict[str, Any]:
        """The lexicon as plain lists, for JSON, without what is empty."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Lexicon:
        """The inverse of :meth:`record`."""
        values = {name: tuple(value) for name, value in record.items()}
        values["synonyms"] = tuple(map(tuple, values.get("synonyms", ())))
        return cls(**values)


def _terms(words: Iterable[Word]) -> Terms:
    return tuple(word.term for word in words)


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in a TOML file. Raises QueryError, which names the file and the key or the line."""
    import tomllib  # start-up: only creating an index with settings needs it

    try:
        settings = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise QueryError(f"the settings {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise QueryError(f"the settings {path} are not written in UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise QueryError(f"the settings {path} are not TOML: {error}") from None
    try:
        return _lexicon(settings)
    except QueryError as error:
        raise QueryError(f"the settings {path}: {error}") from None


def _lexicon(settings: Mapping[str, Any]) -> Lexicon:
    _check_keys("", settings, _KEYS)
    stop_words = _table("stop_words", settings)
    _check_keys("stop_words.", stop_words, _STOP_KEYS)
    added, removed = (_texts(f"stop_words.{key}", stop_words.get(key, []), max_words=1) for key in _STOP_KEYS)
    known = StopWords(STOP_WORDS)
    for word in removed:
        if FRENCH.analyze(word)[0].spelling not in known:
            raise QueryError(f"stop_words.removed: {shown(word)} is no stop word")
    lexicon = Lexicon(added, removed, protected=_texts("protected", settings.get("protected", [])))
    synonyms = _table("synonyms", settings).items()
    return replace(lexicon, synonyms=tuple(_synonyms(lexicon, name, value) for name, value in synonyms))


def _check_keys(before: str, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """Raises QueryError for a key that is not known."""
    for key in table:
        if key not in known:
            raise QueryError(f"there is no {before}{shown(key)[1:-1]}; there are {', '.join(known)}")


def _table(name: str, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table of a name, empty where the settings have none. Raises QueryError."""
    table = settings.get(name, {})
    if not isinstance(table, Mapping):
        raise QueryError(f"{name} must be a table, [{name}], not {shown(table)}")
    return table


def _texts(name: str, value: Any, max_words: int = _MAX_WORDS) -> tuple[str, ...]:
    """A list of texts, each of one word to ``max_words``. Raises QueryError."""
    if not isinstance(value, list):
        raise QueryError(f'{name} must be a list, as in ["un", "deux"], not {shown(value)}')
    for text in value:
        if not isinstance(text, str):
            raise QueryError(f"{name} must hold texts, not {shown(text)}")
        words = len(FRENCH.analyze(text))
        if not 0 < words <= max_words:
            bounds = "one word" if max_words == 1 else f"one to {max_words} words"
            raise QueryError(f"{name}: {shown(text)} must be {bounds}, not {words}")
    return tuple(value)


def _synonyms(lexicon: Lexicon, name: str, value: Any) -> tuple[str, ...]:
    """The text that a key of the table of synonyms is, and those that mean the same. Raises QueryError."""
    if isinstance(value, str):
        value = [value]
    texts = (*_texts(f"synonyms: {name}", [name]), *_texts(f"synonyms.{name}", value))
    if len({_terms(lexicon.french.analyze(text)) for text in texts}) < 2:
        raise QueryError(f"synonyms.{name} names nothing but itself")
    return texts
