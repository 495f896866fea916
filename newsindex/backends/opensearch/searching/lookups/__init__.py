"""What the cluster knows of words: counts, acronyms, near words, the vocabulary of the newest articles."""
