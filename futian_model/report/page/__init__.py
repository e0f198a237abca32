"""The neutral page: blocks, the pieces of a document, and what a delivered file carries."""
