"""Reads written dates of publication: each part of one, what stands around it, and why a text is none.

``plain_text`` levels a text; ``surroundings`` takes away labels, authors and updates; ``clock_times`` and
``zone_names`` read the time of the day; ``written_days`` reads the day. ``written_dates`` is the whole way.
"""
