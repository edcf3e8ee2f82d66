"""The service itself: health, figures, description, what pages load, what problems mean."""
