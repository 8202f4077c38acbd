"""What we owe to whom: never text, always what happened, so that words are chosen when sent."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, NewType

from workflows.cases.case import CaseId
from workflows.people import AgencyCode, AreaCode, PersonId, Role

DraftId = NewType("DraftId", int)


class Lane(IntEnum):
    """Which message goes first when the messenger allows only so many (durability.md 2.2).

    AGAIN is for edits that bring nothing new, of cards from before an outage: of those a lead may
    have a thousand, and what people do meanwhile must not queue up behind them.
    """

    ESCALATION = 0
    ORDER = 1
    ANSWER = 2
    EDIT = 3
    DIGEST = 4
    AGAIN = 5


class NoticeKind(StrEnum):
    """What the message is. Everything except CASE and DRAFT is shown once and never edited."""

    CASE = "case"
    DRAFT = "draft"
    ASK = "ask"
    REFUSED = "refused"
    SAID = "said"
    HELP = "help"
    TASKS = "tasks"
    BOARD = "board"
    ORDERS = "orders"
    FOUND = "found"
    SUPERVISED = "supervised"
    REVIEWS = "reviews"
    WHY = "why"
    COMPARISON = "comparison"
    ME = "me"
    LANGUAGES = "languages"
    CALLER = "caller"
    LOOKED = "looked"
    CALL_OUT = "call_out"
    EMERGENCY = "emergency"
    EMERGENCIES = "emergencies"
    PROPOSAL = "proposal"
    PROPOSALS = "proposals"
    EXPORT_FILE = "export_file"
    INVITE = "invite"
    WELCOME = "welcome"
    STRANGER = "stranger"
    SUMMARY = "summary"
    UNPLACED = "unplaced"
    RECEIPT = "receipt"
    CLOCK = "clock"
    MENU = "menu"
    SYNONYMS = "synonyms"
    REQUESTS = "requests"
    SUSPENDED = "suspended"
    DIGEST = "digest"
    DUTY = "duty"
    SWAP = "swap"
    AWAY = "away"
    SHIFT_GIVEN = "shift_given"
    GAPS = "gaps"
    TRAIL = "trail"
    LOOKS = "looks"


@dataclass(frozen=True, slots=True)
class Address:
    """A chat on a transport, for those who are not (yet) a person of ours."""

    transport: str
    chat: str


@dataclass(frozen=True, slots=True)
class Holders:
    """Whoever holds a role over an area (or inside an agency) and is on duty when it is owed."""

    role: Role
    area: AreaCode | None = None
    agency: AgencyCode | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One message owed to one person.

    `subject` names the thing that has at most one live message per person, such as `case:42`;
    a later notice on the same subject supersedes one that still waits, unless that one is loud.
    `loud` sends a new message that makes a sound; otherwise the live message is edited in place
    (or, where there is none, a silent one is sent). `sure` is class A of durability.md 2.2: sent
    at least once, marked when it may be a repeat; otherwise at most once. `key` is unique for
    ever: owing the same thing twice is owing it once. `secret` data is wiped once it is sent.
    `fresh` makes a new message although nothing needs to make a sound: the person asked for it.
    `held` waits for the end of quiet hours; until then the card on the screen goes on changing.
    """

    to: PersonId | Address
    kind: NoticeKind
    key: str
    subject: str = ""
    case_id: CaseId | None = None
    because: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    lane: Lane = Lane.ANSWER
    loud: bool = False
    sure: bool = False
    secret: bool = False
    fresh: bool = False
    held: bool = False
    not_before: datetime | None = None


def case_subject(case_id: CaseId) -> str:
    return f"case:{case_id}"


def draft_subject(draft_id: DraftId) -> str:
    return f"draft:{draft_id}"
