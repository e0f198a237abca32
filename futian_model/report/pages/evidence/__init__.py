"""What is published, and how likely it makes the goals."""

REPORT = "EvidenceReport"
NOTEBOOK = "evidence.ipynb"
PLACE = 10
