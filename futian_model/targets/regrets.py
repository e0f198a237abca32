"""Which choice of a lever is never far from the best, whatever holds: minimax regret.

References
----------
Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical Association 46,
55-67.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence, Goal
from futian_model.growth import Floats
from futian_model.scenario import Scenario, Source, scenario_of
from futian_model.simulation import simulate
from futian_model.solver import Model
from futian_model.targets.draws import limit, listed, meets

DRAWS = 4096


@dataclass(frozen=True, eq=False)
class Regret:
    """What each choice of a lever forgoes in each state.

    Attributes
    ----------
    states : tuple of str
    choices : tuple of float
        Amplitudes of the lever.
    worth : ndarray, shape (states, choices)
        Share of draws that meet all goals if the state's assumptions hold, less the cost of the choice.
    regret, regret_se : ndarray, shape (states, choices)
        The state's best worth less the choice's, and its Monte Carlo error: the draws are the same.
    simulations : int
        How often it was simulated.
    """

    lever: str
    goals: tuple[Goal, ...]
    states: tuple[str, ...]
    choices: tuple[float, ...]
    worth: Floats
    regret: Floats
    regret_se: Floats
    simulations: int

    @property
    def worst(self) -> Floats:
        """Greatest regret of each choice over the states, shape (choices,)."""
        return np.asarray(self.regret.max(axis=0))

    @property
    def best(self) -> int:
        """Position of the choice whose greatest regret is least; of several the smallest change."""
        return self.within(float(self.worst.min()))

    def within(self, most: float) -> int:
        """Position of the smallest change that nowhere forgoes more than `most`.

        Raises
        ------
        InputError
            Every choice does somewhere.
        """
        fine = np.flatnonzero(self.worst <= most + 1e-12)
        if not len(fine):
            raise InputError("most", most, f"{limit(float(self.worst.min()), least=True)} or more")
        return int(min(fine, key=lambda at: abs(self.choices[at])))


def regret(
    states: Mapping[str, Scenario | Source] | Sequence[str],
    evidence: Evidence,
    goals: Sequence[Goal | str] | Goal | str,
    lever: str,
    choices: Iterable[float],
    *,
    shape: str = "constant",
    cost: float = 0.0,
    draws: int = DRAWS,
    seed: int = 2020,
) -> Regret:
    """Regret of choices of a lever over states of the world, each simulated with each choice.

    Parameters
    ----------
    states : mapping of str to Scenario, or sequence of str
        What may hold, by name: scenarios, their ids or files; or ids alone.
    goals : sequence of Goal or str
        That are to be met together, or their names.
    choices : iterable of float
        Amplitudes, in the lever's unit (`solver.Requirement.amplitude`).
    cost : float
        Share of draws that one unit of the lever, up or down, is worth. Without it more of a lever that only
        helps is always better; `Regret.within` then tells how little is never far off.
    draws, seed : int
        The same in all simulations, so that differences are sharp.

    Raises
    ------
    InputError
        No states, goals or choices; a lever that a state has not, or that moves none of the goals there; a
        choice outside its range; a goal whose year is over.
    """
    amplitudes = tuple(float(choice) for choice in choices)
    for name, held in (("states", states), ("goals", goals), ("choices", amplitudes)):
        if not held:
            raise InputError(name, "none", "at least one")
    if not (np.isfinite(cost) and cost >= 0):
        raise InputError("cost", cost, "a number, 0 or more")
    asked = [evidence.goal(goal) if isinstance(goal, str) else goal for goal in listed(goals)]
    held_states = states if isinstance(states, Mapping) else dict(zip(states, states, strict=True))
    met = np.empty((len(states), len(amplitudes), draws), bool)
    for at, (name, source) in enumerate(held_states.items()):
        scenario = scenario_of(source, evidence)
        moves = allowed(name, Model(scenario, evidence), asked, lever, shape, amplitudes)
        for to, amplitude in enumerate(amplitudes):
            result = simulate(
                scenario, evidence, draws=draws, seed=seed, keep=True, added={lever: amplitude * moves}
            )
            met[at, to] = meets(result, asked)
    paid = cost * np.abs(amplitudes)
    worth = met.mean(axis=2) - paid
    top = worth.argmax(axis=1)
    best = np.take_along_axis(met, top[:, None, None], axis=1)
    apart = best.astype(float) - met
    return Regret(
        lever,
        tuple(asked),
        tuple(held_states),
        amplitudes,
        worth,
        worth.max(axis=1, keepdims=True) - worth,
        apart.std(axis=2) / np.sqrt(draws),
        len(states) * len(amplitudes),
    )


def allowed(
    state: str, model: Model, goals: Sequence[Goal], lever: str, shape: str, amplitudes: Sequence[float]
) -> Floats:
    """Part of the full amplitude in each year, once every choice is in the lever's range and moves a goal."""
    try:
        moves = model.shaped(lever, shape, None, None)
    except UnknownName as fault:
        raise InputError("lever", lever, f"a lever of every state; {state} has {fault.allowed}") from None
    for path, least, most in model.driven.ranges(lever):
        for amplitude in amplitudes:
            moved = path + amplitude * moves
            if (moved < least - 1e-12).any() or (moved > most + 1e-12).any():
                limits = f"one that leaves {lever} of {state} between {least:g} and {most:g}"
                raise InputError("choices", amplitude, limits)
    before, most = model.run({}), max(amplitudes, key=abs)
    after = model.run({lever: most * moves})
    held = [goal for goal in goals if goal.indicator in before]
    if most and held and all((before[goal.indicator] == after[goal.indicator]).all() for goal in held):
        named = ", ".join(goal.name for goal in held)
        raise InputError("lever", lever, f"a lever that moves {named} in {state}")
    return moves
