"""Reads exports of Nexis."""
