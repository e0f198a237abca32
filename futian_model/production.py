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

With `PublicCapital` beside it, ``Y = A K^a G^c (h L)^(1-a-c)``: `capital_share`, `depreciation` and so on
are then those of private capital ``K``, and public capital ``G`` counts as far as it is efficient, ``G_t =
(1 - d_g) G_(t-1) + e_t I_t`` with ``e`` the efficiency of investing (as in the Long Term Growth Model's
public-capital extension, Devadas and Pennings 2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from futian_model.errors import InputError, UnknownName
from futian_model.growth import Floats

TIMINGS = ("ltgm", "lagged", "same_year")
FORMS = ("log", "exact")
MOST_STEPS = 200
"""Newton steps of `same_year`; the function is concave, so it needs a handful."""


@dataclass(frozen=True)
class PublicCapital:
    """Public capital beside private capital.

    Parameters
    ----------
    share, depreciation, capital_output_ratio : array_like, shape (...)
        Output elasticity, loss a year, and efficient stock over GDP in the base year.
    investment_share, efficiency : array_like, shape (..., years), one value more when lagged
        Public investment over GDP, and the part of it that becomes useful capital.
    """

    share: ArrayLike
    depreciation: ArrayLike
    capital_output_ratio: ArrayLike
    investment_share: ArrayLike
    efficiency: ArrayLike = 1.0


class Path(NamedTuple):
    """What production gives, each of shape (..., years), one value a year after the base.

    `public_capital_growth` is NaN where there is no public capital.
    """

    gdp_growth: Floats
    capital_growth: Floats
    capital_output_ratio: Floats
    public_capital_growth: Floats


class SteadyState(NamedTuple):
    """Where constant inputs lead."""

    capital_output_ratio: Floats
    gdp_growth: Floats
    gdp_per_worker_growth: Floats


class Account(NamedTuple):
    """Contributions to growth that sum to it; that of public capital is zero where there is none."""

    capital: Floats
    labour: Floats
    human_capital: Floats
    tfp: Floats
    public_capital: Floats


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
    public: PublicCapital | None = None,
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
    public : PublicCapital, optional
        Public capital apart; the arguments above are then those of private capital.

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
    private = _Pool(capital_share, depreciation, capital_output_ratio)
    stocks = [private, *_public(public, private)]
    rates = (tfp_growth, labour_growth, human_capital_growth)
    invested, effective = _paths(timing, [investment_share, *_invested(public)], rates, stocks)
    out = [np.full(effective.shape, np.nan) for _ in range(4)]
    for year in range(effective.shape[-1]):
        spent = [path[..., year] for path in invested]
        grown = _output(stocks, spent, effective[..., year], timing)
        factors = [pool.turn(part, grown, timing) for pool, part in zip(stocks, spent, strict=True)]
        reached = (grown - 1, factors[0] - 1, private.ratio, *(factor - 1 for factor in factors[1:]))
        for kept, value in zip(out, reached, strict=False):
            kept[..., year] = value
    return Path(*out)


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
    public: PublicCapital | None = None,
) -> Floats:
    """Investment share that makes `project` return a growth path; negative where capital must shrink.

    With public capital it is the private share, the public path as given.

    Returns
    -------
    ndarray, shape (..., years), or (..., years + 1) with timing ``"lagged"``
        There the last year's investment bears on no growth of the path, and repeats the year before.

    Raises
    ------
    InputError
        As `project`.
    """
    private = _Pool(capital_share, depreciation, capital_output_ratio)
    others = _public(public, private)
    growth = _rates("gdp_growth", gdp_growth)
    rates = (tfp_growth, labour_growth, human_capital_growth)
    invested, effective = _paths(timing, _invested(public), rates, [private, *others], growth)
    grown = np.broadcast_to(1 + growth, effective.shape)
    needed = np.empty(effective.shape)
    for year in range(effective.shape[-1]):
        now, other = grown[..., year], effective[..., year]
        for pool, path in zip(others, invested, strict=True):
            other = other * pool.turn(path[..., year], now, timing) ** pool.share
        factor = (now / other) ** (1 / private.share)
        needed[..., year] = private.spending(factor, now, timing)
        private.ratio = private.ratio * factor / now
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
    public: PublicCapital | None = None,
) -> Floats:
    """Growth of total factor productivity that makes `project` return a growth path.

    Returns
    -------
    ndarray, shape (..., years)

    Raises
    ------
    InputError
        As `project`.

    Examples
    --------
    >>> need = required_tfp(gdp_growth=[0.05], capital_share=0.4, depreciation=0.05, capital_output_ratio=3.0,
    ...                     investment_share=[0.3], labour_growth=[0.01])
    >>> path = project(tfp_growth=need, capital_share=0.4, depreciation=0.05, capital_output_ratio=3.0,
    ...                investment_share=[0.3], labour_growth=[0.01])
    >>> print(need.round(4), path.gdp_growth.round(12))
    [0.0236] [0.05]
    """
    private = _Pool(capital_share, depreciation, capital_output_ratio)
    stocks = [private, *_public(public, private)]
    growth = _rates("gdp_growth", gdp_growth)
    rates = (0.0, labour_growth, human_capital_growth)
    invested, others = _paths(timing, [investment_share, *_invested(public)], rates, stocks, growth)
    grown = np.broadcast_to(1 + growth, others.shape)
    needed = np.empty(others.shape)
    for year in range(others.shape[-1]):
        now, explained = grown[..., year], others[..., year]
        for pool, path in zip(stocks, invested, strict=True):
            explained = explained * pool.turn(path[..., year], now, timing) ** pool.share
        needed[..., year] = now / explained - 1
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

    Examples
    --------
    >>> state = steady_state(capital_share=0.4, depreciation=0.05, investment_share=0.3,
    ...                      tfp_growth=0.012, labour_growth=0.0)
    >>> print(state.capital_output_ratio.round(2), state.gdp_growth.round(4))
    4.28 0.0201
    """
    stock = _Pool(capital_share, depreciation, 1.0)
    share, lost = stock.share, stock.lost
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
    labour_share: ArrayLike | None = None,
    human_capital_share: ArrayLike | None = None,
    form: str = "log",
    public_capital_growth: ArrayLike = 0.0,
    public_share: ArrayLike = 0.0,
) -> Account:
    """Growth accounting: what capital, labour, human capital and the residual contributed (Solow 1957).

    Parameters
    ----------
    gdp_growth, capital_growth, labour_growth, human_capital_growth, public_capital_growth : array_like
        Fractions a year, shape (..., years); they and the shares broadcast to one shape by numpy's
        rules, and scalars give scalars.
    capital_share, public_share : array_like
        Output elasticities of private and of public capital, along time where they change; a share
        for each of several paths has shape (paths, 1). Left out, there is no public capital.
    labour_share, human_capital_share : array_like, optional
        Output elasticities of labour and of human capital; each is what both capitals leave when
        left out, as constant returns and human capital that multiplies labour have it.
    form : {"log", "exact"}
        ``"log"``: contributions in log growth, which sum to ``log(1 + gdp_growth)``. ``"exact"``: the
        same, each times the logarithmic mean of the growth factor and one, so that they sum to
        `gdp_growth` itself.

    Raises
    ------
    InputError
        As `project`; shapes that do not broadcast; a share of labour or human capital below 0.

    Examples
    --------
    >>> parts = account(gdp_growth=0.05, capital_growth=0.06, labour_growth=0.01, capital_share=0.4)
    >>> print(parts.capital.round(4), parts.tfp.round(4), abs(sum(parts) - np.log(1.05)).round(12))
    0.0233 0.0195 0.0
    """
    _known(form, FORMS)
    capital_elasticity = _within("capital_share", capital_share)
    public_elasticity = _elasticity(public_share, capital_elasticity)
    rest = 1 - capital_elasticity - public_elasticity
    elasticities = (
        capital_elasticity,
        _share_of("labour_share", labour_share, rest),
        _share_of("human_capital_share", human_capital_share, rest),
        public_elasticity,
    )
    rates = {
        "gdp_growth": gdp_growth,
        "capital_growth": capital_growth,
        "labour_growth": labour_growth,
        "human_capital_growth": human_capital_growth,
        "public_capital_growth": public_capital_growth,
    }
    logs = [np.log1p(_rates(name, rate)) for name, rate in rates.items()]
    try:
        whole, *inputs = np.broadcast_arrays(*logs, *elasticities)
    except ValueError:
        shapes = dict.fromkeys(str(values.shape) for values in (*logs, *elasticities) if values.ndim)
        raise InputError("shapes", ", ".join(shapes), "growth and shares that broadcast, time last") from None
    parts = [growth * share for growth, share in zip(inputs[:4], inputs[4:], strict=True)]
    parts.insert(3, whole - sum(parts))
    if form == "exact":
        # the limit of growth over log growth is one where there is no growth
        mean = np.where(whole == 0, 1.0, np.expm1(whole) / np.where(whole == 0, 1.0, whole))
        parts = [part * mean for part in parts]
    return Account(*(np.asarray(part) for part in parts))


def _share_of(name: str, share: ArrayLike | None, rest: Floats) -> Floats:
    """Output elasticity of labour or human capital: as stated, or what capital leaves."""
    if share is None:
        return rest
    values = _numbers(name, share)
    _refuse(name, values, values < 0, "a fraction of 0 or more")
    return values


class _Pool:
    """One stock of capital: its parameters, and its ratio to GDP as the state that moves."""

    def __init__(self, share: ArrayLike, lost: ArrayLike, ratio: ArrayLike, named: str = "") -> None:
        self.share = _within(f"{named}capital_share", share)
        self.lost = _fractions(f"{named}depreciation", lost)
        self.ratio = _numbers(f"{named}capital_output_ratio", ratio)
        _refuse(f"{named}capital_output_ratio", self.ratio, self.ratio <= 0, "a number above 0")

    def factor(self, spent: Floats, grown: Floats, timing: str) -> Floats:
        """Growth factor of the stock; with timing `same_year` the year's investment grows with GDP."""
        return np.asarray(1 - self.lost + spent * (grown if timing == "same_year" else 1.0) / self.ratio)

    def turn(self, spent: Floats, grown: Floats, timing: str) -> Floats:
        """A year passes: the growth factor, with the ratio moved on."""
        factor = self.factor(spent, grown, timing)
        self.ratio = self.ratio * factor / grown
        return factor

    def spending(self, factor: Floats, grown: Floats, timing: str) -> Floats:
        """Investment over GDP behind a growth factor."""
        spent = (factor - 1 + self.lost) * self.ratio
        return np.asarray(spent / grown if timing == "same_year" else spent)


