"""For who adds a source: what there is to say, what has been said, and what a change changes."""
