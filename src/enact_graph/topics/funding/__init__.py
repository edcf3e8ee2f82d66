"""Who funds whom."""
