"""Indexes on a cluster of OpenSearch servers (extra: cluster)."""
