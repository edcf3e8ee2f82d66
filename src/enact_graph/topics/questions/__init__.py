"""The named questions."""
