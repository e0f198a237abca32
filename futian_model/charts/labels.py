"""Spread labels that want the same place."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres for labels stacked on one line, as near as can be to where each wants to be.

    Parameters
    ----------
    wanted : sequence of float
        Where each label's centre would stand alone.
    sizes : sequence of float
        Each label's extent along the line, gap included.
    low, high : float
        Bounds of the line; labels that do not fit between them overrun both ends alike.

    Returns
    -------
    list of float
        Centres in the order given. Labels keep the order of `wanted`, neighbours stand at least half
        the sum of their sizes apart, and the sum of squared moves is the least possible.

    Examples
    --------
    >>> spread([5, 5, 20], [4, 4, 4], 0, 30)
    [3.0, 7.0, 20.0]
    """
    from scipy.optimize import isotonic_regression

    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    starts = [0.0]
    for i in order:
        starts.append(starts[-1] + sizes[i])
    # Less its stack of predecessors, each label need only not fall below the one before it.
    free = [wanted[i] - sizes[i] / 2 - start for i, start in zip(order, starts, strict=False)]
    slack = high - starts[-1]
    bottom, top = (low, slack) if slack >= low else ((low + slack) / 2,) * 2
    placed = [0.0] * len(wanted)
    for i, start, shift in zip(order, starts, isotonic_regression(free).x if free else (), strict=False):
        placed[i] = min(max(float(shift), bottom), top) + start + sizes[i] / 2
    return placed
