"""The steps of French analysis as Whoosh's own kind of filter, each one small function over tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.analysis import Filter, Token, Tokenizer

from .characters import chunks
from .stemming import stem
from .stopwords import StopWords
from .words import elision, fold, normalize, written_words

Tokens = Iterable[Any]  # of whoosh.analysis.Token, which has no types


class FrenchTokenizer(Tokenizer):  # type: ignore[misc]  # whoosh has no types
    """Text to written words: ``L'O.N.U. à 8 913 km`` gives ``L'O.N.U``, ``à``, ``8 913``, ``km``."""

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, keeporiginal: bool = False,
        removestops: bool = True, start_pos: int = 0, start_char: int = 0, mode: str = "",
        **kwargs: object,
    ) -> Iterator[Any]:  # fmt: skip
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
    """Leaves the elided word before the apostrophe out of the token and of its offsets."""

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        for token in tokens:
            cut = elision(token.text)
            token.text = token.text[cut:]
            token.startchar += cut
            yield token


class NormalizeFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Composes the Unicode form and takes out the signs inside sigles, numbers and words."""

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        for token in tokens:
            token.text = normalize(token.text)
            yield token


class CaseFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Lower case."""

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        for token in tokens:
            token.text = token.text.lower()
            yield token


class FrenchStopFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Drops French stop words, or marks them where the caller asked for that; positions stay."""

    def __init__(self, stop_words: StopWords) -> None:
        self.stop_words = stop_words

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        for token in tokens:
            if token.text in self.stop_words:
                token.stopped = True
                if token.removestops:
                    continue
            yield token


class FoldFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Accents and ligatures to plain letters by Unidecode.

    What has no letter left (an emoji) is dropped, and was no word: later positions close up.
    """

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        dropped = 0
        for token in tokens:
            token.text = fold(token.text)
            if token.text:
                token.pos -= dropped
                yield token
            else:
                dropped += 1


class StemFilter(Filter):  # type: ignore[misc]  # whoosh has no types
    """Folded words to stems, but for the protected ones."""

    def __init__(self, protected: frozenset[str] = frozenset()) -> None:
        self.protected = protected

    def __call__(self, tokens: Tokens) -> Iterator[Any]:
        for token in tokens:
            token.text = stem(token.text, self.protected)
            yield token
