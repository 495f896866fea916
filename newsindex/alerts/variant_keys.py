"""The keys of other ways to write the words of an alert, and those that a batch of articles has.

A search also looks for other forms of its words: ``antigang`` for ``anti-gang``, a long name for an acronym.
Which of them count depends on the whole index, so a query is parsed anew with its dictionary where a batch
may have one. The keys of an alert are all the forms that any index could give:

- the rarest term of the form, for those that the rules of writing give; the condition is the whole form, and
  the word that must be rare in the index for the rule to apply;
- ``NUMBERED`` and a word, for a word with a number right after it;
- ``ACRONYM`` and the words of an acronym, for the long names that articles define;
- ``NAME`` and the terms of a long name, for its acronyms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from newsindex.analyzer import French, Lexicon, Word
from newsindex.analyzer.characters import HASH
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.nodes import PhraseQuery
from newsindex.query.syntax.written_variants import Variant, WrittenVariants
from newsindex.storage.alerts.alert_rows import AlertKey, Kind

from .boolean_matching import BooleanMatcher
from .definition import Definition

NUMBERED: Final = b"\x01"
ACRONYM: Final = b"\x02"
NAME: Final = b"\x03"
_DIGITS: Final = b"0123456789"
_LONGEST_NAME: Final = 24
"""Terms of the longest name that is looked for; the analysis of definitions gives no longer ones."""
_RARE: Final = 5
"""Articles that may have a word for the rules of rare words to apply, as in ``written_variants``."""
_NOT_RARE: Final = 100
"""A number of articles with which the rules of rare words do not apply, and those of prefixes do."""

Terms = tuple[str, ...]


def variant_keys(
    definition: Definition, zone: ZoneInfo, lexicon: Lexicon, frequency: Callable[[str], int]
) -> set[AlertKey]:
    """The keys of all other ways to write the words of a query. Raises QueryError."""
    asked = _Recorder()
    definition.parse(zone, lexicon, asked)
    keys = {AlertKey(ACRONYM + _joined(spellings), Kind.VARIANT) for spellings in asked.acronyms}
    keys |= {AlertKey(NAME + _joined(terms), Kind.VARIANT) for terms in asked.names}
    forms = _AnyDictionary()
    for key in asked.known_variants.asked:
        for terms, rare in _possible_forms(forms, lexicon.french, key):
            rarest = min(terms, key=frequency)
            condition = _joined(terms) + b"\n" + rare.encode()
            keys.add(AlertKey(rarest.encode(), Kind.VARIANT, condition))
    return keys | {AlertKey(NUMBERED + word.encode(), Kind.VARIANT) for word in forms.numbered}


def _possible_forms(forms: _AnyDictionary, french: French, key: Terms) -> Iterator[tuple[Terms, str]]:
    """The terms of each form of what the parser asked for, and the term that must be rare for it, or "".

    What was asked for are the words of a run, or one clause as it was typed, of which the parser may take
    only the last word, of a hashtag, or the first, of an inverted verb.
    """
    if len(key) > 1:
        words = [_word(french, spelling) for spelling in key]
        for terms in _terms_of(WrittenVariants(french, forms.anew()).of_run(words)):
            yield terms, ""
        return
    (text,) = key
    words = french.analyze(text)
    for chosen in [words, words[:1]] + ([words[-1:]] if text[:1] == HASH else []):
        if not chosen:
            continue
        any_forms = _terms_of(WrittenVariants(french, forms.anew()).of_clause(text, chosen))
        typed = chosen[0].term
        of_frequent = _terms_of(WrittenVariants(french, forms.anew(typed)).of_clause(text, chosen))
        for terms in any_forms:
            yield terms, "" if terms in of_frequent else typed


def _terms_of(variants: Sequence[Variant]) -> set[Terms]:
    found = {tuple([word.term for word in variant.words if word.term]) for variant in variants}
    return found - {()}


def _word(french: French, spelling: str) -> Word:
    words = french.analyze(spelling)
    return words[0] if len(words) == 1 else Word(french.term(spelling), 0, len(spelling), False, spelling)


class BatchKeys:
    """The keys that a batch of articles may have, and whether the form that a key stands for is in it."""

    def __init__(self, terms: frozenset[bytes], matcher: BooleanMatcher, index: Snapshot) -> None:
        """``terms`` and ``matcher`` are those of the batch; ``index`` is the whole index with the batch."""
        self._terms = terms
        self._matcher = matcher
        self._index = index
        self._acronyms = {
            ACRONYM + _joined(key): meanings for key, meanings in index.acronyms.meanings.items()
        }
        self._names = {NAME + _joined(key): meanings for key, meanings in index.acronyms.named.items()}
        self._holds: dict[bytes, bool] = {}

    def __iter__(self) -> Iterator[bytes]:
        yield b""
        yield from self._terms
        yield from {NUMBERED + term.rstrip(_DIGITS) for term in self._terms if term[-1:].isdigit()}
        yield from self._acronyms
        yield from self._names

    def holds(self, key: AlertKey) -> bool:
        """Whether the form that a key of kind VARIANT stands for may count in the batch."""
        if key.key[:1] == NUMBERED:
            return True
        whole = key.condition or key.key
        known = self._holds.get(whole)
        if known is None:
            known = self._holds[whole] = self._has_form(key)
        return known

    def _has_form(self, key: AlertKey) -> bool:
        if key.key in self._acronyms:
            return any(self._has(name) for meaning in self._acronyms[key.key] for name in meaning.names)
        if key.key in self._names:
            french = self._index.lexicon.french
            return any(
                self._has([word.term for word in french.analyze(meaning.acronym)])
                for meaning in self._names[key.key]
            )
        try:
            joined, rare = key.condition.decode().split("\n")
        except ValueError:  # a damaged condition: to parse the query anew is always right
            return True
        if not self._has(joined.split(" ")):
            return False
        return not rare or self._index.statistics.document_frequency(rare) <= _RARE

    def _has(self, terms: Sequence[str]) -> bool:
        """Whether an article of the batch has some terms side by side."""
        if not all(term.encode() in self._terms for term in terms):
            return False
        return len(terms) == 1 or any(self._matcher.matches(PhraseQuery("text", tuple(terms))))


def _joined(words: Sequence[str]) -> bytes:
    return " ".join(words).encode()


class _AskedVariants(dict[Terms, tuple[Variant, ...]]):
    """Knows no variant of anything, and remembers what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[Terms] = set()

    def get(self, key: Terms, default: Any = None) -> Any:
        """No variants."""
        self.asked.add(key)
        return ()


