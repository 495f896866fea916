"""Tests of the manual: its blocks run, its links lead somewhere, and its pages name everything."""
