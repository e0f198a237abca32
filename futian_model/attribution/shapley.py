"""The Shapley value: what each of several changes brings, on average over the orders they may come in."""

from math import factorial

import numpy as np
from numpy.typing import ArrayLike

from futian_model.errors import InputError
from futian_model.growth import Floats

MOST_PLAYERS = 8
"""Blocks whose coalitions are all worked out: 256 of them."""


def shapley(values: ArrayLike, players: int) -> Floats:
    """Contribution of each player to the value of all of them together.

    ``phi_i = sum over S without i of |S|! (k - |S| - 1)! / k! (v(S + i) - v(S))``: exact, and the
    only split that adds up, treats alike what acts alike, gives nothing to what does nothing, and is
    additive in the value.

    Parameters
    ----------
    values : array_like, shape (2 ** players, ...)
        Value of every coalition: in row ``m`` the players whose bits are set in ``m`` take part, the
        first player in the lowest bit.
    players : int
        How many they are, `MOST_PLAYERS` at most.

    Returns
    -------
    ndarray, shape (players, ...)
        They sum to the last row less the first.

    Raises
    ------
    InputError
        Too many players, or another number of coalitions than theirs.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II.
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified framework
    based on the Shapley value. Journal of Economic Inequality 11, 99-126.

    Examples
    --------
    A product, 2 by 5 to 3 by 7: each factor's change at the mean of the other.

    >>> print(shapley([2 * 5, 3 * 5, 2 * 7, 3 * 7], 2))
    [6. 5.]
    """
    if isinstance(players, bool) or not isinstance(players, int) or not 0 <= players <= MOST_PLAYERS:
        raise InputError("players", players, f"a whole number from 0 to {MOST_PLAYERS}")
    worth = np.asarray(values, float)
    if worth.shape[:1] != (2**players,):
        allowed = f"{2**players} coalitions of {players} players along the first axis"
        raise InputError("values", f"shape {worth.shape}", allowed)
    coalitions = np.arange(2**players)
    sizes = np.array([coalition.bit_count() for coalition in coalitions.tolist()])
    share = np.array([factorial(n) * factorial(players - n - 1) / factorial(players) for n in range(players)])
    contributions = np.empty((players, *worth.shape[1:]))
    for player in range(players):
        without = coalitions[coalitions >> player & 1 == 0]
        # differences first, so that a player who changes nothing gets exactly nothing
        contributions[player] = np.tensordot(
            share[sizes[without]], worth[without | 1 << player] - worth[without], axes=1
        )
    return contributions
