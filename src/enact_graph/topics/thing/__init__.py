"""The page of a thing, a document, a passage or a graph."""
