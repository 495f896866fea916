"""What is asked of an index on a cluster as a whole: its state, its statistics, and whether it is whole."""
