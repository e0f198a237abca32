"""Which lever moves which result, and on what goals hang."""

REPORT = "SensitivityReport"
NOTEBOOK = "sensitivity.ipynb"
