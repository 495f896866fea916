"""Reads exports of Factiva."""
