"""Scanning of texts: the words of each, by number, without a step of Python for each word."""
