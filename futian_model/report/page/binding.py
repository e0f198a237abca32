"""Every number on a page against the results table: a report that disagrees is not written."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from futian_model.report.words.numbers import RULES, Key, values_by_key

NUMBER = {"value", "rule", "key", "text"}


def disagreements(blocks: Iterable[Mapping[str, Any]], results: pd.DataFrame) -> list[str]:
    """Numbers of the blocks that are not what the results say, each told in a line.

    A number must equal its row of the results to the last digit, be written as its rule writes
    it, and stand in the sentence that names it.
    """
    values = values_by_key(results)
    return [
        fault
        for block in blocks
        for number in numbers(block)
        for fault in number_faults(number, block["lang"], values)
    ] + [fault for block in blocks for find in (unspoken, undescribed) for fault in find(block)]


def numbers(content: Any) -> Iterator[Mapping[str, Any]]:
    """Every number anywhere in a block."""
    if isinstance(content, Mapping):
        if set(content) == NUMBER:
            yield content
        else:
            for inner in content.values():
                yield from numbers(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from numbers(inner)


def number_faults(number: Mapping[str, Any], lang: str, values: Mapping[Key, float]) -> Iterator[str]:
    value, rule, text = number["value"], number["rule"], number["text"]
    if not isinstance(value, int | float) or not math.isfinite(value):
        yield f"{text!r}: {value} is not a number"
    elif rule not in RULES or RULES[rule][lang](value) != text:
        yield f"{text!r} is not {value} as rule {rule} writes it"
    elif number["key"] is not None:
        key = Key(*number["key"])
        if values.get(key) != value:
            yield f"{text!r}: {value} on the page, {values.get(key)} in the results ({key})"


def unspoken(content: Any) -> Iterator[str]:
    """Sentences that do not print a number they name."""
    if isinstance(content, Mapping):
        if set(content) == {"text", "numbers"}:
            named = Counter(number["text"] for number in content["numbers"])
            for text, times in named.items():
                # whole: 5 does not stand in 2025, nor 1.5% in 11.5%, nor 5 in <5%
                whole = rf"(?<![\d.,<>]){re.escape(text)}(?![.,]?\d|%)"
                if len(re.findall(whole, content["text"])) < times:
                    yield f"{text!r} does not stand in {content['text']!r}"
        else:
            for inner in content.values():
                yield from unspoken(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from unspoken(inner)


def undescribed(content: Any) -> Iterator[str]:
    """Charts whose headline or description is not the sentence that its numbers stand in."""
    if isinstance(content, Mapping):
        if content.get("type") == "charts":
            for chart, title, alt in zip(content["charts"], content["titles"], content["alts"], strict=True):
                for shown, bound in ((chart["title"], title["text"]), (chart["alt"], alt["text"])):
                    if shown != bound:
                        yield f"a chart says {shown!r}, its numbers stand in {bound!r}"
        for inner in content.values():
            yield from undescribed(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from undescribed(inner)
