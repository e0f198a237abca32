"""Titles of scenarios where several stand together."""

from collections import Counter
from collections.abc import Mapping

LONGEST_TITLE = 60
"""Characters of a title that a panel shows."""


def distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by id, with the id behind those that several scenarios share."""
    alike = [title for title, count in Counter(titles.values()).items() if count > 1]
    return {name: f"{title} ({name})" if title in alike else title for name, title in titles.items()}


def shortened(title: str) -> str:
    """A title of bearable length."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
