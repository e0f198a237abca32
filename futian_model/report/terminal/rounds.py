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


def listing(held: Sequence[Round], lang: str) -> list[str]:
    """Every round in a line, and below it what it lacks."""
    texts, lines = words(lang), list[str]()
    if not held:
        return [texts["rounds_none"]]
    for one in held:
        count = Number(len(one.scenarios), "count")
        told = texts.say(
            "rounds_line", name=one.name, made=day(one), count=count, library=library(one, texts)
        )
        lines += [told.text, *lacking(one, texts)]
    return lines


def lacking(one: Round, texts: Words) -> list[str]:
    """Scenarios that are not in a round, and why."""
    return [
        "  " + texts.say("rounds_failed", name=name, fault=fault).text for name, fault in one.failures.items()
    ]


def reproduced(made: Reproduction, lang: str) -> list[str]:
    """Whether a round comes out again, scenario by scenario, and what has changed since."""
    texts, one = words(lang), made.round
    head = texts.say("rounds_head", name=one.name, made=day(one), library=library(one, texts)).text
    lines = [head, *("  " + again(each, made, texts) for each in made.scenarios), *lacking(one, texts)]
    results = all(each.same for each in made.scenarios)
    verdict = "rounds_all_same" if made.same else "rounds_files_only" if results else "rounds_not_same"
    lines.append(texts[verdict])
    changes = list(changed(made, texts))
    if changes:
        return [*lines, texts["rounds_changed"], *(f"  {told}" for told in changes)]
    return lines if made.same else [*lines, *wrapped(texts["rounds_no_reason"], "  ", 2)]


def again(each: Again, made: Reproduction, texts: Words) -> str:
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


def changed(made: Reproduction, texts: Words) -> Iterator[str]:
    """Everything that is not as it was."""
    for file, how in made.files.items():
        yield texts.say(FILES[how], file=file).text
    for name, (then, now) in made.making.items():
        if name == CODE:
            yield texts["rounds_changed_code" if LIBRARY in made.making else "rounds_changed_code_same"]
        else:
            yield texts.say("rounds_changed_making", name=name, then=then, now=now).text
    for file in made.notebooks:
        yield texts.say("rounds_notebook", file=file).text


def compared(made: Comparison, evidence: Evidence, lang: str) -> list[str]:
    """What moved between two rounds, and why."""
    texts = words(lang)
    ends = {"a": made.a.name, "made_a": day(made.a), "b": made.b.name, "made_b": day(made.b)}
    lines = [texts.say("rounds_from_to", **ends).text, *differing(made, texts)]
    for name, one in ((made.a.name, made.gone), (made.b.name, made.new)):
        if one:
            told = texts["enumeration"].join(one)
            lines.append(texts.say("rounds_only", round=name, scenarios=told).text)
    lines += [
        texts.say("rounds_not_compared", scenario=name, fault=fault).text
        for name, fault in made.faults.items()
    ]
    if not made.scenarios:
        return lines if made.faults else [*lines, texts["rounds_no_common"]]
    for each in made.scenarios:
        title = made.b.facts(each.scenario)["title"][language(lang).data]
        lines += [
            "",
            f"{each.scenario}  {title}",
            *scenario(each, evidence, texts, (made.a.name, made.b.name)),
        ]
    lines += ["", *wrapped(texts.say("rounds_how", a=made.a.name, b=made.b.name).text, "", 0)]
    if any(len(blocks) > 1 for each in made.scenarios for blocks in each.blocks):
        lines.append(texts["rounds_joined_note"])
    return lines


def differing(made: Comparison, texts: Words) -> Iterator[str]:
    """Figures, tables, library and machine that differ."""
    data = made.data
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
        for name, (then, now) in made.making.items()
    ]
    told = texts["enumeration"].join(items)
    yield texts.say("rounds_model", items=told).text if items else texts["rounds_model_same"]


def scenario(
    one: Moved, evidence: Evidence, texts: Words, ends: tuple[str, str], *, brief: bool = False
) -> list[str]:
    """What moved a scenario: its assumptions that differ, and a table of results and parts.

    In brief only what moved, and only what moved it.
    """
    lines = [
        "  " + texts.say("rounds_assumption", field=field, before=str(before), after=str(after)).text
        for field, before, after in one.fields
    ]
    if one.still:
        return [*lines, "  " + texts["rounds_still"]]
    shown = list(one.blocks)
    if not brief:
        shown += [(name,) for name in BLOCKS if not any(name in each for each in shown)]
        shown.sort(key=lambda blocks: BLOCKS.index(blocks[0]))
    modelled = not brief or bool(one.model.any())
    head = [texts["rounds_column_row"], *ends, texts["rounds_column_change"]]
    head += [block_name(blocks, texts) for blocks in shown]
    table = [[*head, *([block_name((MODEL,), texts)] if modelled else [])]]
    for at, row in enumerate(one.rows):
        if brief and one.start[at] == one.end[at]:
            continue
        given, size = amounts(evidence, texts, row.indicator, row.statistic), float(one.start[at])
        levels = [given.bare(float(side[at])) for side in (one.start, one.end)]
        changes = [given.bare_change(float(one.end[at] - one.start[at]), size)]
        changes += [part(one, blocks, at, given) for blocks in shown]
        changes += [given.bare_change(float(one.model[at]), size)] if modelled else []
        table.append([label(row, evidence, texts, given), *levels, *changes])
    return [*lines, *aligned(table)]


def part(one: Moved, blocks: tuple[str, ...], at: int, given: Amounts) -> str:
    """What a block moved; a dash where it does not differ or does nothing."""
    if blocks not in one.blocks:
        return given.words["not_told"]
    return given.bare_change(float(one.parts[one.blocks.index(blocks), at]), float(one.start[at]))


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
