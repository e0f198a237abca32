"""A project's figures and goals as one object, and the reading of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from futian_model.errors import InputError, InputErrors, UnknownName
from futian_model.evidence.figures import Figure, Series, annual, convertible, in_unit
from futian_model.evidence.plan import Goal, goal_of
from futian_model.evidence.tables import LINE, Tables, read_package, shown
from futian_model.project import Project, find_project

PANEL = "panel_countries"


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a project's `data/` holds.

    Attributes
    ----------
    observations, sources, places, indicators, goals : DataFrame
        The tables as published; the last four indexed by their name.
    panel : DataFrame
        Growth of real GDP of many economies: columns code, economy, year, growth (a fraction).
    fingerprints : mapping of str to str
        SHA-256 of every file read.
    """

    project: Project
    observations: pd.DataFrame
    sources: pd.DataFrame
    places: pd.DataFrame
    indicators: pd.DataFrame
    goals: pd.DataFrame
    panel: pd.DataFrame
    fingerprints: Mapping[str, str]

    def place(self, role: str) -> str:
        """The one place that plays a role, such as ``"district"``."""
        named = self.places.index[self.places["role"] == role]
        if len(named) != 1:
            raise InputError("role", role, f"a role that one place has; {len(named)} have it")
        return str(named[0])

    def name(self, key: str, lang: str) -> str:
        """Label of an indicator, a goal or a place."""
        for table in (self.indicators, self.goals, self.places):
            if key in table.index:
                return str(table.loc[key, f"name_{lang}"])
        raise UnknownName(key, [*self.indicators.index, *self.goals.index, *self.places.index])

    def series(
        self, geo: str, indicator: str, *, as_of: str | None = None, source: str | None = None
    ) -> Series:
        """Annual figures, one a year.

        Parameters
        ----------
        geo, indicator : str
            Place and indicator.
        as_of : str, optional
            Vintage from which to look, ``"2021"`` or ``"2021-10"``: the latest release by then
            counts, and a figure held only from a later release is marked `published_later`.
        source : str, optional
            Read this source alone.

        Raises
        ------
        UnknownName
            No such place, indicator or source.
        """
        for name, table in ((geo, self.places), (indicator, self.indicators)):
            if name not in table.index:
                raise UnknownName(name, table.index)
        rows = self.all_figures(geo, indicator)
        if source is not None:
            if source not in self.sources.index:
                raise UnknownName(source, self.sources.index)
            rows = rows[rows["source"] == source]
        rows = rows.assign(kind=rows["source"].map(self.sources["kind"]))
        unit, basis = (str(self.indicators.loc[indicator, column]) for column in ("unit", "price_basis"))
        table = annual(rows, as_of)
        table["value"] = in_unit(table["value"], table["unit"], unit)
        return Series(geo, indicator, unit, basis, table.drop(columns="unit"))

    def figure(
        self, geo: str, indicator: str, year: int, *, as_of: str | None = None, source: str | None = None
    ) -> Figure:
        """One year of `series`.

        Raises
        ------
        InputError
            No figure is held for that year.
        """
        series = self.series(geo, indicator, as_of=as_of, source=source)
        if year not in series.table.index:
            held = ", ".join(map(str, series.table.index)) or "none"
            raise InputError(f"{geo}.{indicator}", year, f"a year with a published figure: {held}")
        row = series.table.loc[[year]].iloc[0]
        return Figure(
            value=float(row["value"]),
            unit=series.unit,
            price_basis=series.price_basis,
            year=year,
            vintage=row["vintage"],
            source=row["source"],
            precision=row["precision"],
            published_later=bool(row["published_later"]),
        )

    def all_figures(self, geo: str, indicator: str) -> pd.DataFrame:
        """Every published figure, all vintages and part-years, as published."""
        rows = self.observations
        return rows[(rows["geo"] == geo) & (rows["indicator"] == indicator)]

    def goal(self, name: str) -> Goal:
        """A goal of the plan by its name."""
        if name not in self.goals.index:
            raise UnknownName(name, self.goals.index)
        return goal_of(self.goals.loc[[name]].iloc[0], self.indicators)

    def quantified_goals(self) -> list[Goal]:
        """Goals with an indicator of the glossary and a value or a multiple, in the plan's order."""
        stated = self.goals["target_value"].notna() | self.goals["multiple"].notna()
        return [self.goal(name) for name in self.goals.index[stated & (self.goals["indicator"] != "")]]


def load_evidence(project: Project | None = None) -> Evidence:
    """Read and check everything in a project's `data/`.

    Raises
    ------
    InputErrors
        Every fault of every file, each with file, line, field, value and what is allowed.
    """
    project = project if project is not None else find_project()
    package = read_package(project)
    faults = list(package.faults)
    if not faults:  # the checks below read across tables
        faults += convention_faults(project, package)
    if faults:
        raise InputErrors(faults)
    tables = {name: table.drop(columns=LINE) for name, table in package.tables.items()}
    named = {
        "sources": "source",
        "places": "geo",
        "indicators": "indicator",
        "plan_goals": "goal",
    }
    for name, key in named.items():
        tables[name] = tables[name].set_index(key)
    return Evidence(
        project,
        tables["observations"],
        tables["sources"],
        tables["places"],
        tables["indicators"],
        tables["plan_goals"],
        panel_of(tables["panel_countries"]),
        MappingProxyType(dict(package.fingerprints)),
    )


def panel_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The panel with growth as a fraction."""
    growth = in_unit(rows["real_gdp_growth_percent"], pd.Series("%", index=rows.index), "fraction")
    return pd.DataFrame(
        {"code": rows["code"], "economy": rows["economy"], "year": rows["year"].astype(int), "growth": growth}
    )


def convention_faults(project: Project, package: Tables) -> Iterator[InputError]:
    """Figures and goals against the glossary: unit, price basis, a share inside 0 to 1, dates."""
    indicators = package.tables["indicators"].set_index("indicator")
    for table, value in (("observations", "value"), ("plan_goals", "target_value")):
        file = shown(project, f"{table}.csv")
        rows = package.tables[table]
        rows = rows[rows["indicator"] != ""]
        for row in rows.to_dict("records"):
            known, line = indicators.loc[row["indicator"]], int(row[LINE])
            if not convertible(row["unit"], known["unit"]):
                allowed = f"a unit of {row['indicator']}, such as {known['unit']}"
                yield InputError("unit", row["unit"], allowed, file=file, line=line)
            elif known["kind"] == "share" and not pd.isna(row[value]):
                share = in_unit(pd.Series([row[value]]), pd.Series([row["unit"]]), "fraction")[0]
                if not 0 < share < 1:
                    allowed = "a share between 0 and 1 (55 % is 0.55)"
                    yield InputError(value, row[value], allowed, file=file, line=line)
            if row["price_basis"] not in (known["price_basis"], "unstated"):
                allowed = f"{known['price_basis']}, the basis of {row['indicator']}"
                yield InputError("price_basis", row["price_basis"], allowed, file=file, line=line)
    rows, file = package.tables["observations"], shown(project, "observations.csv")
    for row in rows[rows["vintage"].str[:4] < rows["period"].str[:4]].to_dict("records"):
        allowed = f"a publication date not before the period {row['period']}"
        yield InputError("vintage", row["vintage"], allowed, file=file, line=int(row[LINE]))
