"""What all pages load."""
