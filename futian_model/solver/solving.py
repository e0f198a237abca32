"""What would it take? The smallest bounded change of levers that meets goals in their years.

A lever is a driver of the simulation: log growth of real GDP, of population, or the lead of a part
over the rest; in a scenario with production also the investment share, productivity and human
capital, in one with firms also entry. It moves by an amplitude times a shape over the years. Every
answer is run forward again before it is given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from futian_model import simulation
from futian_model.drivers import Drivers, drivers
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence, Goal, load_evidence
from futian_model.growth import Floats
from futian_model.scenario import Scenario, Source, scenario_of

SHAPES = ("constant", "ramp", "step")
MET_ALREADY, MET, CONFLICT, OUT_OF_BOUNDS = "met_at_baseline", "met", "conflict", "not_within_bounds"
ROUNDS = 8
"""Linear programmes in sequence; the levels are exponential in the levers, three rounds reach 1e-9."""
PROBES = 9
"""Points at which a goal's value is checked to move one way along a lever."""
NOTHING = 1e-12


class End(NamedTuple):
    """One end of what a goal asks: at least, or at most a level; an exact goal or a range has both."""

    goal: Goal
    level: float
    floor: bool

    @property
    def name(self) -> str:
        """The goal's, with a sign where it has another end."""
        both = self.goal.interval(self.level).closed
        return f"{self.goal.name} {'≥' if self.floor else '≤'}" if both else self.goal.name


@dataclass(frozen=True)
class Requirement:
    """What one goal asks of one lever, at one of its ends.

    Attributes
    ----------
    amplitude : float
        Change of the lever at full shape at which the goal is just met: log growth a year of a driver,
        a fraction of GDP for investment, a fraction a year for productivity and human capital, a
        fraction of the base year's value added for entry; NaN where none within the bounds meets it.
    at_least : bool
        Whether the lever must be at least, or at most, that.
    best, target : float
        The nearest that the bounds allow, and what the goal asks at this end, in its unit.
    """

    end: End
    amplitude: float
    at_least: bool
    best: float

    @property
    def goal(self) -> Goal:
        return self.end.goal

    @property
    def target(self) -> float:
        return self.end.level

    @property
    def miss(self) -> float:
        """How far the nearest is off, as a part of the target; zero where the goal can be met."""
        return 0.0 if np.isfinite(self.amplitude) else abs(self.best / self.target - 1)


@dataclass(frozen=True, eq=False)
class Verdict:
    """Whether goals can be met by a lever, at what amplitude, and which of them binds.

    Attributes
    ----------
    status : str
        ``"met_at_baseline"``, ``"met"``, ``"conflict"`` (each could be met, not all at once) or
        ``"not_within_bounds"``.
    amplitude : float
        As a requirement's; NaN unless met.
    bounds : (float, float)
        Least and greatest amplitude: as asked for, less what would take the lever out of its range.
    binding : tuple of str
        Names of the goals that decide: those just met, those in conflict, those out of reach.
    gap : float
        Distance between the amplitudes that two goals in conflict ask for; else 0.
    requirements : tuple of Requirement
        What each goal asks by itself; an exact goal or a range at either end.
    central : mapping of str to ndarray, shape (years + 1,)
        The path at the amplitude, or at the baseline where there is none.
    """

    status: str
    lever: str
    shape: str
    amplitude: float
    binding: tuple[str, ...]
    gap: float
    bounds: tuple[float, float]
    requirements: tuple[Requirement, ...]
    central: Mapping[str, Floats]

    @property
    def decisive(self) -> Requirement:
        """The requirement that is missed most, else the one whose amplitude is the nearest."""
        return max(self.requirements, key=lambda need: (need.miss, -abs(need.amplitude - self.amplitude)))

    def to_dict(self) -> dict[str, object]:
        """The verdict as JSON-ready data; None where there is no number."""

        def number(value: float) -> float | None:
            return value if np.isfinite(value) else None

        return {
            "status": self.status,
            "lever": self.lever,
            "shape": self.shape,
            "amplitude": number(self.amplitude),
            "binding": list(self.binding),
            "gap": self.gap,
            "bounds": list(self.bounds),
            "goals": {
                need.end.name: {
                    "amplitude": number(need.amplitude),
                    "at_least": need.at_least,
                    "best": need.best,
                    "target": need.target,
                    "miss": need.miss,
                }
                for need in self.requirements
            },
        }


