"""Sections, and what they are written from, that several pages show."""
