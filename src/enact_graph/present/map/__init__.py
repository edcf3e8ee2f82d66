"""The map as data: outlines, projections, and what is drawn where."""
