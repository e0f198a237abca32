"""How the plan's goals stand."""

REPORT = "ScorecardReport"
NOTEBOOK = "scorecard.ipynb"
PLACE = 20
