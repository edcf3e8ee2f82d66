"""Who sits in which alliance."""
