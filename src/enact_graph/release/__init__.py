"""A release on disk, and the named questions that it carries."""
