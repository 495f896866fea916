"""The words of articles as the fields of a cluster take them."""
