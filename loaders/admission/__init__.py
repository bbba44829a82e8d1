"""Whether what was resolved may enter a store."""
