"""A page becomes what a reader sees: snippets, highlights, explanations, hits."""
