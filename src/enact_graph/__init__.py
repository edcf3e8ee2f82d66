"""enact-graph: author, check, publish and serve a sourced knowledge graph."""
