"""What series, units and economies are called in delivered tables: `names.yaml`."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

NAMES = Path(__file__).parent / "names.yaml"


@lru_cache
def names() -> Mapping[str, Any]:
    """The file; economies by their code in three letters."""
    known = yaml.safe_load(NAMES.read_text("utf-8"))
    pairs = (pair.split(":") for pair in known["economies"].split())
    return {**known, "economies": dict(pairs)}


@lru_cache
def coded() -> frozenset[str]:
    """Every name of a series that the file lists."""
    return frozenset(name for aliases in names()["series"].values() for name in aliases)
