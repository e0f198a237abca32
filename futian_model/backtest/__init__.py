"""How far to trust the calibration: scored on panels of economies, and on the project's own series."""
