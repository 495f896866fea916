"""Readers of the exports of press databases, and of the corpora that are made of them."""
