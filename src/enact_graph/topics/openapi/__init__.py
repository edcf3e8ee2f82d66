"""The description of every address."""
