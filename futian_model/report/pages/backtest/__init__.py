"""Whether the model should be believed: its record."""
