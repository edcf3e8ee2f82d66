"""Matching of names and identifiers over a release: look up, suggest, search."""
