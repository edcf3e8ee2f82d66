"""The lists of things with their facets."""
