"""The commands that count over many articles, one module each."""
