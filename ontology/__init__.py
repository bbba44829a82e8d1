"""The vocabulary and the Model read from it."""
