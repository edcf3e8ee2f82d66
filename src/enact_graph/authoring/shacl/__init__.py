"""Validation with SHACL, arranged so that it is fast and its results are the same."""
