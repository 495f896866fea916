"""What may a user say about the words of an index, and how is it written down?

A small TOML file, given when the index is made and recorded in it::

    protected = ["Casablanca"]            # never stemmed

    [stop_words]
    added = ["selon"]
    removed = ["avec"]

    [synonyms]                            # a query for one finds the others
    ONU = "Organisation des Nations unies"
    voiture = ["automobile", "bagnole"]
"""

from __future__ import annotations

from collections.abc import Mapping
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
_LONGEST: Final = 20  # words of a synonym

Terms = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The words that a user added to French, took out of it or bound together."""

    stop_words_added: tuple[str, ...] = ()
    stop_words_removed: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()  # each of texts that mean the same
    protected: tuple[str, ...] = ()

    @cached_property
    def french(self) -> French:
        """French with these words."""
        removed = {word.spelling for text in self.stop_words_removed for word in FRENCH.analyze(text)}
        added = {word.spelling for text in self.stop_words_added for word in FRENCH.analyze(text)}
        if not (removed or added or self.protected):
            return FRENCH
        gone = StopWords(removed)
        kept = {word for word in STOP_WORDS if word not in gone}
        return French(kept | added, self.protected)

    @cached_property
    def others(self) -> Mapping[Terms, list[list[Word]]]:
        """The other ways to say what some terms in a row say, each as its words."""
        others: dict[Terms, list[list[Word]]] = {}
        for texts in self.synonyms:
            said = [self.french.analyze(text) for text in texts]
            for words in said:
                own = tuple(word.term for word in words)
                known = others.setdefault(own, [])
                known += [other for other in said if tuple(word.term for word in other) != own]
        return others

    def record(self) -> dict[str, Any]:
        """The lexicon as plain lists, for JSON; empty where it says nothing."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Lexicon:
        """The inverse of :meth:`record`."""
        values = {name: tuple(value) for name, value in record.items()}
        values["synonyms"] = tuple(map(tuple, values.get("synonyms", ())))
        return cls(**values)


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in a TOML file. Raises QueryError, which names the file and the key or the line."""
    import tomllib  # only where a file is read

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
    added, removed = (_texts(f"stop_words.{key}", stop_words.get(key, []), most=1) for key in _STOP_KEYS)
    known = StopWords(STOP_WORDS)
    for word in removed:
        if FRENCH.analyze(word)[0].spelling not in known:
            raise QueryError(f"stop_words.removed: {shown(word)} is no stop word")
    lexicon = Lexicon(added, removed, protected=_texts("protected", settings.get("protected", [])))
    synonyms = _table("synonyms", settings).items()
    return replace(lexicon, synonyms=tuple(_synonyms(lexicon, name, value) for name, value in synonyms))


def _check_keys(before: str, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise QueryError(f"there is no {before}{shown(key)[1:-1]}; there are {', '.join(known)}")


def _table(name: str, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    table = settings.get(name, {})
    if not isinstance(table, Mapping):
        raise QueryError(f"{name} must be a table, [{name}], not {shown(table)}")
    return table


def _texts(name: str, value: Any, most: int = _LONGEST) -> tuple[str, ...]:
    """Several texts of one word at the least."""
    if not isinstance(value, list):
        raise QueryError(f'{name} must be a list, as in ["un", "deux"], not {shown(value)}')
    for text in value:
        if not isinstance(text, str):
            raise QueryError(f"{name} must hold texts, not {shown(text)}")
        words = len(FRENCH.analyze(text))
        if not 0 < words <= most:
            bounds = "one word" if most == 1 else f"one to {most} words"
            raise QueryError(f"{name}: {shown(text)} must be {bounds}, not {words}")
    return tuple(value)


def _synonyms(lexicon: Lexicon, name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    texts = (*_texts(f"synonyms: {name}", [name]), *_texts(f"synonyms.{name}", value))
    said = {tuple(word.term for word in lexicon.french.analyze(text)) for text in texts}
    if len(said) < 2:
        raise QueryError(f"synonyms.{name} names nothing but itself")
    return texts