def solve(
    scenario: Scenario | Source,
    goals: Iterable[Goal | str] | Goal | str,
    lever: str = "growth",
    *,
    shape: str = "constant",
    start: int | None = None,
    end: int | None = None,
    bounds: tuple[float, float] = (-0.1, 0.1),
    evidence: Evidence | None = None,
) -> Verdict:
    """The smallest change of one lever that meets every goal in its year.

    Parameters
    ----------
    scenario : Scenario, str, Path or mapping
        The baseline, or what `load_scenario` takes.
    goals : Goal, str, or iterable of them
        Goals of the plan, by name, or any others.
    lever : str
        ``"growth"``, ``"population"``, or a share of the scenario, whose lead over the rest it is; with
        a production block ``"investment_share"``, ``"tfp_growth"`` or ``"human_capital_growth"``; with
        firms ``"entry"``.
    shape : {"constant", "ramp", "step"}
        In all years after the jump-off; rising in equal steps from `start` to full in `end`; full from
        `start` on.
    start, end : int, optional
        Years of ramp and step: the first after the jump-off, and the last, when left out.
    bounds : (float, float)
        Least and greatest amplitude, in the lever's unit.

    Raises
    ------
    InputError
        No goals, reversed bounds, a goal outside the years, a lever that cannot move a goal, a shape
        that begins after it ends.

    Examples
    --------
    >>> verdict = solve("stagnation", "gdp_double_2035")
    >>> print(verdict.status, verdict.amplitude > 0)
    met True
    """
    model = Model(scenario, evidence if evidence is not None else load_evidence())
    asked = model.goals(goals)
    move = {lever: model.shaped(lever, shape, start, end)}
    low, high = model.allowed(lever, move[lever], checked(bounds))
    requirements = tuple(
        requirement(model, end, lever, move[lever], (low, high)) for end in model.ends(asked)
    )
    least, most = -np.inf, np.inf
    for need in requirements:
        if np.isfinite(need.amplitude):
            least = max(least, need.amplitude) if need.at_least else least
            most = most if need.at_least else min(most, need.amplitude)
    unreachable = names_of(need for need in requirements if not np.isfinite(need.amplitude))
    status, amplitude, binding, gap = OUT_OF_BOUNDS, np.nan, unreachable, 0.0
    if not unreachable and least > most + NOTHING:
        status, binding, gap = CONFLICT, deciding(requirements, least, most), least - most
    elif not unreachable:
        amplitude = float(np.clip(0.0, least, most))
        status = MET if abs(amplitude) > NOTHING else MET_ALREADY
        binding = deciding(requirements, amplitude)
    central = model.run({lever: np.nan_to_num(amplitude) * move[lever]})
    if np.isfinite(amplitude):
        model.confirm(asked, central)
    return Verdict(status, lever, shape, amplitude, binding, gap, (low, high), requirements, central)


@dataclass(frozen=True, eq=False)
class Mix:
    """The least change of several levers that meets every goal, or how near it comes.

    Attributes
    ----------
    amplitudes : mapping of str to float
        Change of each lever at full shape, in its unit.
    misses : mapping of str to float
        Part of each goal's target that is missing; zero where it is met. Where not all can be met the
        largest is made smallest first, then the change: another compromise would miss others more.
    prices : mapping of str to float
        Extra amplitude, over all levers, per log point that an end of a goal asked more.
    """

    status: str
    amplitudes: Mapping[str, float]
    misses: Mapping[str, float]
    prices: Mapping[str, float]
    central: Mapping[str, Floats]


