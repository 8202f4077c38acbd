"""Random walks through the law, watched by rules that were written without looking at it.

One walker lets anybody try anything; the other knows the way and goes it with and without the
evidence. What must never happen is said here a second time, from domain.md 2.3 and not from the
table, and at the end the test proves that it has been everywhere.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.lawbook import (
    BAI,
    BANNER,
    CAST,
    CHEN,
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
    RESTS,
    ROADS,
    SATISFIED,
    SHI,
    SUN,
    TANG,
    TO_LOOK,
    WANG,
    WATER,
    YAO,
    ZHOU,
    act,
    book,
    condition,
    draft,
    filed_under,
    judged,
    patrol,
    whistle_for,
)
from tests.properties.asked import ASKS, KINDS, ON_ENDED, TURNS, Asked
from workflows.cases.case import (
    Action,
    Case,
    CaseId,
    ContactResult,
    Given,
    Order,
    Stage,
    State,
    Timeliness,
)
from workflows.cases.check import Found
from workflows.cases.findings import facts_for
from workflows.cases.lifecycle import MOVES, Move
from workflows.cases.machine import offers
from workflows.deadlines.limits import Limit, Pause, Unit, budget, due, used
from workflows.people import SYSTEM, Actor, AgencyCode, PersonId, Role
from workflows.refusals import Reason, Refused
from workflows.requests.obliged import obliged

CONDITIONS = (HOLE, RATTLE, BANNER, ENQUIRY)
CENTRE_STEPS = frozenset({Action.ACCEPT, Action.FILE, Action.DISPATCH, Action.CONFIRM})
A, R = Action, Role

WHO = {
    A.REPORT: {R.OPERATOR, R.COLLECTOR, R.SYSTEM},
    A.TAKE_OVER: {R.SYSTEM},
    A.ACCEPT: {R.ACCEPTOR},
    A.FILE: {R.ACCEPTOR, R.SHIFT_LEADER},
    A.DISPATCH: {R.DISPATCH_OFFICER, R.DUTY_CHIEF, R.ADMIN},
    A.CONFIRM: {R.AGENCY_LEAD},
    A.SEND_BACK: {R.AGENCY_LEAD},
    A.REWORK: {R.ACCEPTOR, R.DISPATCH_OFFICER},
    A.APPROVE: {R.ACCEPTOR},
    A.CLOSE: {R.ACCEPTOR, R.SHIFT_LEADER},
    A.VOID: {R.SHIFT_LEADER, R.SYSTEM},
    **ASKS,
    **{action: {R.SYSTEM} for action in (A.LAPSE, A.RETURN, A.EXTEND, A.SUSPEND, A.EXEMPT)},
    A.FORCE_ASSIGN: {R.DUTY_CHIEF},
    A.RESUME: {R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.DUTY_CHIEF, R.SYSTEM},
    A.KEEP_ROUTE: {R.DISPATCH_OFFICER, R.DUTY_CHIEF},
    A.FORGET_ROUTE: {R.DISPATCH_OFFICER, R.DUTY_CHIEF},
    A.REASSIGN: {R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.SUPERVISOR, R.DUTY_CHIEF, R.ADMIN},
    A.ESCALATE: {R.SYSTEM},
    A.RECKON: {R.SYSTEM},
    A.DISCOUNT_PHOTO: {R.SYSTEM},
    A.ADD_LATE_PHOTO: {R.WORKER, R.COLLECTOR, R.OPERATOR},
    A.ACKNOWLEDGE: {R.AGENCY_LEAD, R.SUPERVISOR, R.DUTY_CHIEF, R.ADMIN},
    A.URGE: {R.AGENCY_LEAD, R.SUPERVISOR, R.DUTY_CHIEF},
    A.SELF_FIX: {R.COLLECTOR},
    A.SKIP_AUDIT: {R.SYSTEM},
    A.NOT_FIXED: {R.ACCEPTOR},
    A.TURN_AWAY: {R.OPERATOR},
    A.CALL_AGAIN: {R.OPERATOR},
    A.REJECT: {R.ACCEPTOR},
    A.SEND_VERIFY: {R.ACCEPTOR},
    A.DECLINE: {R.ACCEPTOR, R.SHIFT_LEADER},
    A.RETURN_TO_INTAKE: {R.DISPATCH_OFFICER, R.DUTY_CHIEF},
    A.SEND_INSPECT: {R.ACCEPTOR, R.SHIFT_LEADER},
    A.CALL_OFF_CHECK: {R.ACCEPTOR, R.SHIFT_LEADER},
    A.WAIVE_INSPECTION: {R.SHIFT_LEADER},
    A.MERGE: {R.ACCEPTOR, R.DISPATCH_OFFICER, R.OPERATOR},
    A.SPLIT: {R.ACCEPTOR, R.SYSTEM},
    A.CLOSE_ALONG: {R.SYSTEM},
    A.ANSWER_ALONG: {R.SYSTEM},
    A.CALLBACK_FAILED: {R.OPERATOR, R.ACCEPTOR},
    A.CALLBACK_OK: {R.OPERATOR, R.ACCEPTOR},
    A.REDO: {R.OPERATOR, R.ACCEPTOR},
    A.REOPEN: {R.OPERATOR, R.SUPERVISOR},
    A.REVEAL_CALLER: {R.WORKER, R.OPERATOR},
    A.WHISTLE: {R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.DUTY_CHIEF},
    A.GO_ON_ALONE: {R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.DUTY_CHIEF},
    A.RESPOND: {R.AGENCY_LEAD},
    A.REPORT_PART: {R.AGENCY_LEAD},
    A.DECLINE_PART: {R.AGENCY_LEAD},
    A.URGE_IN_WRITING: {R.SUPERVISOR, R.DUTY_CHIEF},
    A.SUPERVISE: {R.SUPERVISOR, R.DUTY_CHIEF, R.SYSTEM},
    A.LIST_SUPERVISE: {R.SUPERVISOR, R.DUTY_CHIEF, R.SYSTEM},
    A.REPLY_TO_ORDER: {R.AGENCY_LEAD},
    A.RETURN_REPLY: {R.SUPERVISOR, R.DUTY_CHIEF},
    A.END_SUPERVISION: {R.SUPERVISOR, R.DUTY_CHIEF},
    A.CALL_OFF_SUPERVISION: {R.SUPERVISOR, R.DUTY_CHIEF},
}
"""Domain.md 2.3, column Who; what is not here is done by the worker who has the case."""

NEEDS_A_REASON = {
    A.REVEAL_CALLER,
    A.SEND_BACK,
    A.REWORK,
    A.VOID,
    A.RETURN_TO_INTAKE,
    A.CALL_OFF_CHECK,
    A.SPLIT,
    A.NOT_FIXED,
}
NOT_TAKEN = {A.TURN_AWAY, A.REJECT, A.DECLINE}
ENDINGS = {
    A.SKIP_AUDIT,
    A.CALLBACK_OK,
    A.CLOSE,
    A.VOID,
    A.TAKE_OVER,
    A.MERGE,
    A.CLOSE_ALONG,
    *NOT_TAKEN,
}
BY_ITS_FINDER = {A.SELF_FIX, A.SKIP_AUDIT, A.NOT_FIXED}
"""Found and fixed on the spot, and what becomes of that (domain.md 2.3)."""
LOOKING = {State.VERIFYING, State.INSPECTING}
BY_CHECKER = {A.VERIFY_DONE, A.INSPECT_DONE, A.ATTACH_PHOTO}
AFTER_THE_END = {
    State.MERGED: {A.SPLIT, A.CLOSE_ALONG, A.ANSWER_ALONG},
    State.CLOSED: {A.REOPEN},
}
"""What still happens to a case that was merged into another one, or that is contested."""
COMES_BACK = {A.SPLIT, A.ANSWER_ALONG, A.REOPEN}
"""It is open again."""
AGAIN = {A.REDO, A.REOPEN}
"""The work begins anew under the re-check limit (domain.md 3.3)."""
RECHECK = Limit.parse("3 work_day")
CALLS_MOST = 3
BY_CALLER_BACK = {A.CALLBACK_FAILED, A.CALLBACK_OK, A.REDO, A.REVEAL_CALLER}
OF_PARTNERS = {A.RESPOND, A.REPORT_PART, A.DECLINE_PART}
"""Done by whoever leads an agency that was whistled for, and by nobody else (domain.md 2.4)."""

OPENS_ORDERS = {A.SUPERVISE, A.LIST_SUPERVISE}
JUDGES_ORDERS = {A.RETURN_REPLY, A.END_SUPERVISION, A.CALL_OFF_SUPERVISION}
ON_ORDERS = {A.REPLY_TO_ORDER, *JUDGES_ORDERS}
"""What may be done about an order that stands (domain.md 2.4 [UN])."""

FOUND_GOOD = {A.APPROVE, A.CLOSE}
CLOSED_WELL = {A.CALLBACK_OK, A.CLOSE}


@dataclass
class Diary:
    """What an honest observer of one case would have written down."""

    under: str
    order: bool
    phone: bool
    lean: bool
    reporter: PersonId
    moves: int = 0
    ended: bool = False
    worker: PersonId | None = None
    agency: str | None = None
    stand_ins: tuple[PersonId, ...] = ()
    called: bool = False
    arrived: bool = False
    handed_in: bool = False
    handed_in_before: bool = False
    window_before: bool = False
    handed_in_at: datetime | None = None
    reworks: int = 0
    looked: bool = False
    fixed: bool = False
    checker: PersonId | None = None
    photos: Counter[Stage] = field(default_factory=Counter)
    whistled: set[str] = field(default_factory=set)
    awaited: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    supervised: str = ""
    replied: bool = False
    began: datetime | None = None
    rests_since: datetime | None = None
    rests: list[Pause] = field(default_factory=list)
    late: bool = False
    dispatched: datetime | None = None
    window: bool = False
    grants: int = 0
    asked: Asked = field(default_factory=Asked)
    kept: bool | None = None
    along: bool = False
    again: bool = False
    was_closed: bool = False

    @property
    def limit(self) -> Limit:
        """The condition's own, and once more for every grant (domain.md 2.4)."""
        limit = RECHECK if self.again else condition(self.under).limit
        return Limit(limit.value * (1 + self.grants), limit.unit)

    @property
    def urgent(self) -> bool:
        return condition(self.under).urgency == "P1"

    @property
    def pauses(self) -> list[Pause]:
        return [*self.rests, *([Pause(self.rests_since)] if self.rests_since else [])]

    def due_at(self) -> datetime | None:
        assert self.began is not None
        return due(self.began, self.limit, book().calendar, self.pauses).due_at

    def clocks(self, state: State) -> set[str]:
        """Domain.md 2.2, column Open clock, and 2.3 for the milestones of handling."""
        waiting = {
            State.REPORTED: {"acceptance"},
            State.PENDING_FILING: {"filing"},
            State.PENDING_DISPATCH: {"dispatch"},
            State.PENDING_SIGN: {"sign_for", "disposal"},
            State.HANDLING: {"disposal"},
            State.PENDING_CONFIRM: {"disposal"},
            State.FEEDBACK_REVIEW: {"review"},
            State.PENDING_CALLBACK: {"callback"},
            State.VERIFYING: {"verification"},
            State.INSPECTING: {"inspection"},
            State.SUSPENDED: {"suspension"},
        }.get(state, set())
        waiting |= {"decision"} if self.asked.waits else set()
        waiting |= {"return_window"} if self.window else set()
        with_worker = state in {State.PENDING_SIGN, State.HANDLING} and not self.along
        if with_worker and self.phone and not self.called:
            waiting.add("first_contact")
        if with_worker and self.urgent and not (self.arrived or self.handed_in):
            waiting.add("arrival")
        if self.supervised:
            waiting.add("supervision_review" if self.replied else "supervision")
        return waiting

    def note_order(self, action: Action) -> None:
        """Which order stands, and whether the agency has replied to it (domain.md 2.4 [UN])."""
        match action:
            case A.SUPERVISE:
                self.supervised, self.replied = "order", False
            case A.LIST_SUPERVISE:
                self.supervised, self.replied = "listed", False
            case A.REPLY_TO_ORDER | A.RETURN_REPLY:
                self.replied = action is A.REPLY_TO_ORDER
            case A.END_SUPERVISION | A.CALL_OFF_SUPERVISION:
                self.supervised, self.replied = "", False
        if self.ended:
            self.supervised, self.replied = "", False

    def note_parts(self, actor: Actor, action: Action, given: Given) -> None:
        """Who was whistled for and has not answered, or not ended (domain.md 2.4)."""
        led = {LEADS_OF[actor]} if actor in LEADS_OF else set()
        match action:
            case A.WHISTLE:
                asked = {str(part.agency) for part in given.parts}
                self.whistled |= asked
                self.awaited |= asked
                self.unanswered |= asked
            case A.RESPOND:
                self.unanswered -= led
            case A.REPORT_PART | A.DECLINE_PART:
                self.awaited -= led
                self.unanswered -= led
            case A.GO_ON_ALONE:
                self.awaited, self.unanswered = set(), set()

    def note(self, action: Action, given: Given, at: datetime) -> None:
        self.moves += 1
        self.ended = action in ENDINGS or (self.ended and action not in COMES_BACK)
        self.was_closed = self.was_closed or action in CLOSED_WELL
        self._window(action, at)
        if action in {A.DISPATCH, A.REASSIGN, A.FORCE_ASSIGN, A.ANSWER_ALONG}:
            self.worker, self.agency = given.worker, given.agency or self.agency
        match action:
            case A.ESCALATE if given.told_to:
                self.stand_ins = given.stand_ins
            case A.DISPATCH | A.FORCE_ASSIGN:
                self._dispatched(at)
            case A.RETURN:
                self.worker = self.agency = None
                self._rest(at)
            case A.SUSPEND:
                self._rest(at)
            case A.RESUME:
                self._go_on(at)
            case A.EXTEND:
                self.grants += 1
            case A.FIRST_CONTACT:
                self.called = True
            case A.ARRIVE:
                self.arrived = True
            case A.SUBMIT:
                self.handed_in_before, self.handed_in_at = self.handed_in, at
                self.handed_in, self.looked, self.photos[Stage.CHECK] = True, False, 0
            case A.TAKE_BACK:
                self.handed_in, self.rests_since = self.handed_in_before, None
            case A.SEND_VERIFY | A.SEND_INSPECT:
                self.checker, self.looked, self.photos[Stage.CHECK] = given.checker, False, 0
            case A.INSPECT_DONE | A.WAIVE_INSPECTION:
                self.looked = True
            case A.SELF_FIX:
                self.fixed = True
            case A.NOT_FIXED:
                self.fixed, self.looked = False, False
                self.photos[Stage.AFTER] = self.photos[Stage.CHECK] = 0
            case A.MERGE:
                self.worker = None
            case A.ANSWER_ALONG:
                self.along, self.was_closed = True, False
            case A.APPROVE | A.CLOSE if self.kept is None:
                self.kept = not self.late
            case A.REDO | A.REOPEN:
                self.began, self.rests_since, self.rests = at, None, []
                self.again, self.grants, self.photos[Stage.AFTER] = True, 0, 0
            case A.SPLIT:
                self.agency, self.began, self.rests_since, self.rests = None, None, None, []
            case A.ATTACH_PHOTO | A.ADD_LATE_PHOTO:
                self.photos[given.stage or Stage.AFTER] += given.photos
            case A.DISCOUNT_PHOTO:
                stage = given.stage or Stage.AFTER
                self.photos[stage] = max(self.photos[stage] - given.photos, 0)
            case A.CONFIRM:
                self._put_to_rest(at)
            case A.REWORK:
                self._go_on(at)
                self.photos[Stage.AFTER] = 0
                self.reworks += 1

    def _dispatched(self, at: datetime) -> None:
        """The same agency goes on with what was left, another one begins (domain.md 2.6)."""
        if self.asked.returned and self.asked.returned[-1] == self.agency:
            self._go_on(at)
        else:
            self.began, self.rests, self.rests_since, self.grants = at, [], None, 0

    def _window(self, action: Action, at: datetime) -> None:
        if action is A.DISPATCH:
            self.dispatched, self.window = at, True
        if action is A.SUBMIT:
            self.window_before = self.window
        if action is A.TAKE_BACK:
            self.window = self.window_before
        if action in {A.SUBMIT, A.RETURN, A.SUSPEND} or self.ended:
            self.window = False

    def _rest(self, at: datetime) -> None:
        assert self.began is not None
        self.rests_since = max(at, self.began)

    def _go_on(self, at: datetime) -> None:
        assert self.rests_since is not None
        self.rests.append(Pause(self.rests_since, max(at, self.rests_since)))
        self.rests_since = None

    def _put_to_rest(self, at: datetime) -> None:
        assert self.began is not None
        stopped, limit = max(at, self.began), self.due_at()
        assert limit is not None
        self.late = stopped > limit
        self._rest(at)


