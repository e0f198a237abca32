"""Delivered cells as figures of the data package, each held against what is held already.

Whether a figure can be, and whether it is likely, is asked of the checks that every figure passes: those of
`evidence` and of `futian track`. Here a cell only gets its indicator, place, period, unit and bases.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from futian_model.errors import InputError, InputErrors
from futian_model.evidence import Evidence, in_unit
from futian_model.evidence.contradictions import clash, step
from futian_model.evidence.figures import convertible
from futian_model.evidence.plausibility import BOUNDED, COMPUTED, WHOLE
from futian_model.importing.grids import folded
from futian_model.importing.layouts import INDEX, Reading, Table
from futian_model.importing.names import names
from futian_model.rounds import Figure
from futian_model.rounds.recording import releases
from futian_model.units import UNITS

PRICES = {
    "nominal": re.compile(r"现价|当年价|现行价|current price"),
    "constant": re.compile(r"不变价|可比价|constant"),
}
CENSUS = re.compile(r"第([四五])次(?:全国)?经济普查")
CENSUSES = {"四": "economic_census_2018", "五": "economic_census_2023"}
PRELIMINARY = "初步核算"
ESTIMATED = re.compile(r"^(?:gdp$|gdp_per_capita|population_|.*_value_added$)")
"""Indicators whose levels rest on a census."""
SINGLE = {"note_zh": "当季同比", "note_en": "of the single quarter"}
FORECAST, TARGET = "forecast", "target"
"""Measures that are no figures: those of `editions` and of `plans`."""
INDUSTRIES = ("primary_value_added", "secondary_value_added", "tertiary_value_added")
"""Parts that make up the whole."""
NATION = re.compile(r"数据库\s*[:：]\s*(?:年度|季度|月度)数据")
"""How the national bureau heads what is of the nation."""


@dataclass(frozen=True)
class Terms:
    """What is said of a delivery beside its files; empty where nobody said it.

    Attributes
    ----------
    source, published : str
        As in `sources.csv` and `observations.csv`.
    place : str
        Of tables that name none.
    price_basis : str
        Of values in money whose file is silent.
    bases : tuple of str
        Censuses of levels whose file is silent; None where nobody was asked.
    dated : str
        When the source was published, for files that do not say it of themselves.
    """

    source: str
    published: str = ""
    place: str = ""
    price_basis: str = ""
    bases: tuple[str, ...] | None = None
    dated: str = ""


@dataclass(frozen=True)
class Weighed:
    """A cell and what it is to the data.

    Attributes
    ----------
    reading : Reading
    figure : Figure or None
        None for a cell that is left out, and for a target.
    state : str
        ``"new"``, ``"same"``, ``"revised"``, ``"contradicts"`` or ``"left_out"``.
    reason : str
        Why it is left out: ``"series"``, ``"measure"``, ``"place"`` or ``"period"``.
    held : tuple of (str, str, str, str)
        Releases of the same figure: value, unit, vintage, source.
    target : mapping of str to str
        The row of the annual plan that it is; empty for a figure.
    """

    reading: Reading
    figure: Figure | None
    state: str
    reason: str = ""
    held: tuple[tuple[str, str, str, str], ...] = ()
    target: Mapping[str, str] = field(default_factory=dict)


class Silent(InputError):
    """Something that the file does not say and an option has to."""


def series_names(evidence: Evidence) -> dict[str, str]:
    """Indicators by the names of their series, folded, in small letters."""
    known: dict[str, str] = {}
    for code, row in evidence.indicators.iterrows():
        if code in COMPUTED or row["published_as"]:
            continue
        for name in (code, row["name_zh"], row["name_en"]):
            known.setdefault(folded(str(name)).lower(), str(code))
    for code, aliases in names()["series"].items():
        if code in evidence.indicators.index:
            # the World Bank's codes have other signs between their parts in SDMX
            known |= {folded(alias).lower().replace(".", "_"): code for alias in aliases}
            known |= {folded(alias).lower(): code for alias in aliases}
    return known


def place_names(evidence: Evidence) -> dict[str, str]:
    """Places by their names and codes, folded, in small letters."""
    known: dict[str, str] = {}
    for geo, row in evidence.places.iterrows():
        for name in (geo, row["name_zh"], row["name_en"], row.get("code", "")):
            if name:
                known[folded(str(name)).lower()] = str(geo)
    threes = {three.lower(): two.lower() for three, two in names()["economies"].items()}
    return known | {three: known[two] for three, two in threes.items() if two in known}


def place_in(title: str, evidence: Evidence) -> str:
    """The one place that a title names: of several the smallest, where the others lie around it."""
    if NATION.search(title):
        return evidence.place("nation")
    geos = {geo for name, geo in place_names(evidence).items() if not name.isascii() and name in title}
    for geo in sorted(geos):
        others, around = geos - {geo}, str(evidence.places.loc[geo, "parent"])
        while around:
            others -= {around}
            around = str(evidence.places.loc[around, "parent"])
        if not others:
            return geo
    return ""


def weighed(tables: Sequence[Table], evidence: Evidence, terms: Terms) -> list[Weighed]:
    """Every cell of delivered tables, by file and place in it.

    Raises
    ------
    InputErrors
        Cells that cannot be read, units that measure something else, parts that contradict their total,
        and what the files are silent on and no option says.
    """
    faults = [fault for table in tables for fault in table.faults]
    cells: list[Weighed] = []
    silent: dict[str, Silent] = {}
    series, places = series_names(evidence), place_names(evidence)
    for table in tables:
        at = place_in(table.title, evidence)
        for reading in table.readings:
            if reading.measure in (FORECAST, TARGET):
                continue
            try:
                for cell in identified(reading, table, evidence, terms, (series, places, at)):
                    cells.append(cell)
            except Silent as fault:
                silent.setdefault(fault.field, fault)
            except InputError as fault:
                faults.append(fault)
    faults += twice(cells)
    faults += unequal(cells)
    faults += silent.values()
    if faults:
        raise InputErrors(faults)
    return cells


def identified(
    reading: Reading,
    table: Table,
    evidence: Evidence,
    terms: Terms,
    known: tuple[Mapping[str, str], Mapping[str, str], str],
) -> Iterator[Weighed]:
    """The figures of a cell; or why it is left out."""
    series, places, at = known
    label = folded(reading.label).lower()
    base = reading.code or series.get(label, "")
    if not base and reading.measure == "index":
        base = series.get(label.removesuffix(INDEX), "")
    codes = codes_of(reading, base, evidence)
    geo = places.get(reading.place.lower(), "") if reading.place else terms.place or at
    if not base:
        yield Weighed(reading, None, "left_out", "series")
    elif not codes:
        yield Weighed(reading, None, "left_out", "measure")
    elif not geo and reading.place:
        yield Weighed(reading, None, "left_out", "place")
    elif not reading.period.code:
        yield Weighed(reading, None, "left_out", "period")
    else:
        if not geo:
            allowed = "--place: the file names no place that data/places.csv holds"
            raise Silent("place", "", allowed, file=reading.where)
        for code, value in codes:
            figure = figure_of(reading, table, evidence, terms, (geo, code, value))
            yield compared(reading, figure, evidence)


def codes_of(reading: Reading, base: str, evidence: Evidence) -> list[tuple[str, str]]:
    """Indicators that a cell gives figures of, each with its value; none where the glossary has none."""
    known, value = evidence.indicators, reading.value
    if not base:
        return []
    if value.high:
        return []
    if reading.measure in ("growth", "index") and known.loc[base, "kind"] != "growth":
        base = names()["growth"].get(base, f"{base}_growth")
    text = str(Decimal(value.text) - 100) if reading.measure == "index" else value.text
    return [(base, text)] if base in known.index else []


def figure_of(
    reading: Reading, table: Table, evidence: Evidence, terms: Terms, fact: tuple[str, str, str]
) -> Figure:
    """A cell as a row of the observations.

    Raises
    ------
    Silent
        The file does not say when it was published, in what prices, or on what census.
    InputError
        The unit measures something else.
    """
    geo, code, value = fact
    known = evidence.indicators.loc[code]
    unit = unit_of(reading, code, evidence)
    published = published_at(reading, table, terms)
    single = (
        known["kind"] == "growth" and re.search(r"Q[2-4]$", reading.period.code) and reading.period.first > 1
    )
    precision = reading.value.precision
    if precision == "point" and PRELIMINARY in table.title:
        precision = "estimate"
    return Figure(
        *(geo, code, reading.period.code, value, unit, prices(reading, table, known, terms)),
        *(census(reading, table, code, known, terms), published, terms.source, precision),
        **(SINGLE if single else {}),
    )


def unit_of(reading: Reading, code: str, evidence: Evidence) -> str:
    """The unit that a cell gives an indicator in.

    Raises
    ------
    InputError
        It measures something else.
    """
    stated, own = names()["units"], str(evidence.indicators["unit"].loc[code])
    unit = reading.unit or stated.get(reading.label.replace("_", "."), stated.get(reading.label, ""))
    if own.endswith("/人") and unit in ("元", "万元"):
        unit += "/人"
    if not convertible(unit, own):
        allowed = f"a unit of {code}, such as {own}; a label or title states it in brackets"
        raise InputError("unit", unit, allowed, file=reading.where)
    return unit


def published_at(reading: Reading, table: Table, terms: Terms) -> str:
    """When a cell was published: as was said, as the file says, or with its source.

    Raises
    ------
    Silent
        Nobody says.
    """
    published = terms.published or table.released or terms.dated
    if not published:
        allowed = "--published YYYY-MM: neither the file nor its source says when it was published"
        raise Silent("published", "", allowed, file=reading.where)
    return published


def prices(reading: Reading, table: Table, known: Any, terms: Terms) -> str:
    """The price basis: the indicator's where it can be but one, else the file's, else the delivery's."""
    own = str(known["price_basis"])
    money = known["kind"] == "level" and str(UNITS.get(known["unit"], ("",))[0]).startswith("money")
    if not (money or own == "unstated"):
        return own
    for said in (reading.label, table.title):
        stated = [basis for basis, words in PRICES.items() if words.search(said)]
        if stated:  # a note on both says how levels are priced, then how growth is
            return stated[0]
    if {reading.label, reading.label.replace("_", ".")} & set(names()["stated"]["nominal"]):
        return "nominal"
    if not terms.price_basis:
        allowed = f"--price-basis nominal, constant or unstated: the file does not say of {reading.label}"
        raise Silent("price_basis", "", allowed, file=reading.where)
    return terms.price_basis


