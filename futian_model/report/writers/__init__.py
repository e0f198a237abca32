"""A document as a file: a module a format."""
