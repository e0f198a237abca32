"""Scenarios under other paths of nation and city."""

REPORT = "ContextReport"
NOTEBOOK = "contexts.ipynb"
