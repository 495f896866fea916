"""Alerts: saved searches that tell which articles are new, matched as the articles come."""

from .registry import Alerts

__all__ = ["Alerts"]
