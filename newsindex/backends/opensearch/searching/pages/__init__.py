"""From the candidates of the cluster to a page of hits, and counts of all matches."""
