"""How things are tied: paths and networks."""
