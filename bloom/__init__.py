"""The graph in Neo4j Bloom, Aura's Explore and Neo4j Browser: what to show, in which colours, and what to ask."""
