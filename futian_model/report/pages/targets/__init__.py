"""What the goals would take."""

REPORT = "TargetReport"
NOTEBOOK = "targets.ipynb"
PLACE = 60
