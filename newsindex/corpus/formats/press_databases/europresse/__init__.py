"""Reads exports of Europresse."""
