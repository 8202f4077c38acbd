"""Who may do what, when, on which evidence: each refusal beside the success it differs from."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.lawbook import (
    CHEN,
    ELSEWHERE,
    ENQUIRY,
    FANG,
    GAO,
    HE,
    HOLE,
    JIANG,
    LIN,
    MA,
    MORNING,
    PAN,
    QIAN,
    RATTLE,
    ROADS,
    SATISFIED,
    SHI,
    SUN,
    TANG,
    WANG,
    WATER,
    ZHOU,
    act,
    case_in,
    draft,
    filed_under,
    judged,
    patrol,
    photos,
)
from workflows.cases.case import (
    Action,
    Case,
    ContactResult,
    Given,
    Order,
    Place,
    Point,
    Stage,
    State,
    Timeliness,
)
from workflows.cases.findings import DemandFinding, FactFinding, Satisfaction
from workflows.cases.machine import decide, may_see, offers
from workflows.people import SYSTEM, Actor
from workflows.refusals import Reason, Refused

LATER = MORNING + timedelta(minutes=30)
REACHED = Given(contact=ContactResult.REACHED)
UNREACHED = Given(contact=ContactResult.NO_ANSWER, note="响了六声")
BECAUSE = Given(reason="井盖没有放平")


def refusal(case: Case, actor: Actor, action: Action, given: Given | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        act(case, actor, action, given)
    return refused.value


def test_a_move_counts_and_keeps_its_time() -> None:
    before = case_in(State.PENDING_SIGN)
    moved = decide(before, Action.SIGN_FOR, LIN, LATER)
    assert (moved.case.state, moved.case.version) == (State.HANDLING, before.version + 1)
    assert moved.case.changed_at == LATER
    assert (moved.before, moved.actor, moved.role) == (before, LIN, "worker")


def test_only_the_worker_it_was_given_to_signs() -> None:
    case = case_in(State.PENDING_SIGN)
    assert refusal(case, ZHOU, Action.SIGN_FOR).reason is Reason.NOT_YOURS
    assert act(case, LIN, Action.SIGN_FOR).state is State.HANDLING


def test_a_stranger_hears_nothing_about_the_state() -> None:
    case = case_in(State.CLOSED)
    assert refusal(case, MA, Action.SUBMIT).reason is Reason.NOT_YOURS
    no = refusal(case, LIN, Action.SUBMIT)
    assert (no.reason, no.data["state"]) == (Reason.NOT_NOW, State.CLOSED)


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        pytest.param(HE, True, id="the agency's own lead"),
        pytest.param(JIANG, False, id="another agency's lead"),
        pytest.param(LIN, False, id="the worker himself"),
        pytest.param(SYSTEM, False, id="the system, uninvited"),
    ],
)
def test_only_the_agencys_own_lead_confirms(actor: Actor, *, allowed: bool) -> None:
    case = case_in(State.PENDING_CONFIRM)
    if allowed:
        assert act(case, actor, Action.CONFIRM).state is State.FEEDBACK_REVIEW
    else:
        assert refusal(case, actor, Action.CONFIRM).reason is Reason.NOT_YOURS


def test_the_system_takes_a_step_only_where_the_profile_says_so() -> None:
    case = case_in(State.REPORTED)
    assert refusal(case, SYSTEM, Action.ACCEPT).reason is Reason.NOT_YOURS
    lean = replace(case, system_takes=frozenset({Action.ACCEPT}))
    assert decide(lean, Action.ACCEPT, SYSTEM, MORNING).role == "system"


def test_a_post_reaches_as_far_as_its_area() -> None:
    here = case_in(State.REPORTED)
    there = replace(here, place=replace(here.place, area=ELSEWHERE))
    assert act(here, TANG, Action.ACCEPT).state is State.PENDING_FILING
    assert refusal(there, TANG, Action.ACCEPT).reason is Reason.NOT_YOURS


def test_a_place_outside_every_grid_belongs_to_the_district() -> None:
    lost = replace(case_in(State.PENDING_FILING), place=Place("河边", Point(0, 0)))
    assert refusal(lost, TANG, Action.FILE, filed_under(HOLE)).reason is Reason.NOT_YOURS
    assert act(lost, SHI, Action.FILE, filed_under(HOLE)).state is State.PENDING_DISPATCH


def test_a_report_says_what_and_where() -> None:
    assert act(draft(), WANG, Action.REPORT).state is State.REPORTED
    bare = draft(class_code="", place=Place())
    assert refusal(bare, WANG, Action.REPORT).data["missing"] == ["class", "place"]
    on_the_map = draft(place=Place(point=Point(31.1, 121.3)))
    assert act(on_the_map, WANG, Action.REPORT).state is State.REPORTED


def test_a_patrol_shows_what_it_found_and_a_caller_need_not() -> None:
    assert act(patrol(), SUN, Action.REPORT).state is State.REPORTED
    unseen = patrol(photo_counts={})
    assert refusal(unseen, SUN, Action.REPORT).data["missing"] == ["photo_before"]
    assert act(draft(photo_counts={}), WANG, Action.REPORT).state is State.REPORTED


def test_nothing_is_filed_without_its_condition() -> None:
    case = case_in(State.PENDING_FILING)
    assert refusal(case, SHI, Action.FILE).data["missing"] == ["filing_condition"]
    filed = act(case, SHI, Action.FILE, filed_under(HOLE))
    assert (filed.condition_id, filed.urgency) == (HOLE, "P1")
    assert filed.filing is not None
    assert filed.filing.photo_min == 2


def test_nothing_is_dispatched_to_nobody() -> None:
    case = case_in(State.PENDING_DISPATCH)
    assert refusal(case, PAN, Action.DISPATCH).data["missing"] == ["agency", "worker"]
    sent = act(case, PAN, Action.DISPATCH, Given(agency=ROADS, worker=LIN.id))
    assert (sent.agency, sent.assignee) == (ROADS, LIN.id)


def test_work_is_handed_in_with_as_many_photos_as_the_condition_asks() -> None:
    contacted = act(case_in(State.HANDLING, RATTLE), LIN, Action.FIRST_CONTACT, REACHED)
    case = act(contacted, LIN, Action.ADD_NOTE, Given(note="已垫稳"))
    one = act(case, LIN, Action.ATTACH_PHOTO, photos(1))
    no = refusal(one, LIN, Action.SUBMIT)
    assert (no.reason, no.data["missing"]) == (Reason.PROOF_MISSING, ["after_photos"])
    assert (no.data["photos"], no.data["photos_needed"]) == (1, 2)
    two = act(one, LIN, Action.ATTACH_PHOTO, photos(1))
    assert act(two, LIN, Action.SUBMIT).state is State.PENDING_CONFIRM


def test_photos_of_another_moment_do_not_count_as_closing_photos() -> None:
    case = act(case_in(State.HANDLING), LIN, Action.FIRST_CONTACT, REACHED)
    fenced = act(case, LIN, Action.ATTACH_PHOTO, photos(3, Stage.INTERIM))
    assert "after_photos" in refusal(fenced, LIN, Action.SUBMIT).data["missing"]


def test_an_enquiry_needs_no_photo_but_an_answer() -> None:
    case = act(case_in(State.HANDLING, ENQUIRY), LIN, Action.FIRST_CONTACT, REACHED)
    assert refusal(case, LIN, Action.SUBMIT).data["missing"] == ["reply_points"]
    answered = act(case, LIN, Action.ADD_NOTE, Given(note="已答复政策"))
    assert act(answered, LIN, Action.SUBMIT).state is State.PENDING_CONFIRM


def test_whoever_left_a_number_is_called_before_the_work_is_handed_in() -> None:
    noted = act(case_in(State.HANDLING), LIN, Action.ADD_NOTE, Given(note="已换新井盖"))
    case = act(noted, LIN, Action.ATTACH_PHOTO, photos(2))
    no = refusal(case, LIN, Action.SUBMIT)
    assert (no.reason, no.data["guard"]) == (Reason.NOT_NOW, "contact_made_or_excused")
    for result in (REACHED, UNREACHED):
        called = act(case, LIN, Action.FIRST_CONTACT, result)
        assert act(called, LIN, Action.SUBMIT).state is State.PENDING_CONFIRM


def test_a_caller_without_a_number_cannot_be_called() -> None:
    anonymous = draft(order=Order(caller="赵"))
    case = case_in(State.PENDING_SIGN, start=anonymous)
    case = act(case, LIN, Action.SIGN_FOR)
    assert refusal(case, LIN, Action.FIRST_CONTACT, REACHED).reason is Reason.NOT_NOW
    assert Action.REVEAL_CALLER not in offers(case, LIN)


def test_a_call_that_failed_may_be_tried_again_and_one_that_worked_is_done() -> None:
    case = act(case_in(State.HANDLING), LIN, Action.FIRST_CONTACT, UNREACHED, at=LATER)
    assert case.order is not None
    assert (case.order.contact, case.order.contacted_at) == (ContactResult.NO_ANSWER, LATER)
    assert case.order.contact_note == "响了六声"
    again = act(case, LIN, Action.FIRST_CONTACT, REACHED)
    assert (
        refusal(again, LIN, Action.FIRST_CONTACT, REACHED).data["guard"] == "contact_not_settled"
    )


def test_arriving_is_recorded_once_with_the_barrier_on_a_photo() -> None:
    case = case_in(State.HANDLING)
    assert refusal(case, LIN, Action.ARRIVE).data["missing"] == ["interim_photo"]
    fenced = act(case, LIN, Action.ATTACH_PHOTO, photos(1, Stage.INTERIM))
    arrived = act(fenced, LIN, Action.ARRIVE, at=LATER)
    assert arrived.arrived_at == LATER
    assert refusal(arrived, LIN, Action.ARRIVE).reason is Reason.NOT_NOW


def test_nobody_has_to_arrive_for_what_can_wait() -> None:
    case = case_in(State.HANDLING, RATTLE)
    fenced = act(case, LIN, Action.ATTACH_PHOTO, photos(1, Stage.INTERIM))
    no = refusal(fenced, LIN, Action.ARRIVE)
    assert no.data["guard"] == "is_urgent_and_not_arrived"


@pytest.mark.parametrize("action", [Action.SEND_BACK, Action.VOID, Action.REWORK])
@pytest.mark.parametrize("words", ["", "   \n"])
def test_whoever_undoes_work_says_why(action: Action, words: str) -> None:
    case, actor = {
        Action.SEND_BACK: (case_in(State.PENDING_CONFIRM), HE),
        Action.VOID: (case_in(State.REPORTED), SHI),
        Action.REWORK: (case_in(State.FEEDBACK_REVIEW), TANG),
    }[action]
    assert refusal(case, actor, action, Given(reason=words)).data["missing"] == ["reason"]
    assert act(case, actor, action, BECAUSE).latest_reason == BECAUSE.reason


def test_rework_asks_for_new_photos_and_sending_back_for_none() -> None:
    sent_back = act(case_in(State.PENDING_CONFIRM), HE, Action.SEND_BACK, BECAUSE)
    assert act(sent_back, LIN, Action.SUBMIT).state is State.PENDING_CONFIRM
    again = act(case_in(State.FEEDBACK_REVIEW), TANG, Action.REWORK, BECAUSE)
    assert (again.rework_count, again.photo_counts[Stage.AFTER]) == (1, 0)
    assert refusal(again, LIN, Action.SUBMIT).data["missing"] == ["after_photos"]


def test_a_caller_with_a_number_is_called_back_and_everything_else_is_closed() -> None:
    called, found = case_in(State.FEEDBACK_REVIEW), case_in(State.FEEDBACK_REVIEW, start=patrol())
    nameless = replace(called, order=Order(caller="赵"))
    assert refusal(called, TANG, Action.CLOSE, judged()).data["guard"] == "nobody_to_call_back"
    for silent in (found, nameless):
        no = refusal(silent, TANG, Action.APPROVE, judged())
        assert no.data["guard"] == "callback_is_possible"
        assert act(silent, SHI, Action.CLOSE, judged()).state is State.CLOSED
    approved = act(called, TANG, Action.APPROVE, judged(), at=LATER)
    assert approved.order is not None
    assert approved.order.reply == judged().reply
    assert (approved.state, approved.closed_at) == (State.PENDING_CALLBACK, None)
    assert act(approved, WANG, Action.CALLBACK_OK, SATISFIED, at=LATER).closed_at == LATER


def test_nothing_is_approved_before_everything_about_it_is_said_by_name() -> None:
    case = case_in(State.FEEDBACK_REVIEW)
    named = ["fact_finding", "demand_finding", "outcome", "closing_condition", "reply"]
    assert refusal(case, TANG, Action.APPROVE).data["missing"] == named
    not_an_enquiry = judged(fact=FactFinding.POLICY_FOUND)
    assert refusal(case, TANG, Action.APPROVE, not_an_enquiry).data["missing"] == [named[0]]


def test_nothing_is_closed_without_its_condition_ticked() -> None:
    case = case_in(State.FEEDBACK_REVIEW, start=patrol())
    assert refusal(case, TANG, Action.CLOSE).data["missing"] == ["closing_condition"]


@pytest.mark.parametrize("why", [ContactResult.PHONE_OFF, ContactResult.NO_ANSWER])
def test_calls_in_vain_are_counted_until_they_are_enough(why: ContactResult) -> None:
    case = case_in(State.PENDING_CALLBACK)
    assert refusal(case, WANG, Action.CALLBACK_OK).data["missing"] == ["resolved", "satisfaction"]
    for _ in range(3):
        case = act(case, WANG, Action.CALLBACK_FAILED, Given(contact=why))
    no = refusal(case, WANG, Action.CALLBACK_FAILED, Given(contact=why))
    assert no.data["guard"] == "calls_are_left"
    closed = act(case, WANG, Action.CALLBACK_OK)
    assert closed.order is not None
    assert (closed.order.resolved, closed.order.satisfaction) == (None, Satisfaction.NOT_RATED)


def test_another_reason_for_a_call_in_vain_wants_words() -> None:
    other = Given(contact=ContactResult.OTHER)
    case = case_in(State.PENDING_CALLBACK)
    assert refusal(case, WANG, Action.CALLBACK_FAILED, other).data["missing"] == ["contact_words"]
    reached = Given(contact=ContactResult.REACHED)
    no = refusal(case, WANG, Action.CALLBACK_FAILED, reached)
    assert no.data["missing"] == ["call_failure"]


def test_what_is_contested_with_reason_is_done_again_and_what_asks_too_much_is_not() -> None:
    case = case_in(State.PENDING_CALLBACK)
    undone = Given(resolved=False, satisfaction=Satisfaction.DISSATISFIED)
    assert refusal(case, WANG, Action.CALLBACK_OK, undone).data["missing"] == ["not_contested"]
    again = act(case, WANG, Action.REDO, replace(undone, citizens_words="还是空的"))
    assert again.order is not None
    assert (again.state, again.order.redo_count) == (State.HANDLING, 1)
    assert (again.note, again.photo_counts[Stage.AFTER]) == ("", 0)
    assert again.due_at is not None
    assert again.due_at > case.changed_at
    review = case_in(State.FEEDBACK_REVIEW)
    shielded = act(review, TANG, Action.APPROVE, judged(demand=DemandFinding.EXCESSIVE))
    assert act(shielded, WANG, Action.CALLBACK_OK, undone).state is State.CLOSED


def test_what_is_opened_again_keeps_when_it_was_closed_and_how_timely() -> None:
    closed = case_in(State.CLOSED)
    opened = act(closed, CHEN, Action.REOPEN, BECAUSE, at=LATER + timedelta(days=9))
    assert (opened.state, opened.latest_reason) == (State.HANDLING, BECAUSE.reason)
    assert (opened.closed_at, opened.timeliness) == (closed.closed_at, closed.timeliness)


def test_review_may_take_as_long_as_it_likes_without_making_the_work_late() -> None:
    case = case_in(State.FEEDBACK_REVIEW)
    next_week = MORNING + timedelta(days=7)
    assert act(case, TANG, Action.APPROVE, judged(), next_week).timeliness is Timeliness.ON_TIME


def test_work_confirmed_after_its_limit_is_late_however_fast_the_review() -> None:
    waiting = case_in(State.PENDING_CONFIRM)
    late = MORNING + timedelta(hours=3)
    confirmed = act(waiting, HE, Action.CONFIRM, at=late)
    assert act(confirmed, TANG, Action.APPROVE, judged(), late).timeliness is Timeliness.OVERDUE


def test_a_case_given_to_somebody_else_leaves_the_first_ones_hands() -> None:
    case = case_in(State.HANDLING)
    moved = act(case, CHEN, Action.REASSIGN, Given(worker=ZHOU.id, agency=ROADS))
    assert (moved.assignee, moved.state) == (ZHOU.id, State.PENDING_SIGN)
    assert refusal(moved, LIN, Action.SIGN_FOR).reason is Reason.NOT_YOURS
    assert act(moved, ZHOU, Action.SIGN_FOR).state is State.HANDLING
    elsewhere = act(case, CHEN, Action.REASSIGN, Given(worker=QIAN.id, agency=WATER))
    assert elsewhere.agency == WATER
    assert refusal(elsewhere, HE, Action.URGE).reason is Reason.NOT_YOURS


def test_an_alert_is_acknowledged_by_those_it_went_to_and_only_when_there_is_one() -> None:
    case = case_in(State.HANDLING)
    no = refusal(case, GAO, Action.ACKNOWLEDGE)
    assert (no.reason, no.data["guard"]) == (Reason.NOT_NOW, "is_alerted")
    told = Given(rung="L1", clock=case.clocks[-1].kind, rungs_told=1)
    alerted = act(case, SYSTEM, Action.ESCALATE, told)
    assert act(alerted, GAO, Action.ACKNOWLEDGE).version == alerted.version + 1
    assert refusal(alerted, LIN, Action.ACKNOWLEDGE).reason is Reason.NOT_YOURS


def test_a_machine_that_knows_no_way_says_so_until_somebody_sends_the_case_on() -> None:
    stuck = act(
        case_in(State.PENDING_DISPATCH), SYSTEM, Action.ESCALATE, Given(reason="nobody_on_duty")
    )
    assert (stuck.stuck, stuck.state) == ("nobody_on_duty", State.PENDING_DISPATCH)
    sent = act(stuck, PAN, Action.DISPATCH, Given(agency=ROADS, worker=LIN.id))
    assert sent.stuck == ""


def test_history_of_another_system_is_taken_over_by_nobody_but_the_machine() -> None:
    assert act(draft(), SYSTEM, Action.TAKE_OVER, at=LATER).closed_at == LATER
    assert refusal(draft(), WANG, Action.TAKE_OVER).reason is Reason.NOT_YOURS


@pytest.mark.parametrize("state", [State.CLOSED, State.VOIDED])
def test_an_ended_case_offers_nothing_but_opening_a_closed_one_again(state: State) -> None:
    case = case_in(state)
    for actor in (LIN, HE, TANG, SHI, SYSTEM):
        assert offers(case, actor) == ()
    for actor in (CHEN, WANG):
        assert offers(case, actor) == ((Action.REOPEN,) if state is State.CLOSED else ())


def test_a_case_is_read_by_whom_it_concerns() -> None:
    case = case_in(State.HANDLING)
    assert [a for a in (LIN, HE, WANG, TANG, GAO, FANG) if not may_see(case, a)] == []
    assert [a for a in (ZHOU, QIAN, JIANG, SUN, MA) if may_see(case, a)] == []
