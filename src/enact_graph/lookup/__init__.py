"""Names and identifiers, and what they mean: look up, suggest, search."""