class _AnyName(Mapping[str, int]):
    """Says that a long name may begin with any term."""

    def __getitem__(self, term: str) -> int:
        return _LONGEST_NAME

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Recorder:
    """A dictionary that finds nothing, and remembers which acronyms, names and variants were looked up."""

    def __init__(self) -> None:
        self.known_variants = _AskedVariants()
        self.longest_name: Mapping[str, int] = _AnyName()
        self.acronyms: set[Terms] = set()
        self.names: set[Terms] = set()

    def document_frequency(self, term: str) -> int:
        """No article has any term."""
        return 0

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """No article has any spelling."""
        return 0

    def idf(self, term: str) -> float:
        """The same for every term."""
        return 1.0

    def phrase_frequency(self, terms: Sequence[str]) -> int:
        """No article has any phrase."""
        return 0

    def numbered_terms(self, term: str, limit: int) -> Sequence[str]:
        """None."""
        return ()

    def meanings(self, spellings: Terms) -> Sequence[Any]:
        """None."""
        self.acronyms.add(spellings)
        return ()

    def named(self, terms: Terms) -> Sequence[Any]:
        """None."""
        self.names.add(terms)
        return ()

    def is_ordinary(self, acronym: str) -> bool:
        """Whatever: no acronym is found."""
        return False


class _AnyDictionary:
    """A dictionary that has every term and every phrase in one article, so that every variant exists."""

    def __init__(self) -> None:
        self.numbered: set[str] = set()
        self.known_variants: dict[Terms, tuple[Variant, ...]] = {}
        self._frequent = ""

    def anew(self, frequent: str = "") -> _AnyDictionary:
        """The same dictionary without the variants that were found; it has ``frequent`` in many articles."""
        self.known_variants = {}
        self._frequent = frequent
        return self

    def document_frequency(self, term: str) -> int:
        """Every term but one is rare."""
        return _NOT_RARE if term == self._frequent else 1

    def idf(self, term: str) -> float:
        """The same for every term."""
        return 1.0

    def phrase_frequency(self, terms: Sequence[str]) -> int:
        """Every phrase is rare."""
        return 1

    def numbered_terms(self, term: str, limit: int) -> Sequence[str]:
        """None: the word itself is remembered."""
        self.numbered.add(term)
        return ()
