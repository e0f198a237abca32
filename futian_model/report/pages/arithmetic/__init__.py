"""What the plan's own figures imply, and where they clash."""

REPORT = "ArithmeticReport"
NOTEBOOK = "plan_arithmetic.ipynb"
PLACE = 30
