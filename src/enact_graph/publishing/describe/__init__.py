"""What a release says of itself: catalogue, VoID, linksets, report."""
