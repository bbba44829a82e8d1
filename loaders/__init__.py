"""Reading claims, resolving them, writing them into a store and back out."""
