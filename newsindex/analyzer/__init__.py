"""French text to terms."""

from .french import ANALYSIS, FrenchAnalyzer, Word, analyze, analyze_chunk, find_terms, word_starts

__all__ = ["ANALYSIS", "FrenchAnalyzer", "Word", "analyze", "analyze_chunk", "find_terms", "word_starts"]
