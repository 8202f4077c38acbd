"""The case and its vocabulary: states, actions, evidence, and the clocks that run on it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NewType

from workflows.cases.alike import Alike
from workflows.cases.check import Check, Found
from workflows.cases.findings import DemandFinding, FactFinding, Outcome, Satisfaction
from workflows.cases.point import Point as Point  # noqa: PLC0414  others take it from here
from workflows.deadlines.clocks import BESIDE, ClockKind
from workflows.deadlines.limits import Limit, Pause
from workflows.emergency.under import Under
from workflows.escalation.alert import QUIET, Alarm, Alert
from workflows.evidence.asked import NOTHING_MORE, PhotoAsk
from workflows.evidence.facts import PictureFacts
from workflows.evidence.lack import Lack
from workflows.joint.part import Part, WhistleKind
from workflows.people import AgencyCode, AreaCode, PersonId
from workflows.requests.request import Forced, Request, RequestRules
from workflows.supervision.order import Orders, SupervisionOrder, standing

CaseId = NewType("CaseId", int)
PhotoId = NewType("PhotoId", int)


class State(StrEnum):
    """Where a case stands (domain.md 2.2)."""

    DRAFT = "draft"
    REPORTED = "reported"
    VERIFYING = "verifying"
    PENDING_FILING = "pending_filing"
    PENDING_DISPATCH = "pending_dispatch"
    PENDING_SIGN = "pending_sign"
    HANDLING = "handling"
    PENDING_CONFIRM = "pending_confirm"
    FEEDBACK_REVIEW = "feedback_review"
    PENDING_CALLBACK = "pending_callback"
    INSPECTING = "inspecting"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    VOIDED = "voided"
    REJECTED = "rejected"
    MERGED = "merged"


ENDED: Final = frozenset({State.CLOSED, State.VOIDED, State.REJECTED, State.MERGED})
OPEN: Final = tuple(state for state in State if state not in ENDED | {State.DRAFT})
WITH_WORKER: Final = (State.PENDING_SIGN, State.HANDLING)
"""The states in which one worker is expected to do something."""
WITH_CHECKER: Final = (State.VERIFYING, State.INSPECTING)
"""The states in which one collector is expected to look."""


class Action(StrEnum):
    """What somebody can do to a case (domain.md 1.4)."""

    REPORT = "report"
    TAKE_OVER = "take_over"
    TURN_AWAY = "turn_away"
    ACCEPT = "accept"
    REJECT = "reject"
    SEND_VERIFY = "send_verify"
    VERIFY_DONE = "verify_done"
    DECLINE = "decline"
    FILE = "file"
    DISPATCH = "dispatch"
    RETURN_TO_INTAKE = "return_to_intake"
    SIGN_FOR = "sign_for"
    FIRST_CONTACT = "first_contact"
    ARRIVE = "arrive"
    ATTACH_PHOTO = "attach_photo"
    ADD_LATE_PHOTO = "add_late_photo"
    DISCOUNT_PHOTO = "discount_photo"
    ADD_NOTE = "add_note"
    REVEAL_CALLER = "reveal_caller"
    SELF_FIX = "self_fix"
    SKIP_AUDIT = "skip_audit"
    NOT_FIXED = "not_fixed"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    REWORK = "rework"
    SEND_INSPECT = "send_inspect"
    INSPECT_DONE = "inspect_done"
    WAIVE_INSPECTION = "waive_inspection"
    CALL_OFF_CHECK = "call_off_check"
    APPROVE = "approve"
    CLOSE = "close"
    CALLBACK_FAILED = "callback_failed"
    CALLBACK_OK = "callback_ok"
    REDO = "redo"
    REOPEN = "reopen"
    MERGE = "merge"
    SPLIT = "split"
    CLOSE_ALONG = "close_along"
    ANSWER_ALONG = "answer_along"
    VOID = "void"
    ASK_RETURN = "ask_return"
    ASK_EXTENSION = "ask_extension"
    ASK_SUSPENSION = "ask_suspension"
    ASK_VOID = "ask_void"
    ASK_APPEAL = "ask_appeal"
    ENDORSE = "endorse"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    RETURN = "return"
    FORCE_ASSIGN = "force_assign"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXEMPT = "exempt"
    KEEP_ROUTE = "keep_route"
    FORGET_ROUTE = "forget_route"
    REASSIGN = "reassign"
    ESCALATE = "escalate"
    ACKNOWLEDGE = "acknowledge"
    URGE = "urge"
    URGE_IN_WRITING = "urge_in_writing"
    SUPERVISE = "supervise"
    LIST_SUPERVISE = "list_supervise"
    REPLY_TO_ORDER = "reply_to_order"
    RETURN_REPLY = "return_reply"
    END_SUPERVISION = "end_supervision"
    CALL_OFF_SUPERVISION = "call_off_supervision"
    CALL_AGAIN = "call_again"
    RECKON = "reckon"
    WHISTLE = "whistle"
    RESPOND = "respond"
    REPORT_PART = "report_part"
    DECLINE_PART = "decline_part"
    GO_ON_ALONE = "go_on_alone"


class Proof(StrEnum):
    """What the server must refuse to proceed without (domain.md 2.3, column Evidence)."""

    CLASS = "class"
    PLACE = "place"
    PHOTO_BEFORE = "photo_before"
    HARMLESS = "harmless"
    BOTH_PHOTOS = "both_photos"
    FILING_CONDITION = "filing_condition"
    AGENCY = "agency"
    WORKER = "worker"
    CONTACT_RESULT = "contact_result"
    INTERIM_PHOTO = "interim_photo"
    AFTER_PHOTOS = "after_photos"
    PHOTO_AS_FILE = "photo_as_file"
    PHOTO_IN_TIME = "photo_in_time"
    PHOTO_ON_SITE = "photo_on_site"
    OF_SAME_SET = "of_same_set"
    REPLY_POINTS = "reply_points"
    CLOSING_CONDITION = "closing_condition"
    FACT_FINDING = "fact_finding"
    DEMAND_FINDING = "demand_finding"
    OUTCOME = "outcome"
    REPLY = "reply"
    CONTACT_WORDS = "contact_words"
    CALL_FAILURE = "call_failure"
    RESOLVED = "resolved"
    SATISFACTION = "satisfaction"
    NOT_CONTESTED = "not_contested"
    CITIZENS_WORDS = "citizens_words"
    REASON = "reason"
    GROUND = "ground"
    CITIZEN_TEXT = "citizen_text"
    MASTER = "master"
    WHAT_TO_CHECK = "what_to_check"
    CHECKER = "checker"
    CHECK_PHOTO = "check_photo"
    CHECK_RESULT = "check_result"
    WHISTLE_KIND = "whistle_kind"
    PARTNER = "partner"
    WRITTEN_WORDS = "written_words"
    WITHIN = "within"
    WRITTEN_REPLY = "written_reply"
    RETURN_CODE = "return_code"
    DUTY_PROOF = "duty_proof"
    PROPOSED_AGENCY = "proposed_agency"
    WAITS_FOR = "waits_for"
    UNTIL = "until"
    DOCUMENT = "document"


class Stage(StrEnum):
    """Which moment a photo shows."""

    BEFORE = "before"
    INTERIM = "interim"
    AFTER = "after"
    CHECK = "check"


class ContactResult(StrEnum):
    """First contact (先行联系) and the three reasons for its failure (domain.md 2.5)."""

    REACHED = "reached"
    PHONE_OFF = "phone_off"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class Source(StrEnum):
    """By which way a case came in."""

    OPERATOR = "operator"
    COLLECTOR = "collector"
    IMPORT = "import"


class Timeliness(StrEnum):
    """Late and exempt stays late for everybody to see; only the statistics leave it out."""

    ON_TIME = "on_time"
    OVERDUE = "overdue"
    OVERDUE_EXEMPT = "overdue_exempt"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is: the words people use, a point if one is known, and the area it fell into."""

    words: str = ""
    point: Point | None = None
    area: AreaCode | None = None
    area_name: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """The person's side of a case: somebody who called and must be answered.

    The caller's name and number are not here: they are kept apart and read one at a time by
    `reveal_caller`, so nothing that renders a case can leak them. `caller` is a surname at
    most, `phone_hint` a masked number such as 138****1234, empty if none was left.

    Findings and reply are those of the latest approval; they, `redo_count` and `is_warning` are
    what scores are kept by. `calls_failed` counts callbacks in vain since then, of which
    `calls_most` are enough; `resolved` and `satisfaction` are the caller's own answers. `calls` is
    how often they have called about it. `hidden`: it is about an agency, so no agency's people
    learn anything of the caller; the hotline alone calls them (domain.md 6).
    """

    caller: str = ""
    phone_hint: str = ""
    hidden: bool = False
    contact: ContactResult | None = None
    contacted_at: datetime | None = None
    contact_note: str = ""
    reply: str = ""
    calls: int = 1
    fact: FactFinding | None = None
    demand: DemandFinding | None = None
    outcome: Outcome | None = None
    calls_failed: int = 0
    calls_most: int = 3
    call_failure: ContactResult | None = None
    resolved: bool | None = None
    satisfaction: Satisfaction | None = None
    citizens_words: str = ""
    redo_count: int = 0
    is_warning: bool = False

    @property
    def is_for_worker(self) -> bool:
        """A number was left, and whoever handles it is the one to call it first."""
        return self.phone_hint != "" and not self.hidden

    @property
    def calls_used_up(self) -> bool:
        """Nobody can be made to answer: enough calls in vain are recorded."""
        return self.calls_failed >= self.calls_most

    @property
    def is_shielded(self) -> bool:
        """The centre has found that what is demanded is more than the caller may ask."""
        return self.demand not in {None, DemandFinding.REASONABLE}


