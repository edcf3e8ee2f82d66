"""The authored files: found, read, checked, changed, and what follows from them."""
