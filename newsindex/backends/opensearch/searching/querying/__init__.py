"""From query trees to queries of the cluster, and the order of what they find."""
