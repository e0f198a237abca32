"""Layouts of international databases: WDI, SDMX-CSV, FRED, IAMC and the IMF's World Economic Outlook."""

import re
from collections.abc import Iterator

from futian_model.importing.grammar import Period, period_of, unit_of
from futian_model.importing.grids import Cell, Grid
from futian_model.importing.layouts import NOTHING, Mismatch, Reading, Table, around, released, text
from futian_model.importing.names import coded, names

IMF_SHEET = "Countries"
SERIES = {"NGDP_D", "LP"}
"""Series of the IMF of which only what it forecasts is taken."""
FISCAL = re.compile(r"((?:19|20)\d\d)(?:/(\d\d))?")


def header(grid: Grid, *names: str) -> tuple[int, dict[str, int]]:
    """The row that names columns, and the place of each, in small letters.

    Raises
    ------
    Mismatch
        No row has all of the names.
    """
    best: tuple[int, set[str]] = (0, set(names))
    for at, row in enumerate(grid.rows[:40]):
        places = {text(cell).lower(): place for place, cell in reversed([*enumerate(row)]) if cell != ""}
        absent = {name for name in names if name not in places}
        if not absent:
            return at, places
        if len(absent) < len(best[1]):
            best = at, absent
    missing = ", ".join(name for name in names if name in best[1])
    if len(best[1]) < len(names):
        raise Mismatch(f"row {best[0] + 1} lacks the columns {missing}")
    raise Mismatch(f"no row has the columns {missing}")


def years(row: tuple[Cell, ...]) -> Iterator[tuple[int, Period]]:
    """Columns headed by a year."""
    for place, cell in enumerate(row):
        period = period_of(cell)
        if period is not None and period.year:
            yield place, period


def wdi(grid: Grid) -> Table:
    """World Bank, World Development Indicators: an economy and indicator a row, years across."""
    at, places = header(grid, "country name", "country code")
    coded = next((name for name in ("indicator code", "series code") if name in places), None)
    if coded is None:
        raise Mismatch(f"row {at + 1} lacks the column indicator code or series code")
    end = next(
        (line for line in range(at + 1, len(grid.rows)) if not text(grid.rows[line][places[coded]])),
        len(grid.rows),
    )
    title = around(grid, at, end)
    table = Table("WDI", title, released(title))
    for line in range(at + 1, end):
        row = grid.rows[line]
        code, place = text(row[places[coded]]), text(row[places["country code"]])
        for column, period in years(grid.rows[at]):
            table.take(Reading(grid, line, column, place, code, "", period, NOTHING), row[column])
    return table


def sdmx(grid: Grid) -> Table:
    """SDMX-CSV: an observation a row, under TIME_PERIOD and OBS_VALUE."""
    at, places = header(grid, "time_period", "obs_value")
    area = next((name for name in ("ref_area", "geo", "country", "location") if name in places), None)
    subject = next((name for name in SUBJECTS if name in places), None)
    if area is None or subject is None:
        missing = "ref_area" if area is None else " or ".join(SUBJECTS)
        raise Mismatch(f"row {at + 1} lacks the column {missing}")
    table = Table("SDMX-CSV")
    for line in range(at + 1, len(grid.rows)):
        row = grid.rows[line]
        period = period_of(row[places["time_period"]])
        if period is None or not period.year:
            if row[places["obs_value"]] != "":
                allowed = "a period such as 2025 or 2025-Q3"
                table.faults.append(grid.fault(line, places["time_period"], allowed, "TIME_PERIOD"))
            continue
        unit = next((text(row[places[name]]) for name in UNIT_COLUMNS if name in places), "")
        scale = next((text(row[places[name]]) for name in ("unit_mult",) if name in places), "")
        reading = Reading(
            *(grid, line, places["obs_value"], text(row[places[area]]), text(row[places[subject]])),
            *(scaled(unit, scale), period, NOTHING),
        )
        table.take(reading, row[places["obs_value"]])
    return table


SUBJECTS = ("series", "indicator", "measure", "subject", "series_code", "na_item")
UNIT_COLUMNS = ("unit_measure", "unit")


def scaled(unit: str, scale: str) -> str:
    """The library's unit for a code of SDMX and its power of ten."""
    other = unit_of(unit) if scale in ("", "0") else f"{unit} x 10^{scale}"
    return str(names()["scaled"].get(f"{unit.upper()} {scale or 0}", other))


