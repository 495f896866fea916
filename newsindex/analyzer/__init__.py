"""French text to terms."""

from .characters import join_numbers
from .french import ANALYSIS, FrenchAnalyzer, Word, analyze, analyze_chunk, locate_words, stop_terms
from .words import elision, fold, normalize

__all__ = [
    "ANALYSIS", "FrenchAnalyzer", "Word", "analyze", "analyze_chunk", "elision", "fold", "join_numbers",
    "locate_words", "normalize", "stop_terms",
]  # fmt: skip
