"""A new edition of the IMF's World Economic Outlook: what it forecasts, of economies and of the nation."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from futian_model.errors import InputError, InputErrors
from futian_model.evidence import Evidence
from futian_model.importing.layouts import Reading, Table
from futian_model.importing.names import names
from futian_model.importing.weighing import Silent, Terms

FORECASTS, PATHS = "weo_forecasts", "growth_paths"
AHEAD = 5
"""Years after its own that an edition is held for."""
GROWTH, PRICES, PEOPLE = "NGDP_RPCH", "NGDP_D", "LP"
"""Series: real growth, %; the deflator, an index; people, million."""
OTHERS = {
    PRICES: ("gdp_deflator_growth", "deflator", "平减指数", "deflator", "computed from the deflator"),
    PEOPLE: ("population_growth", "population", "人口", "population", "computed from the population"),
}
"""Indicator, end of the path's name, names of the path, and its note."""
SPRING = {"04": ("4月", "April"), "10": ("10月", "October")}
BODY = {"body": "imf", "body_zh": "国际货币基金组织", "body_en": "International Monetary Fund"}
Rows = Mapping[str, list[Mapping[str, str]]]


def edition_rows(tables: Sequence[Table], evidence: Evidence, terms: Terms) -> Rows:
    """Rows of `weo_forecasts` and `growth_paths` that an edition gives and that are not held; by table.

    Raises
    ------
    InputErrors
        The edition is not named, or what is held of it says otherwise.
    """
    readings = [reading for table in tables if table.layout == "WEO" for reading in table.readings]
    if not readings:
        return {}
    stated = next(table.released for table in tables if table.layout == "WEO")
    edition = terms.published or stated or terms.dated
    if edition[5:] not in SPRING:
        allowed = "--published YYYY-04 or YYYY-10: the month of the edition"
        raise InputErrors([Silent("published", edition, allowed, file=readings[0].grid.file)])
    first = int(edition[:4])
    series: dict[tuple[str, str], dict[int, Reading]] = {}
    for reading in readings:
        series.setdefault((reading.label, reading.place), {})[reading.period.year] = reading
    held = evidence.forecasts()
    held = held[held["edition"] == edition]
    growth = dict(zip(zip(held["code"], held["year"], strict=True), held["growth"], strict=True))
    known = set(held["code"])
    faults: list[InputError] = []
    rows: list[Mapping[str, str]] = []
    for (label, place), years in series.items():
        code = names()["economies"].get(place, "")
        ahead = {f"h{at}": years[first + at] for at in range(AHEAD + 1) if first + at in years}
        if label != GROWTH or not code or not ahead:
            continue
        if code not in known:
            rows.append({"code": code, "edition": edition} | {at: r.value.text for at, r in ahead.items()})
            continue
        for reading in ahead.values():
            other = growth.get((code, reading.period.year))
            if other is not None and abs(100 * other - float(reading.value.text)) > 0.001:
                allowed = f"{100 * other:.6g}, as weo_forecasts.csv holds {code} of this edition"
                faults.append(InputError("value", reading.value.text, allowed, file=reading.where))
    if faults:
        raise InputErrors(faults)
    paths = [row for label in OTHERS for row in path_rows(label, series, evidence, edition, terms)]
    return {name: new for name, new in ((FORECASTS, rows), (PATHS, paths)) if new}


def path_rows(
    label: str,
    series: Mapping[tuple[str, str], Mapping[int, Reading]],
    evidence: Evidence,
    edition: str,
    terms: Terms,
) -> list[Mapping[str, str]]:
    """Growth of the nation's prices or people year by year, from the levels that the edition gives."""
    indicator, end, name_zh, name_en, note = OTHERS[label]
    path = f"imf_weo_{edition.replace('-', '')}_{end}"
    codes = [three for three, two in names()["economies"].items() if two == evidence.economy]
    years = next((series[label, code] for code in codes if (label, code) in series), {})
    if path in set(evidence.other_paths["path"]):
        return []
    month_zh, month_en = SPRING[edition[5:]]
    rows: list[Mapping[str, str]] = []
    for year in range(int(edition[:4]), int(edition[:4]) + AHEAD + 1):
        if year - 1 in years and year in years:
            before, level = (Decimal(years[at].value.text) for at in (year - 1, year))
            if before <= 0:
                raise years[year - 1].grid.fault(
                    years[year - 1].row, years[year - 1].column, "a level above 0"
                )
            rows.append(
                {
                    "path": path,
                    "name_zh": f"国际货币基金组织世界经济展望({edition[:4]}年{month_zh})，{name_zh}",
                    "name_en": f"IMF World Economic Outlook, {month_en} {edition[:4]}, {name_en}",
                    **BODY,
                    "geo": evidence.place("nation"),
                    "indicator": indicator,
                    "first": str(year),
                    "last": str(year),
                    "central": f"{100 * (level / before - 1):.4f}",
                    "unit": "%",
                    "vintage": edition,
                    "source": terms.source,
                    "note": f"{note} that the file gives: {before} and {level}",
                }
            )
    return rows
