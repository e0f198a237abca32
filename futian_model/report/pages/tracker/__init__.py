"""How outturns and earlier rounds compare with the goals."""
