"""The quality report of a release, in figures."""
