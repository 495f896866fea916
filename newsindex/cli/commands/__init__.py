"""The commands, one module each: ``search_command`` is the object of ``newsindex search``."""
