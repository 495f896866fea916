"""A query tree becomes the matching documents of each segment and their scores (BM25F)."""