UNFILED = {
    State.DRAFT,
    State.REPORTED,
    State.VERIFYING,
    State.PENDING_FILING,
    State.VOIDED,
    State.REJECTED,
    State.MERGED,
}

FORWARD = {
    State.DRAFT: (A.REPORT,),
    State.REPORTED: (A.ACCEPT,),
    State.PENDING_FILING: (A.FILE,),
    State.PENDING_DISPATCH: (A.DISPATCH,),
    State.PENDING_SIGN: (A.SIGN_FOR,),
    State.HANDLING: (A.FIRST_CONTACT, A.ADD_NOTE, A.ATTACH_PHOTO, A.ARRIVE, A.SUBMIT),
    State.PENDING_CONFIRM: (A.CONFIRM,),
    State.FEEDBACK_REVIEW: (A.SEND_INSPECT, A.APPROVE, A.CLOSE, A.REWORK),
    State.VERIFYING: (A.ATTACH_PHOTO, A.VERIFY_DONE),
    State.PENDING_CALLBACK: (A.CALLBACK_OK,),
    State.INSPECTING: (A.ATTACH_PHOTO, A.INSPECT_DONE),
    State.SUSPENDED: (A.RESUME,),
}
"""Where the main line goes on; several are tried in this order."""

ASIDE = {
    State.VERIFYING: (State.REPORTED, A.SEND_VERIFY),
    State.INSPECTING: (State.FEEDBACK_REVIEW, A.SEND_INSPECT),
    State.MERGED: (State.REPORTED, A.MERGE),
}
"""States beside the main line: from where, and by what."""

