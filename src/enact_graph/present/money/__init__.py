"""Money as a picture: bands from who pays to who receives, each as thick as its amount."""