@dataclass(frozen=True, slots=True)
class HandedIn:
    """When the work was last handed in, and which clocks of the work that has cut short.

    `unshown` is why its photos do not show all they should, in the worker's words.
    """

    at: datetime
    cut_short: tuple[ClockKind, ...] = ()
    unshown: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """Snapshot of the numbers a case was filed under; later edits of the policy leave it alone."""

    condition_id: str
    limit: Limit
    ladder: dict[str, Any]
    photo_min: int
    night_push: bool
    policy_version: str
    closing_zh: str
    closing_en: str
    photo_zh: str
    photo_en: str
    photos: PhotoAsk = NOTHING_MORE
    inspect_share: float = 0.0
    inspect_from_rework: int = 2
    take_back_minutes: int = 10
    may_self_fix: bool = False
    audit_share: float = 0.0
    requests: RequestRules = field(default_factory=RequestRules)


@dataclass(frozen=True, slots=True)
class RunningClock:
    """One limit that runs, rests or has ended on a case.

    A rest is an open pause: disposal rests while the feedback is reviewed and goes on with
    what was left after rework; `due_at` is then the due time it had when it came to rest.
    `rungs_told` counts the rungs of its ladder already dealt with, `next_rung_at` is when the
    next one is reached: none while it rests and when the ladder is used up. `round` rises when
    a clock of the same kind starts anew (a second sign-for after reassign), and when a new
    deadline lets rungs be told again. `grants` counts the extensions, each of which adds one
    original `limit` (domain.md 2.4). `alert` is what was told last and may be told again.
    """

    kind: ClockKind
    round: int
    started_at: datetime
    limit: Limit
    due_at: datetime | None
    provisional: bool = False
    pauses: tuple[Pause, ...] = ()
    ended_at: datetime | None = None
    rungs_told: int = 0
    next_rung_at: datetime | None = None
    grants: int = 0
    alert: Alert | None = None

    @property
    def whole(self) -> Limit:
        """The limit with everything that was granted on top of it."""
        return Limit(self.limit.value * (1 + self.grants), self.limit.unit)

    @property
    def rests(self) -> bool:
        return self.ended_at is None and any(pause.end is None for pause in self.pauses)

    @property
    def runs(self) -> bool:
        return self.ended_at is None and not self.rests

    def kept(self, until: datetime) -> bool:
        """Whether the limit was kept: the clock came to rest, or `until` came, by the due time."""
        stopped = next((pause.begin for pause in self.pauses if pause.end is None), until)
        return self.due_at is not None and stopped <= self.due_at


