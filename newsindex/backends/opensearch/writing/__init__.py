"""The way of an article to a cluster: admitted, kept until its block ends, sent in bulk; and rebuilding."""
