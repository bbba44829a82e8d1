"""Pages over the public API."""
