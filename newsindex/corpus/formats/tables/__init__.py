"""Readers of tables, whose rows are articles: CSV, spreadsheets and Parquet."""
