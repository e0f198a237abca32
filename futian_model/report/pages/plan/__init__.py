"""How the plan stands: its goals, forecasts of them, and what its own figures imply."""

REPORT = "PlanReport"
NOTEBOOK = "plan.ipynb"
PLACE = 20
