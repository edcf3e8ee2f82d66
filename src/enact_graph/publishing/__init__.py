"""The publication: checked files in, a release out."""
