"""All scenarios of a run, side by side."""
