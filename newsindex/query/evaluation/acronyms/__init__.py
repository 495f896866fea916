"""The acronyms that the articles of an index define."""
