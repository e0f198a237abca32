"""How the plan's goals stand."""
