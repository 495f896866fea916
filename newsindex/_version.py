"""The version of newsindex."""

__version__ = "0.1.0"
