"""From a plan to the one SQL statement of the embedded store. The front door is `compile_plan` in `statement`."""
