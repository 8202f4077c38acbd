"""What is due on a case, and what a rung complains of: each condition where it holds and not."""

from datetime import datetime, timedelta

import pytest

from tests.lawbook import HE, HOLE, LIN, MORNING, act, book, case_in
from workflows.cases.case import Action, Case, Given, RunningClock, State
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.due_now import due_now
from workflows.escalation.ladder import RungCondition
from workflows.escalation.still import still_so
from workflows.people import SYSTEM

C, S = RungCondition, State
HOURS = timedelta(hours=1)


def asked() -> Case:
    return act(case_in(S.HANDLING), HE, Action.ASK_EXTENSION, Given(reason="等材料"))


@pytest.mark.parametrize(
    ("condition", "so", "not_so"),
    [
        (C.UNSIGNED, case_in(S.PENDING_SIGN), case_in(S.HANDLING)),
        (C.NOT_SUBMITTED, case_in(S.HANDLING), case_in(S.PENDING_CONFIRM)),
        (C.NOT_SUBMITTED, case_in(S.PENDING_SIGN), case_in(S.FEEDBACK_REVIEW)),
        (C.NOT_CLOSED, case_in(S.PENDING_CONFIRM), case_in(S.CLOSED)),
        (C.NOT_CLOSED, case_in(S.REPORTED), case_in(S.REJECTED)),
        (C.UNDECIDED, asked(), case_in(S.HANDLING)),
        (C.SUSPENDED, case_in(S.SUSPENDED), case_in(S.HANDLING)),
    ],
)
def test_a_rung_complains_of_what_is_still_so(
    condition: RungCondition, so: Case, not_so: Case
) -> None:
    assert still_so(condition, so)
    assert not still_so(condition, not_so)


def disposal(case: Case) -> RunningClock:
    clock = case.clock(ClockKind.DISPOSAL)
    assert clock is not None
    return clock


def levels(case: Case, at: datetime) -> dict[str, list[str]]:
    return {
        due.clock.kind.value: [timed.rung.level.value for timed in due.rungs]
        for due in due_now(case, book(), at)
    }


def test_every_clock_of_the_case_is_looked_at() -> None:
    case = case_in(S.PENDING_SIGN)
    assert levels(case, MORNING) == {}
    due = levels(case, MORNING + 2 * HOURS + timedelta(minutes=3))
    assert due["disposal"] == ["L0", "L1", "L2"]
    assert due["sign_for"] == ["L2"]


def test_a_waiting_request_keeps_disposal_still_and_not_the_answer() -> None:
    due = levels(asked(), MORNING + 300 * HOURS)
    assert "disposal" not in due
    assert due["decision"][0] == "L2"


def test_suspended_work_owes_nothing_but_its_review() -> None:
    assert set(levels(case_in(S.SUSPENDED, HOLE), MORNING + 24 * 31 * HOURS)) == {"suspension"}


def test_what_is_told_again_is_due_at_its_own_time() -> None:
    case, at = case_in(S.HANDLING), MORNING + 3 * HOURS
    told = Given(rung="L3", clock=ClockKind.DISPOSAL, rungs_told=4, told_to=(LIN.id,))
    case = act(case, SYSTEM, Action.ESCALATE, told, at)
    assert "disposal" not in levels(case, at + timedelta(minutes=14))
    (again,) = (
        due
        for due in due_now(case, book(), at + timedelta(minutes=15))
        if due.clock.kind is ClockKind.DISPOSAL
    )
    assert again.rungs == ()
    assert again.again is not None
    assert again.again.level == "L3"
