"""Keyness: the words that stand out in what a search finds, against other articles."""
