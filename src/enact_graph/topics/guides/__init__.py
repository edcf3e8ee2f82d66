"""What this is, how to cite it, how to link to it."""
