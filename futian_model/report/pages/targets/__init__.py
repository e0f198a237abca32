"""What the goals would take."""

REPORT = "TargetReport"
NOTEBOOK = "what_would_it_take.ipynb"
