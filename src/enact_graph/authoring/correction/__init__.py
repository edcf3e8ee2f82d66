"""The correction of a statement: a proposal, its evidence, and the patch that comes of it."""
