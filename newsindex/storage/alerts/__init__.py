"""The tables of alerts in the catalogue."""
