"""A run of the tests ends with the reasons why tests were skipped."""

from __future__ import annotations

from types import SimpleNamespace

from tests.conftest import pytest_terminal_summary


class Terminal:
    """What pytest hands over at the end of a run, and what is written to it."""

    def __init__(self, *reasons):
        skipped = [SimpleNamespace(longrepr=(f"tests/test_{i}.py", i, why)) for i, why in enumerate(reasons)]
        self.stats = {"skipped": skipped} if skipped else {}
        self.written = []

    def section(self, title):
        self.written.append(title)

    def line(self, text):
        self.written.append(text)


def test_each_reason_is_told_once_with_the_number_of_its_tests_the_most_frequent_first():
    terminal = Terminal("Skipped: no Chromium", *["Skipped: no Maven"] * 1200, "Skipped: no Chromium")
    pytest_terminal_summary(terminal)
    assert terminal.written == ["reasons of skipped tests", " 1,200  no Maven", "     2  no Chromium"]


def test_a_run_without_skipped_tests_tells_none():
    terminal = Terminal()
    pytest_terminal_summary(terminal)
    assert terminal.written == []
