"""Every number on a page against the results table: a report that disagrees is not written."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from futian_model.errors import cut
from futian_model.report.words.numbers import RULES, Key, values_by_key

MOST_NUMBERS = 100
"""Of one sentence."""
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
        for part in mappings(block)
        for fault in part_faults(part, block["lang"], values)
    ]


def mappings(content: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping anywhere in a block, itself among them."""
    if isinstance(content, Mapping):
        yield content
        content = list(content.values())
    for inner in content if isinstance(content, list) else ():
        yield from mappings(inner)


def numbers(content: Any) -> Iterator[Mapping[str, Any]]:
    """Every number anywhere in a block."""
    return (part for part in mappings(content) if set(part) == NUMBER)


def part_faults(part: Mapping[str, Any], lang: str, values: Mapping[Key, float]) -> Iterator[str]:
    """What is wrong with a number, a sentence or charts; nothing of any other part."""
    if set(part) == NUMBER:
        yield from number_faults(part, lang, values)
    elif set(part) == {"text", "numbers"}:
        yield from unspoken(part)
    elif part.get("type") == "charts":
        yield from undescribed(part)


def number_faults(number: Mapping[str, Any], lang: str, values: Mapping[Key, float]) -> Iterator[str]:
    value, rule, text = number["value"], number["rule"], number["text"]
    if not isinstance(value, int | float) or not math.isfinite(value):
        yield f"{text!r}: {value} is not a number"
    elif rule not in RULES or RULES[rule][lang](value) != text:
        yield f"{text!r} is not {value} as rule {rule} writes it"
    elif number["key"] is not None:
        key = Key(*number["key"])
        if values.get(key) != value:
            yield f"{text!r}: {value} on the page, {values.get(key)} in the results ({cut(str(key))})"


def unspoken(sentence: Mapping[str, Any]) -> Iterator[str]:
    """Numbers that a sentence names and does not print."""
    if len(sentence["numbers"]) > MOST_NUMBERS:
        yield f"{len(sentence['numbers'])} numbers in one sentence"
        return
    named = Counter(number["text"] for number in sentence["numbers"])
    for text, times in named.items():
        # whole: 5 does not stand in 2025, nor 1.5% in 11.5%, nor 5 in <5%
        whole = rf"(?<![\d.,<>]){re.escape(text)}(?![.,]?\d|%)"
        if len(re.findall(whole, sentence["text"])) < times:
            yield f"{text!r} does not stand in {sentence['text']!r}"


def undescribed(block: Mapping[str, Any]) -> Iterator[str]:
    """Charts whose headline or description is not the sentence that its numbers stand in."""
    for chart, title, alt in zip(block["charts"], block["titles"], block["alts"], strict=True):
        for shown, bound in ((chart["title"], title["text"]), (chart["alt"], alt["text"])):
            if shown != bound:
                yield f"a chart says {shown!r}, its numbers stand in {bound!r}"
