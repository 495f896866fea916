"""``python -m tests.storage.golden``: write the golden index of this version of the format."""

from . import main

main()
