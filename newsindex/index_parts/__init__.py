"""What an index is made of: the commit that it shows, the turn of one writer, and its statistics."""
