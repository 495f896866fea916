"""Where an index is kept: in a folder of this machine, or on a cluster of search servers."""
