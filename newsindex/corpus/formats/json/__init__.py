"""Readers of JSON and JSON Lines, as crawlers, news services, libraries of references and search engines write them."""
