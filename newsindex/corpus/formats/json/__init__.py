"""Readers of JSON and JSON Lines, as crawlers, news services and search engines write them."""
