"""What moves the answer: levers, what is uncertain, city and nation; and on what goals hang."""

REPORT = "SensitivityReport"
NOTEBOOK = "sensitivity.ipynb"
PLACE = 70
