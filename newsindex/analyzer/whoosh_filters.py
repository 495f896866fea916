"""The steps of French analysis as a Whoosh tokenizer and filters, each a small function over tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.analysis import Filter, Token, Tokenizer

from .characters import chunks
from .stemming import stem
from .stopwords import StopWords
from .written_words import elision, fold, normalize, written_words

Tokens = Iterable[Any]  # of whoosh.analysis.Token, which has no types


class FrenchTokenizer(Tokenizer):  # type: ignore[misc]  # whoosh has no types
    """Cuts a text into written words: ``L'O.N.U. à 8 913 km`` into ``L'O.N.U``, ``à``, ``8 913``, ``km``."""

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, keeporiginal: bool = False,
        removestops: bool = True, start_pos: int = 0, start_char: int = 0, mode: str = "",
        **kwargs: object,
    ) -> Iterator[Any]:  # fmt: skip
        """Yields the written words of a text; the arguments are those of any tokenizer of Whoosh."""
        token = Token(positions, chars, removestops=removestops, mode=mode)
        position = start_pos
        for chunk in chunks(value):
            for start, end in written_words(chunk.group()):
                token.text = chunk.group()[start:end]
                token.boost = 1.0
                token.stopped = False
                if keeporiginal:
                    token.original = token.text
                token.pos = position
                position += 1
                token.startchar = start_char + chunk.start() + start
                token.endchar = start_char + chunk.start() + end
                yield token


class ElisionFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Leaves the elided word before an apostrophe out of the token and of its offsets."""

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        """Yields the tokens without what they elide."""
        for token in tokens:
            cut = elision(token.text)
            token.text = token.text[cut:]
            token.startchar += cut
            yield token


class NormalizeFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Composes letters and their accents, and removes the signs inside sigles, numbers and words."""

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        """Yields the tokens, normalized."""
        for token in tokens:
            token.text = normalize(token.text)
            yield token


class CaseFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Puts tokens in lower case."""

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        """Yields the tokens in lower case."""
        for token in tokens:
            token.text = token.text.lower()
            yield token


class FrenchStopFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Drops stop words, or only marks them where the caller asks for that; positions stay as they are."""

    def __init__(self, stop_words: StopWords) -> None:
        self.stop_words = stop_words

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        """Yields the tokens that are no stop words, and those that are marked as such."""
        for token in tokens:
            if token.text in self.stop_words:
                token.stopped = True
                if token.removestops:
                    continue
            yield token


class FoldFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Replaces accented letters and ligatures with plain letters by Unidecode.

    A token that has no letter left (an emoji) was no word: it is dropped, and the positions after it close
    up.
    """

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        """Yields the tokens that have letters, folded."""
        dropped = 0
        for token in tokens:
            token.text = fold(token.text)
            if token.text:
                token.pos -= dropped
                yield token
            else:
                dropped += 1


class StemFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Replaces folded words with their stems, except protected words."""

    def __init__(self, protected: frozenset[str] = frozenset()) -> None:
        self.protected = protected

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        """Yields the tokens as stems."""
        for token in tokens:
            token.text = stem(token.text, self.protected)
            yield token
