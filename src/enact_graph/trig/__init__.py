"""Turtle and TriG as people write them: read with the place of each triple, written in one form."""
