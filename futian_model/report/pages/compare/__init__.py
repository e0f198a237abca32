"""How scenarios differ, two or twenty, and of two why."""

REPORT = "CompareReport"
NOTEBOOK = "compare.ipynb"
PLACE = 90
