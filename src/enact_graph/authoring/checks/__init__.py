"""Checks of the files that SHACL cannot make, with their messages."""