def _public(public: PublicCapital | None, private: _Pool) -> list[_Pool]:
    """The public stock, if there is one."""
    if public is None:
        return []
    pool = _Pool(public.share, public.depreciation, public.capital_output_ratio, "public ")
    _elasticity(pool.share, private.share)
    return [pool]


def _invested(public: PublicCapital | None) -> list[Floats]:
    """Public investment that becomes useful."""
    if public is None:
        return []
    efficiency = _numbers("efficiency", public.efficiency)
    beyond = (efficiency <= 0) | (efficiency > 1)
    _refuse("efficiency", efficiency, beyond, "a fraction above 0, up to 1")
    return [_numbers("public investment_share", public.investment_share) * efficiency]


def _elasticity(share: ArrayLike, private: Floats) -> Floats:
    """Output elasticity of public capital, which leaves something for labour."""
    public = _numbers("public capital_share", share)
    beyond = (public < 0) | (public + private >= 1)
    allowed = "a fraction that with the private capital_share stays below 1"
    _refuse("public capital_share", public, beyond, allowed)
    return public


def _output(stocks: list[_Pool], spent: list[Floats], other: Floats, timing: str) -> Floats:
    """Growth factor of GDP.

    With timing `same_year` it is the root of ``log G - log other - sum a_i log cf_i(G)``, which is
    concave and rising in ``log G``: Newton's steps climb to it from the left, whatever the start.
    """
    grown = np.asarray(other, float)
    for _ in range(MOST_STEPS if timing == "same_year" else 1):
        wanted, slope = np.log(other), np.ones_like(grown)
        for pool, part in zip(stocks, spent, strict=True):
            factor = pool.factor(part, grown, timing)
            wanted = wanted + pool.share * np.log(factor)
            slope = slope - pool.share * (factor - 1 + pool.lost) / factor
        if timing != "same_year":
            return np.asarray(np.exp(wanted))
        step = (wanted - np.log(grown)) / slope
        grown = np.asarray(grown * np.exp(step))
        if np.all(np.abs(step) <= 1e-15):
            break
    return grown


