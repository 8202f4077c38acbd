"""Which clocks a move starts, rests and ends, and which timers the clocks ask for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.lawbook import (
    CHEN,
    ENQUIRY,
    HE,
    HOLE,
    LIN,
    MORNING,
    RATTLE,
    ROADS,
    SHI,
    TANG,
    ZHOU,
    act,
    book,
    case_in,
    draft,
    patrol,
    photos,
    running_clocks,
)
from workflows.cases.case import Action, Case, ContactResult, Given, Order, Stage, State
from workflows.cases.clockwork import rungs_of, running, timers_of
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import due
from workflows.people import SYSTEM

MINUTE = timedelta(minutes=1)
K = ClockKind


def on(case: Case, kind: ClockKind) -> object:
    clock = case.clock(kind)
    assert clock is not None
    return clock


@pytest.mark.parametrize(
    ("state", "clocks"),
    [
        (State.REPORTED, {"acceptance"}),
        (State.PENDING_FILING, {"filing"}),
        (State.PENDING_DISPATCH, {"dispatch"}),
        (
            State.PENDING_SIGN,
            {"disposal", "sign_for", "first_contact", "arrival", "return_window"},
        ),
        (State.HANDLING, {"disposal", "first_contact", "arrival", "return_window"}),
        (State.PENDING_CONFIRM, {"disposal"}),
        (State.FEEDBACK_REVIEW, {"review"}),
        (State.CLOSED, set()),
        (State.VOIDED, set()),
    ],
)
def test_every_state_has_its_clocks(state: State, clocks: set[str]) -> None:
    assert set(running_clocks(case_in(state))) == clocks


@pytest.mark.parametrize(
    ("case", "clocks"),
    [
        pytest.param(
            draft(), {"disposal", "return_window", "first_contact"}, id="somebody to call"
        ),
        pytest.param(
            draft(order=Order(caller="赵")), {"disposal", "return_window"}, id="no number"
        ),
        pytest.param(patrol(), {"disposal", "return_window"}, id="nobody called"),
    ],
)
def test_only_what_is_owed_is_timed(case: Case, clocks: set[str]) -> None:
    assert set(running_clocks(case_in(State.HANDLING, RATTLE, case))) == clocks


def test_a_call_ends_its_clock_even_if_nobody_answered() -> None:
    case = case_in(State.HANDLING, RATTLE)
    called = act(case, LIN, Action.FIRST_CONTACT, Given(contact=ContactResult.PHONE_OFF))
    assert set(running_clocks(called)) == {"disposal", "return_window"}


def test_arriving_ends_its_clock() -> None:
    case = act(case_in(State.HANDLING), LIN, Action.ATTACH_PHOTO, photos(1, Stage.INTERIM))
    assert "arrival" not in running_clocks(act(case, LIN, Action.ARRIVE))


def test_disposal_runs_from_dispatch_by_the_conditions_limit() -> None:
    case = case_in(State.PENDING_SIGN)
    disposal = case.clock(K.DISPOSAL)
    assert disposal is not None
    assert disposal.started_at == MORNING + 3 * MINUTE
    assert case.due_at == disposal.started_at + timedelta(hours=2)


def test_work_that_comes_back_goes_on_with_what_was_left() -> None:
    case = case_in(State.PENDING_CONFIRM)
    first_due = case.due_at
    assert first_due is not None
    confirmed = act(case, HE, Action.CONFIRM, at=MORNING + 60 * MINUTE)
    assert confirmed.due_at is None
    again = act(confirmed, TANG, Action.REWORK, Given(reason="再来"), MORNING + 100 * MINUTE)
    assert again.due_at == first_due + 40 * MINUTE


def test_three_reworks_add_up_their_reviews_and_nothing_else() -> None:
    case = case_in(State.PENDING_CONFIRM)
    first_due, at = case.due_at, MORNING + 20 * MINUTE
    assert first_due is not None
    for _ in range(3):
        reviewed = act(case, HE, Action.CONFIRM, at=at)
        again = act(reviewed, TANG, Action.REWORK, Given(reason="再来"), at + 10 * MINUTE)
        shown = act(again, LIN, Action.ATTACH_PHOTO, photos(2), at + 11 * MINUTE)
        case = act(shown, LIN, Action.SUBMIT, at=at + 12 * MINUTE)
        at += 15 * MINUTE
    assert case.due_at == first_due + 30 * MINUTE
    assert on(case, K.REVIEW).round == 2


def test_a_colleague_takes_over_the_running_budget_and_a_new_time_to_sign() -> None:
    case = case_in(State.HANDLING)
    later = MORNING + 50 * MINUTE
    moved = act(case, CHEN, Action.REASSIGN, Given(worker=ZHOU.id, agency=ROADS), later)
    assert moved.due_at == case.due_at
    sign_for = moved.clock(K.SIGN_FOR)
    assert sign_for is not None
    assert (sign_for.round, sign_for.started_at, sign_for.runs) == (1, later, True)


def test_a_message_that_was_long_on_its_way_never_ends_a_clock_before_it_began() -> None:
    case = case_in(State.PENDING_SIGN)
    signed = act(case, LIN, Action.SIGN_FOR, at=MORNING - 60 * MINUTE)
    clock = signed.clock(K.SIGN_FOR)
    assert clock is not None
    assert clock.ended_at == clock.started_at


def test_a_review_that_began_before_it_ended_takes_no_time() -> None:
    confirmed = act(case_in(State.PENDING_CONFIRM), HE, Action.CONFIRM, at=MORNING + 60 * MINUTE)
    again = act(confirmed, TANG, Action.REWORK, Given(reason="再来"), MORNING + 30 * MINUTE)
    assert again.due_at == case_in(State.PENDING_CONFIRM).due_at


def test_order_days_survive_a_review_over_midnight() -> None:
    """The limit of an appeal ends at closing time; a review of a day gives a working day back."""
    case = case_in(State.PENDING_CONFIRM, ENQUIRY)
    first = case.due_at
    assert first is not None
    confirmed = act(case, HE, Action.CONFIRM, at=MORNING + 30 * MINUTE)
    day_later = MORNING + timedelta(days=1, minutes=30)
    again = act(confirmed, TANG, Action.REWORK, Given(reason="再来"), day_later)
    assert again.due_at == first + timedelta(days=1)


def test_one_timer_for_each_running_clock_at_its_next_rung() -> None:
    case = case_in(State.PENDING_SIGN)
    started = MORNING + 3 * MINUTE
    timers = {timer.kind: timer for timer in timers_of(case)}
    assert set(timers) == set(running_clocks(case)) - {"return_window"}, "a window has no ladder"
    assert timers["disposal"].due_at == started + 60 * MINUTE, "half of two hours"
    assert timers["sign_for"].due_at == started + 15 * MINUTE
    assert {(timer.case_id, timer.step, timer.loop) for timer in timers.values()} == {
        (case.id, 0, 0)
    }


def test_climbing_moves_the_timer_to_the_next_rung_until_there_is_none() -> None:
    case = case_in(State.HANDLING)
    seen: list[datetime] = []
    for told in range(1, 7):
        seen += [t.due_at for t in timers_of(case) if t.kind == "disposal"]
        case = act(
            case, SYSTEM, Action.ESCALATE, Given(rung="L", clock=K.DISPOSAL, rungs_told=told)
        )
    started = MORNING + 3 * MINUTE
    to_the_hour = [started + timedelta(minutes=m) for m in (60, 96, 120, 150, 240)]
    five_days_on = datetime(2026, 9, 29, 3, 3, tzinfo=UTC)
    assert seen == [*to_the_hour, five_days_on]
    assert [t for t in timers_of(case) if t.kind == "disposal"] == []
    assert "disposal" in running_clocks(case), "it runs on although nobody is told any more"


def test_a_clock_at_rest_has_no_timer_and_keeps_its_place_on_the_ladder() -> None:
    case = case_in(State.PENDING_CONFIRM)
    at = MORNING + 63 * MINUTE
    told = Given(rung="L0", clock=K.DISPOSAL, rungs_told=1)
    case = act(case, SYSTEM, Action.ESCALATE, told, at)
    rests = act(case, HE, Action.CONFIRM, at=at + 10 * MINUTE)
    assert {timer.kind for timer in timers_of(rests)} == {"review"}
    goes_on = act(rests, TANG, Action.REWORK, Given(reason="再来"), at + 40 * MINUTE)
    (timer,) = (timer for timer in timers_of(goes_on) if timer.kind == "disposal")
    assert (timer.step, timer.loop) == (1, 0)


def test_a_rung_that_came_before_its_time_can_be_told_again_under_the_new_deadline() -> None:
    """A late message showed that the work had been handed in before the rung was told."""
    case = case_in(State.PENDING_CONFIRM)
    told = Given(rung="L0", clock=K.DISPOSAL, rungs_told=1, told_to=(LIN.id,))
    case = act(case, SYSTEM, Action.ESCALATE, told, MORNING + 63 * MINUTE)
    rests = act(case, HE, Action.CONFIRM, at=MORNING + 30 * MINUTE)
    goes_on = act(rests, TANG, Action.REWORK, Given(reason="再来"), MORNING + 80 * MINUTE)
    (timer,) = (timer for timer in timers_of(goes_on) if timer.kind == "disposal")
    assert (timer.step, timer.loop, timer.due_at) == (0, 1, MORNING + (63 + 50) * MINUTE)
    disposal = goes_on.clock(K.DISPOSAL)
    assert disposal is not None
    assert disposal.alert is None
    assert sum(clock.kind is K.DISPOSAL for clock in goes_on.clocks) == 1


def test_nothing_is_timed_on_an_ended_case() -> None:
    case = case_in(State.HANDLING)
    voided = act(case, SHI, Action.VOID, Given(reason="误报"))
    assert timers_of(voided) == ()
    assert list(running(voided)) == []
    assert all(clock.ended_at is not None for clock in voided.clocks)


def test_a_case_keeps_the_ladder_it_was_filed_with() -> None:
    case = case_in(State.HANDLING)
    assert case.filing is not None
    mute = replace(case, filing=replace(case.filing, ladder={"rungs": []}))
    clock = mute.clock(K.DISPOSAL)
    assert clock is not None
    assert rungs_of(mute, clock, book()) == ()


def test_the_due_time_is_that_of_the_limit_and_the_calendar() -> None:
    case = case_in(State.HANDLING, RATTLE)
    disposal = case.clock(K.DISPOSAL)
    assert disposal is not None
    assert case.due_at == due(disposal.started_at, disposal.limit, book().calendar).due_at
    assert not disposal.provisional
    assert case.condition_id != HOLE
