"""The engine: guarded processes that answer queries, and end with them."""