def _paths(
    timing: str,
    investment: Sequence[ArrayLike],
    rates: tuple[ArrayLike, ArrayLike, ArrayLike],
    stocks: list[_Pool],
    *others: Floats,
) -> tuple[list[Floats], Floats]:
    """Investments by the year they bear on, and the growth that does not come from capital, by year."""
    _known(timing, TIMINGS)
    invested = [np.atleast_1d(_fractions("investment_share", path)) for path in investment]
    if timing == "lagged":  # the last year's bears on the year after the path
        invested = [path[..., :-1] if path.shape[-1] > 1 else path for path in invested]
    names = ("tfp_growth", "labour_growth", "human_capital_growth")
    tfp, labour, human = (np.atleast_1d(_rates(name, rate)) for name, rate in zip(names, rates, strict=True))
    lengths = {path.shape[-1] for path in (*invested, tfp, labour, human, *others) if path.ndim} - {1}
    if len(lengths) > 1:
        differing = ", ".join(str(length) for length in sorted(lengths))
        raise InputError(
            "years", differing, "paths of one length (investment has one value more when lagged)"
        )
    left = 1 - sum(pool.share for pool in stocks)
    effective = (1 + tfp) * ((1 + human) * (1 + labour)) ** np.asarray(left)[..., None]
    leading = [value[..., None].shape for pool in stocks for value in (pool.share, pool.lost, pool.ratio)]
    shape = np.broadcast_shapes(effective.shape, *leading, *(path.shape for path in (*invested, *others)))
    return [np.broadcast_to(path, shape) for path in invested], np.broadcast_to(effective, shape)


