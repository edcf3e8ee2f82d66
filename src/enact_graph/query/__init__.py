"""The query side: guarded processes that answer, and what the pages ask of them."""
