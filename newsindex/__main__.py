"""Runs the ``newsindex`` command for ``python -m newsindex``."""

from .cli import main

main(prog_name="newsindex")
