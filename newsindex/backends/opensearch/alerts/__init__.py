"""Alerts of an index on a cluster: kept beside its articles, and matched by the cluster as these come."""
