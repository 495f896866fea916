"""The keys of other ways to write the words of an alert, and those that a batch of articles has.

A search also looks for other forms of its words: ``antigang`` for ``anti-gang``, a long name for an acronym.
Which of them count depends on the whole index, so a query is parsed anew with its dictionary where a batch
may have one. The keys of an alert are all the forms that any index could give:

- a term of the form, for those that the rules of writing give;
- ``NUMBERED`` and a word, for a word with a number right after it;
- ``ACRONYM`` and the words of an acronym, for the long names that articles define;
- ``NAME`` and the terms of a long name, for its acronyms.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from newsindex.analyzer import French, Lexicon, Word
from newsindex.analyzer.characters import HASH
from newsindex.query.evaluation.acronyms.learned_acronyms import LearnedAcronyms
from newsindex.query.syntax.written_variants import Variant, WrittenVariants

from .definition import Definition

NUMBERED: Final = b"\x01"
ACRONYM: Final = b"\x02"
NAME: Final = b"\x03"
_DIGITS: Final = b"0123456789"
_LONGEST_NAME: Final = 24
"""Terms of the longest name that is looked for; the analysis of definitions gives no longer ones."""

Terms = tuple[str, ...]


def variant_keys(
    definition: Definition, zone: ZoneInfo, lexicon: Lexicon, frequency: Callable[[str], int]
) -> set[bytes]:
    """The keys of all other ways to write the words of a query. Raises QueryError."""
    asked = _Recorder()
    definition.parse(zone, lexicon, asked)
    keys = {ACRONYM + _joined(spellings) for spellings in asked.acronyms}
    keys |= {NAME + _joined(terms) for terms in asked.names}
    forms = _AnyDictionary()
    variants = WrittenVariants(lexicon.french, forms)
    for key in asked.known_variants.asked:
        for found in _possible_variants(variants, forms, lexicon.french, key):
            terms = [word.term for word in found.words if word.term]
            if terms:
                keys.add(min(terms, key=frequency).encode())
    return keys | {NUMBERED + word.encode() for word in forms.numbered}


def _possible_variants(
    variants: WrittenVariants, forms: _AnyDictionary, french: French, key: Terms
) -> Iterator[Variant]:
    """The variants of what the parser asked for: the words of a run, or one clause as it was typed.

    Of a clause the parser may take only the last word, of a hashtag, or the first, of an inverted verb.
    """
    if len(key) > 1:
        yield from variants.of_run([_word(french, spelling) for spelling in key])
        return
    (text,) = key
    words = french.analyze(text)
    choices = [words, words[:1]] + ([words[-1:]] if text[:1] == HASH else [])
    for chosen in choices:
        if chosen:
            forms.known_variants.clear()  # it would take these for the variants of all words
            yield from variants.of_clause(text, chosen)


def _word(french: French, spelling: str) -> Word:
    words = french.analyze(spelling)
    return words[0] if len(words) == 1 else Word(french.term(spelling), 0, len(spelling), False, spelling)


def keys_of_batch(
    wanted: Collection[bytes], terms: Collection[bytes], acronyms: LearnedAcronyms, french: French
) -> list[bytes]:
    """Those of the ``wanted`` keys that a batch has, given its terms, and the acronyms of the whole index."""
    found = [key for key in wanted if not key or key in terms]
    numbered = {NUMBERED + term.rstrip(_DIGITS) for term in terms if term[-1:].isdigit()}
    found += [key for key in wanted if key[:1] == NUMBERED and key in numbered]
    if any(key[:1] in (ACRONYM, NAME) for key in wanted):
        known = set(wanted)
        found += [key for key in _acronym_keys(terms, acronyms, french) if key in known]
    return found


def _acronym_keys(terms: Collection[bytes], acronyms: LearnedAcronyms, french: French) -> Iterator[bytes]:
    """The keys of the acronyms of which a batch has all words of a long name, and the other way round."""
    for acronym, meanings in acronyms.meanings.items():
        if any(_has_all(terms, name) for meaning in meanings for name in meaning.names):
            yield ACRONYM + _joined(acronym)
    has_acronym: dict[str, bool] = {}
    for name, meanings in acronyms.named.items():
        for meaning in meanings:
            written = meaning.acronym
            if written not in has_acronym:
                has_acronym[written] = _has_all(terms, [word.term for word in french.analyze(written)])
            if has_acronym[written]:
                yield NAME + _joined(name)
                break


def _has_all(terms: Collection[bytes], words: Sequence[str]) -> bool:
    return all(word.encode() in terms for word in words)


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
        self.known_variants: dict[Terms, tuple[Variant, ...]] = {}
        self.numbered: set[str] = set()

    def document_frequency(self, term: str) -> int:
        """Every term is rare."""
        return 1

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
