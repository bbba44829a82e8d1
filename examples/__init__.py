"""The operations that ship with the domain: GraphiQL offers them, and a test runs each."""
