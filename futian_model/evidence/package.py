"""A project's figures and goals as one object."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, wraps
from html import escape
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from futian_model.errors import InputError, InputErrors, UnknownName
from futian_model.evidence.annual_plan import AnnualTarget, annual_targets
from futian_model.evidence.contradictions import contradictions, last_digits
from futian_model.evidence.described import FORECASTS, PANELS
from futian_model.evidence.figures import (
    Annual,
    Figure,
    Series,
    in_unit,
    releases,
    spans,
)
from futian_model.evidence.panels import forecasts_of, growth_of_panels, panel_of, regions_of
from futian_model.evidence.plan import Goal, commitment_of, goal_of, own_goals
from futian_model.evidence.plausibility import Question, unlikely
from futian_model.evidence.replaced import standing
from futian_model.evidence.tables import LINE, gathered, read_package
from futian_model.languages import language
from futian_model.project import Project

Asked = ParamSpec("Asked")
Made = TypeVar("Made")

POINT, SHOWN = "point", 10
"""How a figure is marked that is no bound; how many newest figures a short display shows."""
LATELY = 3
"""Things of which `Evidence.lately` keeps what was worked out, the newest."""


def kept(
    make: "Callable[Concatenate[Evidence, Asked], Made]",
) -> "Callable[Concatenate[Evidence, Asked], Made]":
    """A function of evidence and plain values, worked out once for each.

    The figures do not change under it; a table, a series or a list goes out as a copy.
    """

    @wraps(make)
    def asked(evidence: "Evidence", /, *values: Asked.args, **named: Asked.kwargs) -> Made:
        key = (make.__module__, make.__qualname__, *values, *sorted(named.items()))
        value = evidence.once(key, lambda: make(evidence, *values, **named))
        return cast(Made, value.copy()) if isinstance(value, pd.DataFrame | Series | list) else value

    return asked


@dataclass(frozen=True, eq=False, repr=False)
class Evidence:
    """What a project's `data/` holds.

    Attributes
    ----------
    observations, sources, places, indicators, plan_goals, commitments, annual_plan : DataFrame
        The tables as published; all but the first and the last indexed by their name. Column ``printed`` of
        the observations is the value as written, column ``line`` where it stands in its file.
    paths : DataFrame
        Growth of real GDP that others expect: columns path, name_zh, name_en, body (whose expectation it
        is; empty where it is none), body_zh, body_en, geo, indicator, first, last (years), low, central,
        high (fractions, NaN where not given), vintage, source, note.
    other_paths : DataFrame
        The same of prices and people.
    production : DataFrame
        What others publish of production, one row a parameter, place, span and source: columns
        parameter (``"capital_share"``, ``"depreciation"``, ``"capital_output_ratio"``,
        ``"tfp_growth"``, ``"human_capital_growth"``, ``"investment_share"``,
        ``"labour_force_participation"``, ``"working_age_share"``, ``"current_account"``), geo,
        first, last (years), low, central, high (NaN where not given), unit (``"fraction"`` for
        shares and rates, ``"ratio"``), vintage, source, note.
    constants, accuracy, median_leads, record, chances, promises, annual_record : DataFrame
        Made from the panels by `futian_model.calibration` and `futian_model.backtest`; the last by
        `futian_model.annual`.
    reasons : DataFrame
        Why figures disagree: columns geo, indicator, period, explanation_zh, explanation_en.
    replaced : DataFrame
        Figures that another one replaces; not in use, though still among the observations: columns geo,
        indicator, period, source, replaced_by (a source), reason_zh, reason_en.
    fingerprints : mapping of str to str
        SHA-256 of every file read.
    """

    project: Project
    observations: pd.DataFrame
    sources: pd.DataFrame
    places: pd.DataFrame
    indicators: pd.DataFrame
    plan_goals: pd.DataFrame
    commitments: pd.DataFrame
    annual_plan: pd.DataFrame
    paths: pd.DataFrame
    other_paths: pd.DataFrame
    production: pd.DataFrame
    constants: pd.DataFrame
    accuracy: pd.DataFrame
    median_leads: pd.DataFrame
    record: pd.DataFrame
    chances: pd.DataFrame
    promises: pd.DataFrame
    annual_record: pd.DataFrame
    reasons: pd.DataFrame
    replaced: pd.DataFrame
    fingerprints: Mapping[str, str]

    def once(self, asked: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What `make` gives, made the first time only: a report asks for the same dozens of times.

        The figures do not change under it; whoever hands a table on hands on a copy.
        """
        if asked not in self._worked_out:
            self._worked_out[asked] = make()
        value: Made = self._worked_out[asked]
        return value

    def lately(self, of: str, asked: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """As `once`, about a thing of which many come by, such as a scenario: only the last few are kept."""
        known = self._worked_out_lately[of] = self._worked_out_lately.pop(of, {})
        while len(self._worked_out_lately) > LATELY:
            del self._worked_out_lately[next(iter(self._worked_out_lately))]
        if asked not in known:
            known[asked] = make()
        value: Made = known[asked]
        return value

    def latest(self) -> pd.DataFrame:
        """The newest figure of each of the district's indicators: of whole years, in use, and no bound.

        Returns
        -------
        DataFrame
            Index: indicator, those with most years first; columns year, value (in its unit, as published),
            unit, published (its vintage), figures (of how many years some are held).
        """
        rows = self.observations[self.in_use & (self.observations["geo"] == self.place("district"))]
        rows = rows[rows["period"].str.fullmatch(r"\d{4}") & (rows["precision"] == POINT)]
        rows = rows.sort_values(["period", "vintage"], kind="stable")
        by_indicator = rows.groupby("indicator")
        newest = by_indicator.last()[["period", "value", "unit", "vintage"]]
        named = newest.rename(columns={"period": "year", "vintage": "published"})
        counted: pd.DataFrame = named.assign(figures=by_indicator["period"].nunique())
        return counted.sort_values("figures", ascending=False, kind="stable")

    def _head(self) -> str:
        held, last = len(self.observations), self.observations["vintage"].max()
        return (
            f"{self.name(self.place('district'), 'en')}: {held:,} figures and {len(self.sources)} sources,"
            f" published up to {last}"
        )

    def __repr__(self) -> str:
        return f"{self._head()}\n{self.latest().head(SHOWN).to_string(float_format='{:g}'.format)}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self._head())}</p>{self.latest().to_html()}"

    @cached_property
    def _worked_out(self) -> dict[tuple[object, ...], Any]:
        return {}

    @cached_property
    def _worked_out_lately(self) -> dict[str, dict[tuple[object, ...], Any]]:
        return {}

    def __getstate__(self) -> dict[str, Any]:
        held = {**self.__dict__, "fingerprints": dict(self.fingerprints)}
        return {name: value for name, value in held.items() if name != "_worked_out_lately"}

    def copy(self, project: Project) -> "Evidence":
        """The same figures for `project`, in tables of their own, with what was worked out of them so far."""
        tables = {column.name: getattr(self, column.name) for column in fields(self)}
        own: dict[str, Any] = {
            name: table.copy() for name, table in tables.items() if isinstance(table, pd.DataFrame)
        }
        copied = replace(self, project=project, **own)
        copied._worked_out.update(self._worked_out)
        copied._worked_out_lately.update({of: dict(known) for of, known in self._worked_out_lately.items()})
        return copied

    @cached_property
    def _rows_of(self) -> Mapping[tuple[str, str], Any]:
        """Positions of the figures in use of each place and indicator."""
        positions: Any = self.observations.groupby(["geo", "indicator"], sort=False).indices
        return {key: at[self.in_use[at]] for key, at in positions.items()}

    @cached_property
    def in_use(self) -> Any:
        """Whether each observation is in use: an array of bool."""
        return standing(self.observations, self.replaced)

    @property
    @kept
    def panels(self) -> Mapping[str, pd.DataFrame]:
        """Tables of growth of many economies and regions, read when first asked for.

        Raises
        ------
        InputErrors
            Every fault of every panel, as `load_evidence`.
        """
        return self._read(["sources", *(name for name in PANELS if name != FORECASTS)])

    def forecasts(self, code: str | None = None) -> pd.DataFrame:
        """Growth of real GDP as published before the year was over, read when first asked for.

        Parameters
        ----------
        code : str, optional
            Economy, as in the panels; all of them when left out.

        Returns
        -------
        DataFrame
            Columns code, edition (``"2025-10"``), year (forecast), ahead (years after the edition's
            own), growth (a fraction).

        Raises
        ------
        InputErrors
            Every fault of the rows, as `load_evidence`.
        """
        only = {} if code is None else {"code": code}
        return self.once(("forecasts", code), lambda: forecasts_of(self._read([FORECASTS], only)[FORECASTS]))

    def _read(self, names: Sequence[str], only: Mapping[str, str] = {}) -> Mapping[str, pd.DataFrame]:
        package = read_package(self.project, names, only)
        if package.faults:
            raise InputErrors(gathered(package.faults))
        return {name: table.drop(columns=LINE) for name, table in package.tables.items()}

    @property
    def panel(self) -> pd.DataFrame:
        """Growth of real GDP of many economies: columns code, economy, year, growth (a fraction)."""
        return panel_of(self.panels["panel_countries"])

    @property
    def regions(self) -> pd.DataFrame:
        """Growth of real GDP of regions within countries.

        Columns country, region, nation (the country as a whole), year, growth (a fraction), source.
        """
        return regions_of(self.panels["panel_regions"], self.panels["panel_region_levels"])

    @property
    def growth_panels(self) -> pd.DataFrame:
        """Every panel of growth: columns quantity, panel, unit, nation, year, growth (a fraction)."""
        return self.once(("growth of panels",), lambda: growth_of_panels(self.panels))

    @property
    def goals(self) -> pd.DataFrame:
        """Goals that the district is judged by: those of the earliest plan held of it (`own_goals`)."""
        return self.once(("goals",), lambda: own_goals(self.plan_goals, self.place("district")))

    @kept
    def place(self, role: str) -> str:
        """The one place that plays a role, such as ``"district"``."""
        named = self.places.index[self.places["role"] == role]
        if len(named) != 1:
            raise InputError("role", role, f"a role that one place has; {len(named)} have it")
        return str(named[0])

    @property
    def economy(self) -> str:
        """Code of the nation in the panels of economies; empty where none is stated."""
        return str(self.places.loc[self.place("nation"), "code"])

    @kept
    def name(self, key: str, lang: str) -> str:
        """Label of an indicator, a goal, a commitment or a place."""
        tables = (self.indicators, self.plan_goals, self.commitments, self.places)
        for table in tables:
            if key in table.index:
                return str(table.loc[key, language(lang).column("name")])
        raise UnknownName(key, [name for table in tables for name in table.index])

    @kept
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
        self._known(geo, indicator)
        if source is None:
            every = self.once(("annual", as_of), lambda: Annual(self._releases[self.in_use], as_of))
            table = every.of(geo, indicator)
        elif source not in self.sources.index:
            raise UnknownName(source, self.sources.index)
        else:
            rows = self._rows(geo, indicator)
            table = Annual(rows[rows["source"] == source], as_of).of(geo, indicator)
        unit, basis = (str(self.indicators.loc[indicator, column]) for column in ("unit", "price_basis"))
        return Series(geo, indicator, unit, basis, table)

    @kept
    def spans(self, geo: str, indicator: str, *, as_of: str | None = None) -> pd.DataFrame:
        """Figures of several years together, such as a mean of 2011-2015; one a span.

        Parameters
        ----------
        geo, indicator : str
            Place and indicator.
        as_of : str, optional
            Vintage from which to look, as in `series`.

        Returns
        -------
        DataFrame
            Columns first, last (years, as printed), price_basis (as published), value (in the
            library's unit of the indicator), vintage, source, precision, published_later, note.

        Raises
        ------
        UnknownName
            No such place or indicator.
        """
        return spans(self._rows(geo, indicator), as_of)

    def _rows(self, geo: str, indicator: str) -> pd.DataFrame:
        """All releases in use in the library's unit, with the kind of their source."""
        self._known(geo, indicator)
        rows: pd.DataFrame = self._releases.iloc[self._rows_of.get((geo, indicator), [])]
        return rows

    def _known(self, geo: str, indicator: str) -> None:
        for name, table in ((geo, self.places), (indicator, self.indicators)):
            if name not in table.index:
                raise UnknownName(name, table.index)

    @property
    def _releases(self) -> pd.DataFrame:
        return self.once(("releases",), self._all_releases)

    def _all_releases(self) -> pd.DataFrame:
        rows = self.observations
        units = rows["indicator"].map(self.indicators["unit"])
        value, step = (in_unit(values, rows["unit"], units) for values in (rows["value"], last_digits(rows)))
        kind = rows["source"].map(self.sources["kind"])
        figures = releases(rows.assign(value=value, step=step, kind=kind))
        # of so few rows Python's own texts are taken and compared several times as fast as Arrow's
        return figures.astype(dict.fromkeys(figures.select_dtypes("string").columns, object))

    @kept
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
            years = ", ".join(map(str, series.table.index)) or "none"
            raise InputError(
                f"{series.geo}.{series.indicator}", year, f"a year with a published figure: {years}"
            )
        row = series.table.loc[[year]].iloc[0]
        overlaps = str(self.indicators.loc[series.indicator, "overlaps"])
        return Figure(
            geo=series.geo,
            indicator=series.indicator,
            value=float(row["value"]),
            unit=series.unit,
            price_basis=series.price_basis,
            basis=row["basis"],
            year=year,
            vintage=row["vintage"],
            source=row["source"],
            precision=row["precision"],
            published_later=bool(row["published_later"]),
            overlaps=frozenset(filter(None, overlaps.split(";"))),
        )

    def all_figures(self, geo: str, indicator: str, *, replaced: bool = False) -> pd.DataFrame:
        """Every published figure in use, all vintages and part-years, as published.

        Parameters
        ----------
        replaced : bool
            Those too that another one replaces.
        """
        rows = self.observations
        if replaced:
            return rows[(rows["geo"] == geo) & (rows["indicator"] == indicator)]
        figures: pd.DataFrame = rows.iloc[self._rows_of.get((geo, indicator), [])]
        return figures

    @kept
    def contradictions(self) -> pd.DataFrame:
        """Facts whose releases differ, every release side by side; and why, where it is known.

        Returns
        -------
        DataFrame
            One row a release: columns geo, indicator, period, value (in `unit`, the library's),
            vintage, source, precision, basis, published (as printed), differs (releases of the fact
            differ beyond rounding), explanation_zh, explanation_en (empty where none is held).
        """
        return contradictions(self.observations[self.in_use], self.indicators["unit"], self.reasons)

    @kept
    def questions(self) -> list[Question]:
        """Figures that are unlikely and that no row says are accepted, in the order of their rows."""
        return unlikely(self.observations, self.indicators, self.places["parent"], self.replaced)

    @kept
    def goal(self, name: str) -> Goal:
        """A goal of the district's plan by its name."""
        if name not in self.goals.index:
            raise UnknownName(name, self.goals.index)
        return goal_of(self.goals.loc[[name]].iloc[0], self.indicators)

    def commitment(self, name: str) -> Goal:
        """A numeric goal of the plan outside its table of indicators, by its name.

        Raises
        ------
        UnknownName
            No such commitment.
        """
        if name not in self.commitments.index:
            raise UnknownName(name, self.commitments.index)
        return commitment_of(self.commitments.loc[[name]].iloc[0], self.indicators)

    @kept
    def annual_targets(self, geo: str, year: int, *, as_of: str | None = None) -> list[AnnualTarget]:
        """Targets that were set for a year, of each indicator the latest published.

        Parameters
        ----------
        geo : str
            Place.
        year : int
            That they are set for.
        as_of : str, optional
            Vintage up to which they were published.
        """
        return annual_targets(self.annual_plan, self.indicators, self.sources, geo, year, as_of)

    def annual_target(
        self, geo: str, indicator: str, year: int, *, as_of: str | None = None
    ) -> AnnualTarget | None:
        """The one of an indicator; None where none is held."""
        of_year = self.annual_targets(geo, year, as_of=as_of)
        return next((target for target in of_year if target.indicator == indicator), None)

    @kept
    def quantified_goals(self) -> list[Goal]:
        """Goals with an indicator of the glossary and a value or a multiple, in the plan's order."""
        stated = self.goals["target_value"].notna() | self.goals["multiple"].notna()
        return [self.goal(name) for name in self.goals.index[stated & (self.goals["indicator"] != "")]]
