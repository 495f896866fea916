"""French text to terms."""

from .characters import join_numbers
from .french import (
    ANALYSIS,
    FRENCH,
    French,
    FrenchAnalyzer,
    Word,
    analyze,
    analyze_chunk,
    locate_words,
    stop_terms,
)
from .lexicon import Lexicon
from .stopwords import STOP_WORDS
from .words import elision, fold, normalize

__all__ = [
    "ANALYSIS", "FRENCH", "STOP_WORDS", "French", "FrenchAnalyzer", "Lexicon", "Word", "analyze",
    "analyze_chunk",
    "elision", "fold", "join_numbers", "locate_words", "normalize", "stop_terms",
]  # fmt: skip
