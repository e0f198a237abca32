"""Why two scenarios differ."""

REPORT = "CompareReport"
NOTEBOOK = "compare.ipynb"
