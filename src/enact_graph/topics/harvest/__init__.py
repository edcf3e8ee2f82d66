"""What harvesters and agents read first."""
