"""French text to terms."""

from .characters import join_numbers
from .french import ANALYSIS, FrenchAnalyzer, Word, analyze, analyze_chunk, locate_words

__all__ = ["ANALYSIS", "FrenchAnalyzer", "Word", "analyze", "analyze_chunk", "join_numbers", "locate_words"]