GOALS = tuple(MOVES.values())
TURNED_AWAY = {State.MERGED: A.MERGE, State.REJECTED: A.REJECT}
"""Endings before anybody works on it."""

CALLER_FOR = {
    A.REVEAL_CALLER: ("phone",),
    A.FIRST_CONTACT: ("phone",),
    A.TURN_AWAY: ("nameless", "phone"),
    A.CALL_AGAIN: ("nameless", "phone"),
    A.APPROVE: ("phone",),
    A.CLOSE: ("none", "nameless"),
    A.ANSWER_ALONG: ("phone",),
    **dict.fromkeys((A.SELF_FIX, A.SKIP_AUDIT, A.NOT_FIXED), ("none",)),
}
NOBODY_HAS_IT = {State.REPORTED, State.VERIFYING, State.PENDING_FILING, State.PENDING_DISPATCH}
"""Where a case may be again after its agency has handed it back."""
BROUGHT_BY = {
    A.RETURN: A.ASK_RETURN,
    A.EXTEND: A.ASK_EXTENSION,
    A.SUSPEND: A.ASK_SUSPENSION,
    A.EXEMPT: A.ASK_APPEAL,
}
"""Moves that nobody makes: they follow from a grant."""
WORKERS = {worker.id: worker for worker in (LIN, ZHOU, QIAN)}
FOUR_HOURS = Limit(4, Unit.WORK_HOUR)
LEADS = {ROADS: HE, WATER: JIANG}
LEADS_OF = {lead: agency for agency, lead in LEADS.items()}

