"""From claims to the graph that people walk."""
