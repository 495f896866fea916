"""The way of a query on a cluster: from the query tree to one page of results."""
