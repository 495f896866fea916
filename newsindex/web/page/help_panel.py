"""What the help panel lists: examples of the query language, and the keys of the page."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final = {
    "interpol marrakech": "either_word",
    '"coopération policière"': "phrase",
    '"coopération policière"~3': "near_words",
    "+interpol -drogue police": "signs",
    "interpol ET (maroc OU qatar) SAUF drogue": "operators",
    "titre:interpol": "in_headline",
    "source:hespress": "of_source",
    "date:2026-01": "of_period",
    'depuis:"3 jours"': "since_days",
    "=péché": "as_typed",
    "gouvern*": "pattern",
    "Tebboun~": "near_spelling",
}
"""Queries, each with the key of the text that says what it finds."""

KEYS: Final = {
    "/": "key_search",
    "j": "key_next_hit",
    "k": "key_previous_hit",
    "o": "key_open",
    "n": "key_next_page",
    "?": "key_help",
    "Esc": "key_close",
}
"""The keys that the script listens to, each with the key of the text that says what it does."""