@dataclass(frozen=True, slots=True)
class Case:
    """A place that must be made right and, with an order, a person who must be answered.

    `version` counts the moves; a write based on an older version is refused. `changed_at` is
    the event time of the latest move. `closed_at` and `timeliness` tell of the first closing;
    they stay when the case is opened again.
    """

    id: CaseId
    state: State
    version: int
    class_code: str
    place: Place
    words: str
    source: Source
    reported_by: PersonId
    reported_at: datetime
    changed_at: datetime
    profile: str
    system_takes: frozenset[Action] = frozenset()
    source_number: str = ""
    urgency: str = ""
    condition_id: str = ""
    filing: Filing | None = None
    agency: AgencyCode | None = None
    assignee: PersonId | None = None
    order: Order | None = None
    arrived_at: datetime | None = None
    handed_in: HandedIn | None = None
    note: str = ""
    latest_reason: str = ""
    ground: str = ""
    check: Check | None = None
    component: str = ""
    alike: tuple[Alike, ...] = ()
    merged_into: CaseId | None = None
    rework_count: int = 0
    self_fixed: bool = False
    stuck: str = ""
    clocks: tuple[RunningClock, ...] = ()
    closed_at: datetime | None = None
    timeliness: Timeliness | None = None
    photo_counts: dict[Stage, int] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    supervisions: Orders = ()
    alarm: Alarm = QUIET

    @property
    def supervision(self) -> SupervisionOrder | None:
        """The supervision order that stands; there is at most one."""
        return standing(self.supervisions)

    requests: tuple[Request, ...] = ()
    forced: Forced | None = None
    route_kept_at: datetime | None = None
    emergency: Under | None = None

    @property
    def checker(self) -> PersonId | None:
        """Who has the task of looking on site now."""
        return self.check.checker if self.check and self.state in WITH_CHECKER else None

    @property
    def request(self) -> Request | None:
        """The request that waits for somebody; there is at most one."""
        return next((request for request in self.requests if request.waits), None)

    @property
    def rules(self) -> RequestRules:
        return self.filing.requests if self.filing else RequestRules()

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    def clock(self, kind: ClockKind) -> RunningClock | None:
        """The latest clock of this kind, whether it runs, rests or has ended."""
        return next((clock for clock in reversed(self.clocks) if clock.kind is kind), None)

    @property
    def due_at(self) -> datetime | None:
        """When the whole disposal limit is used up; none before dispatch and while it rests."""
        disposal = self.clock(ClockKind.DISPOSAL)
        return disposal.due_at if disposal and disposal.runs else None

    @property
    def due_next(self) -> datetime | None:
        """The due time that matters now: disposal where it runs, else the step that waits."""
        steps = (
            clock.due_at
            for clock in self.clocks
            if clock.runs and clock.due_at is not None and clock.kind not in BESIDE
        )
        return self.due_at or min(steps, default=None)

    @property
    def provisional(self) -> bool:
        """Whether a running limit crosses a year whose days off are not announced yet."""
        return any(clock.runs and clock.provisional for clock in self.clocks)

    def with_clock(self, clock: RunningClock) -> "Case":
        """The case with this clock in place of the one of its kind and round, or added."""
        key = (clock.kind, clock.round)
        if any((old.kind, old.round) == key for old in self.clocks):
            clocks = tuple(clock if (o.kind, o.round) == key else o for o in self.clocks)
        else:
            clocks = (*self.clocks, clock)
        return replace(self, clocks=clocks)


