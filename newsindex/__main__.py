"""``python -m newsindex`` is the ``newsindex`` command."""

from .cli import main

main(prog_name="newsindex")