def fred(grid: Grid) -> Table:
    """FRED: a date a row, a series a column, no units."""
    first, *series = map(text, grid.rows[0])
    if first.lower() not in ("date", "observation_date"):
        raise Mismatch("row 1 does not begin with DATE or observation_date")
    table = Table("FRED")
    months = [period_of(row[0]) for row in grid.rows[1:]]
    starts = {period.first for period in months if period is not None}
    step = 12 if starts == {1} else 3 if starts <= {1, 4, 7, 10} else 1
    for line, period in enumerate(months, 1):
        if period is None or not period.year:
            table.faults.append(grid.fault(line, 0, "a day such as 2025-01-01", first))
            continue
        whole = period._replace(last=min(period.first + step - 1, 12))
        for column, code in enumerate(series, 1):
            table.take(Reading(grid, line, column, "", code, "", whole, NOTHING), grid.rows[line][column])
    return table


def iamc(grid: Grid) -> Table:
    """IAMC: a model, scenario, region and variable a row, years across or below Year and Value."""
    at, places = header(grid, "model", "scenario", "region", "variable", "unit")
    across = [*years(grid.rows[at])]
    if not across and not {"year", "value"} <= set(places):
        raise Mismatch(f"row {at + 1} has neither years nor the columns year and value")
    runs = {
        (text(row[places["model"]]), text(row[places["scenario"]])) for row in grid.rows[at + 1 :] if row[0]
    }
    table = Table("IAMC")
    if len(runs) > 1:
        column = places["scenario"]
        allowed = f"one model and scenario a file; there are {len(runs)}"
        table.faults.append(grid.fault(at + 1, column, allowed, "scenario"))
        return table
    for line in range(at + 1, len(grid.rows)):
        row = grid.rows[line]
        below = [] if across else [(places["value"], period_of(row[places["year"]]))]
        for column, period in across or below:
            if period is not None:
                reading = Reading(
                    *(grid, line, column, text(row[places["region"]]), text(row[places["variable"]])),
                    *(unit_of(text(row[places["unit"]])), period, NOTHING),
                )
                table.take(reading, row[column])
    return table


def weo(grid: Grid) -> Table:
    """IMF, World Economic Outlook: a series a row, years across; after the latest actual year forecasts."""
    if grid.sheet and grid.sheet != IMF_SHEET:
        raise Mismatch("its sheet is not Countries")
    at, places = header(grid, "series_code", "latest_actual_annual_data")
    table = Table("WEO")
    for line in range(at + 1, len(grid.rows)):
        row = grid.rows[line]
        place, _, rest = text(row[places["series_code"]]).partition(".")
        code = rest.partition(".")[0]
        if code not in coded() | SERIES or not rest.endswith(".A") or place not in names()["economies"]:
            continue
        dated = places.get("publication_date")
        table.released = table.released or (month_of(row[dated]) if dated is not None else "")
        actual = latest_actual(text(row[places["latest_actual_annual_data"]]))
        for column, period in years(grid.rows[at]):
            measure = "forecast" if code in SERIES or period.year > actual else "level"
            scale = text(row[places["scale"]]).lower() if "scale" in places else ""
            unit = f"{text(row[places['unit']]) if 'unit' in places else ''}, {scale}"
            reading = Reading(
                *(
                    grid,
                    line,
                    column,
                    place,
                    code,
                    names()["imf_units"].get(unit.lower(), ""),
                    period,
                    NOTHING,
                ),
                measure,
            )
            table.take(reading, row[column])
    return table


def latest_actual(said: str) -> int:
    """The year up to which a series is published; a fiscal year counts as the one it ends in.

    Examples
    --------
    >>> latest_actual("2024"), latest_actual("FY2023/24"), latest_actual("")
    (2024, 2024, 0)
    """
    dated = FISCAL.search(said)
    if dated is None:
        return 0
    return int(dated[1][:2] + dated[2]) if dated[2] else int(dated[1])


def month_of(cell: Cell) -> str:
    """Year and month of a day."""
    said = re.match(r"((?:19|20)\d\d)[-/.](\d{1,2})", text(cell))
    return f"{said[1]}-{int(said[2]):02}" if said else ""
