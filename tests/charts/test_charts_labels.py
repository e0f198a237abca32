"""Labels pushed apart keep order, gap and bounds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model.charts.labels import spread

labels = st.lists(st.tuples(st.floats(-50, 250), st.floats(1, 20)), min_size=1, max_size=8)


@given(labels)
def test_order_gaps_and_bounds_hold_when_the_labels_fit(pairs: list[tuple[float, float]]) -> None:
    wanted, sizes = zip(*pairs, strict=True)
    centres = spread(wanted, sizes, 0.0, 200.0)
    order = sorted(range(len(pairs)), key=lambda i: wanted[i])
    edges = [(centres[i] - sizes[i] / 2, centres[i] + sizes[i] / 2) for i in order]
    assert all(above[0] >= below[1] - 1e-9 for below, above in pairwise(edges))
    assert edges[0][0] >= -1e-9
    assert edges[-1][1] <= 200.0 + 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_labels_with_room_stay_where_they_are(shifts: list[float]) -> None:
    wanted = [20.0 * at + 10 + shift for at, shift in enumerate(shifts)]
    assert spread(wanted, [5.0] * len(wanted), 0.0, 200.0) == pytest.approx(wanted)


def test_labels_that_do_not_fit_overrun_both_ends_alike() -> None:
    assert spread([1, 1, 1], [6, 6, 6], 0, 10) == [-1.0, 5.0, 11.0]


def test_no_labels() -> None:
    assert spread([], [], 0, 10) == []
