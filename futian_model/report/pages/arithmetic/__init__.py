"""What the plan's own figures imply, and where they clash."""
