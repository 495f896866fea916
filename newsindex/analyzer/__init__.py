"""French text to terms."""

from .french import ANALYSIS, FrenchAnalyzer, Word, analyze, analyze_chunk, find_terms

__all__ = ["ANALYSIS", "FrenchAnalyzer", "Word", "analyze", "analyze_chunk", "find_terms"]
