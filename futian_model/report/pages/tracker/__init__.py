"""How outturns and earlier rounds compare with the goals."""

REPORT = "TrackerReport"
NOTEBOOK = "tracker.ipynb"
PLACE = 110