def solve_mix(
    scenario: Scenario | Source,
    goals: Iterable[Goal | str] | Goal | str,
    levers: Mapping[str, tuple[float, float]],
    *,
    weights: Mapping[str, float] | None = None,
    shape: str = "constant",
    evidence: Evidence | None = None,
) -> Mix:
    """The least weighted change of several levers that meets every goal in its year.

    Minimises ``sum w |a|`` subject to the goals, by linear programmes that are linearised anew at
    each solution (log levels and log-odds are nearly linear in the levers).

    Parameters
    ----------
    levers : mapping of str to (float, float)
        Bounds of each lever's amplitude.
    weights : mapping of str to float, optional
        Cost of a unit of each lever; one each when left out.

    Raises
    ------
    InputError
        As `solve`.
    """
    model = Model(scenario, evidence if evidence is not None else load_evidence())
    asked, names = model.goals(goals), list(levers)
    ends = model.ends(asked)
    shapes = {name: model.shaped(name, shape, None, None) for name in names}
    limits = np.array([model.allowed(name, shapes[name], checked(levers[name])) for name in names])
    cost = np.array([(weights or {}).get(name, 1.0) for name in names])
    if (cost <= 0).any():
        raise InputError("weights", float(cost.min()), "weights above 0")

    def score(amplitudes: Floats) -> Floats:
        """How far each goal is exceeded, on the scale on which levers act nearly linearly."""
        central = model.run({name: a * shapes[name] for name, a in zip(names, amplitudes, strict=True)})
        return np.array([model.margin(end, central) for end in ends])

    at = np.clip(np.zeros(len(names)), *limits.T)
    prices = np.zeros(len(ends))
    for _ in range(ROUNDS):
        value = score(at)
        slopes = np.column_stack([(score(at + step) - value) / 1e-6 for step in 1e-6 * np.eye(len(names))])
        fixed = np.abs(slopes).max(axis=1) < NOTHING
        if fixed.any() and (value[fixed] < -NOTHING).any():
            stuck = ends[int(np.flatnonzero(fixed & (value < -NOTHING))[0])]
            raise InputError("levers", ", ".join(names), f"a lever that moves {stuck.goal.name}")
        solution, prices = least_change(value - slopes @ at, slopes, limits, cost)
        if np.abs(solution - at).max() < 1e-12:
            break
        at = solution
    central = model.run({name: a * shapes[name] for name, a in zip(names, at, strict=True)})
    misses = {goal.name: model.miss(goal, central) for goal in asked}
    met = max(misses.values()) <= 1e-9
    status = (MET if np.abs(at).max() > NOTHING else MET_ALREADY) if met else OUT_OF_BOUNDS
    return Mix(
        status,
        dict(zip(names, map(float, at), strict=True)),
        misses,
        dict(zip((end.name for end in ends), map(float, prices), strict=True)),
        central,
    )


def least_change(constant: Floats, slopes: Floats, limits: Floats, cost: Floats) -> tuple[Floats, Floats]:
    """Levers of least weighted change with ``constant + slopes a >= 0``, and the goals' shadow prices.

    Each lever is the difference of two parts that are not negative. Where the goals cannot all be
    met, their largest miss is made smallest first.
    """
    from scipy.optimize import linprog  # slow to import

    count, levers = slopes.shape
    both = np.hstack([slopes, -slopes])
    ends = [(max(low, 0.0), max(high, 0.0)) for low, high in limits]
    ends += [(max(-high, 0.0), max(-low, 0.0)) for low, high in limits]
    slack = linprog(
        np.append(np.zeros(2 * levers), 1.0),
        A_ub=np.hstack([-both, -np.ones((count, 1))]),
        b_ub=constant,
        bounds=[*ends, (0.0, None)],
        method="highs",
    ).x[-1]
    # the second programme gives the first one's rounding a little room
    done = linprog(
        np.tile(cost, 2), A_ub=-both, b_ub=constant + slack * (1 + 1e-9) + 1e-13, bounds=ends, method="highs"
    )
    return done.x[:levers] - done.x[levers:], -np.asarray(done.ineqlin.marginals)


