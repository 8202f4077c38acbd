"""The vectors that a case can live through, played by the law: agencies, reviews, requests."""

import pytest

from tests.deadlines.one_case import live, stands
from tests.deadlines.vector import Vector, vectors
from workflows.cases.case import Timeliness
from workflows.deadlines.clocks import ClockKind

LIVED = tuple(vector for vector in vectors() if vector.as_case)


@pytest.mark.parametrize("vector", LIVED, ids=lambda vector: vector.id)
def test_a_case_is_due_when_the_hand_worked_vector_says(vector: Vector) -> None:
    for expected in vector.expect:
        life = live(vector, expected.at)
        clocks = [clock for clock in life.case.clocks if clock.kind is ClockKind.DISPOSAL]
        *earlier, now = (stands(life, clock, expected.at) for clock in clocks)
        assert now == expected.now, expected.at
        assert tuple(earlier) == expected.earlier, expected.at
        assert life.clock.provisional is expected.provisional
        assert life.case.due_at == (expected.now.due if life.clock.runs else None)


@pytest.mark.parametrize(
    "vector", [vector for vector in LIVED if vector.events[-1].do == "stop"], ids=lambda v: v.id
)
def test_a_closed_case_is_on_time_exactly_where_the_vector_says(vector: Vector) -> None:
    """A case that was reopened is judged by its first round."""
    case = live(vector, vector.events[-1].at).case
    judged, *_ = (*vector.expect[-1].earlier, vector.expect[-1].now)
    kept = judged.verdict == "in_time"
    assert case.timeliness is (Timeliness.ON_TIME if kept else Timeliness.OVERDUE)
