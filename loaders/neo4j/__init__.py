"""The graph in Neo4j. In here `import neo4j` is the driver: imports of ours are always absolute."""
