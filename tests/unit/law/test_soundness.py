"""The law itself: nothing in it is out of reach, without an end, double or without a name."""

from collections import Counter
from datetime import date

import pytest

from tests.lawbook import CAST, HOLE, LIN, WATER, case_in, draft, patrol
from workflows.cases.case import (
    ENDED,
    OPEN,
    Action,
    Case,
    CaseId,
    ContactResult,
    Given,
    Proof,
    State,
)
from workflows.cases.check import Found
from workflows.cases.consequences import REVISES_ONLY_ITS_ACTOR, TELLS
from workflows.cases.effects import EFFECTS
from workflows.cases.findings import DemandFinding, FactFinding, Outcome, Satisfaction
from workflows.cases.follow_through import NEXT
from workflows.cases.lifecycle import (
    CHECKS,
    DUPLICATES,
    FACTS,
    GUARDS,
    LIFECYCLE,
    MAIN_LINE,
    MOVES,
    REQUESTS,
    SUPERVISION,
)
from workflows.cases.machine import PROOFS, decide, offers
from workflows.cases.questions import ASKED_FOR, KEYS, QUESTIONS, Question, answers_in, given_from
from workflows.cases.ticks import CLOCKS, Ticks
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Unit
from workflows.joint.part import WhistleKind
from workflows.people import Actor, Role
from workflows.refusals import Reason, Refused
from workflows.requests.lifecycle import ASKED_BY, SETTLES

CHANGES_ONLY_THE_STATE = {
    Action.REPORT,
    Action.ACCEPT,
    Action.CONFIRM,
    Action.TAKE_BACK,
    Action.REVEAL_CALLER,
    Action.URGE,
    Action.URGE_IN_WRITING,
    Action.RECKON,
    Action.RESUME,
}
"""Acts that leave nothing on the case but the journal's line, the clocks and the state."""

STARTED_BY_NOBODY_ELSE = {
    ClockKind.FILING: Action.ACCEPT,
    ClockKind.RETURN_WINDOW: Action.DISPATCH,
    ClockKind.SUSPENSION: Action.SUSPEND,
}
BROUGHT_BY_THE_CASE = {
    Proof.CLASS,
    Proof.PLACE,
    Proof.PHOTO_BEFORE,
    Proof.INTERIM_PHOTO,
    Proof.AFTER_PHOTOS,
    Proof.PHOTO_AS_FILE,
    Proof.PHOTO_IN_TIME,
    Proof.PHOTO_ON_SITE,
    Proof.OF_SAME_SET,
    Proof.REPLY_POINTS,
    Proof.CHECK_PHOTO,
    Proof.HARMLESS,
    Proof.BOTH_PHOTOS,
    Proof.CHECKER,
}
"""Evidence that is shown or written down before the button is pressed, so nobody is asked."""


COMES_BACK = {
    State.MERGED: {Action.SPLIT, Action.CLOSE_ALONG, Action.ANSWER_ALONG},
    State.CLOSED: {Action.REOPEN},
}
"""A duplicate follows its master or stands on its own feet again; what was closed is contested."""


def reached_from(start: State) -> set[State]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        onward = {move.becomes for move in LIFECYCLE if move.when is here} - found
        found |= onward
        waiting += onward
    return found


def test_every_state_can_be_reached_from_a_draft() -> None:
    assert reached_from(State.DRAFT) == set(State)


@pytest.mark.parametrize("state", OPEN)
def test_every_open_state_can_come_to_a_good_end(state: State) -> None:
    assert State.CLOSED in reached_from(state)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_leads_out_of_an_ended_case(state: State) -> None:
    found = {move.action for move in LIFECYCLE if move.when is state and move.becomes is not state}
    assert found == COMES_BACK.get(state, set())


def test_one_action_in_one_state_has_one_meaning() -> None:
    twice = Counter((move.when, move.action) for move in LIFECYCLE)
    assert [key for key, times in twice.items() if times > 1] == []
    parts = (MAIN_LINE, CHECKS, REQUESTS, DUPLICATES, FACTS, SUPERVISION)
    assert len(MOVES) == len(LIFECYCLE) == sum(len(part) for part in parts)


