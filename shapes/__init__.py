"""The shapes, and the gate that holds data to them."""
