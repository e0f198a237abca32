"""What the goals would take."""