def _numbers(name: str, values: ArrayLike) -> Floats:
    """Finite numbers, else InputError."""
    numbers = np.asarray(values, float)
    _refuse(name, numbers, ~np.isfinite(numbers), "finite numbers")
    return numbers


def _fractions(name: str, values: ArrayLike) -> Floats:
    """Fractions from 0 to 1, else InputError."""
    fractions = _numbers(name, values)
    _refuse(name, fractions, (fractions < 0) | (fractions > 1), "a fraction from 0 to 1")
    return fractions


def _rates(name: str, values: ArrayLike) -> Floats:
    """Growth rates above -1, else InputError."""
    rates = _numbers(name, values)
    _refuse(name, rates, rates <= -1, "growth above -1")
    return rates


def _within(name: str, values: ArrayLike) -> Floats:
    """Fractions strictly between 0 and 1, else InputError."""
    fractions = _numbers(name, values)
    _refuse(name, fractions, (fractions <= 0) | (fractions >= 1), "a fraction between 0 and 1")
    return fractions


def _refuse(name: str, values: Floats, faulty: "NDArray[np.bool_] | np.bool_", allowed: str) -> None:
    """Name the first faulty value, where there is one."""
    if np.any(faulty):
        raise InputError(name, float(np.broadcast_to(values, np.shape(faulty))[faulty].flat[0]), allowed)


def _known(name: str, allowed: tuple[str, ...]) -> None:
    if name not in allowed:
        raise UnknownName(name, allowed)
