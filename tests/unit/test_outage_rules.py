"""Which breaches are nobody's but ours, to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from workflows.outages.outage import Outage, as_one, only_ours, told_in

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
JOINED = 10 * MINUTE


def at(minutes: float) -> datetime:
    return NINE + minutes * MINUTE


HOUR = Outage(at(0), at(60))


@pytest.mark.parametrize(
    ("due", "done", "ours"),
    [
        (30, 60, True),
        (30, 70, True),
        (30, 70.1, False),
        (0, 61, True),
        (60, 61, True),
        (-0.1, 61, False),
        (60.1, 61, False),
        (30, 30, False),
    ],
)
def test_due_in_the_outage_and_done_within_the_grace(due: float, done: float, ours: bool) -> None:
    found = only_ours(at(due), at(done), [HOUR], JOINED)
    assert found == (HOUR if ours else None)


def test_outages_with_less_than_the_grace_between_them_are_one() -> None:
    soon = Outage(at(60) + JOINED - MINUTE, at(90))
    late = Outage(at(90) + JOINED, at(120))
    assert as_one([late, soon, HOUR], JOINED) == (Outage(at(0), at(90)), late)
    assert only_ours(at(65), at(95), [HOUR, soon], JOINED) == Outage(at(0), at(90))


@pytest.mark.parametrize(
    ("due", "rung", "ours"), [(10, 10, True), (10, 60, True), (10, 61, False), (-1, 30, False)]
)
def test_a_rung_is_ours_if_its_limit_ran_out_in_the_same_outage(
    due: float, rung: float, ours: bool
) -> None:
    assert (told_in(at(due), at(rung), [HOUR], JOINED) is not None) == ours


def test_an_outage_survives_the_journal() -> None:
    assert Outage.from_json(HOUR.as_json()) == HOUR
