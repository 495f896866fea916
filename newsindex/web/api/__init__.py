"""The JSON API: its operations and their parameters, answers and description."""