def test_every_action_of_the_vocabulary_is_in_the_law() -> None:
    assert {move.action for move in LIFECYCLE} == set(Action)


def test_every_row_names_somebody_and_its_source() -> None:
    for move in LIFECYCLE:
        assert move.by, move
        assert len(set(move.by)) == len(move.by), move
        assert move.source.strip(), move


def test_facts_and_supervision_never_change_the_state() -> None:
    assert [m for m in (*FACTS, *SUPERVISION) if m.when is not m.becomes] == []


def test_roles_that_only_look_never_act() -> None:
    acting = {role for move in LIFECYCLE for role in move.by}
    assert acting == set(Role) - {Role.AUDITOR}
    alarmed = {move.action for move in LIFECYCLE if Role.ADMIN in move.by}
    assert alarmed == {Action.ACKNOWLEDGE, Action.DISPATCH, Action.REASSIGN}


def test_every_action_changes_something_or_is_known_to_change_nothing_else() -> None:
    assert set(Action) - set(EFFECTS) == CHANGES_ONLY_THE_STATE


def test_every_piece_of_evidence_can_be_looked_for() -> None:
    assert set(PROOFS) == set(Proof)
    assert {proof for move in LIFECYCLE for proof in move.given} == set(Proof)


def test_whatever_must_be_asked_has_its_question() -> None:
    asked = {proof for move in LIFECYCLE for proof in move.given} - BROUGHT_BY_THE_CASE
    unasked = asked - set(ASKED_FOR)
    assert unasked == {Proof.AGENCY, Proof.NOT_CONTESTED}, "from the worker, and from the caller"
    questions = {question for asked in QUESTIONS.values() for question in asked}
    assert questions == set(Question) - {Question.WHICH_CASE}
    assert set(KEYS) == set(Question)


def test_no_action_asks_the_same_question_twice() -> None:
    for questions in QUESTIONS.values():
        assert len(questions) == len(set(questions))


def test_every_answer_comes_back_as_the_evidence_it_was() -> None:
    told = Given(
        reason="没有放平",
        note="再看",
        condition_id=HOLE,
        worker=LIN.id,
        contact=ContactResult.OTHER,
        ground="settled",
        told="已依法处理",
        found=Found.UNCLEAR,
        master=CaseId(41),
        whistle=WhistleKind.EMERGENCY,
        partners=(WATER,),
        within=Limit(4, Unit.WORK_HOUR),
        code="season",
        proof="见职责清单",
        proposed="STR-01",
        until=date(2027, 3, 1),
        document="养护计划12号",
        closing_condition=HOLE,
        reply="已换新井盖",
        fact=FactFinding.PARTLY_TRUE,
        demand=DemandFinding.EXCESSIVE,
        outcome=Outcome.EXPLAINED,
        resolved=False,
        satisfaction=Satisfaction.ACCEPTS,
        citizens_words="还是空的",
    )
    assert given_from(answers_in(told)) == told


def test_every_clock_is_started_and_ended_by_the_law() -> None:
    started = {kind for ticks in CLOCKS.values() for kind in ticks.starts}
    assert started == set(ClockKind)
    for ends in (Action.CALLBACK_OK, Action.CLOSE, Action.VOID):
        assert set(CLOCKS[ends].ends) == set(ClockKind)


@pytest.mark.parametrize(("kind", "action"), STARTED_BY_NOBODY_ELSE.items())
def test_a_stage_begins_in_one_place_only(kind: ClockKind, action: Action) -> None:
    assert [a for a, ticks in CLOCKS.items() if kind in ticks.starts] == [action]


def test_acceptance_begins_again_for_what_comes_back_to_intake() -> None:
    begins = {a for a, ticks in CLOCKS.items() if ClockKind.ACCEPTANCE in ticks.starts}
    assert begins == {Action.REPORT, Action.RETURN_TO_INTAKE, Action.SPLIT, Action.NOT_FIXED}


def test_review_begins_with_what_is_confirmed_and_with_what_its_finder_has_fixed() -> None:
    begins = {a for a, ticks in CLOCKS.items() if ClockKind.REVIEW in ticks.starts}
    assert begins == {Action.CONFIRM, Action.SELF_FIX}


