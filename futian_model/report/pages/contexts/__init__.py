"""Scenarios under other paths of nation and city."""
