"""The sections of a scenario: which blocks each part may be set to, and the numbers in them."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from futian_model import contexts
from futian_model.calibration import Calibration
from futian_model.drivers import Drivers, base_levels, drivers, judged_growth
from futian_model.drivers.paths import happened
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.explorer.controls import ANY, ASSUMPTIONS, LEVERS, Control, Option, Ranges, Section
from futian_model.explorer.fitting import fitted
from futian_model.explorer.texts import Label, named_in, say, words
from futian_model.growth import Floats
from futian_model.languages import LANGUAGES
from futian_model.scenario import DRIVERS, Parts, Scenario, reached
from futian_model.scenario.blocks import Block, GrowthPath, LeadPath
from futian_model.scenario.checks import checked
from futian_model.scenario.targets import LEVELS, PER_HEAD
from futian_model.simulation import READINGS, calibrated

FIVE = 5
"""Years of a phase, which ends with one of the plans."""
FURTHEST = 30
"""Years that a horizon is offered for, after the base year."""
FLOWS = {"relocation": "part", "entry": "part", "entrant_size": "part", "spillover": "factor"}
"""Numbers of the groups behind a share, beside their sizes."""
LEAVING = {"largest": "count", "year": "year"}
EVENT = {"size": "change", "start": "year", "duration": "years", "made_up": "part", "recovery": "years"}
WIDTHS = {"scale": "factor", "slow": "factor", "degrees_of_freedom": "plain", "skew": "plain"}
ON, OFF = "on", "off"
OWN = "own"
INSIDE = ("growth", "context")
"""The choice that shows what stands around the district."""
AIMED = ("target", "implied")
"""Blocks that a goal decides."""
TRIALS = ("trial", "second_trial", "third_trial")
"""Keys of the events that the explorer offers beside the scenario's own, one after the other."""
HAN = re.compile(r"[\u4e00-\u9fff]")