@dataclass(frozen=True, slots=True)
class PhotoRef:
    """How a transport can show or fetch a picture again; opaque to everybody else."""

    transport: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture somebody sent: how to get it, its transport-wide identity, what is known of it.

    `size` is in bytes, 0 if unknown; `forwarded` when it was not taken in this chat; `as_file`
    when it came as a document, which no messenger has compressed. `album` names the set that it
    was sent in, empty for a single one.
    """

    ref: PhotoRef
    unique: str
    size: int = 0
    mime: str = "image/jpeg"
    forwarded: bool = False
    as_file: bool = False
    album: str = ""


class PhotoState(StrEnum):
    """A photo counts as evidence from the moment it was sent; the bytes follow."""

    PENDING = "pending"
    KEPT = "kept"
    EXPIRED = "expired"
    """Deleted after its time; the hash stays, so that what was shown can still be proven."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture on a case. `sha256` and `stored` are set once the bytes are sealed.

    Three times are kept apart: `said_at` of the message, `received_at` when its bytes were
    here, and what the camera says in `facts`, which is only a claim (durability.md 2.2).
    """

    id: PhotoId
    case_id: CaseId
    stage: Stage
    sent_by: PersonId
    said_at: datetime
    ref: PhotoRef | None
    unique: str
    state: PhotoState = PhotoState.PENDING
    sha256: str = ""
    stored: str = ""
    reused_from: CaseId | None = None
    problem: str = ""
    forwarded: bool = False
    as_file: bool = False
    album: str = ""
    received_at: datetime | None = None
    facts: PictureFacts | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What comes with an act; each move says in the law which of it is required.

    `lack` is what the closing photos fail, `unshown` why they cannot show the result; `of_set`
    says that other photos of the same album are on this case already.
    """

    reason: str = ""
    note: str = ""
    class_code: str = ""
    place: Place | None = None
    condition_id: str = ""
    filing: Filing | None = None
    urgency: str = ""
    emergency: Under | None = None
    agency: AgencyCode | None = None
    worker: PersonId | None = None
    contact: ContactResult | None = None
    stage: Stage | None = None
    photos: int = 0
    of_set: bool = False
    lack: Lack | None = None
    unshown: str = ""
    closing_condition: str = ""
    reply: str = ""
    fact: FactFinding | None = None
    demand: DemandFinding | None = None
    outcome: Outcome | None = None
    resolved: bool | None = None
    satisfaction: Satisfaction | None = None
    citizens_words: str = ""
    calls_most: int = 0
    ground: str = ""
    told: str = ""
    checker: PersonId | None = None
    master: CaseId | None = None
    found: Found | None = None
    rung: str = ""
    clock: ClockKind | None = None
    rungs_told: int = 0
    whistle: WhistleKind | None = None
    partners: tuple[AgencyCode, ...] = ()
    parts: tuple[Part, ...] = ()
    part: int | None = None
    again: bool = False
    told_to: tuple[PersonId, ...] = ()
    stand_ins: tuple[PersonId, ...] = ()
    within: Limit | None = None
    code: str = ""
    proof: str = ""
    proposed: str = ""
    until: date | None = None
    resumes_at: datetime | None = None
    document: str = ""


NOTHING: Final = Given()
