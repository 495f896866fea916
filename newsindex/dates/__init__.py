"""Turns written dates into moments and ranges.

An article's date of publication is read by ``publication_dates`` with the grammar of ``publication``, what a
reader types by ``period_expressions``, and the name of a period of a timeline by ``timeline_periods``. A
range of days is a ``DayRange``, whose last day is included; a range of minutes is a ``Period``, whose end is
not.
"""
