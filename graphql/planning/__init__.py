"""From one operation to one plan. The front door is `plan_operation` in `kaigraph.graphql.planning.operation`."""
