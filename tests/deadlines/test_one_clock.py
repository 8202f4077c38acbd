"""Every deadline vector, played on one clock with the due times of workflows/deadlines."""

import pytest

from tests.deadlines.one_clock import play
from tests.deadlines.vector import Vector, vectors


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector.id)
def test_a_clock_stands_where_the_hand_worked_vector_says(vector: Vector) -> None:
    for expected in vector.expect:
        *earlier, now = play(vector, expected.at)
        assert now.amount(expected.at, vector.calendar) == expected.now, expected.at
        assert now.deadline(vector.calendar).provisional is expected.provisional
        before = tuple(one.amount(expected.at, vector.calendar) for one in earlier)
        assert before == expected.earlier, expected.at
