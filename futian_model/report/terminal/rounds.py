"""Rounds for a terminal: which there are, whether one comes out again, what moved between two."""

from collections.abc import Iterator, Sequence

from futian_model.evidence import Evidence
from futian_model.evidence.listing import columns, wrapped
from futian_model.languages import language
from futian_model.report.sections.rounds import block_name, day, label, library, listed_figures
from futian_model.report.words import Amounts, Number, Words, amounts, words
from futian_model.rounds import BLOCKS, MODEL, Comparison, Moved, Reproduction, Round
from futian_model.rounds.reproducing import ADDED, EDITED, MISSING, Again

FILES = {EDITED: "rounds_edited", MISSING: "rounds_missing", ADDED: "rounds_added"}
CODE, LIBRARY = "library code", "library"
GAP = 2


def listing(editions: Sequence[Round], lang: str) -> list[str]:
    """Every round in a line, and below it what it lacks."""
    texts, lines = words(lang), list[str]()
    if not editions:
        return [texts["rounds_none"]]
    for edition in editions:
        count = Number(len(edition.scenarios), "count")
        line = texts.say(
            "rounds_line", name=edition.name, made=day(edition), count=count, library=library(edition, texts)
        )
        lines += [line.text, *lacking(edition, texts)]
    return lines


def lacking(edition: Round, texts: Words) -> list[str]:
    """Scenarios that are not in a round, and why."""
    return [
        "  " + texts.say("rounds_failed", name=name, fault=fault).text
        for name, fault in edition.failures.items()
    ]


def reproduced(reproduction: Reproduction, lang: str) -> list[str]:
    """Whether a round comes out again, scenario by scenario, and what has changed since."""
    texts, edition = words(lang), reproduction.round
    bound = {"made": day(edition), "library": library(edition, texts)}
    lines = [texts.say("rounds_head", name=edition.name, **bound).text]
    lines += [*("  " + again(each, texts) for each in reproduction.scenarios), *lacking(edition, texts)]
    results = all(each.same for each in reproduction.scenarios)
    apart = "rounds_files_only" if results else "rounds_not_same"
    lines.append(texts["rounds_all_same" if reproduction.same else apart])
    changes = list(changed(reproduction, texts))
    if changes:
        return [*lines, texts["rounds_changed"], *(f"  {change}" for change in changes)]
    return lines if reproduction.same else [*lines, *wrapped(texts["rounds_no_reason"], "  ", 2)]


def again(each: Again, texts: Words) -> str:
    """A scenario run again."""
    count = Number(each.rows, "count")
    if each.fault:
        return texts.say("rounds_fault", scenario=each.scenario, fault=each.fault).text
    if each.same or each.largest is None:
        return texts.say("rounds_same", scenario=each.scenario, count=count).text
    then, now = (
        texts["rounds_gone"] if value != value else f"{value:.17g}" for value in (each.then, each.now)
    )
    return texts.say(
        "rounds_differs",
        scenario=each.scenario,
        differing=Number(each.differing, "count"),
        count=count,
        row=" ".join(map(str, each.largest)),
        then=then,
        now=now,
    ).text


def changed(reproduction: Reproduction, texts: Words) -> Iterator[str]:
    """Everything that is not as it was."""
    for file, how in reproduction.files.items():
        yield texts.say(FILES[how], file=file).text
    for name, (then, now) in reproduction.making.items():
        if name == CODE:
            since = "rounds_changed_code" if LIBRARY in reproduction.making else "rounds_changed_code_same"
            yield texts[since]
        else:
            yield texts.say("rounds_changed_making", name=name, then=then, now=now).text
    for file in reproduction.notebooks:
        yield texts.say("rounds_notebook", file=file).text