class Model:
    """A scenario's central path as a function of what is added to its drivers."""

    def __init__(self, scenario: Scenario | Source, evidence: Evidence) -> None:
        scenario = scenario_of(scenario, evidence)
        calibration = simulation.calibrated(scenario, evidence)
        self.driven: Drivers = drivers(scenario, evidence, calibration, simulation.READINGS[0])
        self.evidence, self.years = evidence, scenario.years
        self.start = int(self.years[0]) + self.driven.jump

    def run(self, added: Mapping[str, Floats]) -> dict[str, Floats]:
        """Central path of every indicator, shape (years + 1,)."""
        return simulation.central(self.driven.moved(added))

    def allowed(self, lever: str, shape: Floats, bounds: tuple[float, float]) -> tuple[float, float]:
        """Bounds of an amplitude without what takes the lever out of its range, such as a share of GDP.

        Raises
        ------
        InputError
            Nothing is left of them.
        """
        low, high = bounds
        for path, least, most in self.driven.ranges(lever):
            full = shape > 0
            low = max(low, float(((least - path[full]) / shape[full]).max()))
            high = min(high, float(((most - path[full]) / shape[full]).min()))
        if not low < high:
            raise InputError("bounds", f"{bounds[0]}, {bounds[1]}", f"bounds that leave {lever} a range")
        return low, high

    def goals(self, asked: Iterable[Goal | str] | Goal | str) -> list[Goal]:
        """Goals by name or as they are, each within the years and simulated."""
        asked = [asked] if isinstance(asked, Goal | str) else asked
        wanted = [self.evidence.goal(goal) if isinstance(goal, str) else goal for goal in asked]
        if not wanted:
            raise InputError("goals", "none", "at least one goal")
        first, last = self.start + 1, int(self.years[-1])
        for goal in wanted:
            if not first <= goal.year <= last:
                raise InputError(f"goal {goal.name}", goal.year, f"a year from {first} to {last}")
            self.target(goal)
        return wanted

    def within_reach(self) -> list[str]:
        """The plan's goals on indicators that are simulated, in years that are; shares left out.

        A share has a lever of its own: growth does not move it.
        """
        last, moved = int(self.years[-1]), ("real_gdp", "real_gdp_per_capita")
        asked = [goal for goal in self.evidence.quantified_goals() if goal.indicator in moved]
        return [goal.name for goal in asked if self.start < goal.year <= last]

    def shaped(self, lever: str, shape: str, start: int | None, end: int | None) -> Floats:
        """Part of the full amplitude in each year, shape (years,)."""
        if lever not in self.driven.levers:
            raise UnknownName(lever, self.driven.levers)
        if shape not in SHAPES:
            raise UnknownName(shape, SHAPES)
        years = self.years[1 + self.driven.jump :]
        still = np.zeros(self.driven.jump)
        begin = int(years[0]) if start is None else start
        full = int(years[-1]) if end is None else end
        if not years[0] <= begin <= full <= years[-1]:
            allowed = f"years from {years[0]} to {years[-1]}, the first not after the last"
            raise InputError("start, end", f"{begin}, {full}", allowed)
        if shape == "constant":
            moved = np.ones(len(years))
        elif shape == "step":
            moved = (years >= begin).astype(float)
        else:
            moved = np.clip((years - begin + 1) / (full - begin + 1), 0.0, 1.0)
        return np.concatenate([still, moved])

    def target(self, goal: Goal) -> float:
        """What a goal asks, in its unit."""
        return self.driven.base.target(goal)

    def value(self, goal: Goal, central: Mapping[str, Floats]) -> float:
        """A goal's indicator in its year."""
        return float(central[goal.indicator][goal.year - int(self.years[0])])

    def ends(self, asked: Iterable[Goal]) -> list[End]:
        """Every end of what goals ask."""
        return [
            End(goal, level, floor)
            for goal in asked
            for level, floor in zip(goal.interval(self.target(goal)), (True, False), strict=True)
            if np.isfinite(level)
        ]

    def margin(self, end: End, central: Mapping[str, Floats]) -> float:
        """How far an end is exceeded: in logs, for a share in log-odds; negative where it is missed."""
        value, level = self.value(end.goal, central), end.level
        if end.goal.indicator in self.driven.base.shares:
            value, level = value / (1 - value), level / (1 - level)
        exceeded = float(np.log(value / level))
        return exceeded if end.floor else -exceeded

    def miss(self, goal: Goal, central: Mapping[str, Floats]) -> float:
        """Part of the target that is missing; zero where the goal is met."""
        value, target = self.value(goal, central), self.target(goal)
        return 0.0 if bool(goal.meets(value, target)) else abs(value / target - 1)

    def confirm(self, asked: Sequence[Goal], central: Mapping[str, Floats]) -> None:
        """An answer that the forward run does not bear out is no answer."""
        for goal in asked:
            if self.miss(goal, central) > 1e-9:
                raise ArithmeticError(f"{goal.name} is not met by its own solution")


