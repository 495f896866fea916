"""Example programs that use newsindex; each is one short file, run from the folder above.

They search the index that NEWSINDEX_PATH names, and without it one of the sample articles.
"""