def test_a_callback_has_its_whole_time_after_each_call_in_vain() -> None:
    begins = {a for a, ticks in CLOCKS.items() if ClockKind.CALLBACK in ticks.starts}
    assert begins == {Action.APPROVE, Action.CALLBACK_FAILED, Action.ANSWER_ALONG}


def test_what_rests_goes_on_again() -> None:
    resting = {kind for ticks in CLOCKS.values() for kind in ticks.rests}
    assert resting == {ClockKind.DISPOSAL, ClockKind.ACCEPTANCE, ClockKind.REVIEW}
    going_on = {kind for ticks in CLOCKS.values() for kind in (*ticks.starts, *ticks.resumes)}
    assert CLOCKS[Action.TAKE_BACK].undoes == (
        ClockKind.DISPOSAL,
        ClockKind.ARRIVAL,
        ClockKind.RETURN_WINDOW,
    )
    assert resting <= going_on
    assert CLOCKS[Action.REWORK].starts == (ClockKind.DISPOSAL,)


def test_acts_that_stay_where_they_are_touch_at_most_their_own_milestone() -> None:
    staying = {m.action for m in LIFECYCLE} - {
        m.action for m in LIFECYCLE if m.when is not m.becomes
    }
    moved = {action for action in staying if CLOCKS.get(action, Ticks()) != Ticks()}
    on_orders = {a for a, ticks in CLOCKS.items() if ClockKind.SUPERVISION in ticks.starts}
    on_orders |= {Action.REPLY_TO_ORDER, Action.END_SUPERVISION, Action.CALL_OFF_SUPERVISION}
    on_requests = {*ASKED_BY, Action.ENDORSE, *SETTLES}
    by_phone = {Action.FIRST_CONTACT, Action.ARRIVE, Action.CALLBACK_FAILED}
    assert moved == by_phone | on_requests | on_orders


@pytest.mark.parametrize("action", sorted(GUARDS))
def test_every_condition_is_named_and_explained_once(action: Action) -> None:
    for guard in GUARDS[action]:
        assert guard.__name__.isidentifier()
        assert guard.__name__ != "<lambda>"
    names = [guard.__name__ for guard in GUARDS[action]]
    assert len(set(names)) == len(names)


def test_every_condition_says_what_it_means_unless_its_name_does() -> None:
    silent = {g.__name__ for guards in GUARDS.values() for g in guards if not g.__doc__}
    assert silent == {"owes_inspection"}


def test_approving_and_closing_share_every_case_between_them() -> None:
    called, found = case_in(State.FEEDBACK_REVIEW), case_in(State.FEEDBACK_REVIEW, start=patrol())
    for case, ending in ((called, Action.APPROVE), (found, Action.CLOSE)):
        endings = {action for actor in CAST for action in offers(case, actor)}
        assert endings & {Action.APPROVE, Action.CLOSE} == {ending}


def test_what_the_system_may_take_over_leads_on() -> None:
    for state, action in NEXT.items():
        assert MOVES[state, action].becomes is not state


def test_every_told_action_exists_and_facts_stay_between_few() -> None:
    assert set(TELLS) <= {move.action for move in LIFECYCLE}
    assert not set(TELLS) & REVISES_ONLY_ITS_ACTOR


@pytest.mark.parametrize("state", sorted(State))
@pytest.mark.parametrize("actor", CAST, ids=lambda actor: "+".join(sorted(actor.person.roles)))
def test_what_is_offered_is_what_is_allowed(state: State, actor: Actor) -> None:
    """An offer may still lack its evidence; what is not offered is refused for another reason."""
    starts = (draft(),) if state is State.PENDING_CALLBACK else (draft(), patrol())
    for case in (case_in(state, start=start) for start in starts):
        for action in Action:
            allowed = refusal(case, action, actor) in {None, Reason.PROOF_MISSING}
            assert allowed == (action in offers(case, actor)), action


def refusal(case: Case, action: Action, actor: Actor) -> Reason | None:
    try:
        decide(case, action, actor, case.changed_at)
    except Refused as no:
        return no.reason
    return None
