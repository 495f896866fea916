"""Press reviews: what a search found, as a document to hand round (HTML, Markdown or Word)."""
