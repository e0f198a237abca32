"""Growth from capital, labour and productivity, in the exact discrete form, forward and inverse.

``Y = A K^a (h L)^(1-a)`` with the capital-output ratio ``ky = K/Y`` as state. A year's growth factor of
capital ``cf`` follows from investment by one of three timings:

- ``"ltgm"``: ``cf_t = 1 - d + s_t / ky_(t-1)``, the share of the year on the output of the year before,
  as the World Bank's Long Term Growth Model writes it (Loayza and Pennings 2022);
- ``"lagged"``: ``K_t = (1 - d) K_(t-1) + s_(t-1) Y_(t-1)``, last year's investment; the investment share
  then has the base year first, one value more than the years;
- ``"same_year"``: ``K_t = (1 - d) K_(t-1) + s_t Y_t``, the year's own investment, solved exactly.

Then ``1 + gY = (1 + gA) cf^a ((1 + gh)(1 + gL))^(1-a)`` and ``ky_t = ky_(t-1) cf / (1 + gY)``. All
shares, rates and growths are fractions; time is the last axis, everything broadcasts over leading axes.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from futian_model.errors import InputError, UnknownName
from futian_model.growth import Floats

TIMINGS = ("ltgm", "lagged", "same_year")
FORMS = ("log", "exact")
MOST_STEPS = 200
"""Newton steps of `same_year`; the function is convex, so it needs a handful."""


class Path(NamedTuple):
    """What production gives, each of shape (..., years), one value a year after the base."""

    gdp_growth: Floats
    capital_growth: Floats
    capital_output_ratio: Floats


class SteadyState(NamedTuple):
    """Where constant inputs lead."""

    capital_output_ratio: Floats
    gdp_growth: Floats
    gdp_per_worker_growth: Floats


class Account(NamedTuple):
    """Contributions to growth that sum to it."""

    capital: Floats
    labour: Floats
    human_capital: Floats
    tfp: Floats


def project(
    *,
    capital_share: ArrayLike,
    depreciation: ArrayLike,
    capital_output_ratio: ArrayLike,
    investment_share: ArrayLike,
    tfp_growth: ArrayLike,
    labour_growth: ArrayLike,
    human_capital_growth: ArrayLike = 0.0,
    timing: str = "ltgm",
) -> Path:
    """Growth that an investment path gives.

    Parameters
    ----------
    capital_share, depreciation : array_like, shape (...)
        Output elasticity of capital, and the part of capital lost in a year.
    capital_output_ratio : array_like, shape (...)
        Of the base year.
    investment_share : array_like, shape (..., years), or (..., years + 1) with timing ``"lagged"``
    tfp_growth, labour_growth, human_capital_growth : array_like, shape (..., years)
    timing : {"ltgm", "lagged", "same_year"}

    Raises
    ------
    InputError
        A share lies outside 0 to 1, depreciation outside 0 to 1, the capital-output ratio is not
        positive, a growth rate is not above -1 or not a number, or paths differ in length.

    Examples
    --------
    A capital-output ratio of 3, a quarter invested, depreciation of 5 %: the stock grows by 1/30.

    >>> path = project(capital_share=0.5, depreciation=0.05, capital_output_ratio=3.0,
    ...                investment_share=[0.25], tfp_growth=[0.0], labour_growth=[0.0])
    >>> print(path.capital_growth.round(4), path.gdp_growth.round(4))
    [0.0333] [0.0165]
    """
    share, lost, ratio = _state(capital_share, depreciation, capital_output_ratio)
    rates = (tfp_growth, labour_growth, human_capital_growth)
    invested, effective = _paths(timing, investment_share, *rates, (share, lost, ratio))
    years = effective.shape[-1]
    growths, capitals, ratios = (np.empty(effective.shape) for _ in range(3))
    for year in range(years):
        spent, factor = invested[..., year], effective[..., year]
        if timing == "same_year":
            capital = _same_year(share, lost, spent * factor / ratio)
        else:
            capital = 1 - lost + spent / ratio
        growth = factor * capital**share
        ratio = ratio * capital / growth
        growths[..., year], capitals[..., year], ratios[..., year] = growth - 1, capital - 1, ratio
    return Path(growths, capitals, ratios)


def required_investment(
    *,
    gdp_growth: ArrayLike,
    capital_share: ArrayLike,
    depreciation: ArrayLike,
    capital_output_ratio: ArrayLike,
    tfp_growth: ArrayLike,
    labour_growth: ArrayLike,
    human_capital_growth: ArrayLike = 0.0,
    timing: str = "ltgm",
) -> Floats:
    """Investment share that makes `project` return a growth path; negative where capital must shrink.

    Returns
    -------
    ndarray, shape (..., years), or (..., years + 1) with timing ``"lagged"``
        There the last year's investment bears on no growth of the path, and repeats the year before.

    Raises
    ------
    InputError
        As `project`.
    """
    share, lost, ratio = _state(capital_share, depreciation, capital_output_ratio)
    growth = _rates("gdp_growth", gdp_growth)
    rates = (tfp_growth, labour_growth, human_capital_growth)
    _, effective = _paths("ltgm", 0.0, *rates, (share, lost, ratio), growth)
    grown = np.broadcast_to(1 + growth, effective.shape)
    needed = np.empty(effective.shape)
    for year in range(effective.shape[-1]):
        capital = (grown[..., year] / effective[..., year]) ** (1 / share)
        needed[..., year] = (capital - 1 + lost) * ratio
        if timing == "same_year":
            needed[..., year] /= grown[..., year]
        ratio = ratio * capital / grown[..., year]
    _known(timing, TIMINGS)
    return needed if timing != "lagged" else np.concatenate([needed, needed[..., -1:]], axis=-1)


def required_tfp(
    *,
    gdp_growth: ArrayLike,
    capital_share: ArrayLike,
    depreciation: ArrayLike,
    capital_output_ratio: ArrayLike,
    investment_share: ArrayLike,
    labour_growth: ArrayLike,
    human_capital_growth: ArrayLike = 0.0,
    timing: str = "ltgm",
) -> Floats:
    """Growth of total factor productivity that makes `project` return a growth path.

    Returns
    -------
    ndarray, shape (..., years)

    Raises
    ------
    InputError
        As `project`.
    """
    share, lost, ratio = _state(capital_share, depreciation, capital_output_ratio)
    growth = _rates("gdp_growth", gdp_growth)
    rates = (0.0, labour_growth, human_capital_growth)
    invested, others = _paths(timing, investment_share, *rates, (share, lost, ratio), growth)
    grown = np.broadcast_to(1 + growth, others.shape)
    needed = np.empty(others.shape)
    for year in range(others.shape[-1]):
        spent = invested[..., year] * (grown[..., year] if timing == "same_year" else 1.0)
        capital = 1 - lost + spent / ratio
        needed[..., year] = grown[..., year] / (capital**share * others[..., year]) - 1
        ratio = ratio * capital / grown[..., year]
    return needed


def required_saving(*, investment_share: ArrayLike, external_balance: ArrayLike) -> Floats:
    """Saving, as a share of GDP, that pays for investment at a current-account balance (a share of GDP).

    Saving less investment is the external balance: a deficit, which is negative, pays for a part.
    """
    return _numbers("investment_share", investment_share) + _numbers("external_balance", external_balance)


def steady_state(
    *,
    capital_share: ArrayLike,
    depreciation: ArrayLike,
    investment_share: ArrayLike,
    tfp_growth: ArrayLike,
    labour_growth: ArrayLike,
    human_capital_growth: ArrayLike = 0.0,
    timing: str = "ltgm",
) -> SteadyState:
    """Where constant inputs lead: capital and output grow alike.

    ``1 + gY = (1 + gA)^(1/(1-a)) (1 + gh)(1 + gL)`` and ``ky = s / (gY + d)``, or ``1 + gY`` times that
    with timing ``"same_year"`` (Solow 1956, in discrete time).

    Raises
    ------
    InputError
        As `project`; or the economy shrinks as fast as its capital wears out, and has no steady state.
    """
    share, lost, _ = _state(capital_share, depreciation, 1.0)
    invested = _numbers("investment_share", investment_share)
    tfp, labour, human = (
        1 + _rates(name, rate)
        for name, rate in (
            ("tfp_growth", tfp_growth),
            ("labour_growth", labour_growth),
            ("human_capital_growth", human_capital_growth),
        )
    )
    grown = tfp ** (1 / (1 - share)) * human * labour
    worn = grown - 1 + lost
    if np.any(worn <= 0):
        raise InputError("depreciation", float(np.min(lost)), "more than the economy shrinks in a year")
    _known(timing, TIMINGS)
    ratio = invested / worn * (grown if timing == "same_year" else 1.0)
    return SteadyState(np.asarray(ratio), np.asarray(grown - 1), np.asarray(grown / labour - 1))


def golden_rule(*, capital_share: ArrayLike) -> Floats:
    """Investment share that makes steady consumption largest: the output elasticity of capital.

    Phelps (1961); under every timing here, since each changes the steady capital-output ratio by a
    factor that does not depend on the investment share.
    """
    return _within("capital_share", capital_share)


def account(
    *,
    gdp_growth: ArrayLike,
    capital_growth: ArrayLike,
    labour_growth: ArrayLike,
    human_capital_growth: ArrayLike = 0.0,
    capital_share: ArrayLike,
    form: str = "log",
) -> Account:
    """Growth accounting: what capital, labour, human capital and the residual contributed.

    Parameters
    ----------
    gdp_growth, capital_growth, labour_growth, human_capital_growth : array_like, shape (..., years)
    capital_share : array_like, shape (...)
    form : {"log", "exact"}
        ``"log"``: contributions in log growth, which sum to ``log(1 + gdp_growth)``. ``"exact"``: the
        same, each times the logarithmic mean of the growth factor and one, so that they sum to
        `gdp_growth` itself.

    Raises
    ------
    InputError
        As `project`.
    """
    _known(form, FORMS)
    share = _within("capital_share", capital_share)[..., None]
    rates = {
        "gdp_growth": gdp_growth,
        "capital_growth": capital_growth,
        "labour_growth": labour_growth,
        "human_capital_growth": human_capital_growth,
    }
    whole, capital, labour, human = (np.log1p(_rates(name, rate)) for name, rate in rates.items())
    parts = [share * capital, (1 - share) * labour, (1 - share) * human]
    parts.append(whole - parts[0] - parts[1] - parts[2])
    if form == "exact":
        # the limit of growth over log growth is one where there is no growth
        mean = np.where(whole == 0, 1.0, np.expm1(whole) / np.where(whole == 0, 1.0, whole))
        parts = [part * mean for part in parts]
    return Account(*(np.asarray(part) for part in np.broadcast_arrays(*parts)))


def _same_year(share: Floats, lost: Floats, pull: Floats) -> Floats:
    """Growth factor of capital when a year's investment comes from its own output.

    Root of ``cf - pull cf^a = 1 - d``. The left side is convex and, right of its least point,
    increasing; Newton's steps from the right fall to the root without passing it.
    """
    pull, share, lost = np.broadcast_arrays(pull, share, lost)
    factor = np.maximum(2 * (1 - lost), np.maximum(2 * pull, 1e-12) ** (1 / (1 - share)))
    for _ in range(MOST_STEPS):
        power = pull * factor**share
        step = (factor - power - (1 - lost)) / (1 - share * power / factor)
        factor = factor - step
        if np.all(np.abs(step) <= 1e-15 * factor):
            break
    return factor


def _state(
    capital_share: ArrayLike, depreciation: ArrayLike, ratio: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Numbers of the base year, checked."""
    share, lost = _within("capital_share", capital_share), _numbers("depreciation", depreciation)
    if np.any((lost < 0) | (lost > 1)):
        raise InputError("depreciation", _first(lost, (lost < 0) | (lost > 1)), "a fraction from 0 to 1")
    held = _numbers("capital_output_ratio", ratio)
    if np.any(held <= 0):
        raise InputError("capital_output_ratio", _first(held, held <= 0), "a number above 0")
    return share, lost, held


