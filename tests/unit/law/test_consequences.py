"""Who hears of a move: the table of messages, by the people on one case."""

from dataclasses import replace

import pytest

from tests.lawbook import (
    CHEN,
    GRID,
    HE,
    LIN,
    MORNING,
    PAN,
    ROADS,
    SHI,
    TANG,
    WANG,
    ZHOU,
    case_in,
    filed_under,
    judged,
)
from workflows.cases.addressees import addressee, holders_for
from workflows.cases.case import Action, Given, State
from workflows.cases.consequences import TELLS, Because, Whom
from workflows.cases.machine import Moved, decide
from workflows.notices import Holders, Lane
from workflows.people import Actor, Role

BECAUSE = Given(reason="没有放平")
TO_ZHOU = Given(worker=ZHOU.id, agency=ROADS)


def moved(state: State, actor: Actor, action: Action, given: Given | None = None) -> Moved:
    return decide(case_in(state), action, actor, MORNING, given or Given())


def told(move: Moved) -> set[tuple[str, object]]:
    """Reason and addressee of everything that this move owes."""
    return {
        (tell.because.value, addressee(tell.whom, move, move.case))
        for tell in TELLS.get(move.move.action, ())
        if tell.still in {None, move.case.state}
    }


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        pytest.param(
            moved(State.DRAFT, WANG, Action.REPORT),
            {("registered", WANG.id), ("to_accept", Holders(Role.ACCEPTOR, GRID))},
            id="the one who reported it, and whoever accepts",
        ),
        pytest.param(
            moved(State.REPORTED, TANG, Action.ACCEPT),
            {("to_file", Holders(Role.ACCEPTOR, GRID))},
            id="accepted: somebody files it",
        ),
        pytest.param(
            moved(State.PENDING_FILING, SHI, Action.FILE, filed_under("01001-1")),
            {("to_dispatch", Holders(Role.DISPATCH_OFFICER, GRID))},
            id="filed: somebody sends it out",
        ),
        pytest.param(
            moved(State.PENDING_DISPATCH, PAN, Action.DISPATCH, TO_ZHOU),
            {("new_order", ZHOU.id)},
            id="dispatched: the worker",
        ),
        pytest.param(moved(State.PENDING_SIGN, LIN, Action.SIGN_FOR), set(), id="signed: nobody"),
        pytest.param(
            moved(State.PENDING_CONFIRM, HE, Action.CONFIRM),
            {("to_review", Holders(Role.ACCEPTOR, GRID))},
            id="confirmed: the reviewers",
        ),
        pytest.param(
            moved(State.PENDING_CONFIRM, HE, Action.SEND_BACK, BECAUSE),
            {("sent_back", LIN.id)},
            id="sent back: the worker",
        ),
        pytest.param(
            moved(State.FEEDBACK_REVIEW, TANG, Action.REWORK, BECAUSE),
            {("sent_back", LIN.id)},
            id="rework: the worker",
        ),
        pytest.param(
            moved(State.FEEDBACK_REVIEW, TANG, Action.APPROVE, judged()),
            {("to_call_back", Holders(Role.OPERATOR, GRID))},
            id="approved: the hotline, which calls back",
        ),
        pytest.param(
            moved(State.PENDING_CALLBACK, WANG, Action.REDO, Given(citizens_words="还是空的")),
            {("to_redo", LIN.id), ("warned", Holders(Role.AGENCY_LEAD, GRID, ROADS))},
            id="to be redone: the worker and the lead",
        ),
        pytest.param(
            moved(State.CLOSED, CHEN, Action.REOPEN, BECAUSE),
            {("reopened", LIN.id), ("reopened", Holders(Role.AGENCY_LEAD, GRID, ROADS))},
            id="opened again: the worker and the lead",
        ),
        pytest.param(
            moved(State.HANDLING, CHEN, Action.REASSIGN, TO_ZHOU),
            {("new_order", ZHOU.id), ("taken_away", LIN.id)},
            id="reassigned: the new one and the old one",
        ),
        pytest.param(moved(State.HANDLING, CHEN, Action.URGE), {("urged", LIN.id)}, id="urged"),
        pytest.param(
            moved(State.HANDLING, SHI, Action.VOID, BECAUSE),
            {("voided", WANG.id), ("voided", LIN.id)},
            id="voided",
        ),
    ],
)
def test_a_move_is_told_to_whom_it_concerns(
    move: Moved, expected: set[tuple[str, object]]
) -> None:
    assert told(move) == expected


def test_the_lead_who_confirms_is_the_agencys_own() -> None:
    case = case_in(State.PENDING_CONFIRM)
    assert holders_for(Role.AGENCY_LEAD, case) == Holders(Role.AGENCY_LEAD, GRID, ROADS)
    assert holders_for(Role.WORKER, case) == LIN.id
    assert holders_for(Role.DUTY_CHIEF, case) == Holders(Role.DUTY_CHIEF, GRID)


def test_a_case_without_a_worker_has_nobody_to_urge() -> None:
    assert holders_for(Role.WORKER, case_in(State.PENDING_DISPATCH)) is None


def test_a_case_the_machine_brought_in_has_no_reporter_to_tell() -> None:
    move = moved(State.HANDLING, SHI, Action.VOID, BECAUSE)
    imported = replace(move.case, reported_by=0)
    assert addressee(Whom.REPORTER, move, imported) is None


def test_giving_a_case_to_the_same_worker_again_takes_it_from_nobody() -> None:
    again = Given(worker=LIN.id, agency=ROADS)
    assert told(moved(State.HANDLING, CHEN, Action.REASSIGN, again)) == {
        ("new_order", LIN.id),
        ("taken_away", None),
    }


OF_REQUESTS = (Action.GRANT, Action.REFUSE, Action.WITHDRAW, Action.LAPSE)


def test_only_receipts_and_what_calls_for_nothing_are_quiet() -> None:
    quiet = {tell.because for tells in TELLS.values() for tell in tells if not tell.loud}
    to_whom_it_may_matter = {tell.because for a in OF_REQUESTS for tell in TELLS[a]}
    assert quiet - to_whom_it_may_matter == {
        Because.REGISTERED,
        Because.SELF_FIXED,
        Because.PART_ANSWERED,
        Because.TAKEN_BACK,
        Because.URGE_COPIED,
    }
    unsure = {tell.because for tells in TELLS.values() for tell in tells if not tell.sure}
    assert unsure == quiet


def test_an_urge_goes_before_orders_and_answers() -> None:
    lanes = {tell.because: tell.lane for tells in TELLS.values() for tell in tells}
    assert lanes[Because.URGED] is Lane.ESCALATION
    assert lanes[Because.NEW_ORDER] is Lane.ORDER
    assert lanes[Because.CLOSED] is Lane.ANSWER


def test_news_of_a_state_that_has_passed_is_not_told() -> None:
    """A lean profile goes through the pools' states in one transaction: nobody need accept."""
    pools = (Because.TO_ACCEPT, Because.TO_FILE, Because.TO_DISPATCH, Because.TO_CONFIRM)
    waiting: dict[Because, State | None] = {
        tell.because: tell.still for tells in TELLS.values() for tell in tells
    }
    assert [because for because in pools if waiting[because] is None] == []
