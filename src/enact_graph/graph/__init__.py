"""What pages read of the graph: things with their sources, ties, places; by anyone who asks."""