def _paths(
    timing: str,
    investment_share: ArrayLike,
    tfp_growth: ArrayLike,
    labour_growth: ArrayLike,
    human_capital_growth: ArrayLike,
    state: tuple[Floats, ...],
    *others: Floats,
) -> tuple[Floats, Floats]:
    """Investment by the year it bears on, and the growth that does not come from capital, by year."""
    _known(timing, TIMINGS)
    invested = np.atleast_1d(_numbers("investment_share", investment_share))
    beyond = (invested < 0) | (invested > 1)
    if np.any(beyond):
        raise InputError("investment_share", _first(invested, beyond), "a fraction from 0 to 1")
    if timing == "lagged" and invested.shape[-1] > 1:
        invested = invested[..., :-1]  # the last year's bears on the year after the path
    tfp, labour, human = (
        np.atleast_1d(_rates(name, rate))
        for name, rate in (
            ("tfp_growth", tfp_growth),
            ("labour_growth", labour_growth),
            ("human_capital_growth", human_capital_growth),
        )
    )
    lengths = {path.shape[-1] for path in (invested, tfp, labour, human, *others) if path.ndim} - {1}
    if len(lengths) > 1:
        told = ", ".join(str(length) for length in sorted(lengths))
        raise InputError("years", told, "paths of one length (investment has one value more when lagged)")
    effective = (1 + tfp) * ((1 + human) * (1 + labour)) ** (1 - state[0][..., None])
    leading = [one[..., None].shape for one in state]
    shape = np.broadcast_shapes(effective.shape, invested.shape, *leading, *(one.shape for one in others))
    return np.broadcast_to(invested, shape), np.broadcast_to(effective, shape)


def _numbers(name: str, values: ArrayLike) -> Floats:
    """Finite numbers, else InputError."""
    given = np.asarray(values, float)
    if not np.isfinite(given).all():
        raise InputError(name, _first(given, ~np.isfinite(given)), "finite numbers")
    return given


def _rates(name: str, values: ArrayLike) -> Floats:
    """Growth rates above -1, else InputError."""
    given = _numbers(name, values)
    if np.any(given <= -1):
        raise InputError(name, _first(given, given <= -1), "growth above -1")
    return given


def _within(name: str, values: ArrayLike) -> Floats:
    """Fractions strictly between 0 and 1, else InputError."""
    given = _numbers(name, values)
    beyond = (given <= 0) | (given >= 1)
    if np.any(beyond):
        raise InputError(name, _first(given, beyond), "a fraction between 0 and 1")
    return given


def _first(values: Floats, faulty: NDArray[np.bool_]) -> float:
    """The first faulty value."""
    return float(np.asarray(values)[np.asarray(faulty)].flat[0])


def _known(name: str, allowed: tuple[str, ...]) -> None:
    if name not in allowed:
        raise UnknownName(name, allowed)
