"""The map of seats."""
