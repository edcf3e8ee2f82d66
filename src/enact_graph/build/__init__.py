"""The build: authored files in, a release out."""
