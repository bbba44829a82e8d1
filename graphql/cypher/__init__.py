"""From a plan to the one Cypher statement of Neo4j."""

from kaigraph.graphql.cypher.statement import Statement, compile_plan

__all__ = ["Statement", "compile_plan"]
