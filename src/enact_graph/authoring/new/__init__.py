"""New things: what a person answers becomes statements in the right file."""