class Sections:
    """The sections of one scenario.

    Parameters
    ----------
    scenario : Scenario
    evidence : Evidence
    start : Scenario, optional
        What it is where its data, horizon or sources are not moved; itself when left out.

    Raises
    ------
    InputError
        The scenario cannot be simulated on this evidence.
    """

    def __init__(self, scenario: Scenario, evidence: Evidence, start: Scenario | None = None) -> None:
        self.scenario, self.evidence = scenario, evidence
        self.start = scenario if start is None else start
        self.raw = scenario.to_dict()
        self.ranges = Ranges(evidence)
        self.calibration: Calibration = calibrated(scenario, evidence)
        self.driven: Drivers = drivers(scenario, evidence, self.calibration, READINGS[0])
        self.first, self.last = int(scenario.years[0]) + self.driven.jump + 1, int(scenario.years[-1])

    def all(self) -> list[Section]:
        """Every section, levers before assumptions, parents before what stands inside them."""
        return [
            self.growth(),
            *self.inside_growth(),
            self.population(),
            *(self.share(name) for name in self.driven.base.shares),
            self.deflator(),
            *self.firms(),
            *self.events(),
            *self.judgments(),
            self.vintage(),
            self.horizon(),
            *self.sources(),
            self.uncertainty(),
            *self.shocks(),
        ]

    def block(self, name: str, label: Label, at: Parts, stated: Block, others: dict[str, Option]) -> Section:
        """A section of blocks, the scenario's own among them."""
        own = reached(self.raw, at)
        kind, share = stated.block, name if "shares" in at else None
        alike = next((key for key, option in others.items() if option.template == own), None)
        if kind == "path":  # its phases take the place of those offered
            offered, controls = others[kind].controls, self.ranges.controls(kind, stated, at)
            others = {
                key: replace(option, controls=controls) if option.controls == offered else option
                for key, option in others.items()
            }
            others[kind] = replace(others[kind], template=own)
            alike = kind
        if alike is None:
            alike = OWN if kind in others else kind
            controls = self.ranges.controls(alike, stated, at, share)
            if kind in AIMED:
                controls += others["path"].controls
            others = {alike: Option(say(f"option_{alike}", stated.texts), own, controls)} | others
        return Section(name, LEVERS, label, at, alike, others)

    def steady(self, centre: Floats, key: str) -> dict[str, Any]:
        """A path block of five years at a time that goes about where the scenario's own path goes.

        Parameters
        ----------
        centre : ndarray, shape (years,)
            Log growth since the base year; what lies before the jump-off is no lever.
        """
        phases, ahead, start = [], centre[self.driven.jump :], self.first
        while start <= self.last:
            end = min(-(-start // FIVE) * FIVE, self.last)
            mean = float(ahead[start - self.first : end - self.first + 1].mean())
            value = mean if key == "growth_gap" else float(np.expm1(mean))
            shape = {} if key == "growth_gap" else {"shape": "constant"}
            phases.append({"start": start, "end": end, **shape, key: round(value, 4)})
            start = end + 1
        return {"block": "path", "phases": phases}

    def path(self, centre: Floats, at: Parts, key: str = "growth_rate") -> Option:
        """Phases to move."""
        template = self.steady(centre, key)
        kind = LeadPath if key == "growth_gap" else GrowthPath
        controls = self.ranges.controls("path", kind.model_validate(template), at)
        return Option(say("option_path"), template, controls)

    def phased(self, driver: str, at: Parts, key: str = "growth_rate") -> dict[str, Option]:
        """A driver by the evidence or by phases; moving a phase of the former chooses the latter."""
        path = self.path(own_path(self.driven, self.scenario, self.calibration, driver), at, key)
        return {"trend": Option(say("option_trend"), {"block": "trend"}, path.controls), "path": path}

    def goals(self, indicators: Sequence[str]) -> list[str]:
        """Goals of the plan that may be targets of the scenario's years."""
        return [
            goal.name
            for goal in self.evidence.quantified_goals()
            if goal.indicator in indicators and self.first <= goal.year <= self.last
        ]

    def aimed(self, block: str, indicators: Sequence[str], label: Label, path: Option) -> dict[str, Option]:
        """Goals on some indicators as targets, where there are any; moving a phase chooses the path."""
        targets = [{"goal": name} for name in self.goals(indicators)]
        key = f"{block}_{'_'.join(indicators)}"
        return {key: Option(label, {"block": block, "targets": targets}, path.controls)} if targets else {}

    def growth(self) -> Section:
        at: Parts = ("levers", "growth")
        others = self.phased("growth", at)
        path = others["path"]
        levels = LEVELS if self.driven.base.population_held else LEVELS[:1]
        for name in levels:
            others |= self.aimed(
                "target", [name], say("option_goals", name=named_in(self.evidence, name)), path
            )
        if len(levels) > 1:
            others |= self.aimed("target", levels, say("option_goals_both"), path)
        if self.surroundings is not None:
            others["context"] = Option(say("option_context"), self.surroundings)
        if reached(self.raw, at)["block"] == "context":
            others.pop("context", None)
        return self.block("growth", say("section_growth"), at, self.scenario.levers.growth, others)

    @cached_property
    def places(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Nations and cities whose paths cover the years, as plain values by id."""
        nations, cities = contexts.surroundings(self.evidence.project, self.evidence)
        fit = [
            {
                name: place.model_dump(mode="json")
                for name, place in places.items()
                if not contexts.misfit(place, self.scenario, self.evidence)
            }
            for places in (nations, cities)
        ]
        return fit[0], fit[1]

    @property
    def surroundings(self) -> dict[str, Any] | None:
        """The first of them, and the district's lead as the evidence suggests; None without any."""
        nations, cities = self.places
        if not (nations and cities):
            return None
        city, nation = next(iter(cities.values())), next(iter(nations.values()))
        return {"block": "context", "city": city, "nation": nation, "differential": {"block": "trend"}}

    def inside_growth(self) -> Iterator[Section]:
        """City, nation and lead of a context block."""
        at: Parts = ("levers", "growth")
        own = reached(self.raw, at)
        block = own if own["block"] == "context" else self.surroundings
        if block is None:
            return
        for place, places in zip(("nation", "city"), self.places, strict=True):
            stated = block[place]
            known = places if stated is None else {stated["id"]: stated} | places
            options = {name: Option(dict(content["title"]), content) for name, content in known.items()}
            if stated is None:
                options = {OFF: Option(say("option_no_nation"), None)} | options
            own_place, label = OFF if stated is None else str(stated["id"]), say(f"section_{place}")
            yield Section(f"growth_{place}", LEVERS, label, (*at, place), own_place, options, INSIDE)
        way = (*at, "differential")
        lead = block["differential"]
        ahead = np.zeros(len(self.scenario.years) - 1)
        if self.driven.around is not None:
            apart = self.driven.around.district - self.driven.around.city
            ahead[len(ahead) - len(apart) :] = apart
        gap = self.path(ahead, way, "growth_gap")
        options = {
            "trend": Option(say("option_trend"), {"block": "trend"}),
            "none": Option(say("option_none"), {"block": "none"}),
            "path": gap,
        }
        if lead["block"] == "path":
            controls = self.ranges.controls("path", LeadPath.model_validate(lead), way)
            options["path"] = Option(say("option_path"), lead, controls)
        yield Section("growth_lead", LEVERS, say("section_lead"), way, str(lead["block"]), options, INSIDE)

    def population(self) -> Section:
        at: Parts = ("levers", "population")
        others = self.phased("population", at)
        if self.driven.base.population_held:
            others |= self.aimed("implied", PER_HEAD, say("option_implied"), others["path"])
        return self.block(
            "population", say("section_population"), at, self.scenario.levers.population, others
        )

    def share(self, name: str) -> Section:
        at: Parts = ("levers", "shares", name)
        title = named_in(self.evidence, name)
        others = self.phased(name, at, "growth_gap")
        if name not in self.calibration.shares:
            del others["trend"]
        others |= self.aimed("target", [name], say("option_goals", name=title), others["path"])
        stated = self.scenario.levers.shares[name]
        assert stated is not None, "a share with a base is a share with a block"
        return self.block(name, say("section_share", name=title), at, stated, others)

    def deflator(self) -> Section:
        at: Parts = ("assumptions", "deflator")
        stated = self.scenario.assumptions.deflator
        return self.block("deflator", say("section_deflator"), at, stated, self.phased("deflator", at))

    def firms(self) -> Iterator[Section]:
        """Groups behind a share, and which of them leave."""
        at: Parts = ("levers", "firms")
        stated = reached(self.raw, at)
        if stated is None:
            return
        numbers = [*self.numbers(ON, at, "Firms", stated, FLOWS)]
        for name, unit in (("groups", "count"), ("tail", "plain")):
            within = (stated[name]["low"], stated[name]["high"])
            label = say(f"control_{name}")
            way = (*at, name, "value")
            numbers.append(self.ranges.control(ON, way, "Ranged", label, unit, stated[name]["value"], within))
        yield Section("firms", LEVERS, say("section_firms"), at, ON, {ON: Option({}, stated, tuple(numbers))})
        for name, leaving in stated["departures"].items():
            if leaving is None:
                continue
            way = (*at, "departures", name)
            ends = {"largest": (1.0, float(stated["groups"]["low"])), "year": (self.first, self.last)}
            moved = self.numbers(ON, way, "Departure", leaving, LEAVING, ends)
            yield self.switch(f"departure_{name}", leaving["title"], way, leaving, moved)

    def numbers(
        self,
        option: str,
        at: Parts,
        model: str,
        values: Mapping[str, Any],
        units: Mapping[str, str],
        within: Mapping[str, tuple[float, float]] = MappingProxyType({}),
    ) -> tuple[Control, ...]:
        """Fields of a part of the scenario as numbers to move, some within narrower ends."""
        return tuple(
            self.ranges.control(
                option, (*at, name), model, say(f"control_{name}"), unit, values[name], within.get(name, ANY)
            )
            for name, unit in units.items()
        )

    def switch(
        self, name: str, label: Label, at: Parts, template: Any, numbers: tuple[Control, ...], own: str = ON
    ) -> Section:
        """Something that is there or not."""
        options = {ON: Option(say("option_on"), template, numbers), OFF: Option(say("option_off"), None, ())}
        if own == OFF:  # its numbers are shown, and moving one switches it on
            options[OFF] = Option(say("option_off"), None, numbers)
        return Section(name, LEVERS, label, at, own, options)

    def events(self) -> Iterator[Section]:
        """Events of the scenario, and some to try: a further one once the one before is on."""
        at: Parts = ("levers", "events")
        events = {name: event for name, event in reached(self.raw, at).items() if event is not None}
        for name, event in events.items():
            yield from self.event(name, event, ON)
        before = None
        for trial in (name for name in TRIALS if name not in events):
            event = {
                "title": say(f"event_{trial}"),
                "on": DRIVERS[0],
                "start": self.first + (self.last - self.first) // 2,
                "size": 0.0,
                "duration": 1,
                "made_up": 0.0,
                "recovery": 1,
            }
            yield from self.event(trial, event, OFF, before)
            before = (f"event_{trial}", ON)

    def event(
        self, name: str, event: Any, own: str, when: tuple[str, str] | None = None
    ) -> Iterator[Section]:
        """Whether an event happens, and to what."""
        at: Parts = ("levers", "events", name)
        key = f"event_{name}"
        within = {"start": (self.first, self.last)}
        moved = self.numbers(ON, at, "Event", event, EVENT, within)
        yield replace(self.switch(key, event["title"], at, event, moved, own), when=when)
        shares = list(self.driven.base.shares)
        labels = {driver: say(f"event_on_{driver}") for driver in DRIVERS}
        labels |= {share: named_in(self.evidence, share) for share in shares}
        options = {moved_by: Option(label, moved_by) for moved_by, label in labels.items()}
        label = say("section_on", title=event["title"])
        yield Section(f"{key}_on", LEVERS, label, (*at, "on"), str(event["on"]), options, (key, ON))

    def judgments(self) -> Iterator[Section]:
        """Judgments can be left out; who changes one signs it anew, in a file."""
        for name, judgment in self.raw["judgments"].items():
            if judgment is None:
                continue
            label = say(
                "section_judgment",
                author=judgment["author"],
                years=f"{judgment['start']}–{judgment['end'] or judgment['start']}",
            )
            yield self.switch(f"judgment_{name}", label, ("judgments", name), judgment, ())

    def vintage(self) -> Section:
        """What the estimates may see."""
        at: Parts = ("assumptions", "vintage")
        own = self.start.assumptions.vintage
        known = self.evidence.observations["vintage"].astype(str).str[:4]
        years = sorted({own, *(year for year in known if int(year) >= self.scenario.years[0])})
        options = {year: Option(say("option_vintage", year=year), year) for year in years}
        return Section("vintage", ASSUMPTIONS, say("section_vintage"), at, own, self.fit(at, own, options))

    def horizon(self) -> Section:
        """Where the paths end: with a plan's five years."""
        at: Parts = ("assumptions", "horizon")
        own, first = self.start.assumptions.horizon, self.scenario.assumptions.base_year
        ends = range(-(-(first + 1) // FIVE) * FIVE, first + FURTHEST + 1, FIVE)
        options = {
            str(year): Option(say("option_horizon", year=str(year)), year) for year in sorted({own, *ends})
        }
        return Section(
            "horizon", ASSUMPTIONS, say("section_horizon"), at, str(own), self.fit(at, str(own), options)
        )

    def fit(self, at: Parts, own: str, options: dict[str, Option]) -> dict[str, Option]:
        """Options under which the scenario's own paths, cut to the years that are left, are sound."""

        def sound(template: Any) -> bool:
            raw = copy.deepcopy(self.raw)
            reached(raw, at[:-1])[at[-1]] = template
            return not checked(fitted(raw, self.evidence), self.evidence, complete=True)[1]

        return {name: option for name, option in options.items() if name == own or sound(option.template)}

    def sources(self) -> Iterator[Section]:
        """Releases that the base year may rest on, where there are several."""
        asked = {
            "gdp_source": ("gdp",),
            "population_source": ("population_resident_yearend", "population_census", "gdp_per_capita"),
        }
        for name, indicators in asked.items():
            at: Parts = ("assumptions", name)
            own = getattr(self.start.assumptions, name)
            releases = dict.fromkeys(
                source for indicator in indicators for source in self.releases(indicator)
            )
            options = {
                source: Option(self.title(source), source) for source in releases if self.usable(name, source)
            }
            if own is None:
                options = {OWN: Option(say("option_release"), None)} | options
            elif own not in options:
                options = {own: Option(self.title(own), own)} | options
            if len(options) > 1:
                yield Section(name, ASSUMPTIONS, say(f"section_{name}"), at, own or OWN, options)

    def releases(self, indicator: str) -> list[str]:
        """Sources that hold the base year's figure."""
        table = self.evidence.all_figures(self.evidence.place("district"), indicator)
        return [str(source) for source in table.loc[table["period"] == str(self.scenario.years[0]), "source"]]

    def usable(self, name: str, source: str) -> bool:
        """Whether the base year can rest on a source."""
        settings = self.scenario.assumptions.model_copy(update={name: source})
        try:
            base_levels(settings, (), self.evidence, self.calibration)
        except InputError:
            return False
        return True

    def title(self, source: str) -> Label:
        """A source by its title; where that is in another language, by who published it, and marked."""
        row = self.evidence.sources.loc[source]
        title, names = str(row["title"]), {}
        for lang, known in LANGUAGES.items():
            chinese = bool(HAN.search(title))
            names[lang] = title
            if chinese != known.han:
                fields = {"publisher": str(row[known.column("publisher")]), "date": str(row["date"])}
                key = "source_chinese" if chinese else "source_english"
                names[lang] = words(lang).say(key, title=title, **fields).text
        return names

    def uncertainty(self) -> Section:
        """Widths of the bands."""
        at: Parts = ("assumptions", "uncertainty")
        widths = reached(self.raw, at)
        options = {OWN: Option({}, widths, self.numbers(OWN, at, "Uncertainty", widths, WIDTHS))}
        return Section("uncertainty", ASSUMPTIONS, say("section_uncertainty"), at, OWN, options)

    def shocks(self) -> Iterator[Section]:
        """Persistence and correlation of yearly shocks, as estimated or stated."""
        at: Parts = ("assumptions", "uncertainty", "persistence")
        own = reached(self.raw, at)
        label = say("control_persistence")
        stated = self.ranges.control(ON, at, "Uncertainty", label, "plain", own or 0.0)
        options = {
            OFF: Option(say("option_estimated"), None),
            ON: Option(say("option_stated"), own or 0.0, (stated,)),
        }
        option = OFF if own is None else ON
        yield Section("persistence", ASSUMPTIONS, say("section_persistence"), at, option, options)


def own_path(driven: Drivers, scenario: Scenario, calibration: Calibration, driver: str) -> Floats:
    """Log growth of a driver as its block has it, without events and judgments, shape (years,)."""
    base, span = int(scenario.years[0]), len(scenario.years) - 1
    added = happened(scenario.levers.events.values(), driver, base, span)
    return np.asarray(driven.centre[driver] - added - judged_growth(scenario, calibration, driver))
