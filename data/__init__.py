"""The data that ship: one TriG file a source, and the editors' claims beside them."""
