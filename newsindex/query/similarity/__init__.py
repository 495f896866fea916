"""Near-duplicates, identical texts, and articles like one."""
