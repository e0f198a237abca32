"""Which lever moves which result, and on what goals hang."""
