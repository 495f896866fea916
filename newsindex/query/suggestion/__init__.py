"""Completes what a reader begins to type, and corrects a misspelt query.

A word has three shapes here. The *folded* word is in lower case and plain letters, without accents: words
are looked up by it. The *spelling* is in lower case with its accents. The *surface form* is the word as an
article writes it, with its capitals: it is what a reader is shown.
"""