def compared(comparison: Comparison, evidence: Evidence, lang: str) -> list[str]:
    """What moved between two rounds, and why."""
    texts = words(lang)
    a, b = comparison.a.name, comparison.b.name
    ends = {"a": a, "made_a": day(comparison.a), "b": b, "made_b": day(comparison.b)}
    lines = [texts.say("rounds_from_to", **ends).text, *differing(comparison, texts)]
    for name, missing in ((a, comparison.gone), (b, comparison.new)):
        if missing:
            listed = texts["enumeration"].join(missing)
            lines.append(texts.say("rounds_only", round=name, scenarios=listed).text)
    lines += [
        texts.say("rounds_not_compared", scenario=name, fault=fault).text
        for name, fault in comparison.faults.items()
    ]
    if not comparison.scenarios:
        return lines if comparison.faults else [*lines, texts["rounds_no_common"]]
    for each in comparison.scenarios:
        title = comparison.b.facts(each.scenario)["title"][language(lang).data]
        lines += ["", f"{each.scenario}  {title}", *scenario(each, evidence, texts, (a, b))]
    lines += ["", *wrapped(texts.say("rounds_how", a=a, b=b).text, "", 0)]
    if any(len(blocks) > 1 for each in comparison.scenarios for blocks in each.blocks):
        lines.append(texts["rounds_joined_note"])
    return lines


def differing(comparison: Comparison, texts: Words) -> Iterator[str]:
    """Figures, tables, library and machine that differ."""
    data = comparison.data
    if data.outturns:
        yield texts.say("rounds_new_outturns", count=Number(len(data.outturns), "count")).text
        yield from listed_figures(data.outturns, texts)
    if "revision" in data.blocks:
        tables = texts["enumeration"].join(data.tables) or texts["rounds_nothing"]
        counts = {name: Number(len(getattr(data, name)), "count") for name in ("releases", "gone")}
        yield texts.say("rounds_revised", tables=tables, **counts).text
        yield from listed_figures(data.releases, texts)
    if not data.blocks:
        yield texts["rounds_no_data"]
    items = [
        texts["rounds_changed_code"]
        if name == CODE
        else texts.say("rounds_assumption", field=name, before=then, after=now).text
        for name, (then, now) in comparison.making.items()
    ]
    listed = texts["enumeration"].join(items)
    yield texts.say("rounds_model", items=listed).text if items else texts["rounds_model_same"]


def scenario(
    change: Moved, evidence: Evidence, texts: Words, ends: tuple[str, str], *, brief: bool = False
) -> list[str]:
    """What moved a scenario: its assumptions that differ, and a table of results and parts.

    In brief only what moved, and only what moved it.
    """
    lines = [
        "  " + texts.say("rounds_assumption", field=field, before=str(before), after=str(after)).text
        for field, before, after in change.fields
    ]
    if change.still:
        return [*lines, "  " + texts["rounds_still"]]
    shown = list(change.blocks)
    if not brief:
        shown += [(name,) for name in BLOCKS if not any(name in each for each in shown)]
        shown.sort(key=lambda blocks: BLOCKS.index(blocks[0]))
    modelled = not brief or bool(change.model.any())
    head = [texts["rounds_column_row"], *ends, texts["rounds_column_change"]]
    head += [block_name(blocks, texts) for blocks in shown]
    table = [[*head, *([block_name((MODEL,), texts)] if modelled else [])]]
    for at, row in enumerate(change.rows):
        if brief and change.start[at] == change.end[at]:
            continue
        amount, size = amounts(evidence, texts, row.indicator, row.statistic), float(change.start[at])
        levels = [amount.bare(float(side[at])) for side in (change.start, change.end)]
        changes = [amount.bare_change(float(change.end[at] - change.start[at]), size)]
        changes += [part(change, blocks, at, amount) for blocks in shown]
        changes += [amount.bare_change(float(change.model[at]), size)] if modelled else []
        table.append([label(row, evidence, texts, amount), *levels, *changes])
    return [*lines, *aligned(table)]


def part(change: Moved, blocks: tuple[str, ...], at: int, amount: Amounts) -> str:
    """What a block moved; a dash where it does not differ or does nothing."""
    if blocks not in change.blocks:
        return amount.words["not_told"]
    return amount.bare_change(float(change.parts[change.blocks.index(blocks), at]), float(change.start[at]))


def aligned(table: Sequence[Sequence[str]]) -> list[str]:
    """Rows of a table, the first column to the left and the others to the right."""
    widths = [max(columns(row[at]) for row in table) for at in range(len(table[0]))]
    lines = []
    for row in table:
        cells = [row[0] + " " * (widths[0] - columns(row[0]))]
        cells += [
            " " * (width - columns(cell) + GAP) + cell
            for cell, width in zip(row[1:], widths[1:], strict=True)
        ]
        lines.append("  " + "".join(cells))
    return lines
