"""Numbers and texts as keys that engines compare and add: pure, and of no graph."""
