"""Whether the model should be believed: its record."""

REPORT = "BacktestReport"
NOTEBOOK = "backtest.ipynb"
PLACE = 100