actions = st.sampled_from(sorted(Action))
actors = st.sampled_from((*CAST, MA))
workers = st.sampled_from((LIN, ZHOU, QIAN))
waits = st.sampled_from([1, 1, 1, 5, 20, 60, 300, 1500, 4000]).map(lambda m: timedelta(minutes=m))
delays = st.sampled_from([0, 0, 0, 0, 0, 2, 45]).map(lambda m: timedelta(minutes=m))
"""How long a message was on its way: an act counts from when it was said."""


PACKETS = (
    Given(),
    Given(reason="  ", worker=LIN.id, photos=3),
    Given(reason="没有放平", stage=Stage.INTERIM, photos=1),
    Given(note="已换新井盖", contact=ContactResult.PHONE_OFF, photos=1),
    Given(closing_condition=HOLE, agency=ROADS, worker=ZHOU.id, note="再看"),
    Given(reply="已办结", stage=Stage.BEFORE),
    Given(ground="settled", told="已处理", reason="请核实", checker=YAO.id, master=CaseId(41)),
    Given(found=Found.RIGHT, stage=Stage.CHECK, photos=1, master=CaseId(42)),
)
"""What may come with an act, fitting or not."""


class Walk(RuleBasedStateMachine):
    """One city, one case after the other."""

    goals: ClassVar[tuple[Move, ...]] = GOALS
    walked: ClassVar[Counter[tuple[State, Action]]] = Counter()
    refused: ClassVar[Counter[Reason]] = Counter()

    @initialize(data=st.data())
    def a_case_comes_in(self, data: st.DataObject) -> None:
        self.now = MORNING
        self.over: list[tuple[Case, Diary]] = []
        self._next_case(data)

    @rule(
        data=st.data(), actor=actors, action=actions, given=st.sampled_from(PACKETS), delay=delays
    )
    def anybody_tries_anything(
        self, data: st.DataObject, actor: Actor, action: Action, given: Given, delay: timedelta
    ) -> None:
        """On any case, those that have ended included."""
        which = data.draw(st.integers(-1, len(self.over) - 1), label="which case")
        if any(action in later for later in AFTER_THE_END.values()):
            return
        if which < 0 and not self.diary.ended:
            self._try(actor, action, given, delay)
            return
        case, diary = self.over[which] if which >= 0 else (self.case, self.diary)
        assert diary.ended
        try:
            act(case, actor, action, given, self.now)
        except Refused as no:
            self.refused[no.reason] += 1
        else:
            assert action in ON_ENDED, f"{action} moved a case that had ended"

    @rule(data=st.data(), times=st.integers(1, 3))
    def somebody_entitled_does_what_is_offered(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            if not self._open_case(data):
                return
            offered = self._offers()
            action = data.draw(st.sampled_from(sorted(offered)), label="action")
            self._offered(data, action, offered[action])

    @rule(data=st.data())
    def the_work_goes_on(self, data: st.DataObject) -> None:
        if self._open_case(data):
            self._forward(data)

    @rule(wait=waits)
    def time_passes(self, wait: timedelta) -> None:
        self.now += wait

    @invariant()
    def the_case_is_where_the_diary_says(self) -> None:
        if not hasattr(self, "case"):
            return
        case, diary = self.case, self.diary
        assert case.version == diary.moves
        assert {part.agency for part in case.parts if part.is_open} == diary.awaited
        waiting = {part.agency for part in case.parts if part.awaits_response}
        assert waiting == diary.unanswered
        assert (case.supervision.kind if case.supervision else "") == diary.supervised
        assert case.is_open is not diary.ended
        assert (case.assignee, case.agency) == (diary.worker, diary.agency)
        assert {s: n for s, n in case.photo_counts.items() if n} == {
            s: n for s, n in diary.photos.items() if n
        }

    @invariant()
    def exactly_the_clocks_of_the_state_run(self) -> None:
        if not hasattr(self, "case"):
            return
        case, diary = self.case, self.diary
        assert {clock.kind.value for clock in case.clocks if clock.runs} == diary.clocks(
            case.state
        )
        resting = {clock.kind.value for clock in case.clocks if clock.rests}
        at_rest = {
            State.FEEDBACK_REVIEW: {"disposal"},
            State.SUSPENDED: {"disposal"},
            State.PENDING_CALLBACK: set() if diary.began is None else {"disposal"},
            State.INSPECTING: {"disposal", "review"},
            State.VERIFYING: {"acceptance"},
        }.get(case.state, set())
        if diary.fixed:
            at_rest = at_rest - {"disposal"}
        if diary.asked.returned and case.is_open and case.state in NOBODY_HAS_IT:
            at_rest = at_rest | {"disposal"}
        assert resting == at_rest

    @invariant()
    def a_request_waits_for_somebody_and_freezes_the_ladder(self) -> None:
        if not hasattr(self, "case"):
            return
        case, asked = self.case, self.diary.asked
        assert (case.request is not None) is asked.waits
        assert not asked.to_carry_out, "what is granted is carried out at once"
        assert sum(request.waits for request in case.requests) <= 1
        urges = {c.kind.value for c in case.clocks if c.runs and c.next_rung_at is not None}
        if asked.freezes:
            assert not urges & {"disposal", "sign_for"}

    @invariant()
    def disposal_has_one_budget_for_good(self) -> None:
        """Used and left are the limit, whatever came between (domain.md 0.4, 2.6)."""
        if not hasattr(self, "case") or self.case.due_at is None:
            return
        diary, limit = self.diary, self.diary.limit
        assert self.case.due_at == diary.due_at()
        assert diary.began is not None
        spent = used(diary.began, self.now, limit.unit, book().calendar, diary.pauses)
        whole = budget(diary.began, limit, book().calendar)
        if self.now <= self.case.due_at:
            left = used(self.now, self.case.due_at, limit.unit, book().calendar, diary.pauses)
            assert spent + left == whole

    def _next_case(self, data: st.DataObject) -> None:
        """A case on its way to a row of the law, drawn so that each row has its turn."""
        goal = data.draw(st.sampled_from(self.goals), label="goal")
        callers = CALLER_FOR.get(goal.action, ("none", "nameless", "phone"))
        callers = ("phone",) if goal.when is State.PENDING_CALLBACK else callers
        caller = data.draw(st.sampled_from(callers), label="caller")
        conditions = (HOLE,) if goal.action is A.ARRIVE else CONDITIONS
        conditions = (RATTLE,) if goal.action in BY_ITS_FINDER else conditions
        under = data.draw(st.sampled_from(conditions), label="condition")
        lean = data.draw(st.booleans(), label="lean")
        order = {"none": None, "nameless": Order(), "phone": Order(phone_hint="138****1234")}
        begin = patrol if caller == "none" else draft
        takes = CENTRE_STEPS if lean else frozenset[Action]()
        self.case = begin(order=order[caller], system_takes=takes, reported_at=self.now)
        if caller == "none" and goal.action in BY_ITS_FINDER:
            shown = {**self.case.photo_counts, Stage.AFTER: 2}
            self.case = replace(self.case, photo_counts=shown)
        has_order, has_phone = order[caller] is not None, caller == "phone"
        self.diary = Diary(under, has_order, has_phone, lean, self.case.reported_by)
        self.diary.photos.update(self.case.photo_counts)
        if goal.action in ON_ORDERS:
            self._along(data, State.PENDING_SIGN)
            self._try(CHEN, A.SUPERVISE, self._evidence(data, A.SUPERVISE), timedelta())
        self._come_to(data, goal.when, goal.action)
        self._reach(data, goal.action)

    def _come_to(self, data: st.DataObject, state: State, action: Action) -> None:
        """Along the main line, or by the requests that lead there."""
        if action is A.LAPSE:
            self._let_lapse(data, state)
        elif state in ASIDE:
            on_the_way, aside = ASIDE[state]
            self._along(data, on_the_way)
            self._sure(TANG, aside, self._evidence(data, aside))
            assert self.case.state is state
        elif action in {A.SKIP_AUDIT, A.NOT_FIXED}:
            self._along(data, State.REPORTED)
            never = replace(filed_under(RATTLE).filing, audit_share=0.0)
            self._sure(SUN, A.SELF_FIX, replace(filed_under(RATTLE), filing=never))
        elif state is State.SUSPENDED:
            self._along(data, State.HANDLING)
            self._reach(data, A.SUSPEND)
        elif action in {A.KEEP_ROUTE, A.FORGET_ROUTE, A.FORCE_ASSIGN}:
            self._along(data, State.PENDING_SIGN)
            self._reach(data, A.RETURN)
            if action is A.FORCE_ASSIGN:
                worker = QIAN if self.diary.asked.returned == [ROADS] else LIN
                self._sure(PAN, A.DISPATCH, self._to(worker))
                self._reach(data, A.RETURN)
            self._along(data, state)
        else:
            self._along(data, state)

    def _along(self, data: st.DataObject, state: State) -> None:
        while self.case.state is not state:
            if state is State.CLOSED and self.case.state is State.PENDING_SIGN:
                self.now += timedelta(days=70)
            self._forward(data)

    def _let_lapse(self, data: st.DataObject, state: State) -> None:
        """Somebody asks, and then the case moves on."""
        if state in TURNED_AWAY:
            self._along(data, State.REPORTED)
            self._sure(self._asker(A.ASK_VOID, A.LAPSE), A.ASK_VOID, Given(reason="重复"))
            end = TURNED_AWAY[state]
            self._sure(TANG, end, self._evidence(data, end))
            return
        if state is State.HANDLING:
            self._along(data, State.CLOSED)
            lead = LEADS[AgencyCode(str(self.diary.agency))]
            self._sure(lead, A.ASK_APPEAL, Given(reason="派得晚"))
            self._sure(CHEN, A.REOPEN, Given(reason="没修好"))
            return
        self._along(data, State.HANDLING)
        lead = LEADS[AgencyCode(str(self.diary.agency))]
        because = Given(reason="没有放平")
        ask = A.ASK_VOID if state is State.CLOSED else A.ASK_EXTENSION
        self._sure(lead, ask, because)
        if state is State.VOIDED:
            self._sure(SHI, A.VOID, because)
        elif state is State.PENDING_SIGN:
            worker = QIAN if self.diary.agency == ROADS else LIN
            self._sure(PAN, A.REASSIGN, self._to(worker))
        else:
            self._along(data, state)

    def _asked_for(self, data: st.DataObject, action: Action) -> None:
        """A request that waits for this turn."""
        closed = self.case.state is State.CLOSED
        here = {
            State.PENDING_SIGN: (A.ASK_RETURN, A.ASK_EXTENSION),
            State.HANDLING: (A.ASK_RETURN, A.ASK_EXTENSION),
            State.CLOSED: (A.ASK_APPEAL,),
        }.get(self.case.state, (A.ASK_VOID,))
        ask = data.draw(st.sampled_from(here), label="request")
        self._sure(self._asker(ask, action), ask, self._evidence(data, ask))
        if closed and action is A.GRANT:
            self._sure(PAN, A.ENDORSE, Given())

    def _asker(self, ask: Action, action: Action) -> Actor:
        """A worker where there is a first look to be had, else the lead, else the reporter."""
        diary = self.diary
        if diary.agency is None:
            return SUN if diary.reporter == SUN.id else WANG
        if action is A.ENDORSE and ask is not A.ASK_APPEAL:
            assert diary.worker is not None
            return WORKERS[diary.worker]
        return LEADS[AgencyCode(str(diary.agency))]

    def _granted(self, data: st.DataObject, ask: Action) -> None:
        """The lead asks and the dispatch officer grants; the move follows by itself."""
        lead = LEADS[AgencyCode(str(self.diary.agency))]
        if ask is A.ASK_SUSPENSION:
            self._made_safe()
        self._sure(lead, ask, self._evidence(data, ask))
        if ask is A.ASK_APPEAL:
            self._sure(PAN, A.ENDORSE, Given())
        self._sure(TANG if ask is A.ASK_APPEAL else PAN, A.GRANT, Given())

    def _made_safe(self) -> None:
        """Called and fenced off, so that the rest of it may wait."""
        diary = self.diary
        assert diary.worker is not None
        worker = WORKERS[diary.worker]
        if diary.phone and not diary.called:
            self._sure(worker, A.FIRST_CONTACT, Given(contact=ContactResult.NO_ANSWER))
        if diary.urgent and not diary.arrived:
            self._sure(worker, A.ATTACH_PHOTO, PACKETS[2])
            self._sure(worker, A.ARRIVE, Given())

    def _to(self, worker: Actor) -> Given:
        return Given(worker=worker.id, agency=WATER if worker is QIAN else ROADS)

    def _sure(self, actor: Actor, action: Action, given: Given) -> None:
        before = self.diary.moves
        self._try(actor, action, given, timedelta())
        assert self.diary.moves > before, f"{action} was not possible"

    def _reach(self, data: st.DataObject, action: Action) -> None:
        """Do what must come first in this state, and then, with luck, the thing itself."""
        match action:
            case A.ACKNOWLEDGE:
                self._try(SYSTEM, A.ESCALATE, self._alerts()[-1], timedelta())
            case A.ARRIVE:
                self._try(self._whose(A.ATTACH_PHOTO), A.ATTACH_PHOTO, PACKETS[2], timedelta())
            case A.RESPOND | A.REPORT_PART | A.DECLINE_PART | A.GO_ON_ALONE:
                whistle = self._evidence(data, A.WHISTLE)
                self._try(self._whose(A.WHISTLE), A.WHISTLE, whistle, timedelta())
            case A.RETURN_REPLY | A.END_SUPERVISION:
                reply = self._evidence(data, A.REPLY_TO_ORDER)
                self._try(self._whose(A.REPLY_TO_ORDER), A.REPLY_TO_ORDER, reply, timedelta())
            case A.SUBMIT:
                while not self.diary.handed_in:
                    self._forward(data)
                return
            case A.WAIVE_INSPECTION:
                while self.diary.reworks < 2:
                    going = A.REWORK if self.case.state is State.FEEDBACK_REVIEW else None
                    if going:
                        self._try(TANG, going, self._evidence(data, going), timedelta())
                    else:
                        self._forward(data)
                while self.case.state is not State.FEEDBACK_REVIEW:
                    self._forward(data)
            case A.VERIFY_DONE | A.INSPECT_DONE:
                self._try(YAO, A.ATTACH_PHOTO, self._evidence(data, A.ATTACH_PHOTO), timedelta())
            case A.MERGE | A.SPLIT | A.CLOSE_ALONG | A.ANSWER_ALONG:
                self._offered(data, action, self._offers()[action])
                return
            case A.LAPSE:
                return
            case A.RETURN | A.EXTEND | A.SUSPEND | A.EXEMPT:
                self._granted(data, BROUGHT_BY[action])
                return
            case A.ASK_SUSPENSION:
                self._made_safe()
            case A.ENDORSE | A.GRANT | A.REFUSE | A.WITHDRAW:
                self._asked_for(data, action)
            case A.ESCALATE if self.diary.ended:
                self._asked_for(data, action)
            case A.FORGET_ROUTE:
                self._sure(PAN, A.KEEP_ROUTE, Given())
        self._offered(data, action, self._offers()[action])

    def _offers(self) -> dict[Action, list[Actor]]:
        """Everything that anybody may do now, and who."""
        found: dict[Action, list[Actor]] = {}
        for actor in CAST:
            for action in offers(self.case, actor):
                found.setdefault(action, []).append(actor)
        return found

    def _offered(self, data: st.DataObject, action: Action, able: list[Actor]) -> None:
        """Somebody who may, with the evidence or without some of it."""
        actor = data.draw(st.sampled_from(able), label="actor")
        given = self._evidence(data, action)
        if data.draw(st.integers(0, 3), label="forgets something") == 1:
            given = Given(stage=given.stage, photos=given.photos)
        self._try(actor, action, given, data.draw(delays, label="delay"))

    def _open_case(self, data: st.DataObject) -> bool:
        """Put an ended case aside for a new one; some of those end at once."""
        if self.diary.ended:
            self.over.append((self.case, self.diary))
            self._next_case(data)
        return not self.diary.ended

    def _forward(self, data: st.DataObject) -> None:
        """The next thing of the main line, done by whoever has to, with all its evidence."""
        diary = self.diary
        needless = {
            A.FIRST_CONTACT: diary.called or not diary.phone,
            A.ADD_NOTE: self.case.note != "",
            A.ATTACH_PHOTO: diary.photos[Stage.AFTER] >= 2,
            A.SEND_INSPECT: diary.reworks < 2 or diary.looked,
            A.ARRIVE: diary.arrived or not diary.urgent or not diary.photos[Stage.INTERIM],
            A.APPROVE: not diary.phone or self._lacks_photos(),
            A.CLOSE: diary.phone or self._lacks_photos(),
        }
        if self.case.state in LOOKING:
            needless = {A.ATTACH_PHOTO: diary.photos[Stage.CHECK] > 0}
        action = next(a for a in FORWARD[self.case.state] if not needless.get(a))
        if action is A.REWORK and diary.fixed:
            action = A.NOT_FIXED
        if action is A.SUBMIT and diary.awaited:
            action = A.GO_ON_ALONE
        if action is A.DISPATCH and diary.asked.for_district:
            action = A.FORCE_ASSIGN
        self.now += timedelta(minutes=1)
        before = diary.moves
        self._try(self._whose(action), action, self._evidence(data, action), timedelta())
        assert diary.moves > before, f"the main line does not go on by {action}"

    def _lacks_photos(self) -> bool:
        """A photo that turned out to be none may leave too few to close on."""
        return self.diary.photos[Stage.AFTER] < condition(self.diary.under).photo_min

    def _whose(self, action: Action) -> Actor:
        if self.case.state in LOOKING and action in BY_CHECKER:
            return YAO
        reporter = SUN if self.diary.reporter == SUN.id else WANG
        office = {A.REPORT: reporter, A.FILE: SHI, A.DISPATCH: PAN, A.CALLBACK_OK: WANG}
        office |= {A.FORCE_ASSIGN: BAI, A.RESUME: PAN, A.ADD_LATE_PHOTO: reporter}
        if action in {A.CONFIRM, A.WHISTLE, A.GO_ON_ALONE, A.REPLY_TO_ORDER}:
            return LEADS[AgencyCode(str(self.diary.agency))]
        if action in WHO:
            return office.get(action, TANG)
        assert self.diary.worker is not None
        return WORKERS[self.diary.worker]

    def _evidence(self, data: st.DataObject, action: Action) -> Given:
        """Everything that the act needs, drawn where there is a choice."""
        match action:
            case A.DISPATCH | A.REASSIGN | A.FORCE_ASSIGN:
                worker = data.draw(workers, label="worker")
                return Given(worker=worker.id, agency=WATER if worker is QIAN else ROADS)
            case A.FIRST_CONTACT:
                result = data.draw(st.sampled_from(ContactResult))
                return Given(contact=result, note="响了六声")
            case A.ATTACH_PHOTO | A.ADD_LATE_PHOTO:
                looking = self.case.state in LOOKING
                stages = [Stage.CHECK] if looking else [None, *Stage]
                stage, late = data.draw(st.sampled_from(stages)), action is A.ADD_LATE_PHOTO
                return Given(stage=stage, photos=2, of_set=late)
            case A.DISCOUNT_PHOTO:
                return Given(stage=data.draw(st.sampled_from(Stage)), photos=1)
            case A.ESCALATE:
                return data.draw(st.sampled_from(self._alerts()), label="alert")
        return {
            A.FILE: filed_under(self.diary.under),
            A.SELF_FIX: filed_under(self.diary.under),
            A.ASK_RETURN: Given(code="not_my_duty", proof="三定方案", proposed="?"),
            A.ASK_SUSPENSION: RESTS,
            A.ADD_NOTE: Given(note="已换新井盖"),
            A.WHISTLE: whistle_for(WATER if self.diary.agency == ROADS else ROADS, self.now),
            **dict.fromkeys(FOUND_GOOD, self._judged()),
            A.CALLBACK_FAILED: Given(contact=ContactResult.NO_ANSWER),
            A.CALLBACK_OK: SATISFIED,
            A.REDO: Given(resolved=False, citizens_words="还是空的"),
            A.ANSWER_ALONG: self._masters_answer(),
            **dict.fromkeys(NOT_TAKEN, Given(ground="settled", told="已依法处理完毕")),
            **dict.fromkeys((A.SEND_VERIFY, A.SEND_INSPECT), TO_LOOK),
            **dict.fromkeys((A.VERIFY_DONE, A.INSPECT_DONE), Given(found=Found.RIGHT)),
            **dict.fromkeys(OPENS_ORDERS, Given(reason="请抓紧整改", within=FOUR_HOURS)),
            A.MERGE: Given(master=CaseId(41)),
            A.CLOSE_ALONG: Given(reply="已办结"),
        }.get(action, Given(reason="没有放平"))

    def _judged(self) -> Given:
        return judged(self.diary.under, fact=facts_for(self.case.class_code)[0])

    def _masters_answer(self) -> Given:
        """What the master was closed with."""
        filing = filed_under(self.diary.under).filing
        return replace(self._judged(), agency=ROADS, worker=LIN.id, filing=filing)

    def _alerts(self) -> list[Given]:
        """As the clock's own verb raises them: the next rung of a clock that runs, or no way."""
        rungs = [
            Given(rung="L", clock=clock.kind, rungs_told=clock.rungs_told + 1)
            for clock in self.case.clocks
            if clock.runs and clock.next_rung_at
        ]
        nobody = Given(reason="nobody_on_duty", told_to=(FANG.id,), stand_ins=(FANG.id,))
        return [nobody, *rungs]

    def _try(self, actor: Actor, action: Action, given: Given, delay: timedelta) -> None:
        at, before = self.now - delay, self.case
        try:
            after = act(before, actor, action, given, at)
        except Refused as no:
            self.refused[no.reason] += 1
            self._refused_rightly(actor, no)
            return
        self.walked[before.state, action] += 1
        self._done_rightly(before, after, actor, action, given)
        self._asked_rightly(actor, action, at)
        leads = any(p.agency == before.agency for p in actor.person.posts_as(R.AGENCY_LEAD))
        self.diary.asked.note(action, actor.id, before.agency, leads=leads)
        self.diary.note(action, given, at)
        self.diary.note_parts(actor, action, given)
        self.diary.note_order(action)
        self.case = after
        self._ended_rightly(action)
        moot = self.diary.asked.moot(after.state, after.agency, is_open=after.is_open)
        step = obliged(after, action, at, None)
        assert (step is not None and step.action is A.LAPSE) is moot
        if step is not None:
            self._try(step.actor, step.action, step.given, delay)

    def _asked_rightly(self, actor: Actor, action: Action, at: datetime) -> None:
        diary = self.diary
        if action in KINDS:
            diary.asked.asked_rightly(
                action,
                at,
                diary.agency,
                diary.dispatched,
                self.case.due_at,
                urgent=diary.urgent,
                late=diary.late,
            )
        if action in {A.ENDORSE, A.GRANT, A.REFUSE}:
            assert actor.id not in {diary.asked.asker, diary.asked.endorser}
        if action is A.WITHDRAW:
            assert actor.id == diary.asked.asker
        if action is A.FORCE_ASSIGN:
            assert actor is BAI, "the district's own duty chief"
        if action is A.DISPATCH:
            assert not diary.asked.for_district

    def _refused_rightly(self, actor: Actor, no: Refused) -> None:
        if actor is MA and self.case.state is not State.DRAFT:
            assert no.reason is Reason.NOT_YOURS

    def _done_rightly(
        self, before: Case, after: Case, actor: Actor, action: Action, given: Given
    ) -> None:
        later = AFTER_THE_END.get(before.state, set())
        allowed = action in later or action in ON_ENDED
        assert not self.diary.ended or allowed, "nothing moves after it ended"
        assert actor is not MA or before.state is State.DRAFT
        assert self._may(actor, action), f"{actor.person.name} may not {action}"
        if action in NEEDS_A_REASON:
            assert given.reason.strip()
        if action in NEEDS_A_REASON - {A.REVEAL_CALLER}:
            assert after.latest_reason == given.reason
        if action is A.REASSIGN:
            assert after.due_at == before.due_at, "whoever takes over inherits the budget"
        if action is A.REWORK:
            assert after.photo_counts[Stage.AFTER] == 0
            assert after.rework_count == before.rework_count + 1
        if action in AGAIN:
            assert after.photo_counts[Stage.AFTER] == 0
            assert (after.closed_at, after.timeliness) == (before.closed_at, before.timeliness)
        if action in FOUND_GOOD:
            self._found_good_rightly()
        if action is A.CALLBACK_FAILED:
            assert after.order is not None
            assert 1 <= after.order.calls_failed <= CALLS_MOST
        if action is A.SUBMIT:
            self._handed_in_rightly(before)
        if action is A.TAKE_BACK:
            assert self.diary.handed_in_at is not None
            assert after.changed_at - self.diary.handed_in_at <= timedelta(minutes=10)
            assert after.rework_count == before.rework_count
            assert not self.diary.looked
        if action in OPENS_ORDERS | ON_ORDERS:
            self._supervised_rightly(before, after, actor, action)
        if action is A.SELF_FIX:
            assert condition(self.diary.under).urgency in {"P3", "P4"}
            assert self.diary.photos[Stage.BEFORE]
            assert self.diary.photos[Stage.AFTER]
        if action is A.RESPOND:
            assert LEADS_OF[actor] in self.diary.unanswered
        if after.state not in UNFILED:
            assert action in {A.TAKE_OVER, A.CLOSE_ALONG} or after.filing is not None

    def _supervised_rightly(self, before: Case, after: Case, actor: Actor, action: Action) -> None:
        """One order at a time, first the reply and then the judgment, and the case's own time
        is untouched by it; what the district has listed no street takes off again.
        """
        stands, replied = self.diary.supervised, self.diary.replied
        assert (after.state, after.due_at, after.due_next) == (
            before.state,
            before.due_at,
            before.due_next,
        )
        match action:
            case A.SUPERVISE:
                assert not stands
            case A.LIST_SUPERVISE:
                assert stands != "listed"
                assert actor is not GAO
            case A.REPLY_TO_ORDER | A.CALL_OFF_SUPERVISION:
                assert stands
                assert not replied
            case _:
                assert replied
        if action in JUDGES_ORDERS:
            assert stands != "listed" or actor is not GAO

    def _may(self, actor: Actor, action: Action) -> bool:
        if actor is SYSTEM:
            return R.SYSTEM in WHO.get(action, ()) or (self.diary.lean and action in CENTRE_STEPS)
        if self.case.state in LOOKING and action in BY_CHECKER:
            return actor.id == self.diary.checker
        if action not in {*WHO, *TURNS}:
            return actor.id == self.diary.worker
        calls_back = self.case.state is State.PENDING_CALLBACK and action in BY_CALLER_BACK
        roles = (WHO[A.REDO] if calls_back else self._who(action)) & actor.person.roles
        if action in OF_PARTNERS:
            return LEADS_OF.get(actor) in self.diary.awaited
        lookers = {self.diary.reporter, self.diary.checker}
        own = {
            R.WORKER: actor.id == self.diary.worker,
            R.AGENCY_LEAD: {HE: ROADS, JIANG: WATER}.get(actor) == self.diary.agency,
            R.OPERATOR: actor.id == self.diary.reporter
            or self.case.state in {State.DRAFT, *([State.CLOSED] * self.diary.order)}
            or calls_back,
            R.COLLECTOR: actor.id in lookers or self.case.state is State.DRAFT,
            R.ADMIN: actor.id in self.diary.stand_ins,
        }
        return any(own.get(role, True) for role in roles)

    def _who(self, action: Action) -> set[Role]:
        return self.diary.asked.who(action) if action in TURNS else WHO[action]

    def _handed_in_rightly(self, before: Case) -> None:
        diary = self.diary
        assert diary.photos[Stage.AFTER] >= condition(diary.under).photo_min
        assert not diary.awaited, "another agency's part was open"
        assert diary.called or not diary.phone, "a caller with a number was called first"
        assert before.note or not diary.order, "somebody has to be told something"

    def _ended_rightly(self, action: Action) -> None:
        case, diary = self.case, self.diary
        if not diary.ended:
            assert (case.closed_at is not None) is diary.was_closed
            return
        assert case.closed_at is not None
        assert [order for order in case.supervisions if order.end is None] == []
        left = {clock.kind.value for clock in case.clocks if clock.ended_at is None}
        appeals = case.request is not None and action not in ENDINGS
        assert left == ({"decision"} if appeals else set())
        if action in NOT_TAKEN:
            assert case.ground
            assert case.order is None or case.order.reply, "whoever called is told"
        if action in CLOSED_WELL:
            assert diary.phone is (action is A.CALLBACK_OK)
            assert not diary.order or (case.order is not None and case.order.reply)
            kept = {None: None, True: Timeliness.ON_TIME, False: Timeliness.OVERDUE}
            assert case.timeliness is (None if diary.fixed else kept[diary.kept])

    def _found_good_rightly(self) -> None:
        diary = self.diary
        assert diary.looked or diary.reworks < 2, "twice reworked and nobody looked"
        assert diary.photos[Stage.AFTER] >= condition(diary.under).photo_min


WALKS = settings(
    max_examples=90,
    stateful_step_count=30,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
ENOUGH = 4
"""Rounds after which a row that was never walked cannot be walked: each of them after the first
heads for nothing but the rows that are still missing."""


def test_no_walk_through_the_law_breaks_a_rule_and_every_row_is_walked() -> None:
    Walk.walked.clear()
    Walk.refused.clear()
    Walk.goals = GOALS
    for _ in range(ENOUGH):
        run_state_machine_as_test(Walk, settings=WALKS)
        missing = tuple(row for row in GOALS if (row.when, row.action) not in Walk.walked)
        if not missing:
            break
        Walk.goals = missing
    assert {(row.when, row.action) for row in missing} == set(), "never walked"
    assert {Reason.NOT_NOW, Reason.NOT_YOURS, Reason.PROOF_MISSING} <= set(Walk.refused)
