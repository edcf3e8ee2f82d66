"""Reporting an error."""
