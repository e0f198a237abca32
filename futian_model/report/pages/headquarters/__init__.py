"""What happens if the largest headquarters leave."""

REPORT = "HeadquartersReport"
NOTEBOOK = "headquarters.ipynb"
PLACE = 80
