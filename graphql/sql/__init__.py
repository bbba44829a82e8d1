"""From a plan to the one SQL statement of the embedded store."""

from kaigraph.graphql.sql.statement import Statement, compile_plan

__all__ = ["Statement", "compile_plan"]