def census(reading: Reading, table: Table, code: str, known: Any, terms: Terms) -> str:
    """The census a level rests on, where it rests on any."""
    if known["kind"] != "level" or not ESTIMATED.match(code) or str(known["unit"]) == "USD":
        return ""
    people = "population" in code or "per_capita" in code
    said = CENSUS.search(table.title)
    if said and not people:
        return CENSUSES[said[1]]
    bases = [basis for basis in terms.bases or () if basis.startswith("census") == people]
    bases += [basis for basis in terms.bases or () if basis in ("unstated", "none")]
    if not bases:
        kind = "census_2020" if people else "economic_census_2023"
        allowed = f"--basis {kind}, another census, or unstated: the file does not say of {reading.label}"
        raise Silent(f"basis of {'people' if people else 'money'}", "", allowed, file=reading.where)
    return "" if bases[0] == "none" else bases[0]


def compared(reading: Reading, figure: Figure, evidence: Evidence) -> Weighed:
    """A figure against what is held of its place, indicator and period."""
    rows = evidence.all_figures(figure.geo, figure.indicator, replaced=True)
    rows = rows[rows["period"] == figure.period]
    held = releases(evidence, figure)
    if not held:
        return Weighed(reading, figure, "new")
    own = release(figure.value, figure.unit, figure.precision)
    others = [
        release(printed, unit, precision, figure.unit)
        for printed, unit, precision in zip(rows["printed"], rows["unit"], rows["precision"], strict=True)
    ]
    half = own["step"] / 2 * (1 + 1e-9)
    bound = own["precision"] == BOUNDED
    alike = [
        abs(other["value"] - own["value"]) <= half and (other["precision"] == BOUNDED) == bound
        for other in others
    ]
    against = [str(at) for at, other in zip(rows["vintage"], others, strict=True) if clash(own, other)]
    newest = alike[max(range(len(alike)), key=lambda at: str(rows["vintage"].iloc[at]))]
    if any(alike) and (newest or not against or max(against) >= figure.vintage):
        state = "same"
    elif not against:
        state = "new"
    else:
        state = "revised" if max(against)[: len(figure.vintage)] < figure.vintage else "contradicts"
    return Weighed(reading, figure, state, "", held)


