"""What a figure, a name and a sentence look like in a language."""
