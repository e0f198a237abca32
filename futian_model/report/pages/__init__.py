"""A folder a page: its report, its rows, its sections and its texts."""
