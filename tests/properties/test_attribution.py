"""The Shapley value: the axioms that single it out, closed forms, and every order tried one by one."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from futian_model.attribution import MOST_PLAYERS, shapley
from futian_model.errors import InputError

NUMBERS = st.floats(-1e6, 1e6, allow_subnormal=False)


@st.composite
def games(draw, most=6, least=1):
    players = draw(st.integers(least, most))
    return players, draw(arrays(float, 2**players, elements=NUMBERS))


def close(found, wanted, values):
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12 * max(1.0, float(np.abs(values).max())))


@given(games(most=MOST_PLAYERS))
def test_parts_sum_to_the_whole(game):
    players, values = game
    close(shapley(values, players).sum(), values[-1] - values[0], values)


@given(games(most=5))
@settings(max_examples=40)
def test_the_mean_over_every_order(game):
    players, values = game
    orders = list(permutations(range(players)))
    brought = np.zeros(players)
    for order in orders:
        coalition = 0
        for player in order:
            brought[player] += values[coalition | 1 << player] - values[coalition]
            coalition |= 1 << player
    close(shapley(values, players), brought / len(orders), values)


@given(games(least=2), st.data())
def test_who_acts_alike_gets_alike(game, data):
    players, values = game
    one, other = data.draw(st.permutations(range(players)))[:2]
    swapped = np.array(
        [
            c & ~(1 << one | 1 << other) | (c >> one & 1) << other | (c >> other & 1) << one
            for c in range(len(values))
        ]
    )
    parts = shapley(values + values[swapped], players)  # a game in which the two are alike
    close(parts[one], parts[other], values)
    close(shapley(values[swapped], players)[other], shapley(values, players)[one], values)


@given(games(), st.data())
def test_who_does_nothing_gets_exactly_nothing(game, data):
    players, values = game
    idle = data.draw(st.integers(0, players - 1))
    values = values[np.arange(len(values)) & ~(1 << idle)]
    assert shapley(values, players)[idle] == 0.0


@given(games(), st.data())
def test_additive_in_the_value(game, data):
    players, values = game
    other = data.draw(arrays(float, len(values), elements=NUMBERS))
    both = shapley(values, players) + shapley(other, players)
    close(shapley(values + other, players), both, np.abs(values) + np.abs(other))


@given(games())
def test_the_other_way_round_every_sign_flips(game):
    players, values = game
    close(shapley(values[::-1], players), -shapley(values, players), values)


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)), min_size=2, max_size=2))
def test_a_product_of_two(factors):
    (a0, a1), (b0, b1) = factors
    values = np.array([a0 * b0, a1 * b0, a0 * b1, a1 * b1])
    close(shapley(values, 2), [(a1 - a0) * (b0 + b1) / 2, (b1 - b0) * (a0 + a1) / 2], values)


def test_a_product_of_three():
    start, end = np.array([2.0, 3.0, 5.0]), np.array([3.0, 7.0, 4.0])
    values = [np.prod(np.where([c >> i & 1 for i in range(3)], end, start)) for c in range(8)]
    (a, b, c), (x, y, z) = start, end
    first = (x - a) * (2 * b * c + 2 * y * z + b * z + y * c) / 6
    assert shapley(values, 3)[0] == pytest.approx(first, rel=1e-14)


def test_values_of_any_shape_are_split_alike():
    values = np.random.default_rng(1).normal(size=(8, 2, 3))
    parts = shapley(values, 3)
    assert parts.shape == (3, 2, 3)
    np.testing.assert_allclose(parts[:, 1, 2], shapley(values[:, 1, 2], 3))
    assert shapley([4.0], 0).shape == (0,)


@pytest.mark.parametrize("players", [-1, MOST_PLAYERS + 1, 2.0, True])
def test_a_number_of_players_out_of_range_is_refused(players):
    with pytest.raises(InputError, match=f"players = .*; allowed: a whole number from 0 to {MOST_PLAYERS}"):
        shapley(np.zeros(4), players)


def test_as_many_values_as_coalitions():
    with pytest.raises(InputError, match="allowed: 8 coalitions of 3 players along the first axis"):
        shapley(np.zeros(4), 3)