def release(printed: str, unit: str, precision: str, to: str = "") -> dict[str, Any]:
    """A printed figure as `clash` compares it, in one unit."""
    values = pd.Series([float(printed), step(f"{Decimal(printed):f}", precision)])
    value, last = in_unit(values, pd.Series([unit, unit]), to or unit)
    return {"value": float(value), "step": float(last), "precision": precision}


def twice(cells: Sequence[Weighed]) -> Iterator[InputError]:
    """Cells that say another thing of a figure that an earlier cell gives."""
    earlier: dict[tuple[str, str, str], Weighed] = {}
    for cell in cells:
        if cell.figure is None:
            continue
        fact = cell.figure.geo, cell.figure.indicator, cell.figure.period
        other = earlier.setdefault(fact, cell)
        if other.figure is not None and (other.figure.value, other.figure.unit) != (
            cell.figure.value,
            cell.figure.unit,
        ):
            allowed = f"one figure of {' '.join(fact)}; {other.reading.where} says {other.figure.value}"
            yield InputError("value", cell.figure.value, allowed, file=cell.reading.where)


def unequal(cells: Sequence[Weighed]) -> Iterator[InputError]:
    """Totals of a delivery that the three industries beside them do not make up, beyond their rounding."""
    facts: dict[tuple[str, str], dict[str, Weighed]] = {}
    for cell in cells:
        if cell.figure is not None:
            facts.setdefault((cell.figure.geo, cell.figure.period), {})[cell.figure.indicator] = cell
    for fact in facts.values():
        if WHOLE not in fact or not set(INDUSTRIES) <= set(fact):
            continue
        whole = fact[WHOLE].figure
        parts = [fact[name].figure for name in INDUSTRIES]
        if whole is None or any(part is None or part.price_basis != whole.price_basis for part in parts):
            continue
        own = release(whole.value, whole.unit, whole.precision)
        others = [release(part.value, part.unit, part.precision, whole.unit) for part in parts if part]
        total = sum(other["value"] for other in others)
        slack = (own["step"] + sum(other["step"] for other in others)) / 2 * (1 + 1e-9)
        if abs(own["value"] - total) > slack:
            allowed = f"the sum of its parts; {', '.join(INDUSTRIES)} add up to {total:.10g} {whole.unit}"
            yield InputError("value", whole.value, allowed, file=fact[WHOLE].reading.where)


def first_only(cells: Sequence[Weighed]) -> list[Weighed]:
    """Cells without those that repeat an earlier one."""
    kept: dict[tuple[str, str, str, str], Weighed] = {}
    for cell in cells:
        if cell.figure is not None and cell.state != "same":
            kept.setdefault((cell.figure.geo, cell.figure.indicator, cell.figure.period, cell.state), cell)
    return list(kept.values())
