"""Worker processes that scan articles and build segments for a writer."""