def requirement(
    model: Model, end: End, lever: str, shape: Floats, bounds: tuple[float, float]
) -> Requirement:
    """What an end of a goal asks of a lever, by bracketing; the value must move one way along it."""
    goal = end.goal

    def margin(amplitude: float) -> float:
        return model.margin(end, model.run({lever: amplitude * shape}))

    probes = np.linspace(*bounds, PROBES)
    margins = np.array([margin(amplitude) for amplitude in probes])
    if np.ptp(margins) < NOTHING:
        raise InputError("lever", lever, f"a lever that moves {goal.name} by {goal.year}")
    steps = np.diff(margins)
    if not ((steps > 0).all() or (steps < 0).all()):
        raise InputError("lever", lever, f"a lever that moves {goal.name} one way within its bounds")
    at_least = bool(steps[0] > 0)
    best = probes[-1] if at_least else probes[0]
    worst = probes[0] if at_least else probes[-1]
    if margin(best) < -NOTHING:
        amplitude = np.nan
    elif margin(worst) >= 0:  # met everywhere: the end asks nothing
        amplitude = worst
    else:
        amplitude = toward(margin, float(worst), float(best))
    nearest = model.value(goal, model.run({lever: best * shape}))
    return Requirement(end, float(amplitude), at_least, nearest)


def toward(margin: Callable[[float], float], worst: float, best: float) -> float:
    """The amplitude at which a goal is just met, on the side on which it is."""
    from scipy.optimize import brentq  # slow to import

    if margin(best) <= 0:
        return best
    return float(brentq(margin, worst, best, xtol=1e-15, rtol=1e-14))


def deciding(requirements: Sequence[Requirement], *amplitudes: float) -> tuple[str, ...]:
    """Goals whose own requirement is one of the amplitudes."""
    return names_of(
        need
        for need in requirements
        if any(abs(need.amplitude - amplitude) < NOTHING for amplitude in amplitudes)
    )


def names_of(requirements: Iterable[Requirement]) -> tuple[str, ...]:
    """Goals of requirements, each once."""
    return tuple(dict.fromkeys(need.goal.name for need in requirements))


def checked(bounds: tuple[float, float]) -> tuple[float, float]:
    """Bounds in order, else InputError."""
    low, high = (float(end) for end in bounds)
    if not low < high or not np.isfinite([low, high]).all():
        raise InputError("bounds", f"{low}, {high}", "two finite numbers, the smaller first")
    return low, high
